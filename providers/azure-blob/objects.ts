/** Listing and reading the blobs of a container. */
import type { BlobServiceClient } from '@azure/storage-blob';
import type { ByteRange, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
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

/** Every blob, by `services` in order: where the first may not list, the next is asked (nobody, at last). */
export async function* listBlobs(
  services: readonly (() => Promise<BlobServiceClient>)[],
  container: string,
  prefix: string,
  pageSize: number = PAGE_SIZE,
): AsyncGenerator<ObjectRef> {
  let refused: ScanError | null = null;
  for (const service of services) {
    let begun = false;
    try {
      const client = (await service()).getContainerClient(container);
      const options = prefix === '' ? {} : { prefix };
      for await (const page of client.listBlobsFlat(options).byPage({ maxPageSize: pageSize })) {
        begun = true;
        for (const { name, properties } of page.segment.blobItems) {
          yield {
            key: name,
            sizeBytes: properties.contentLength ?? 0,
            modifiedAt: properties.lastModified,
            etag: bare(properties.etag),
          };
        }
      }
      return;
    } catch (error) {
      const reason = translated(error, LIST);
      const withheld = reason.code === 'denied' || reason.code === 'no-credentials';
      if (begun || !withheld) throw refused ?? reason;
      refused ??= reason;
    }
  }
  if (refused) throw refused;
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
    const blob = client.getContainerClient(container).getBlobClient(object.key);
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
  const url = blobUrl(door, object.key);
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
