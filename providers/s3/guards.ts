/**
 * The house rules as middleware of the SDK: only reading calls leave, every host passes the scope
 * first, and an answer is believed only when it is the document that was asked for.
 */
import assert from 'node:assert/strict';
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext } from '../../src/model/provider.ts';

/** Every call this provider may make; the root element of its answer (`|` between two), `{` for JSON, null for a body of any kind. */
const READING_CALLS: Readonly<Record<string, string | null>> = {
  ListBuckets: 'ListAllMyBucketsResult',
  ListDirectoryBuckets: 'ListAllMyDirectoryBucketsResult',
  HeadBucket: null,
  GetBucketTagging: 'Tagging',
  GetBucketPolicy: '{',
  GetBucketAcl: 'AccessControlPolicy',
  GetBucketOwnershipControls: 'OwnershipControls',
  // Ceph 16 calls the same document by a name of its own.
  GetPublicAccessBlock: 'PublicAccessBlockConfiguration|BlockPublicAccessBlockConfiguration',
  GetBucketWebsite: 'WebsiteConfiguration',
  GetBucketRequestPayment: 'RequestPaymentConfiguration',
  ListObjectsV2: 'ListBucketResult',
  GetBucketVersioning: 'VersioningConfiguration',
  ListObjectVersions: 'ListVersionsResult',
  HeadObject: null,
  GetObject: null,
  GetObjectAcl: 'AccessControlPolicy',
  GetCallerIdentity: 'GetCallerIdentityResponse',
  AssumeRole: 'AssumeRoleResponse',
  ListAccounts: '{',
  ListAccountsForParent: '{',
  ListOrganizationalUnitsForParent: '{',
  ListAccessPoints: 'ListAccessPointsResult',
  GetAccessPoint: 'GetAccessPointResult',
  GetAccessPointPolicy: 'GetAccessPointPolicyResult',
  ListMultiRegionAccessPoints: 'ListMultiRegionAccessPointsResult',
  GetMultiRegionAccessPointPolicy: 'GetMultiRegionAccessPointPolicyResult',
};

/** STS and Organizations take POST for everything; none of these changes anything. */
const POSTED: ReadonlySet<string> = new Set([
  'GetCallerIdentity',
  'AssumeRole',
  'ListAccounts',
  'ListAccountsForParent',
  'ListOrganizationalUnitsForParent',
]);

/** For `--plan`. */
export const CALLS: readonly string[] = Object.keys(READING_CALLS);

/** Bytes of one answer that is not an object: a page of 1,000 keys of 1,024 bytes, encoded, is under 4 MiB. */
const ANSWER_BYTES = 16 * 1024 * 1024;
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

export function guard<T extends { readonly middlewareStack: unknown }>(
  client: T,
  context: ProviderContext,
): T {
  const stack = client.middlewareStack as Stack;
  stack.add(onlyReading, { step: 'initialize', name: 'ajarOnlyReading', priority: 'high' });
  stack.add(inScope(context), { step: 'finalizeRequest', name: 'ajarInScope', priority: 'low' });
  stack.add(expected, { step: 'deserialize', name: 'ajarExpected', priority: 'low' });
  return client;
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
    assert(reading || POSTED.has(callOf(context)), `${method} is no reading method`);
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
  return element !== undefined && root.split('|').includes(element);
}
