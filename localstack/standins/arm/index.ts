/**
 * A stand-in for the Azure Resource Manager, as far as storage goes: subscriptions, storage accounts
 * with their switches, containers, and Resource Graph's list of accounts; with paging by nextLink and a bearer token that is checked. No
 * emulator has these paths. It only tells settings: Azurite beside it enforces container levels, and
 * nothing enforces the account switch or the firewall.
 *
 * Source: Azure REST API reference, Microsoft.Storage 2023-05-01, Microsoft.Resources 2022-12-01 and
 * Microsoft.ResourceGraph 2022-10-01.
 */
import { type Reply, type Served, type ServeOptions, serve } from '../served.ts';

export interface Subscription {
  readonly id: string;
  readonly name: string;
  /** The caller sees that it is there and nothing in it. */
  readonly secluded?: boolean;
}

export interface ArmAccount {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** With a slash at the end, as Azure writes them. */
  readonly blobEndpoint?: string;
  readonly webEndpoint?: string;
  /** Left out of the answer when undefined, as Azure does for old accounts. */
  readonly allowBlobPublicAccess?: boolean;
  readonly publicNetworkAccess?: 'Enabled' | 'Disabled' | 'SecuredByPerimeter';
  readonly defaultAction?: 'Allow' | 'Deny';
  readonly ipRules?: readonly string[];
  readonly isHnsEnabled?: boolean;
  readonly allowSharedKeyAccess?: boolean;
  readonly sasPolicy?: { readonly sasExpirationPeriod: string; readonly expirationAction: string };
  readonly containers?: readonly ArmContainer[];
}

export interface ArmContainer {
  readonly name: string;
  readonly publicAccess?: 'None' | 'Blob' | 'Container';
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deleted?: boolean;
}

export interface ArmStandInOptions extends ServeOptions {
  readonly token: string;
  readonly subscriptions: readonly Subscription[];
  /** Entries of one page, whatever is asked; Azure's own is opaque. Default 2, so that paging happens. */
  readonly pageSize?: number;
  /** False: the tenant has no Resource Graph. */
  readonly graph?: boolean;
}

export interface ArmStandIn extends Served {
  /** Makes or replaces an account. */
  account(account: ArmAccount): void;
}

export async function startArmStandIn(options: ArmStandInOptions): Promise<ArmStandIn> {
  const accounts = new Map<string, ArmAccount>();
  let base = '';

  function route(path: string, query: URLSearchParams): Reply {
    if (!query.has('api-version')) return fault(400, 'MissingApiVersionParameter');
    const all = (items: readonly unknown[]): Reply => page(items, path, query);
    if (/^\/subscriptions\/?$/i.test(path)) {
      return all(options.subscriptions.map(subscriptionJson));
    }
    const [, subscription, rest = ''] = /^\/subscriptions\/([^/]+)(\/.*)?$/i.exec(path) ?? [];
    if (!options.subscriptions.some(({ id }) => id === subscription)) {
      return fault(404, 'SubscriptionNotFound');
    }
    if (options.subscriptions.some(({ id, secluded }) => secluded && id === subscription)) {
      return fault(403, 'AuthorizationFailed');
    }
    const own = [...accounts.values()].filter((one) => one.subscription === subscription);
    if (/^\/providers\/Microsoft\.Storage\/storageAccounts\/?$/i.test(rest)) {
      return all(own.map(accountJson));
    }
    const match = ACCOUNT.exec(rest);
    const account = own.find(
      ({ name, resourceGroup }) => name === match?.[2] && resourceGroup === match[1],
    );
    if (!account) return fault(404, 'ResourceNotFound');
    if (match?.[3] === undefined) return json(200, accountJson(account));
    if (/^\/blobServices\/default\/containers\/?$/i.test(match[3])) {
      return all((account.containers ?? []).map((one) => containerJson(account, one)));
    }
    return fault(404, 'InvalidResourceType');
  }

  function page(items: readonly unknown[], path: string, query: URLSearchParams): Reply {
    const start = Number(query.get('$skipToken') ?? 0);
    const end = start + (options.pageSize ?? 2);
    const next = new URLSearchParams(query);
    next.set('$skipToken', String(end));
    return json(200, {
      value: items.slice(start, end),
      ...(end < items.length && { nextLink: `${base}${path}?${next}` }),
    });
  }

  /** Enough of the query language for storage accounts, all or one by name. */
  function graph(body: Buffer): Reply {
    if (options.graph === false) return fault(403, 'AuthorizationFailed');
    const asked = JSON.parse(body.toString()) as GraphQuestion;
    const [, , name] = GRAPH.exec(asked.query) ?? [];
    if (!GRAPH.test(asked.query)) return fault(400, 'BadRequest');
    const seen = options.subscriptions.filter(({ secluded }) => !secluded).map(({ id }) => id);
    const found = [...accounts.values()]
      .filter((one) => seen.includes(one.subscription))
      .filter((one) => name === undefined || one.name === name.toLowerCase())
      .map((one) => ({ ...accountJson(one), subscriptionId: one.subscription }));
    const start = Number(asked.options?.$skipToken ?? 0);
    const end = start + (options.pageSize ?? 2);
    return json(200, {
      totalRecords: found.length,
      count: Math.min(end, found.length) - start,
      resultTruncated: 'false',
      data: found.slice(start, end),
      ...(end < found.length && { $skipToken: String(end) }),
    });
  }

  const served = await serve(
    options,
    (request) => request.headers.authorization !== undefined,
    (request, asked, body) => {
      if (request.headers.authorization !== `Bearer ${options.token}`) {
        return fault(401, 'AuthenticationFailed');
      }
      if (
        asked.method === 'POST' &&
        asked.path === '/providers/Microsoft.ResourceGraph/resources'
      ) {
        return asked.query.has('api-version')
          ? graph(body)
          : fault(400, 'MissingApiVersionParameter');
      }
      if (asked.method !== 'GET') return fault(405, 'MethodNotAllowed');
      return route(asked.path, asked.query);
    },
  );
  base = served.url;
  return {
    ...served,
    account(account) {
      accounts.set(account.name, account);
    },
  };
}

interface GraphQuestion {
  readonly query: string;
  readonly options?: { readonly $skipToken?: string };
}

const GRAPH =
  /^resources\s*\|\s*where type =~ '(microsoft\.storage\/storageaccounts)'(?: and name =~ '([a-z0-9]+)')?\s*(?:\||$)/i;

const ACCOUNT =
  /^\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Storage\/storageAccounts\/([^/]+)(\/.+)?$/i;

function idOf({ subscription, resourceGroup, name }: ArmAccount): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/${name}`;
}

function subscriptionJson({ id, name }: Subscription): unknown {
  return { id: `/subscriptions/${id}`, subscriptionId: id, displayName: name, state: 'Enabled' };
}

function accountJson(account: ArmAccount): object {
  const { blobEndpoint, webEndpoint, ipRules = [] } = account;
  return {
    id: idOf(account),
    name: account.name,
    type: 'Microsoft.Storage/storageAccounts',
    kind: 'StorageV2',
    location: account.location ?? 'westeurope',
    tags: account.tags ?? {},
    properties: {
      provisioningState: 'Succeeded',
      primaryEndpoints: {
        ...(blobEndpoint !== undefined && { blob: blobEndpoint }),
        ...(webEndpoint !== undefined && { web: webEndpoint }),
      },
      allowBlobPublicAccess: account.allowBlobPublicAccess,
      publicNetworkAccess: account.publicNetworkAccess,
      isHnsEnabled: account.isHnsEnabled,
      allowSharedKeyAccess: account.allowSharedKeyAccess,
      sasPolicy: account.sasPolicy,
      networkAcls: {
        bypass: 'AzureServices',
        virtualNetworkRules: [],
        ipRules: ipRules.map((value) => ({ value, action: 'Allow' })),
        defaultAction: account.defaultAction ?? 'Allow',
      },
    },
  };
}

function containerJson(account: ArmAccount, container: ArmContainer): unknown {
  return {
    id: `${idOf(account)}/blobServices/default/containers/${container.name}`,
    name: container.name,
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    properties: {
      publicAccess: container.publicAccess ?? 'None',
      metadata: container.metadata,
      deleted: container.deleted ?? false,
    },
  };
}

function fault(status: number, code: string): Reply {
  return json(status, { error: { code, message: code } });
}

function json(status: number, value: unknown): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}
