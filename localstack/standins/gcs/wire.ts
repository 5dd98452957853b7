/** Nouns of the GCS stand-in → the JSON API's wire form, and its errors. */
import { createHash } from 'node:crypto';
import type { Reply } from '../served.ts';
import { crc32c } from './crc32c.ts';
import {
  type AclEntry,
  type Binding,
  liveObject,
  type StoredBucket,
  type StoredObject,
} from './state.ts';

export function json(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify(value),
  };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'required',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  412: 'conditionNotMet',
  416: 'requestedRangeNotSatisfiable',
};

/** An error as the JSON API words it. */
export class ApiFault extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  reply(): Reply {
    const detail = { message: this.message, domain: 'global', reason: REASONS[this.status] };
    return json(
      { error: { code: this.status, message: this.message, errors: [detail] } },
      this.status,
    );
  }
}

export function bucketJson(bucket: StoredBucket, full: boolean): Record<string, unknown> {
  return {
    kind: 'storage#bucket',
    id: bucket.name,
    name: bucket.name,
    projectNumber: String(bucket.projectNumber),
    location: bucket.location,
    locationType: 'region',
    storageClass: 'STANDARD',
    timeCreated: bucket.created.toISOString(),
    updated: bucket.created.toISOString(),
    metageneration: String(bucket.metageneration),
    etag: etag(`${bucket.name}/${bucket.metageneration}`),
    labels: bucket.labels,
    versioning: { enabled: bucket.versioning },
    billing: { requesterPays: bucket.requesterPays },
    iamConfiguration: {
      uniformBucketLevelAccess: { enabled: bucket.uniform },
      bucketPolicyOnly: { enabled: bucket.uniform },
      publicAccessPrevention: bucket.publicAccessPrevention,
    },
    ...(full &&
      !bucket.uniform && {
        acl: bucket.acl.map((entry) => bucketAclJson(bucket, entry)),
        defaultObjectAcl: bucket.defaultObjectAcl.map((entry) => ({
          kind: 'storage#objectAccessControl',
          ...entry,
        })),
      }),
  };
}

function isNoncurrent(bucket: StoredBucket, object: StoredObject): boolean {
  return liveObject(bucket, object.name) !== object;
}

export function objectJson(
  bucket: StoredBucket,
  object: StoredObject,
  full: boolean,
): Record<string, unknown> {
  const at = object.created.toISOString();
  return {
    kind: 'storage#object',
    id: `${bucket.name}/${object.name}/${object.generation}`,
    name: object.name,
    bucket: bucket.name,
    generation: object.generation,
    metageneration: '1',
    contentType: object.contentType,
    ...(object.contentEncoding !== undefined && { contentEncoding: object.contentEncoding }),
    ...(object.metadata && { metadata: object.metadata }),
    storageClass: 'STANDARD',
    size: String(object.bytes.length),
    crc32c: crc32c(object.bytes),
    md5Hash: createHash('md5').update(object.bytes).digest('base64'),
    etag: etag(object.generation),
    timeCreated: at,
    updated: at,
    ...(isNoncurrent(bucket, object) && { timeDeleted: at }),
    ...(full &&
      !bucket.uniform && { acl: object.acl.map((entry) => objectAclJson(bucket, object, entry)) }),
  };
}

export function bucketAclJson(bucket: StoredBucket, entry: AclEntry): Record<string, unknown> {
  return { kind: 'storage#bucketAccessControl', bucket: bucket.name, ...entry };
}

export function objectAclJson(
  bucket: StoredBucket,
  object: StoredObject,
  entry: AclEntry,
): Record<string, unknown> {
  return {
    kind: 'storage#objectAccessControl',
    bucket: bucket.name,
    object: object.name,
    generation: object.generation,
    ...entry,
  };
}

export function policyJson(resource: string, bindings: readonly Binding[]): unknown {
  return {
    kind: 'storage#policy',
    resourceId: resource,
    version: bindings.some((binding) => binding.condition) ? 3 : 1,
    etag: etag(JSON.stringify(bindings)),
    bindings,
  };
}

function etag(text: string): string {
  return createHash('md5').update(text).digest('base64').slice(0, 12);
}

/** Keeps the members that a `fields` selector names: `kind,nextPageToken,items(name,size)`. */
export function select(value: unknown, fields: string | null): unknown {
  if (fields === null || fields === '*') return value;
  return pick(value, fields);
}

function pick(value: unknown, fields: string): unknown {
  if (Array.isArray(value)) return value.map((one) => pick(one, fields));
  if (value === null || typeof value !== 'object') return value;
  const out: Record<string, unknown> = {};
  for (const [name, inner] of split(fields)) {
    const found = (value as Record<string, unknown>)[name];
    if (found !== undefined) out[name] = inner === null ? found : pick(found, inner);
  }
  return out;
}

/** `a,b(c,d),e/f` → names with their inner selectors. */
function split(fields: string): [string, string | null][] {
  const parts = fields.match(/[^,()]+(?:\((?:[^()]|\([^()]*\))*\))?/g) ?? [];
  const inner = new Map<string, string | null>();
  for (const part of parts) {
    const [, name = '', inBrackets, below] =
      /^([^(/]+)(?:\((.*)\)|\/(.*))?$/.exec(part.trim()) ?? [];
    const more = inBrackets ?? below ?? null;
    const before = inner.get(name);
    // `items/name,items/size` is `items(name,size)`; a whole member is whole, whatever else is said.
    const whole = more === null || before === null;
    inner.set(name, whole ? null : before === undefined ? more : `${before},${more}`);
  }
  return [...inner];
}

/** One page of `all`; tokens are opaque to callers, as Google's are. */
export function page<T>(
  all: readonly T[],
  query: URLSearchParams,
  defaultSize = 1000,
): { readonly items: readonly T[]; readonly nextPageToken?: string } {
  const token = query.get('pageToken');
  const start = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString().slice(1));
  if (!Number.isInteger(start)) throw new ApiFault(400, 'Invalid page token.');
  const size = Math.min(Number(query.get('maxResults') ?? defaultSize) || defaultSize, 1000);
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextPageToken: Buffer.from(`p${end}`).toString('base64url') }),
  };
}
