/** `s3://…` and `s3+https://…` and the options around them → where to ask, for what, as whom. Sends nothing. */
import type { Asset } from '../../src/model/asset.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import { domainsOf, hostOf } from '../doors.ts';

export type Access =
  | { readonly kind: 'anonymous' }
  /** The environment's own key, or variables that the target names. */
  | {
      readonly kind: 'variables';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string | null;
    }
  /** The standard chain: profile, SSO, web identity, container, instance. */
  | { readonly kind: 'chain' };

export interface S3Target {
  /** Null: Amazon's own endpoints, as its SDK resolves them. */
  readonly endpoint: URL | null;
  /** Null: every bucket of the account. */
  readonly bucket: string | null;
  /** Only keys that begin so; empty for all. */
  readonly prefix: string;
  /** Where nothing else says so. */
  readonly region: string;
  /** Who answers for bucket names, in asset ids. */
  readonly authority: string;
  /** True where the host is Amazon's: only there do its documents mean what Amazon says. */
  readonly amazon: boolean;
  readonly access: Access;
  /** Further hosts that serve the bucket, as the person wrote them. */
  readonly domains: readonly string[];
}

const AMAZON_HOST = /(^|\.)amazonaws\.com(\.cn)?$/;

export function isAmazonHost(host: string): boolean {
  return AMAZON_HOST.test(host);
}

export function readTarget(spec: TargetSpec, env: ProviderContext['env']): S3Target {
  const { endpoint, path } = splitUri(spec, env);
  const slash = path.indexOf('/');
  const bucket = decode(spec, slash < 0 ? path : path.slice(0, slash));
  const prefix = slash < 0 ? '' : decode(spec, path.slice(slash + 1));
  if (bucket !== '' && !/^[A-Za-z0-9][A-Za-z0-9._:-]{1,254}$/.test(bucket)) {
    throw new UsageError(
      `target "${spec.uri}" names no possible bucket; letters, digits, dots, dashes and underscores are allowed`,
    );
  }
  if (bucket === '' && slash >= 0 && prefix !== '') {
    throw new UsageError(
      `target "${spec.uri}" names no bucket before the slash; write s3://BUCKET/PREFIX`,
    );
  }
  if (bucket === '' && spec.anonymous) {
    throw new UsageError(
      `target "${spec.uri}" means every bucket of an account, which nobody may list without credentials; name one (s3://BUCKET) or leave anonymous out`,
    );
  }
  const region =
    spec.region ??
    regionOf(endpoint?.hostname ?? '') ??
    env.AWS_REGION ??
    env.AWS_DEFAULT_REGION ??
    'us-east-1';
  const amazon = endpoint === null || isAmazonHost(endpoint.hostname);
  return {
    endpoint,
    bucket: bucket === '' ? null : bucket,
    prefix,
    region,
    authority: spec.name ?? (amazon ? partitionOf(region) : (endpoint?.host ?? '')),
    amazon,
    access: accessOf(spec, env),
    domains: domainsOf(spec, bucket !== ''),
  };
}

/** One bucket, by no credentials: what discovery found in an account becomes a target of its own. */
export function outside(asset: Asset, spec: TargetSpec, env: ProviderContext['env']): TargetSpec {
  const { endpoint } = splitUri(spec, env);
  const { name, domains } = spec;
  return {
    uri:
      endpoint === null
        ? `s3://${asset.name}`
        : `s3+${endpoint.protocol}//${endpoint.host}/${asset.name}`,
    anonymous: true,
    ...(asset.region !== undefined && { region: asset.region }),
    ...(name !== undefined && { name }),
    ...(domains !== undefined && { domains }),
  };
}

/** `s3+https://host/bucket/prefix` carries its endpoint; `s3://bucket/prefix` may get one from outside. */
function splitUri(
  spec: TargetSpec,
  env: ProviderContext['env'],
): { readonly endpoint: URL | null; readonly path: string } {
  const match = /^s3(?:\+(https?))?:\/\/([\s\S]*)$/i.exec(spec.uri);
  if (!match) {
    throw new UsageError(
      `target "${spec.uri}" is no S3 address; write s3://, s3://BUCKET/PREFIX or s3+https://ENDPOINT/BUCKET`,
    );
  }
  const [, scheme, rest = ''] = match;
  if (scheme === undefined) {
    const own = spec.endpoint ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
    return { endpoint: own === undefined ? null : endpointOf(own), path: rest };
  }
  if (spec.endpoint !== undefined) {
    throw new UsageError(
      `target "${spec.uri}" names an endpoint and "${spec.endpoint}" is given too; keep one of the two`,
    );
  }
  const slash = rest.indexOf('/');
  const host = slash < 0 ? rest : rest.slice(0, slash);
  return {
    endpoint: endpointOf(`${scheme.toLowerCase()}://${host}`),
    path: slash < 0 ? '' : rest.slice(slash + 1),
  };
}

function endpointOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url?.hostname || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new UsageError(`endpoint "${text}" is no http:// or https:// address`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      'an endpoint must not hold a user name or password; name the variables under credentials',
    );
  }
  return url;
}

/** A person may paste a URL; a key's own percent sign then has to be written %25. */
function decode(spec: TargetSpec, text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(
      `target "${spec.uri}" holds a percent sign that encodes nothing; write %25`,
    );
  }
}

function regionOf(host: string): string | undefined {
  if (!isAmazonHost(host)) return undefined;
  return /(?:^|[.-])s3[.-](?:dualstack\.|fips[.-])?([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host)?.[1];
}

/** Bucket names are unique within a partition. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

function accessOf(spec: TargetSpec, env: ProviderContext['env']): Access {
  if (spec.anonymous) return { kind: 'anonymous' };
  const { accessKeyId, secretAccessKey, sessionToken, ...others } = spec.credentials ?? {};
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new UsageError(
      `credentials of "${spec.uri}" hold "${unknown}"; S3 takes accessKeyId, secretAccessKey and sessionToken, each the name of a variable`,
    );
  }
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return {
      kind: 'variables',
      accessKeyId,
      secretAccessKey,
      sessionToken: sessionToken ?? null,
    };
  }
  if (accessKeyId !== undefined || secretAccessKey !== undefined || sessionToken !== undefined) {
    throw new UsageError(
      `credentials of "${spec.uri}" need both accessKeyId and secretAccessKey, each the name of a variable`,
    );
  }
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) {
    return {
      kind: 'variables',
      accessKeyId: 'AWS_ACCESS_KEY_ID',
      secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
      sessionToken: env.AWS_SESSION_TOKEN ? 'AWS_SESSION_TOKEN' : null,
    };
  }
  return { kind: 'chain' };
}

/** Services beside S3: their own address where the environment names one, as the SDK's rule is. */
export function serviceEndpoint(
  target: S3Target,
  env: ProviderContext['env'],
  service: 'STS' | 'S3_CONTROL' | 'ORGANIZATIONS',
): URL | null {
  const own = env[`AWS_ENDPOINT_URL_${service}`];
  if (own !== undefined) return endpointOf(own);
  return target.amazon ? null : target.endpoint;
}

/** `host:port` of every host that may be asked; `*.` where only the service's answer names it. */
export function hostsOf(target: S3Target, env: ProviderContext['env']): readonly string[] {
  const hosts = new Set<string>();
  const add = (url: URL | null): void => {
    if (!url) return;
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    hosts.add(`${url.hostname}:${port}`);
    if (!/^[\d.]+$|^\[/.test(url.hostname)) hosts.add(`*.${url.hostname}:${port}`);
  };
  add(target.endpoint);
  const suffix = partitionOf(target.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  // Website endpoints speak no TLS.
  if (target.amazon) hosts.add(`*.${suffix}:443`).add(`*.${suffix}:80`);
  for (const domain of target.domains) hosts.add(hostOf(domain));
  if (target.access.kind === 'anonymous') return [...hosts];
  add(serviceEndpoint(target, env, 'STS'));
  add(serviceEndpoint(target, env, 'S3_CONTROL'));
  add(serviceEndpoint(target, env, 'ORGANIZATIONS'));
  if (target.access.kind === 'chain') {
    hosts.add(`*.${suffix}:443`);
    // Where containers and instances get their keys.
    hosts.add('169.254.170.2:80').add('169.254.170.23:80').add('169.254.169.254:80');
  }
  return [...hosts];
}
