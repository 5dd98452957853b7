/** Operations on objects. */
import { aclDocument, requestedAcl } from './acl.ts';
import { type Answer, DONE, GONE, type ObjectAsked, S3Error } from './answer.ts';
import { effectiveAcl, effectiveBlock } from './authorize.ts';
import { readTags, tagDocument } from './buckets.ts';
import { aclIsPublic } from './publicness.ts';
import {
  type Acl,
  type ObjectVersion,
  privateAcl,
  removeObject,
  removeVersion,
  sizeOf,
  sliceOf,
  storeVersion,
} from './state.ts';

/** An anonymous writer's objects belong to this canonical id. */
const ANONYMOUS = '65a011a29cdf8ec533ec3d1ccaae921c';

export function getObject(asked: ObjectAsked, withBody: boolean): Answer {
  const object = present(asked);
  refuseKms(asked, object);
  const headers = objectHeaders(asked, object);
  const size = sizeOf(object.body);
  if (fails(asked, object)) throw new S3Error(412, 'PreconditionFailed');
  const range = rangeOf(asked.headers.range, size);
  if (range === 'unsatisfiable') {
    throw new S3Error(416, 'InvalidRange', { 'content-range': `bytes */${size}` });
  }
  const start = range?.start ?? 0;
  const end = range?.end ?? size;
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(end - start),
      ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${size}` } : {}),
    },
    ...(withBody ? { body: pieces(object, start, end) } : {}),
  };
}

/** Encrypted with a KMS key: the reader must sign, and hold the key. */
function refuseKms(asked: ObjectAsked, object: ObjectVersion): void {
  if (!object.kms) return;
  if (!asked.account) throw new S3Error(400, 'InvalidArgument');
  if (asked.account.id !== asked.bucket.account.id) throw new S3Error(403, 'AccessDenied');
}

function fails(asked: ObjectAsked, object: ObjectVersion): boolean {
  const wanted = asked.headers['if-match'];
  return wanted !== undefined && wanted !== '*' && wanted.replaceAll('"', '') !== object.etag;
}

const PIECE_BYTES = 256 * 1024;

function* pieces(object: ObjectVersion, start: number, end: number): Iterable<Uint8Array> {
  for (let at = start; at < end; at += PIECE_BYTES) {
    yield sliceOf(object.body, at, Math.min(end, at + PIECE_BYTES));
  }
}

function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}

function objectHeaders(asked: ObjectAsked, object: ObjectVersion): Record<string, string> {
  return {
    'content-type': object.contentType,
    etag: `"${object.etag}"`,
    'last-modified': object.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': object.kms ? 'aws:kms' : 'AES256',
    ...(asked.bucket.versioning ? { 'x-amz-version-id': object.id } : {}),
    ...object.headers,
  };
}

function present(asked: ObjectAsked): ObjectVersion {
  const { object, query } = asked;
  if (!object) throw new S3Error(404, query.has('versionId') ? 'NoSuchVersion' : 'NoSuchKey');
  if (object.deleteMarker)
    throw new S3Error(405, 'MethodNotAllowed', { 'x-amz-delete-marker': 'true' });
  return object;
}

export function putObject(asked: ObjectAsked): Answer {
  const { bucket, key, headers, body, account } = asked;
  if (headers['x-amz-copy-source'] !== undefined) throw new S3Error(501, 'NotImplemented');
  const writer = account?.canonicalId ?? ANONYMOUS;
  const acl = checkedAcl(asked, requestedAcl(headers, null, writer, bucket));
  const made = storeVersion(bucket, {
    key,
    body: new Uint8Array(body),
    modifiedAt: new Date(),
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        name.startsWith('x-amz-meta-') && value !== undefined ? [[name, value]] : [],
      ),
    ),
    owner: ownerOf(asked, writer),
    kms: (headers['x-amz-server-side-encryption'] ?? bucket.encryption) === 'aws:kms',
    deleteMarker: false,
    acl: acl ?? privateAcl(ownerOf(asked, writer)),
    tags: Object.fromEntries(new URLSearchParams(headers['x-amz-tagging'] ?? '')),
  });
  return {
    status: 200,
    headers: {
      etag: `"${made.etag}"`,
      ...(bucket.versioning ? { 'x-amz-version-id': made.id } : {}),
    },
  };
}

function ownerOf({ bucket, headers }: ObjectAsked, writer: string): string {
  if (bucket.ownership === 'BucketOwnerEnforced') return bucket.account.canonicalId;
  const gives = headers['x-amz-acl'] === 'bucket-owner-full-control';
  return bucket.ownership === 'BucketOwnerPreferred' && gives ? bucket.account.canonicalId : writer;
}

function checkedAcl({ state, bucket, headers }: ObjectAsked, acl: Acl | null): Acl | null {
  if (!acl) return null;
  const harmless = ['private', 'bucket-owner-full-control'].includes(headers['x-amz-acl'] ?? '');
  if (bucket.ownership === 'BucketOwnerEnforced') {
    if (harmless || acl.grants.length <= 1) return null;
    throw new S3Error(400, 'AccessControlListNotSupported');
  }
  if (effectiveBlock(state, bucket).BlockPublicAcls && aclIsPublic(acl)) {
    throw new S3Error(403, 'AccessDenied');
  }
  return acl;
}

export function deleteObject(asked: ObjectAsked): Answer {
  const version = asked.query.get('versionId');
  if (version === null) removeObject(asked.bucket, asked.key, asked.bucket.account.canonicalId);
  else removeVersion(asked.bucket, asked.key, version);
  return GONE;
}

export function getObjectAcl(asked: ObjectAsked): Answer {
  const acl = effectiveAcl(asked.state, asked.bucket, present(asked).acl);
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: aclDocument(acl) };
}

export function putObjectAcl(asked: ObjectAsked): Answer {
  const object = present(asked);
  const wanted = requestedAcl(asked.headers, asked.body, object.owner, asked.bucket);
  if (!wanted) throw new S3Error(400, 'MissingSecurityHeader');
  const acl = checkedAcl(asked, wanted);
  if (acl) object.acl = acl;
  return DONE;
}

export function getObjectTagging(asked: ObjectAsked): Answer {
  return tagDocument(present(asked).tags);
}

export function putObjectTagging(asked: ObjectAsked): Answer {
  present(asked).tags = readTags(asked.body);
  return DONE;
}

export function deleteObjectTagging(asked: ObjectAsked): Answer {
  present(asked).tags = {};
  return GONE;
}
