/** `az://…` and the options around it → which accounts, where, as whom. Sends nothing. */
import { UsageError } from '../../src/model/errors.ts';
import type { ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import { domainsOf, hostOf } from '../doors.ts';

export interface AzureTarget {
  /** Null: every storage account that the credentials see. */
  readonly account: string | null;
  /** Null: every container. */
  readonly container: string | null;
  /** Only blobs whose names begin so; empty for all. */
  readonly prefix: string;
  /** The named account's blob service, without a slash at the end; null for `az://`. */
  readonly endpoint: string | null;
  readonly arm: string;
  readonly cloud: Cloud;
  /** One subscription only; null for all that the credentials see. */
  readonly subscription: string | null;
  readonly name: string | null;
  readonly access: Access;
  /** Further hosts that serve the account or its website. */
  readonly domains: readonly string[];
}

/** A secret that is undefined was named but its variable is empty. */
export type Access =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'key' | 'sas'; readonly variable: string; readonly secret: string | undefined }
  /** Tokens that somebody else got: of the storage service, of the Resource Manager. */
  | { readonly kind: 'token'; readonly storage: Secret | null; readonly arm: Secret | null }
  /** DefaultAzureCredential: environment, workload, managed identity, az login. */
  | { readonly kind: 'identity' };

export interface Secret {
  readonly variable: string;
  readonly value: string | undefined;
}

export interface Cloud {
  readonly name: string;
  readonly suffix: string;
  readonly arm: string;
  readonly login: string;
}

/** Source: the cloud endpoint lists of the Azure CLI (`az cloud list`). */
const PUBLIC: Cloud = {
  name: 'public',
  suffix: 'core.windows.net',
  arm: 'https://management.azure.com',
  login: 'https://login.microsoftonline.com',
};
const CLOUDS: readonly (Cloud & { readonly aliases: readonly string[] })[] = [
  { ...PUBLIC, aliases: ['azurecloud', 'azurepubliccloud'] },
  {
    name: 'china',
    suffix: 'core.chinacloudapi.cn',
    arm: 'https://management.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    aliases: ['azurechinacloud'],
  },
  {
    name: 'usgovernment',
    suffix: 'core.usgovcloudapi.net',
    arm: 'https://management.usgovcloudapi.net',
    login: 'https://login.microsoftonline.us',
    aliases: ['azureusgovernment', 'azureusgovernmentcloud'],
  },
];

/** Source of the rules: learn.microsoft.com "Naming containers, blobs and metadata", "Storage account overview". */
const ACCOUNT_NAME = /^[a-z0-9]{3,24}$/;
const CONTAINER_NAME = /^(?:\$root|\$web|\$logs|[a-z0-9](?:-?[a-z0-9]){2,62})$/;

export function readTarget(spec: TargetSpec, env: ProviderContext['env']): AzureTarget {
  const match = /^az:\/\/([^/]*)(?:\/([^/]*)\/?([\s\S]*))?$/.exec(spec.uri);
  if (!match) {
    throw new UsageError(
      `target "${spec.uri}" is no az:// address; write az://ACCOUNT/CONTAINER, az://ACCOUNT or az://`,
    );
  }
  const [, named = '', container = '', prefix = ''] = match;
  check(spec, named, container);
  const cloud = cloudOf(env);
  const strings = connectionString(spec, env);
  const account = named || strings?.account || null;
  if (named !== '' && strings?.account !== undefined && strings.account !== named) {
    throw new UsageError(
      `target "${spec.uri}" and the connection string in ${strings.variable} name different accounts`,
    );
  }
  const own = spec.endpoint === undefined ? null : address(spec.endpoint);
  return {
    account,
    container: container || null,
    prefix,
    endpoint: account === null ? null : (own ?? strings?.endpoint ?? blobEndpoint(account, cloud)),
    arm: (account === null ? own : null) ?? armEndpoint(env, cloud),
    cloud,
    subscription: spec.account ?? null,
    name: spec.name ?? null,
    access: accessOf(spec, env, strings),
    domains: domainsOf(spec, container !== ''),
  };
}

function check(spec: TargetSpec, account: string, container: string): void {
  if (account !== '' && !ACCOUNT_NAME.test(account)) {
    throw new UsageError(
      `target "${spec.uri}" names no possible storage account; 3 to 24 lower-case letters and digits are allowed`,
    );
  }
  if (container !== '' && !CONTAINER_NAME.test(container)) {
    throw new UsageError(
      `target "${spec.uri}" names no possible container; 3 to 63 lower-case letters, digits and single dashes are allowed`,
    );
  }
  if (spec.anonymous && container === '') {
    throw new UsageError(
      `target "${spec.uri}" names no container, and nobody lists containers without credentials; write az://ACCOUNT/CONTAINER or leave anonymous out`,
    );
  }
}

function cloudOf(env: ProviderContext['env']): Cloud {
  const wanted = (env.AZURE_CLOUD ?? 'public').toLowerCase();
  const cloud = CLOUDS.find(({ name, aliases }) => name === wanted || aliases.includes(wanted));
  if (cloud) return cloud;
  throw new UsageError(
    `AZURE_CLOUD is "${env.AZURE_CLOUD}"; allowed are ${CLOUDS.map(({ name }) => name).join(', ')}`,
  );
}

function blobEndpoint(account: string, cloud: Cloud): string {
  return `https://${account}.blob.${cloud.suffix}`;
}

function armEndpoint(env: ProviderContext['env'], cloud: Cloud): string {
  const own = env.AZURE_RESOURCE_MANAGER_ENDPOINT;
  return own ? address(own) : cloud.arm;
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.search === '') {
    return url.href.replace(/\/+$/, '');
  }
  // The text is not repeated: it may carry a signature.
  throw new UsageError(
    'the endpoint is no http:// or https:// address without a query; write https://HOST, or http://HOST:PORT/ACCOUNT for an emulator',
  );
}

interface ConnectionString {
  readonly variable: string;
  readonly account: string | undefined;
  readonly endpoint: string | undefined;
  readonly key: string | undefined;
  readonly sas: string | undefined;
}

/** The named one, or AZURE_STORAGE_CONNECTION_STRING where nothing else is named; null without. */
function connectionString(spec: TargetSpec, env: ProviderContext['env']): ConnectionString | null {
  if (spec.anonymous) return null;
  const variable =
    spec.credentials?.connectionString ??
    (spec.credentials === undefined ? 'AZURE_STORAGE_CONNECTION_STRING' : undefined);
  if (variable === undefined) return null;
  const text = env[variable];
  if (!text) {
    const empty = { account: undefined, endpoint: undefined, key: undefined, sas: undefined };
    return spec.credentials === undefined ? null : { variable, ...empty };
  }
  const fields = new Map<string, string>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) fields.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  const blob = fields.get('blobendpoint');
  const account = fields.get('accountname') ?? (blob && accountIn(blob));
  const suffix = fields.get('endpointsuffix');
  const protocol = fields.get('defaultendpointsprotocol') ?? 'https';
  const built = account && suffix ? `${protocol}://${account}.blob.${suffix}` : undefined;
  if (!account) {
    throw new UsageError(
      `the connection string in ${variable} names no account; it needs AccountName=… and AccountKey=…, or BlobEndpoint=… and SharedAccessSignature=…`,
    );
  }
  const endpoint = blob ?? built;
  return {
    variable,
    account,
    endpoint: endpoint === undefined ? undefined : address(endpoint),
    key: fields.get('accountkey'),
    sas: fields.get('sharedaccesssignature'),
  };
}

/** `https://ACCOUNT.blob.…/` or an emulator's `http://127.0.0.1:PORT/ACCOUNT`. */
function accountIn(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const { hostname, pathname } = new URL(endpoint);
  return /^([a-z0-9]{3,24})\.blob\./.exec(hostname)?.[1] ?? (pathname.split('/')[1] || undefined);
}

function accessOf(
  spec: TargetSpec,
  env: ProviderContext['env'],
  strings: ConnectionString | null,
): Access {
  if (spec.anonymous) return { kind: 'anonymous' };
  const { key, sas, token, armToken, connectionString: _, ...others } = spec.credentials ?? {};
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new UsageError(
      `credentials of "${spec.uri}" hold "${unknown}"; Azure Blob takes the names of variables as key, connectionString, sas, token or armToken, or nothing for DefaultAzureCredential`,
    );
  }
  if (strings?.sas !== undefined) {
    return { kind: 'sas', variable: strings.variable, secret: strings.sas };
  }
  if (strings) return { kind: 'key', variable: strings.variable, secret: strings.key };
  if (key !== undefined) return { kind: 'key', variable: key, secret: env[key] };
  if (sas !== undefined) return { kind: 'sas', variable: sas, secret: env[sas] };
  const secret = (variable: string | undefined): Secret | null =>
    variable === undefined ? null : { variable, value: env[variable] };
  if (token !== undefined || armToken !== undefined) {
    return { kind: 'token', storage: secret(token), arm: secret(armToken) };
  }
  return { kind: 'identity' };
}

/** May the Resource Manager be asked: with a token of its own, never with a key or a SAS. */
export function hasArm({ access }: AzureTarget): boolean {
  return access.kind === 'identity' || (access.kind === 'token' && access.arm !== null);
}

/** `host:port` of every host that is known before anything is asked. */
export function hostsOf(target: AzureTarget): readonly string[] {
  const bases: string[] = [];
  if (target.endpoint !== null) bases.push(target.endpoint);
  if (hasArm(target)) bases.push(target.arm);
  if (target.access.kind === 'identity') bases.push(target.cloud.login);
  const hosts = bases.map((base) => {
    const url = new URL(base);
    return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
  });
  hosts.push(...target.domains.map(hostOf));
  // Accounts are found on the way; each has a host of its own.
  if (target.account === null) hosts.push(`*.blob.${target.cloud.suffix}:443`);
  if (hasArm(target)) hosts.push(`*.web.${target.cloud.suffix}:443`);
  return [...new Set(hosts)];
}

/** Who answers for container names of an account, in asset ids. */
export function authorityOf(target: AzureTarget, account: string, endpoint: string): string {
  if (target.name !== null) {
    return target.account === null ? `${target.name}/${account}` : target.name;
  }
  const { host } = new URL(endpoint);
  return host === `${account}.blob.${PUBLIC.suffix}` ? account : `${account}@${host}`;
}
