/** Listing and reading the blobs of a container. */
import type { BlobClient, BlobItem, BlobServiceClient } from '@azure/storage-blob';
import pLimit from 'p-limit';
import type { ByteRange, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { NamedKey } from '../../src/model/provider.ts';
import type { HttpClient, HttpStream } from '../../src/net/client.ts';
import { rangeOf } from '../../src/net/range.ts';
import { type Refused, translated } from './client.ts';
import { blobUrl, type Door, UNSIGNED } from './probes.ts';

/** Azure gives up to 5,000; smaller pages bring the first object sooner and are what other clouds give. */
const PAGE_SIZE = 1000;

const LIST: Refused = {
  call: 'List Blobs',
  grant: 'use an account key, or give the scanning identity Storage Blob Data Reader',
};
const GET: Refused = { ...LIST, call: 'Get Blob' };
const HEAD: Refused = { ...LIST, call: 'Get Blob Properties' };
/** Concurrent HEADs for names that a person gave. */
const NAMED_AT_ONCE = 16;

/** Accounts with directories keep no versions, and refuse a list that asks for them. */
const OLD = [
  { includeSnapshots: true, includeVersions: true },
  { includeSnapshots: true },
  {},
] as const;

/** Every blob with its snapshots and versions, by `services` in order: where the first may not list, the next is asked (nobody, at last). */
export async function* listBlobs(
  services: readonly (() => Promise<BlobServiceClient>)[],
  container: string,
  prefix: string,
  pageSize: number = PAGE_SIZE,
): AsyncGenerator<ObjectRef> {
  let refused: ScanError | null = null;
  for (const [service, old] of services.flatMap((one) => OLD.map((old) => [one, old] as const))) {
    let begun = false;
    try {
      const client = (await service()).getContainerClient(container);
      const options = { ...old, ...(prefix !== '' && { prefix }) };
      for await (const page of client.listBlobsFlat(options).byPage({ maxPageSize: pageSize })) {
        begun = true;
        for (const item of page.segment.blobItems) yield refOf(item);
      }
      return;
    } catch (error) {
      const reason = translated(error, LIST);
      const plain = old === OLD[2];
      const withheld = reason.code === 'denied' || reason.code === 'no-credentials';
      const odd = reason.code === 'malformed' && !plain;
      if (begun || !(withheld || odd)) throw refused ?? reason;
      if (plain) refused ??= reason;
    }
  }
  if (refused) throw refused;
}

function refOf(item: BlobItem): ObjectRef {
  const { name, properties } = item;
  const version = oldVersion(item);
  return {
    key: name,
    ...(version !== null && { version }),
    sizeBytes: properties.contentLength ?? 0,
    modifiedAt: properties.lastModified,
    etag: bare(properties.etag),
  };
}

/** As the query names it; null for the current blob. */
function oldVersion({ snapshot, versionId, isCurrentVersion }: BlobItem): string | null {
  if (snapshot) return `snapshot=${snapshot}`;
  return versionId && isCurrentVersion !== true ? `versionid=${versionId}` : null;
}

/** The query part of a blob's address. */
function versionQuery(version: string | undefined): string {
  const [, name, value] = /^(snapshot|versionid)=(.+)$/.exec(version ?? '') ?? [];
  return name === undefined || value === undefined ? '' : `?${name}=${encodeURIComponent(value)}`;
}

function versioned(blob: BlobClient, version: string | undefined): BlobClient {
  const [, name, value] = /^(snapshot|versionid)=(.+)$/.exec(version ?? '') ?? [];
  if (value === undefined) return blob;
  return name === 'snapshot' ? blob.withSnapshot(value) : blob.withVersion(value);
}

/** What is there under these names, as an outsider sees it, then by the credentials. */
export async function* namedBlobs(
  services: readonly (() => Promise<BlobServiceClient>)[],
  container: string,
  keys: readonly NamedKey[],
): AsyncGenerator<ObjectRef> {
  const limit = pLimit(NAMED_AT_ONCE);
  const found = await limit.map([...keys], async (named): Promise<ObjectRef | null> => {
    for (const service of services) {
      try {
        const client = (await service()).getContainerClient(container);
        const blob = versioned(client.getBlobClient(named.key), named.version);
        const properties = await blob.getProperties();
        return {
          ...named,
          sizeBytes: properties.contentLength ?? 0,
          ...(properties.lastModified && { modifiedAt: properties.lastModified }),
          ...(properties.etag !== undefined && { etag: bare(properties.etag) }),
        };
      } catch (error) {
        const reason = translated(error, HEAD);
        if (!['denied', 'not-found', 'no-credentials'].includes(reason.code)) throw reason;
      }
    }
    return null;
  });
  for (const one of found) if (one) yield one;
}

/** Lists write an etag without quotes, headers with them. */
function bare(etag: string): string {
  return etag.replace(/^(?:W\/)?"|"$/g, '');
}

/** By the SDK, which signs; the bytes come past it, so that a cut answer is told as one. */
export async function* readSigned(
  service: (tap: (stream: HttpStream) => void) => Promise<BlobServiceClient>,
  container: string,
  object: ObjectRef,
  range: ByteRange | null,
): AsyncGenerator<Uint8Array> {
  if (range !== null && range.end <= range.start) return;
  let stream: HttpStream | null = null;
  try {
    const client = await service((one) => {
      stream = one;
    });
    const current = client.getContainerClient(container).getBlobClient(object.key);
    const blob = versioned(current, object.version);
    const count = range === null ? undefined : range.end - range.start;
    const answer = await blob.download(range?.start ?? 0, count, { maxRetryRequests: 0 });
    const unused = answer.readableStreamBody;
    unused?.on('error', () => {});
    if (unused && 'destroy' in unused) (unused as unknown as { destroy(): void }).destroy();
  } catch (error) {
    throw gone(translated(error, GET));
  }
  yield* checked(stream, object, range);
}

/** As a browser reads it. */
export async function* readUnsigned(
  http: HttpClient,
  door: Door,
  object: ObjectRef,
  range: ByteRange | null,
): AsyncGenerator<Uint8Array> {
  if (range !== null && range.end <= range.start) return;
  const asked = range === null ? {} : { range: `bytes=${range.start}-${range.end - 1}` };
  const url = `${blobUrl(door, object.key)}${versionQuery(object.version)}`;
  const answer = await http.open({ url, headers: { ...UNSIGNED, ...asked } });
  if (answer.status !== 200 && answer.status !== 206) {
    answer.cancel();
    if ([401, 403, 409].includes(answer.status)) {
      const status = `HTTP ${answer.status}`;
      throw new ScanError('denied', `an unsigned request for the blob was refused (${status})`);
    }
    throw gone(translated({ statusCode: answer.status }, GET));
  }
  yield* checked(answer, object, range);
}

function gone(error: ScanError): ScanError {
  if (error.code === 'not-found') {
    return new ScanError(
      'not-found',
      'the blob is gone since it was listed, or hidden from this request (HTTP 404); scan again',
    );
  }
  const changed = /HTTP (?:412|416)/.test(error.detail);
  return changed
    ? new ScanError('changed', 'the blob changed after it was listed; scan again')
    : error;
}

async function* checked(
  stream: HttpStream | null,
  object: ObjectRef,
  range: ByteRange | null,
): AsyncGenerator<Uint8Array> {
  if (stream === null) return;
  try {
    const etag = stream.headers.etag;
    if (etag !== undefined && object.etag !== undefined && bare(etag) !== object.etag) {
      throw new ScanError('changed', 'the blob was overwritten after it was listed; scan again');
    }
    yield* rangeOf(stream, range);
  } finally {
    stream.cancel();
  }
}
