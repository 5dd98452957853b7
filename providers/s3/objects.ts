/** Objects of one bucket: their list, and their bytes. */
import type { Readable } from 'node:stream';
import type { ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { ByteRange, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import { type Doing, scanError } from './errors.ts';

const LISTING: Doing = { what: 'the list of objects', permission: 's3:ListBucket' };
const READING: Doing = { what: 'the object', permission: 's3:GetObject' };

/** Keys of one page; the most that Amazon gives. */
export const PAGE_KEYS = 1000;

/** Throws ScanError. One page in memory at a time. */
export async function* listPages(
  client: S3Client,
  bucket: string,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectRef[]> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  let from: { ContinuationToken?: string; StartAfter?: string } = {};
  for (;;) {
    let page: ListObjectsV2CommandOutput;
    try {
      const input = {
        Bucket: bucket,
        MaxKeys: PAGE_KEYS,
        // Keys may hold signs that XML cannot.
        EncodingType: 'url',
        ...(prefix !== '' && { Prefix: prefix }),
        ...from,
      } as const;
      page = await client.send(new ListObjectsV2Command(input), { abortSignal: signal });
    } catch (error) {
      throw scanError(error, LISTING, signal);
    }
    const objects = refsOf(page);
    if (objects.length > 0) yield objects;
    if (!page.IsTruncated) return;
    const next = nextPage(page, objects);
    if (JSON.stringify(next) === JSON.stringify(from)) {
      throw new ScanError('malformed', 'the store repeats a page of its list and never ends');
    }
    from = next;
  }
}

function nextPage(
  page: ListObjectsV2CommandOutput,
  objects: readonly ObjectRef[],
): { ContinuationToken?: string; StartAfter?: string } {
  if (page.NextContinuationToken) return { ContinuationToken: page.NextContinuationToken };
  const last = objects.at(-1);
  if (last) return { StartAfter: last.key };
  throw new ScanError('malformed', 'the store says its list goes on and does not say where');
}

function refsOf(page: ListObjectsV2CommandOutput): readonly ObjectRef[] {
  const encoded = page.EncodingType === 'url';
  return (page.Contents ?? []).map((one) => ({
    key: encoded ? decodeKey(one.Key ?? '') : (one.Key ?? ''),
    sizeBytes: one.Size ?? 0,
    ...(one.LastModified && { modifiedAt: one.LastModified }),
    ...(one.ETag !== undefined && { etag: one.ETag }),
  }));
}

/** Form encoding: a plus sign is a space. A key that is not encoded after all stays as it is. */
export function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The object's bytes. Throws ScanError: `truncated` when the answer ends early, `changed` when it is another object by now. */
export async function* readObject(
  client: S3Client,
  bucket: string,
  object: ObjectRef,
  range: ByteRange | null,
  context: Pick<ProviderContext, 'limits' | 'signal'>,
): AsyncGenerator<Uint8Array> {
  if (range && range.end <= range.start) return;
  const { signal, limits } = context;
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const input = {
    Bucket: bucket,
    Key: object.key,
    ...(range && { Range: `bytes=${range.start}-${range.end - 1}` }),
    ...(object.etag !== undefined && { IfMatch: object.etag }),
    ...(object.version !== undefined && { VersionId: object.version }),
  };
  const answer = await client
    .send(new GetObjectCommand(input), { abortSignal: signal })
    .catch((error: unknown) => {
      throw scanError(error, READING, signal);
    });
  const body = answer.Body as Readable | undefined;
  if (!body) throw new ScanError('malformed', 'the store answered without a body');
  // A server that ignores Range sends everything; then the part is cut out here.
  const ranged = range !== null && answer.ContentRange !== undefined;
  const skip = range && !ranged ? range.start : 0;
  const wanted = range && !ranged ? range.end - range.start : Number.POSITIVE_INFINITY;
  if (range && ranged && !answer.ContentRange?.startsWith(`bytes ${range.start}-`)) {
    body.destroy();
    throw new ScanError('malformed', 'the store sent another part than the one asked for');
  }
  yield* received(body, { skip, wanted, announced: answer.ContentLength ?? null }, limits, signal);
}

interface Receiving {
  /** Bytes to leave out at the front. */
  readonly skip: number;
  /** Bytes to take after that. */
  readonly wanted: number;
  readonly announced: number | null;
}

async function* received(
  body: Readable,
  { skip, wanted, announced }: Receiving,
  limits: ProviderContext['limits'],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let late = false;
  // Counts from the last byte: a large object may take its time but not stall.
  const timer = setTimeout(() => {
    late = true;
    body.destroy(new Error('stalled'));
  }, limits.requestTimeMs);
  const abort = (): void => {
    body.destroy(new Error('aborted'));
  };
  signal.addEventListener('abort', abort, { once: true });
  let seen = 0;
  let left = wanted;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      timer.refresh();
      const part = chunk.subarray(Math.min(chunk.length, Math.max(0, skip - seen)));
      seen += chunk.length;
      const taken = part.subarray(0, Math.min(part.length, left));
      left -= taken.length;
      if (taken.length > 0) yield taken;
      if (left <= 0) return;
    }
  } catch (cause) {
    if (signal.aborted) throw new ScanError('interrupted', 'the run was stopped', { cause });
    if (late) throw new ScanError('timeout', 'the store stopped sending the object', { cause });
    throw new ScanError('truncated', shortText(seen, announced), { cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    body.destroy();
  }
  if (announced !== null && seen < announced) {
    throw new ScanError('truncated', shortText(seen, announced));
  }
}

function shortText(seen: number, announced: number | null): string {
  return `the answer ended after ${seen} of ${announced ?? 'an unknown number of'} bytes; try again later`;
}
