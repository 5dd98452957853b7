/**
 * The Azure Resource Manager: which storage accounts there are, what their switches say, and their
 * containers. It needs the Reader role only, no right on the data.
 *
 * Accounts come from Resource Graph, one question for all subscriptions. It leaves out in silence what
 * the credentials may not see, so a subscription of which it shows nothing is asked by itself: an
 * empty one answers so, one that refuses is told.
 *
 * Source: Azure REST API reference, Microsoft.ResourceGraph resources 2022-10-01, Microsoft.Storage
 * 2023-05-01, Microsoft.Resources 2022-12-01.
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
  readonly allowSharedKeyAccess: boolean | null;
  readonly sasPolicy: {
    readonly sasExpirationPeriod?: string;
    readonly expirationAction?: string;
  } | null;
}

export interface ArmContainer {
  readonly name: string;
  readonly publicAccess: 'Blob' | 'Container' | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export type FoundAccount =
  | { readonly account: StorageAccount }
  | { readonly subscription: string; readonly refusal: ScanError };

export interface Arm {
  /** Every account of every subscription that the token sees; a subscription that refuses hides no other. */
  accounts(): AsyncGenerator<FoundAccount>;
  /** Null when no subscription has it. Throws ScanError where one refused and none has it. */
  account(name: string): Promise<StorageAccount | null>;
  containers(account: StorageAccount): AsyncGenerator<ArmContainer>;
  /** One page of the list, whatever it holds. Throws ScanError. */
  trySubscriptions(): Promise<void>;
  /** One page of the accounts of the first subscription. Throws ScanError. */
  tryAccounts(): Promise<void>;
}

const SUBSCRIPTIONS_VERSION = '2022-12-01';
const STORAGE_VERSION = '2023-05-01';
const GRAPH_VERSION = '2022-10-01';
const GRAPH_PAGE = 1000;
const ACCOUNTS_RIGHT = 'Microsoft.Storage/storageAccounts/read';

export function armOf(target: AzureTarget, http: HttpClient, tokens: Tokens): Arm {
  const found = new Map<string, StorageAccount>();
  let complete = false;
  const calls = armCalls(target, http, tokens);

  function remember(one: Json, subscription: string): StorageAccount {
    const account = accountFrom(one, subscription);
    found.set(account.name, account);
    return account;
  }

  async function* ofSubscription(subscription: string): AsyncGenerator<FoundAccount> {
    const path = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Storage/storageAccounts?api-version=${STORAGE_VERSION}`;
    try {
      for await (const one of calls.pages(path, ACCOUNTS_RIGHT)) {
        yield { account: remember(one, subscription) };
      }
    } catch (error) {
      if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
      yield { subscription, refusal: error };
    }
  }

  async function* accounts(): AsyncGenerator<FoundAccount> {
    const shown = new Set<string>();
    const inside = new Set<string>();
    // One subscription is one call by itself, and its answer is never late.
    let whole = target.subscription === null;
    try {
      for await (const one of whole ? calls.graph('') : []) {
        const account = remember(one, String(one.subscriptionId ?? ''));
        shown.add(account.id.toLowerCase());
        inside.add(account.subscription.toLowerCase());
        yield { account };
      }
    } catch (error) {
      if (!fallsBack(error)) throw error;
      whole = false;
    }
    for await (const subscription of calls.subscriptions()) {
      if (whole && inside.has(subscription.toLowerCase())) continue;
      for await (const one of ofSubscription(subscription)) {
        if ('refusal' in one || !shown.has(one.account.id.toLowerCase())) yield one;
      }
    }
    complete = true;
  }

  /** The Graph knows where it lies; what its switches are is asked of the account itself. */
  async function lookUp(name: string): Promise<StorageAccount | null> {
    try {
      for await (const one of calls.graph(` and name =~ '${name}'`)) {
        if (typeof one.id !== 'string') continue;
        const path = `${one.id}?api-version=${STORAGE_VERSION}`;
        return remember(await calls.get(path, ACCOUNTS_RIGHT), String(one.subscriptionId ?? ''));
      }
    } catch (error) {
      if (!fallsBack(error)) throw error;
    }
    return null;
  }

  return {
    accounts,
    async account(name) {
      const known = found.get(name);
      if (known || complete) return known ?? null;
      if (target.subscription === null) {
        const shown = await lookUp(name);
        if (shown) return shown;
      }
      let refusal: ScanError | null = null;
      for await (const one of accounts()) {
        if ('refusal' in one) refusal ??= one.refusal;
        else if (one.account.name === name) return one.account;
      }
      if (refusal) throw refusal;
      return null;
    },
    async trySubscriptions() {
      for await (const _ of calls.subscriptions()) break;
    },
    async tryAccounts() {
      for await (const subscription of calls.subscriptions()) {
        for await (const one of ofSubscription(subscription)) {
          if ('refusal' in one) throw one.refusal;
          break;
        }
        return;
      }
    },
    async *containers(account) {
      const path = `${account.id}/blobServices/default/containers?api-version=${STORAGE_VERSION}`;
      const right = 'Microsoft.Storage/storageAccounts/blobServices/containers/read';
      for await (const one of calls.pages(path, right)) {
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

interface ArmCalls {
  get(path: string, permission: string): Promise<Json>;
  pages(path: string, permission: string): AsyncGenerator<Json>;
  /** Storage accounts of all subscriptions, `more` added to the condition. */
  graph(more: string): AsyncGenerator<Json>;
  /** Their ids. */
  subscriptions(): AsyncGenerator<string>;
}

function armCalls(target: AzureTarget, http: HttpClient, tokens: Tokens): ArmCalls {
  async function get(path: string, permission: string, question?: unknown): Promise<Json> {
    const { token } = await tokens.get(`${target.arm}/.default`);
    const url = path.startsWith('/') ? `${target.arm}${path}` : path;
    return ask(http, url, token, permission, question);
  }

  async function* pages(path: string, permission: string): AsyncGenerator<Json> {
    let next: string | null = path;
    while (next !== null) {
      const page = await get(next, permission);
      if (!Array.isArray(page.value)) throw malformed();
      yield* page.value as readonly Json[];
      next = nextOf(page, target.arm);
    }
  }

  return {
    get,
    pages,
    async *graph(more) {
      const path = `/providers/Microsoft.ResourceGraph/resources?api-version=${GRAPH_VERSION}`;
      const query = `resources | where type =~ 'microsoft.storage/storageaccounts'${more} | project id, name, subscriptionId, location, tags, properties`;
      let skip: string | null = null;
      do {
        const options = { resultFormat: 'objectArray', $top: GRAPH_PAGE };
        const question = { query, options: { ...options, ...(skip && { $skipToken: skip }) } };
        const page = await get(path, ACCOUNTS_RIGHT, question);
        if (!Array.isArray(page.data)) throw malformed();
        yield* page.data as readonly Json[];
        const next = text(page.$skipToken) || null;
        if (next !== null && next === skip) throw malformed();
        skip = next;
      } while (skip !== null);
    },
    async *subscriptions() {
      if (target.subscription !== null) {
        yield target.subscription;
        return;
      }
      const path = `/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`;
      for await (const one of pages(path, 'Microsoft.Resources/subscriptions/read')) {
        if (typeof one.subscriptionId === 'string') yield one.subscriptionId;
      }
    },
  };
}

/** Not every cloud has Resource Graph, and not everybody may ask it: then each subscription is asked. */
function fallsBack(error: unknown): boolean {
  return error instanceof ScanError && FALLS_BACK.includes(error.code);
}

const FALLS_BACK: readonly ScanError['code'][] = [
  'denied',
  'not-found',
  'malformed',
  'throttled',
  'unreachable',
];

async function ask(
  http: HttpClient,
  url: string,
  token: string,
  permission: string,
  question?: unknown,
): Promise<Json> {
  const answer = await http.ask({
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(question !== undefined && { question }),
  });
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
    allowSharedKeyAccess: flag(properties.allowSharedKeyAccess),
    sasPolicy: sasPolicyFrom(properties.sasPolicy),
  };
}

function sasPolicyFrom(value: unknown): StorageAccount['sasPolicy'] {
  if (value === null || typeof value !== 'object') return null;
  const { sasExpirationPeriod: period, expirationAction: action } = value as Json;
  return {
    ...(typeof period === 'string' && { sasExpirationPeriod: period }),
    ...(typeof action === 'string' && { expirationAction: action }),
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
