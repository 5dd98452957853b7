/**
 * The SDK's clients for one target, with the house rules built in as middleware: only reading calls
 * leave, every host passes the scope first, and an answer is believed only when it is the document
 * that was asked for.
 */
import assert from 'node:assert/strict';
import * as http from 'node:http';
import * as https from 'node:https';
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { STSClient } from '@aws-sdk/client-sts';
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import { type S3Target, serviceEndpoint } from './target.ts';

/** Every call this provider may make; the root element of its answer, `{` for JSON, null for a body of any kind. */
const READING_CALLS: Readonly<Record<string, string | null>> = {
  ListBuckets: 'ListAllMyBucketsResult',
  HeadBucket: null,
  GetBucketLocation: 'LocationConstraint',
  GetBucketTagging: 'Tagging',
  GetBucketPolicy: '{',
  GetBucketAcl: 'AccessControlPolicy',
  GetBucketOwnershipControls: 'OwnershipControls',
  GetPublicAccessBlock: 'PublicAccessBlockConfiguration',
  GetBucketWebsite: 'WebsiteConfiguration',
  GetBucketRequestPayment: 'RequestPaymentConfiguration',
  ListObjectsV2: 'ListBucketResult',
  HeadObject: null,
  GetObject: null,
  GetObjectAcl: 'AccessControlPolicy',
  GetCallerIdentity: 'GetCallerIdentityResponse',
  ListAccessPoints: 'ListAccessPointsResult',
  GetAccessPoint: 'GetAccessPointResult',
  GetAccessPointPolicy: 'GetAccessPointPolicyResult',
};

/** For `--plan`. */
export const CALLS: readonly string[] = Object.keys(READING_CALLS);

/** Bytes of one answer that is not an object: a page of 1,000 keys of 1,024 bytes, encoded, is under 4 MiB. */
const ANSWER_BYTES = 16 * 1024 * 1024;
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
  const requestHandler = handlerOptions(context);
  const guard = <T extends { readonly middlewareStack: unknown }>(client: T): T => {
    guardStack(client.middlewareStack as Stack, context);
    return client;
  };
  const identity = await identityOf(target, context);
  const shared = { requestHandler, maxAttempts: ATTEMPTS, retryMode: 'standard' } as const;
  const config: S3ClientConfig = {
    ...shared,
    requestHandler: { ...requestHandler },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    followRegionRedirects: true,
    ...(context.env.AWS_PROFILE && { profile: context.env.AWS_PROFILE }),
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    forcePathStyle: target.endpoint !== null && !virtualHosts,
    ...(target.endpoint && { endpoint: target.endpoint.href }),
  };
  const made: { destroy(): void }[] = [];
  const keep = <T extends { destroy(): void }>(client: T): T => {
    made.push(client);
    return client;
  };
  const signedByRegion = new Map<string, S3Client>();
  const unsignedByRegion = new Map<string, S3Client>();
  const unsigned = (region: string): S3Client =>
    remember(unsignedByRegion, region, () =>
      keep(guard(new S3Client({ ...config, region, ...NO_SIGNATURE }))),
    );
  const signs = identity !== null && (await canSign(identity, target, context, S3Client));
  const credentials = identity?.keys ?? null;
  return {
    signs,
    signed: (region) => {
      assert(signs, 'a signed call without credentials');
      return remember(signedByRegion, region, () =>
        keep(guard(new S3Client({ ...config, region, ...(credentials && { credentials }) }))),
      );
    },
    unsigned,
    async sts() {
      const { STSClient } = await import('@aws-sdk/client-sts');
      const endpoint = serviceEndpoint(target, context.env, 'STS');
      return keep(
        guard(
          new STSClient({
            ...shared,
            region: target.region,
            ...(credentials && { credentials }),
            ...(endpoint && { endpoint: endpoint.href }),
          }),
        ),
      );
    },
    async control(region) {
      const { S3ControlClient } = await import('@aws-sdk/client-s3-control');
      const endpoint = serviceEndpoint(target, context.env, 'S3_CONTROL');
      return keep(
        guard(
          new S3ControlClient({
            ...shared,
            region,
            ...(credentials && { credentials }),
            ...(endpoint && plainControlEndpoint(endpoint, region)),
          }),
        ),
      );
    },
    bucketUrl: (bucket, region) => bucketUrl(unsigned(region), target, bucket, region),
    close: () => {
      for (const client of made) client.destroy();
    },
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

const SILENT = { debug() {}, info() {}, warn() {}, error() {}, trace() {} };

/** Trust comes from Node's own store (NODE_EXTRA_CA_CERTS), which nothing here overrides. */
function handlerOptions(context: ProviderContext): object {
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

interface Identity {
  /** Null: the SDK's own chain. */
  readonly keys: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  } | null;
}

async function identityOf(target: S3Target, { env }: ProviderContext): Promise<Identity | null> {
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

// --- Middleware --------------------------------------------------------------------------------

/** The few properties of the SDK's stack that are used; its own types differ by client. */
interface Stack {
  add(middleware: Middleware, options: { step: string; name: string; priority: string }): void;
}

interface Passing {
  readonly input: unknown;
  request?: { method?: string; hostname?: string; port?: number; protocol?: string };
}

interface Passed {
  readonly response?: { statusCode?: number; body?: unknown };
}

type Middleware = (
  next: (passing: Passing) => Promise<Passed>,
  context: { readonly commandName?: string },
) => (passing: Passing) => Promise<Passed>;

function guardStack(stack: Stack, context: ProviderContext): void {
  stack.add(onlyReading, { step: 'initialize', name: 'ajarOnlyReading', priority: 'high' });
  stack.add(inScope(context), { step: 'finalizeRequest', name: 'ajarInScope', priority: 'low' });
  stack.add(expected, { step: 'deserialize', name: 'ajarExpected', priority: 'low' });
}

function callOf(context: { readonly commandName?: string }): string {
  return (context.commandName ?? '').replace(/Command$/, '');
}

/** An allow-list: a call that is not on it is a bug, and does not leave. */
const onlyReading: Middleware = (next, context) => async (passing) => {
  assert(
    callOf(context) in READING_CALLS,
    `${callOf(context)} is not on the list of reading calls`,
  );
  return next(passing);
};

/** Innermost, so that region redirects, virtual hosts and retries pass it too. */
function inScope(scan: ProviderContext): Middleware {
  return (next, context) => async (passing) => {
    const { method = '', hostname = '', port, protocol } = passing.request ?? {};
    const reading = method === 'GET' || method === 'HEAD';
    assert(reading || callOf(context) === 'GetCallerIdentity', `${method} is no reading method`);
    const host = hostname.replace(/^\[|\]$/g, '');
    scan.allow(host, port ?? (protocol === 'http:' ? 80 : 443));
    return next(passing);
  };
}

/**
 * Some servers answer a subresource that they do not know with something else and HTTP 200: S3Mock
 * with a list of objects, Ceph with an empty body. Parsed leniently that reads "nothing configured".
 */
const expected: Middleware = (next, context) => async (passing) => {
  const passed = await next(passing);
  const root = READING_CALLS[callOf(context)] ?? null;
  const { response } = passed;
  if (root === null || response?.statusCode !== 200) return passed;
  const bytes = await whole(response.body);
  response.body = bytes;
  if (!begins(bytes, root)) {
    throw new ScanError('malformed', 'the store gave an unexpected answer, which says nothing');
  }
  return passed;
};

async function whole(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > ANSWER_BYTES) throw new ScanError('too-large', 'an answer exceeds 16 MiB');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function begins(bytes: Uint8Array, root: string): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (root === '{') return head.startsWith('{');
  const element = /^(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<(?:\w+:)?(\w+)[\s/>]/.exec(head)?.[1];
  return element === root;
}
