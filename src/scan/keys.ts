/**
 * Keys from a file, for assets that nobody may list: one key a line, or an S3 inventory in CSV.
 *
 * Source of the inventory's form: Amazon S3 User Guide, "Amazon S3 Inventory list": no header, fields
 * quoted, keys percent-encoded, bucket and key first, then version, latest and delete marker where
 * all versions are listed.
 */
import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Asset, ObjectRef } from '../model/asset.ts';
import { ScanError } from '../model/errors.ts';
import type { Connection, NamedKey } from '../model/provider.ts';

/** Keys asked about at a time. */
const BATCH = 256;
/** Characters of one line; a key has 1,024 bytes at most, three times that when encoded. */
const LINE_LENGTH = 16 * 1024;

/** What is there under the file's keys. Throws ScanError for a file that cannot be read. */
export async function* namedObjects(
  connection: Connection,
  asset: Asset,
  file: string,
  onMissing: (keys: number) => void,
): AsyncGenerator<ObjectRef> {
  if (!connection.named) {
    throw new ScanError('unsupported', 'keys cannot be named for this kind of target');
  }
  for await (const batch of batches(namedKeys(file, asset.name))) {
    let missing = batch.length;
    for await (const object of connection.named(asset, batch)) {
      missing -= 1;
      yield object;
    }
    onMissing(missing);
  }
}

async function* batches(keys: AsyncIterable<NamedKey>): AsyncGenerator<readonly NamedKey[]> {
  let batch: NamedKey[] = [];
  for await (const key of keys) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The file's keys, those of other buckets left out. */
export async function* namedKeys(file: string, bucket: string): AsyncGenerator<NamedKey> {
  try {
    for await (const line of linesOf(file)) {
      if (line === '') continue;
      const named = line.startsWith('"') ? inventoried(line, bucket) : { key: line };
      if (named) yield named;
    }
  } catch (error) {
    if (error instanceof ScanError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new ScanError(
      code === 'ENOENT' ? 'not-found' : 'malformed',
      `the file of keys cannot be read (${/^[A-Z_]{1,30}$/.test(code) ? code : 'not in its form'}); check --keys`,
    );
  }
}

/** By hand: readline ends quietly, or never, where its source breaks off. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = file.endsWith('.gz') ? createGunzip() : new PassThrough();
  const piped = pipeline(source, unpacked);
  // Awaited below; until then a failure must not count as unhandled.
  piped.catch(() => {});
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
      rest = lines.pop() ?? '';
      if (rest.length > LINE_LENGTH) {
        throw new ScanError('malformed', 'a line of the file of keys is longer than any key');
      }
      yield* lines;
    }
    await piped;
    yield rest;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

const FIELD = /"((?:[^"]|"")*)"(?:,|$)/y;

/** Null for another bucket's row and for a delete marker. */
function inventoried(line: string, bucket: string): NamedKey | null {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (let match = FIELD.exec(line); match; match = FIELD.exec(line)) {
    fields.push((match[1] ?? '').replaceAll('""', '"'));
  }
  const [of, key, version = '', isLatest, isDeleteMarker] = fields;
  if (of === undefined || key === undefined) {
    // A key may begin with a quotation mark.
    return { key: line };
  }
  if (of !== bucket || isDeleteMarker === 'true') return null;
  const old = isLatest === 'false' && version !== '';
  return { key: decoded(key), ...(old && { version }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
