/** The SDK's clients for one target: signed, unsigned, and the account's services; see guards.ts for their rules. */
import assert from 'node:assert/strict';
import * as http from 'node:http';
import * as https from 'node:https';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { STSClient } from '@aws-sdk/client-sts';
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import { guard } from './guards.ts';
import { recorded } from './recorded.ts';
import { type S3Target, serviceEndpoint } from './target.ts';

const ATTEMPTS = 4;
const SOCKETS_PER_HOST = 32;
const CONNECT_MS = 10_000;

export interface Clients {
  /** False where there are no credentials: `signed` then must not be used. */
  readonly signs: boolean;
  signed(region: string): S3Client;
  unsigned(region: string): S3Client;
  sts(): Promise<STSClient>;
  control(region: string): Promise<S3ControlClient>;
  organizations(): Promise<OrganizationsClient>;
  /** For lists of directory buckets, which have an address of their own in each region. */
  directory(region: string): S3Client;
  /** The bucket's address as the SDK's own rules make it, partitions included; no slash at the end. */
  bucketUrl(bucket: string, region: string): string;
  close(): void;
}

export async function openClients(
  target: S3Target,
  context: ProviderContext,
  virtualHosts: boolean,
): Promise<Clients> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const identity = identityOf(target, context);
  const keys = identity?.keys && { credentials: identity.keys };
  const shared = sharedConfig(context);
  const config = { ...shared, ...storeConfig(target, virtualHosts) };
  const open = openedClients(context);
  const signedByRegion = new Map<string, S3Client>();
  const unsignedByRegion = new Map<string, S3Client>();
  const signs = identity !== null && (await canSign(identity, target, context, S3Client));
  const directoryByRegion = new Map<string, S3Client>();
  const unsigned = (region: string): S3Client =>
    remember(unsignedByRegion, region, () =>
      recorded(open.add(new S3Client({ ...config, ...NO_SIGNATURE, region })), context),
    );
  const services = serviceClients(target, context, { ...shared, ...keys }, open);
  return {
    ...services,
    signs,
    signed(region) {
      assert(signs, 'a signed call without credentials');
      return remember(signedByRegion, region, () =>
        open.add(new S3Client({ ...config, ...keys, region })),
      );
    },
    directory(region) {
      assert(signs, 'a signed call without credentials');
      const scheme = target.endpoint?.protocol;
      const host = `s3express-control.${region}.amazonaws.com`;
      const where = scheme === undefined ? {} : { endpoint: `${scheme}//${host}` };
      return remember(directoryByRegion, region, () =>
        open.add(new S3Client({ ...config, ...keys, ...where, region })),
      );
    },
    unsigned,
    bucketUrl: (bucket, region) => bucketUrl(unsigned(region), target, bucket, region),
    close: () => open.close(),
  };
}

interface OpenedClients {
  /** Guards it and remembers to end it. */
  add<T extends { readonly middlewareStack: unknown; destroy(): void }>(client: T): T;
  close(): void;
}

function openedClients(context: ProviderContext): OpenedClients {
  const all: { destroy(): void }[] = [];
  return {
    add(client) {
      all.push(client);
      return guard(client, context);
    },
    close() {
      for (const client of all) client.destroy();
    },
  };
}

interface SharedConfig {
  readonly requestHandler: NodeHandlerOptions;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly profile?: string;
}

function sharedConfig(context: ProviderContext): SharedConfig {
  const profile = context.env.AWS_PROFILE;
  return {
    requestHandler: handlerOptions(context),
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    ...(profile && { profile }),
  };
}

function storeConfig(target: S3Target, virtualHosts: boolean): S3ClientConfig {
  return {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // To the host that the SDK's own rules make of the region named, never to one that an answer names.
    followRegionRedirects: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    forcePathStyle: target.endpoint !== null && !virtualHosts,
    ...(target.endpoint && { endpoint: target.endpoint.href }),
  };
}

/** STS, S3 Control and Organizations, made when first asked for. */
function serviceClients(
  target: S3Target,
  context: ProviderContext,
  config: SharedConfig & { readonly credentials?: Keys },
  open: OpenedClients,
): Pick<Clients, 'sts' | 'control' | 'organizations'> {
  // These planes throttle a whole account: once they did, requests are held back at the rate that passed.
  const paced = { ...config, retryMode: 'adaptive' } as const;
  const controlByRegion = new Map<string, Promise<S3ControlClient>>();
  async function makeControl(region: string): Promise<S3ControlClient> {
    const { S3ControlClient } = await import('@aws-sdk/client-s3-control');
    const endpoint = serviceEndpoint(target, context.env, 'S3_CONTROL');
    const where = endpoint ? plainControlEndpoint(endpoint, region) : {};
    return open.add(new S3ControlClient({ ...paced, ...where, region }));
  }
  return {
    async sts() {
      const { STSClient } = await import('@aws-sdk/client-sts');
      const endpoint = serviceEndpoint(target, context.env, 'STS');
      const where = endpoint ? { endpoint: endpoint.href } : {};
      return open.add(new STSClient({ ...config, ...where, region: target.region }));
    },
    async organizations() {
      const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
      const endpoint = serviceEndpoint(target, context.env, 'ORGANIZATIONS');
      const where = endpoint ? { endpoint: endpoint.href } : {};
      return open.add(new OrganizationsClient({ ...paced, ...where, region: target.region }));
    },
    control: (region) => remember(controlByRegion, region, () => makeControl(region)),
  };
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const had = known.get(key);
  if (had) return had;
  const made = make();
  known.set(key, made);
  return made;
}

/** Signs nothing: the request leaves as an outsider would send it. */
const NO_SIGNATURE: Pick<S3ClientConfig, 'credentials' | 'signer'> = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
};

/** The SDK puts the account before the host's name, which no address and few private names allow. */
function plainControlEndpoint(endpoint: URL, region: string): object {
  const scheme = { name: 'sigv4', signingName: 's3', signingRegion: region };
  return {
    disableHostPrefix: true,
    endpointProvider: () => ({
      url: endpoint,
      headers: {},
      properties: { authSchemes: [{ ...scheme, disableDoubleEncoding: true }] },
    }),
  };
}

interface NodeHandlerOptions {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: boolean;
  readonly logger: typeof SILENT;
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {}, trace() {} };

/** Trust comes from Node's own store (NODE_EXTRA_CA_CERTS), which nothing here overrides. */
function handlerOptions(context: ProviderContext): NodeHandlerOptions {
  const agent = { keepAlive: true, maxSockets: SOCKETS_PER_HOST, proxyEnv: { ...context.env } };
  const { requestTimeMs } = context.limits;
  return {
    httpAgent: new http.Agent(agent),
    httpsAgent: new https.Agent(agent),
    connectionTimeout: Math.min(CONNECT_MS, requestTimeMs),
    requestTimeout: requestTimeMs,
    throwOnRequestTimeout: true,
    // Waiting for a free socket is normal under load and no reason to print.
    logger: SILENT,
  };
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Identity {
  /** Null: the SDK's own chain. */
  readonly keys: Keys | null;
}

function identityOf(target: S3Target, { env }: ProviderContext): Identity | null {
  const { access } = target;
  if (access.kind === 'anonymous') return null;
  if (access.kind === 'chain') return { keys: null };
  const read = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new ScanError(
      'no-credentials',
      `the environment variable ${name}, which the target names under credentials, is not set`,
    );
  };
  return {
    keys: {
      accessKeyId: read(access.accessKeyId),
      secretAccessKey: read(access.secretAccessKey),
      ...(access.sessionToken !== null && { sessionToken: read(access.sessionToken) }),
    },
  };
}

/** Does the chain find a key? A named bucket is still worth looking at from outside when it does not. */
async function canSign(
  identity: Identity,
  target: S3Target,
  { env }: ProviderContext,
  Client: typeof S3Client,
): Promise<boolean> {
  if (identity.keys) return true;
  const profile = env.AWS_PROFILE;
  const client = new Client({ region: target.region, ...(profile && { profile }) });
  try {
    await client.config.credentials();
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}

interface Endpoint {
  readonly url: URL;
}

function bucketUrl(client: S3Client, target: S3Target, bucket: string, region: string): string {
  const resolve = client.config.endpointProvider as unknown as (
    parameters: Readonly<Record<string, string | boolean>>,
  ) => Endpoint;
  const { url } = resolve({
    Bucket: bucket,
    Region: region,
    UseFIPS: false,
    UseDualStack: false,
    Accelerate: false,
    UseGlobalEndpoint: false,
    DisableMultiRegionAccessPoints: false,
    ForcePathStyle: client.config.forcePathStyle === true,
    ...(target.endpoint && { Endpoint: target.endpoint.href }),
  });
  return url.href.replace(/\/+$/, '');
}
