/** One request to the GCS stand-in, the refusal it may meet, and the bytes it may get. */
import { gunzipSync } from 'node:zlib';
import type { Asked, Reply } from '../served.ts';
import { rangeOf } from '../served.ts';
import { may, type Principal } from './access.ts';
import { crc32c } from './crc32c.ts';
import type { State, StoredBucket, StoredObject } from './state.ts';
import { ApiFault } from './wire.ts';

export interface Call {
  readonly state: State;
  readonly who: Principal;
  readonly asked: Asked;
  /** Path segments below /storage/v1, decoded. */
  readonly path: readonly string[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** 401 to nobody, 403 to somebody: the difference a probe goes by. */
export function need(
  call: Call,
  permission: string,
  bucket: StoredBucket,
  name?: string,
  object?: StoredObject,
): void {
  const subject = { bucket, ...(name !== undefined && { name }), object };
  if (may(call.state, call.who, permission, subject)) return;
  if (bucket.requesterPays && !call.asked.query.has('userProject')) {
    throw new ApiFault(400, 'Bucket is a requester pays bucket but no user project provided.');
  }
  const anonymous = call.who.kind === 'anonymous';
  const caller = call.who.kind === 'anonymous' ? 'Anonymous caller' : call.who.email;
  throw new ApiFault(
    anonymous ? 401 : 403,
    `${caller} does not have ${permission} access to the Google Cloud Storage ${name === undefined ? 'bucket' : 'object'}.`,
  );
}

/** The bytes of an object, whole or one range of them; both APIs send the same headers. */
export function media(headers: Call['headers'], object: StoredObject): Reply {
  const common: Record<string, string> = {
    'content-type': object.contentType,
    ...(object.contentEncoding !== undefined && { 'content-encoding': object.contentEncoding }),
    'accept-ranges': 'bytes',
    'last-modified': object.created.toUTCString(),
    'x-goog-generation': object.generation,
    'x-goog-metageneration': '1',
    'x-goog-stored-content-length': String(object.bytes.length),
    'x-goog-stored-content-encoding': object.contentEncoding ?? 'identity',
    'x-goog-hash': `crc32c=${crc32c(object.bytes)}`,
    'x-goog-storage-class': 'STANDARD',
  };
  if (object.contentEncoding === 'gzip' && !/gzip/.test(String(headers['accept-encoding'] ?? ''))) {
    // Decompressive transcoding: whole and unzipped, whatever range was asked for.
    const { 'content-encoding': _, ...plain } = common;
    return { status: 200, headers: plain, body: gunzipSync(object.bytes) };
  }
  const size = object.bytes.length;
  const range = rangeOf(String(headers.range ?? ''), size);
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...common, 'content-range': `bytes */${size}` } };
  }
  if (range === null) return { status: 200, headers: common, body: object.bytes };
  return {
    status: 206,
    headers: { ...common, 'content-range': `bytes ${range.start}-${range.end - 1}/${size}` },
    body: object.bytes.subarray(range.start, range.end),
  };
}
