/** Listing and reading the objects of a bucket. */
import pLimit from 'p-limit';
import type { ByteRange, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { NamedKey, ReadAs } from '../../src/model/provider.ts';
import type { HttpClient, HttpHead } from '../../src/net/client.ts';
import { rangeOf } from '../../src/net/range.ts';
import { failure, type GcsApi, type Json } from './api.ts';
import { objectUrl } from './probes.ts';

/** Concurrent HEADs for keys that a person named. */
const NAMED_AT_ONCE = 16;
const FIELDS = 'kind,nextPageToken,items(name,size,updated,generation,timeDeleted)';

/** Every object with its noncurrent generations, which the same permission reads; by the credentials; where those may not list but anybody may, without. */
export async function* listObjects(
  api: GcsApi,
  bucket: string,
  pageSize = 1000,
): AsyncGenerator<ObjectRef> {
  let as: ReadAs = api.target.access.kind === 'anonymous' ? 'anonymous' : 'credentials';
  let pageToken = '';
  do {
    const query = {
      maxResults: String(pageSize),
      versions: 'true',
      fields: FIELDS,
      ...(api.target.prefix !== '' && { prefix: api.target.prefix }),
      ...(pageToken !== '' && { pageToken }),
    };
    let page: Json;
    try {
      page = await api.get({ call: 'objects', bucket }, query, as);
    } catch (error) {
      const denied = error instanceof ScanError && error.code === 'denied';
      if (!denied || as === 'anonymous' || pageToken !== '') throw error;
      page = await api.get({ call: 'objects', bucket }, query, 'anonymous').catch(() => {
        throw error;
      });
      as = 'anonymous';
    }
    yield* refs(page);
    pageToken = typeof page.nextPageToken === 'string' ? page.nextPageToken : '';
  } while (pageToken !== '');
}

function refs(page: Json): readonly ObjectRef[] {
  const items = page.items ?? [];
  if (!Array.isArray(items) || !('items' in page || page.kind === 'storage#objects')) {
    throw new ScanError(
      'malformed',
      'the answer is no list of objects; is the endpoint Cloud Storage?',
    );
  }
  return items.map((item: Json): ObjectRef => {
    if (typeof item.name !== 'string') {
      throw new ScanError('malformed', 'the list of objects holds one without a name');
    }
    const modifiedAt = new Date(String(item.updated));
    return {
      key: item.name,
      sizeBytes: Number(item.size ?? 0),
      ...(Number.isFinite(modifiedAt.getTime()) && { modifiedAt }),
      // The generation changes with the content; both APIs send it with every read.
      ...(item.generation !== undefined && { etag: String(item.generation) }),
      // Only what was overwritten or deleted has a time of that.
      ...(item.generation !== undefined &&
        item.timeDeleted !== undefined && { version: String(item.generation) }),
    };
  });
}

/** The stored bytes, or one range of them; not decompressed, so that ranges mean stored bytes. */
export async function* readObject(
  api: GcsApi,
  http: HttpClient,
  bucket: string,
  object: ObjectRef,
  range: ByteRange | null,
  as: ReadAs,
): AsyncGenerator<Uint8Array> {
  if (range !== null && range.end <= range.start) return;
  const url = new URL(
    as === 'anonymous' ? objectUrl(api, bucket, object) : signedUrl(api, bucket, object.key),
  );
  if (object.version !== undefined) url.searchParams.set('generation', object.version);
  const answer = await http.open({
    url,
    headers: {
      ...(await api.authorize(url, as)),
      // Without this Google unzips objects that were stored with Content-Encoding: gzip and ignores the range.
      'accept-encoding': 'gzip',
      ...(range !== null && { range: `bytes=${range.start}-${range.end - 1}` }),
    },
  });
  try {
    if (answer.status !== 200 && answer.status !== 206) throw refused(answer.status, as);
    const generation = answer.headers['x-goog-generation'];
    if (generation !== undefined && object.etag !== undefined && generation !== object.etag) {
      throw new ScanError('changed', 'the object was overwritten after it was listed; scan again');
    }
    yield* rangeOf(answer, range);
  } finally {
    answer.cancel();
  }
}

/** What is there under these keys: asked as an outsider, then by the credentials. */
export async function* namedObjects(
  api: GcsApi,
  http: HttpClient,
  bucket: string,
  keys: readonly NamedKey[],
): AsyncGenerator<ObjectRef> {
  const doors: readonly ReadAs[] =
    api.target.access.kind === 'anonymous' ? ['anonymous'] : ['anonymous', 'credentials'];
  const limit = pLimit(NAMED_AT_ONCE);
  const found = await limit.map([...keys], async (named): Promise<ObjectRef | null> => {
    for (const as of doors) {
      const url = objectUrl(api, bucket, named);
      const headers = {
        ...(await api.authorize(new URL(url), as)),
        'accept-encoding': 'gzip',
      };
      const answer = await http.ask({ url, method: 'HEAD', headers });
      if (answer.status === 200) return { ...named, ...headOf(answer.headers) };
      if (![400, 401, 403, 404].includes(answer.status)) throw failure(answer.status);
    }
    return null;
  });
  for (const one of found) if (one) yield one;
}

function headOf(
  headers: HttpHead['headers'],
): Pick<ObjectRef, 'sizeBytes' | 'modifiedAt' | 'etag'> {
  const modifiedAt = new Date(headers['last-modified'] ?? '');
  const generation = headers['x-goog-generation'];
  // The stored size, where a gzip one is told unpacked.
  const size = headers['x-goog-stored-content-length'] ?? headers['content-length'];
  return {
    sizeBytes: Number(size ?? 0),
    ...(Number.isFinite(modifiedAt.getTime()) && { modifiedAt }),
    ...(generation !== undefined && { etag: generation }),
  };
}

function signedUrl(api: GcsApi, bucket: string, key: string): string {
  return `${api.urlOf({ call: 'objects', bucket }).href}/${encodeURIComponent(key)}?alt=media`;
}

function refused(status: number, as: ReadAs): ScanError {
  if (status === 400 || status === 401 || status === 403) {
    return new ScanError(
      'denied',
      as === 'anonymous'
        ? `an unsigned request for the object was refused (HTTP ${status})`
        : `the credentials may not read the object (HTTP ${status}); grant storage.objects.get, for example by roles/storage.objectViewer`,
    );
  }
  if (status === 404) {
    return new ScanError(
      'not-found',
      'the object is gone since it was listed (HTTP 404); scan again',
    );
  }
  if (status === 416)
    return new ScanError('changed', 'the object is shorter than when it was listed; scan again');
  return failure(status);
}
