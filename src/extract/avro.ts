/**
 * Avro object container files. The frame of blocks is read here, so that a damaged block costs only
 * itself: the next one starts behind the next sync marker; the records by avsc.
 *
 * Source: Apache Avro 1.12 specification, "Object Container Files".
 */
import { inflateRawSync, zstdDecompressSync } from 'node:zlib';
import type { Type, types } from 'avsc';
import { LimitError } from './budget.ts';
import { type Context, reportGap } from './context.ts';
import { decimalText } from './decimal.ts';
import type { ReadWhole } from './member.ts';
import { unpack } from './unpack.ts';
import { ValueTable } from './values.ts';

const MAGIC_BYTES = 4;
const SYNC_BYTES = 16;
const DAY_MS = 86_400_000;

interface Header {
  readonly meta: Readonly<Record<string, Uint8Array>>;
  readonly sync: Buffer;
  readonly end: number;
}

export async function readAvro(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(buffer);
  const type = header === null ? null : await schemaType(header);
  if (header === null || type === null) {
    const detail =
      'The head of the Avro file, which holds its schema, is damaged or of a kind that ajar does not read. Export it as CSV and scan that.';
    reportGap(context, 'malformed', detail);
    return;
  }
  const table = new ValueTable(context, readWhole);
  const fields = 'fields' in type ? (type as types.RecordType).fields : null;
  table.open('', fields === null ? [''] : fields.map(({ name }) => name));
  try {
    await readBlocks(context, buffer, header, (data, count, firstRow) =>
      readRecords(table, type, fields !== null, data, count, firstRow),
    );
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    reportGap(context, 'too-large', `${error.message}. What came before was read.`);
  } finally {
    table.end();
  }
}

/** A zigzag varint; null at the end or when it is no safe integer. */
function readLong(
  buffer: Buffer,
  at: number,
): { readonly value: number; readonly end: number } | null {
  let raw = 0n;
  for (let next = at, shift = 0n; next < buffer.length && shift < 64n; next += 1, shift += 7n) {
    const byte = buffer[next] ?? 0;
    raw |= BigInt(byte & 0x7f) << shift;
    if (byte >= 0x80) continue;
    const value = Number((raw >> 1n) ^ -(raw & 1n));
    return Number.isSafeInteger(value) ? { value, end: next + 1 } : null;
  }
  return null;
}

function readBytes(
  buffer: Buffer,
  at: number,
): { readonly value: Buffer; readonly end: number } | null {
  const size = readLong(buffer, at);
  if (size === null || size.value < 0 || size.end + size.value > buffer.length) return null;
  const end = size.end + size.value;
  return { value: buffer.subarray(size.end, end), end };
}

/** Magic, a map of bytes in blocks, a sync marker. */
function readHeader(buffer: Buffer): Header | null {
  const meta: Record<string, Uint8Array> = Object.create(null);
  let at = MAGIC_BYTES;
  for (;;) {
    const count = readLong(buffer, at);
    if (count === null) return null;
    at = count.end;
    if (count.value === 0) break;
    if (count.value < 0) {
      const size = readLong(buffer, at);
      if (size === null) return null;
      at = size.end;
    }
    for (let left = Math.abs(count.value); left > 0; left -= 1) {
      const key = readBytes(buffer, at);
      const value = key && readBytes(buffer, key.end);
      if (!key || !value) return null;
      meta[key.value.toString()] = value.value;
      at = value.end;
    }
  }
  const end = at + SYNC_BYTES;
  return end > buffer.length ? null : { meta, sync: buffer.subarray(at, end), end };
}

/** Longs as bigint, so that no digit is lost; days, times and decimals as what they stand for. */
async function schemaType(header: Header): Promise<Type | null> {
  const { Type, types } = (await import('avsc')).default;
  const long = types.LongType.__with({
    fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
    toBuffer: (value: bigint) => {
      const buffer = Buffer.alloc(8);
      buffer.writeBigInt64LE(value);
      return buffer;
    },
    fromJSON: (value: number) => BigInt(value),
    toJSON: Number,
    isValid: (value: unknown) => typeof value === 'bigint',
    compare: (one: bigint, other: bigint) => Number(one - other),
  });
  type Given = ConstructorParameters<typeof types.LogicalType>;
  const logical = (meaning: (value: unknown, scale: number) => unknown) =>
    class extends types.LogicalType {
      readonly #scale: number;
      constructor(schema: Given[0], options?: Given[1]) {
        super(schema, options);
        const { scale } = schema as { readonly scale?: unknown };
        this.#scale = typeof scale === 'number' ? scale : 0;
      }
      protected override _fromValue(value: unknown): unknown {
        return meaning(value, this.#scale);
      }
      protected override _toValue(value: unknown): unknown {
        return value;
      }
    };
  const moment = (perMs: number) => logical((value) => new Date(Number(value) / perMs));
  const logicalTypes = {
    date: logical((value) => new Date(Number(value) * DAY_MS)),
    decimal: logical(decimalText),
    'timestamp-millis': moment(1),
    'timestamp-micros': moment(1000),
    'local-timestamp-millis': moment(1),
    'local-timestamp-micros': moment(1000),
  };
  try {
    const schema = JSON.parse(Buffer.from(header.meta['avro.schema'] ?? []).toString());
    return Type.forSchema(schema, { registry: { long }, logicalTypes, omitRecordMethods: true });
  } catch {
    return null;
  }
}

type Take = (data: Buffer, count: number, firstRow: number) => Promise<boolean>;

async function readBlocks(
  context: Context,
  buffer: Buffer,
  header: Header,
  take: Take,
): Promise<void> {
  const codec = Buffer.from(header.meta['avro.codec'] ?? []).toString() || 'null';
  let damaged = 0;
  let firstRow = 1;
  let at = header.end;
  while (at < buffer.length) {
    const count = readLong(buffer, at);
    const data = count && readBytes(buffer, count.end);
    const sound =
      data !== null && buffer.subarray(data.end, data.end + SYNC_BYTES).equals(header.sync);
    if (count === null || data === null || !sound) {
      damaged += 1;
      const next = buffer.indexOf(header.sync, at);
      if (next === -1) break;
      at = next + SYNC_BYTES;
      continue;
    }
    at = data.end + SYNC_BYTES;
    const records = await unpackBlock(context, codec, data.value);
    if (records === 'unknown') {
      const detail =
        'The Avro file is compressed in a way that ajar does not read. Export it as CSV and scan that.';
      reportGap(context, 'unsupported', detail);
      return;
    }
    if (records === null || !(await take(records, count.value, firstRow))) damaged += 1;
    firstRow += count.value;
  }
  if (damaged === 0) return;
  const detail = `${damaged} blocks of its records are damaged or cut off; the others were read. Upload it again whole.`;
  reportGap(context, 'malformed', detail);
}

/** The records of a block; null when it is damaged. Throws {@link LimitError}. */
async function unpackBlock(
  context: Context,
  codec: string,
  data: Buffer,
): Promise<Buffer | 'unknown' | null> {
  const { expandedBytes } = context.limits;
  const options = { maxOutputLength: expandedBytes };
  try {
    switch (codec) {
      case 'null':
        return data;
      case 'deflate':
        return inflateRawSync(data, options);
      case 'zstandard':
        return zstdDecompressSync(data, options);
      case 'snappy':
        return await unsnap(data, expandedBytes);
      case 'bzip2':
      case 'xz':
        return await gathered(context, codec, data);
      default:
        return 'unknown';
    }
  } catch (error) {
    const large =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (error instanceof LimitError || large) {
      throw new LimitError(`expandedBytes (${expandedBytes}): a block unpacks to more than that`);
    }
    return null;
  }
}

/** A snappy block and four bytes of checksum; its own first bytes are its size, seven bits each. */
async function unsnap(data: Buffer, most: number): Promise<Buffer> {
  let size = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = data[at] ?? 0;
    size += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) break;
  }
  if (size > most) throw new LimitError('');
  const { decompressSnappy } = await import('hyparquet-compressors');
  return Buffer.from(decompressSnappy(data.subarray(0, -4), size));
}

async function gathered(context: Context, codec: 'bzip2' | 'xz', data: Buffer): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const { limit, damage } = await unpack(context, codec, data, (chunk) => parts.push(chunk));
  if (limit !== null) throw new LimitError(limit);
  if (damage !== null) throw damage;
  return Buffer.concat(parts);
}

/** False when the block's records make no sense to its end. */
async function readRecords(
  table: ValueTable,
  type: Type,
  isRecord: boolean,
  data: Buffer,
  count: number,
  firstRow: number,
): Promise<boolean> {
  let at = 0;
  for (let row = 0; row < count; row += 1) {
    const record = decode(type, data, at);
    // Records of no bytes are records of nothing: a block may claim any number of them.
    if (record === null || record.end === at) return record !== null;
    at = record.end;
    const { value } = record;
    const values =
      isRecord && typeof value === 'object' && value !== null ? Object.values(value) : [value];
    table.row(firstRow + row, values);
    if (table.hasFiles) await table.files();
  }
  return true;
}

function decode(
  type: Type,
  data: Buffer,
  at: number,
): { readonly value: unknown; readonly end: number } | null {
  try {
    const { value, offset } = type.decode(data, at);
    return offset === -1 ? null : { value, end: offset };
  } catch {
    return null;
  }
}
