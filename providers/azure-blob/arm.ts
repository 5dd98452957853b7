/**
 * The Azure Resource Manager: which storage accounts there are, what their switches say, and their
 * containers. It needs the Reader role only, no right on the data.
 */
import type { AzureNetworkRules } from '../../src/exposure/documents.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { HttpClient } from '../../src/net/client.ts';
import type { Tokens } from './credentials.ts';
import type { AzureTarget } from './target.ts';

type Json = Readonly<Record<string, unknown>>;

/** The settings of one storage account that decide about anonymous access. */
export interface StorageAccount {
  /** `/subscriptions/…/storageAccounts/NAME` */
  readonly id: string;
  readonly name: string;
  readonly subscription: string;
  readonly region: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly blobEndpoint: string | null;
  readonly webEndpoint: string | null;
  readonly allowBlobPublicAccess: boolean | null;
  readonly publicNetworkAccess: string | null;
  readonly networkAcls: AzureNetworkRules | null;
  readonly isHnsEnabled: boolean | null;
}

export interface ArmContainer {
  readonly name: string;
  readonly publicAccess: 'Blob' | 'Container' | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Arm {
  /** Every account of every subscription that the token sees. */
  accounts(): AsyncGenerator<StorageAccount>;
  /** Null when no subscription has it. */
  account(name: string): Promise<StorageAccount | null>;
  containers(account: StorageAccount): AsyncGenerator<ArmContainer>;
}

const SUBSCRIPTIONS_VERSION = '2022-12-01';
const STORAGE_VERSION = '2023-05-01';

export function armOf(target: AzureTarget, http: HttpClient, tokens: Tokens): Arm {
  const found = new Map<string, StorageAccount>();
  let complete = false;

  async function* pages(path: string, permission: string): AsyncGenerator<Json> {
    let url: string | null = `${target.arm}${path}`;
    while (url !== null) {
      const { token } = await tokens.get(`${target.arm}/.default`);
      const page = await ask(http, url, token, permission);
      if (!Array.isArray(page.value)) throw malformed();
      yield* page.value as readonly Json[];
      url = nextOf(page, target.arm);
    }
  }

  async function* subscriptions(): AsyncGenerator<string> {
    if (target.subscription !== null) {
      yield target.subscription;
      return;
    }
    const path = `/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`;
    for await (const one of pages(path, 'Microsoft.Resources/subscriptions/read')) {
      if (typeof one.subscriptionId === 'string') yield one.subscriptionId;
    }
  }

  async function* accounts(): AsyncGenerator<StorageAccount> {
    for await (const subscription of subscriptions()) {
      const path = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Storage/storageAccounts?api-version=${STORAGE_VERSION}`;
      for await (const one of pages(path, 'Microsoft.Storage/storageAccounts/read')) {
        const account = accountFrom(one, subscription);
        found.set(account.name, account);
        yield account;
      }
    }
    complete = true;
  }

  return {
    accounts,
    async account(name) {
      if (!found.has(name) && !complete) {
        for await (const one of accounts()) if (one.name === name) break;
      }
      return found.get(name) ?? null;
    },
    async *containers(account) {
      const path = `${account.id}/blobServices/default/containers?api-version=${STORAGE_VERSION}`;
      const right = 'Microsoft.Storage/storageAccounts/blobServices/containers/read';
      for await (const one of pages(path, right)) {
        const properties = inner(one, 'properties');
        if (typeof one.name !== 'string' || properties.deleted === true) continue;
        yield {
          name: one.name,
          publicAccess: levelFrom(properties.publicAccess),
          metadata: texts(inner(properties, 'metadata')),
        };
      }
    },
  };
}

async function ask(
  http: HttpClient,
  url: string,
  token: string,
  permission: string,
): Promise<Json> {
  const answer = await http.ask({ url, headers: { authorization: `Bearer ${token}` } });
  if (answer.status !== 200) throw refusal(answer.status, permission);
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'));
    if (value !== null && typeof value === 'object') return value as Json;
  } catch {
    throw malformed();
  }
  throw malformed();
}

/** A next page on another host would carry the token there. */
function nextOf(page: Json, arm: string): string | null {
  if (typeof page.nextLink !== 'string' || page.nextLink === '') return null;
  if (URL.canParse(page.nextLink) && new URL(page.nextLink).origin === new URL(arm).origin) {
    return page.nextLink;
  }
  throw new ScanError('out-of-scope', 'the Resource Manager names another host for its next page');
}

function refusal(status: number, permission: string): ScanError {
  if (status === 401 || status === 403) {
    return new ScanError(
      'denied',
      `the Resource Manager refused ${permission} (HTTP ${status}); give the scanning identity the Reader role`,
    );
  }
  if (status === 404) {
    return new ScanError(
      'not-found',
      'the Resource Manager knows no such subscription or account (HTTP 404)',
    );
  }
  if (status === 429 || status === 503) {
    return new ScanError(
      'throttled',
      `the Resource Manager kept asking for patience (HTTP ${status}); scan again later`,
    );
  }
  if (status >= 500) {
    return new ScanError(
      'unreachable',
      `the Resource Manager failed (HTTP ${status}); scan again later`,
    );
  }
  return new ScanError(
    'malformed',
    `the Resource Manager did not take the request (HTTP ${status})`,
  );
}

function malformed(): ScanError {
  return new ScanError(
    'malformed',
    'the answer is not in the form of the Resource Manager; check AZURE_RESOURCE_MANAGER_ENDPOINT',
  );
}

function accountFrom(one: Json, subscription: string): StorageAccount {
  const properties = inner(one, 'properties');
  const endpoints = inner(properties, 'primaryEndpoints');
  const acls = properties.networkAcls;
  if (typeof one.name !== 'string' || typeof one.id !== 'string') throw malformed();
  return {
    id: one.id,
    name: one.name,
    subscription,
    region: text(one.location),
    tags: texts(inner(one, 'tags')),
    blobEndpoint: text(endpoints.blob)?.replace(/\/+$/, '') ?? null,
    webEndpoint: text(endpoints.web)?.replace(/\/+$/, '') ?? null,
    allowBlobPublicAccess: flag(properties.allowBlobPublicAccess),
    publicNetworkAccess: text(properties.publicNetworkAccess),
    networkAcls: acls !== null && typeof acls === 'object' ? (acls as AzureNetworkRules) : null,
    isHnsEnabled: flag(properties.isHnsEnabled),
  };
}

function levelFrom(value: unknown): 'Blob' | 'Container' | null {
  return value === 'Blob' || value === 'Container' ? value : null;
}

function inner(value: Json, field: string): Json {
  const found = value[field];
  return found !== null && typeof found === 'object' ? (found as Json) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function texts(value: Json): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
}
