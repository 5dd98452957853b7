/** Arrow files and streams (Feather 2 is one) → rows. */
import { zstdDecompressSync } from 'node:zlib';
import type { DataType, Field, RecordBatch } from 'apache-arrow';
import { isSound, loadArrow } from './arrowsound.ts';
import { LimitError } from './budget.ts';
import { type Context, reportGap, SinkError } from './context.ts';
import { decimalText } from './decimal.ts';
import { unpackLz4 } from './lz4.ts';
import type { ReadWhole } from './member.ts';
import { ValueTable } from './values.ts';

type Arrow = typeof import('apache-arrow');

export async function readArrow(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const arrow = loadArrow();
  const table = new ValueTable(context, readWhole);
  try {
    setCodecs(arrow, context.limits.expandedBytes);
    let row = 1;
    let opened = false;
    let damaged = false;
    for (const batch of batchesOf(arrow, bytes)) {
      if (batch === null) {
        damaged = true;
        continue;
      }
      if (!opened) {
        table.open(
          '',
          batch.schema.fields.map(({ name }) => name),
        );
      }
      opened = true;
      if (!(await readBatch(context, arrow, table, batch, row))) damaged = true;
      row += batch.numRows;
    }
    if (damaged || !endsProperly(bytes)) reportCut(context);
  } catch (error) {
    if (error instanceof SinkError) throw error;
    if (error instanceof LimitError) {
      reportGap(context, 'too-large', `${error.message}. What came before was read.`);
    } else reportCut(context);
  } finally {
    table.end();
  }
}

/**
 * In order, null for what is none. A file's are taken by their number: the library's own loop never
 * ends over one that is none.
 */
function* batchesOf(arrow: Arrow, bytes: Uint8Array): Generator<RecordBatch | null> {
  const reader = arrow.RecordBatchReader.from(bytes);
  if (!reader.isFile()) {
    yield* reader;
    return;
  }
  reader.open();
  for (let at = 0; at < reader.numRecordBatches; at += 1) yield reader.readRecordBatch(at);
}

function reportCut(context: Context): void {
  const detail =
    'The Arrow file is damaged or cut off; what came before was read. Upload it again whole.';
  reportGap(context, 'malformed', detail);
}

/** A file ends with its name, a stream with a mark; the library takes any end of a stream for one. */
function endsProperly(bytes: Uint8Array): boolean {
  const end = Buffer.from(bytes.subarray(-8)).toString('latin1');
  return end.endsWith('ARROW1') || end === '\xff\xff\xff\xff\0\0\0\0';
}

/** The library brings no decompressor; its registry is one for the process, and read at once. */
function setCodecs({ CompressionType, compressionRegistry }: Arrow, expandedBytes: number): void {
  const limit = `expandedBytes (${expandedBytes}): a part of it unpacks to more than that`;
  compressionRegistry.set(CompressionType.ZSTD, {
    decode(data) {
      try {
        return zstdDecompressSync(data, { maxOutputLength: expandedBytes });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        throw code === 'ERR_BUFFER_TOO_LARGE' ? new LimitError(limit) : error;
      }
    },
  });
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode(data) {
      const parts: Uint8Array[] = [];
      let size = 0;
      unpackLz4(data, (chunk) => {
        size += chunk.length;
        if (size > expandedBytes) throw new LimitError(limit);
        parts.push(chunk);
      });
      return Buffer.concat(parts);
    },
  });
}

/** Rows that hold nothing take no bytes, so their number may be any; time bounds them. */
const ROWS_A_LOOK = 4096;

/** False when a column of it is damaged; the others are read. */
async function readBatch(
  context: Context,
  arrow: Arrow,
  table: ValueTable,
  batch: RecordBatch,
  firstRow: number,
): Promise<boolean> {
  const sound = batch.data.children.map(isSound);
  const columns = batch.schema.fields.map((field: Field, at: number) => ({
    values: sound[at] === true ? batch.getChildAt(at) : null,
    type: field.type as DataType,
  }));
  for (let row = 0; row < batch.numRows; row += 1) {
    if (row % ROWS_A_LOOK === 0 && context.budget.leftMs() < 0) {
      const { objectTimeMs } = context.limits;
      throw new LimitError(`objectTimeMs (${objectTimeMs}): reading it takes longer than that`);
    }
    const values = columns.map(({ values, type }) => plain(arrow, values?.get(row), type));
    table.row(firstRow + row, values);
    if (table.hasFiles) await table.files();
  }
  return !sound.includes(false);
}

/** A value as numbers, texts, dates, lists and objects of them. */
function plain(arrow: Arrow, value: unknown, type: DataType): unknown {
  const { DataType } = arrow;
  if (value === null || value === undefined) return null;
  if (DataType.isDictionary(type)) return plain(arrow, value, type.dictionary);
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return new Date(Number(value));
  if (DataType.isDecimal(type)) return decimalText(BigInt(String(value)), type.scale);
  if (DataType.isList(type) || DataType.isFixedSizeList(type) || DataType.isLargeList(type)) {
    const item = type.children[0]?.type;
    return item ? [...(value as Iterable<unknown>)].map((one) => plain(arrow, one, item)) : null;
  }
  if (DataType.isStruct(type)) {
    const fields = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      type.children.map((child) => [child.name, plain(arrow, fields[child.name], child.type)]),
    );
  }
  if (DataType.isMap(type)) {
    const items = (type.children[0]?.type as DataType | undefined)?.children?.[1]?.type;
    const entries = [...(value as Iterable<[unknown, unknown]>)];
    return new Map(entries.map(([key, one]) => [key, items ? plain(arrow, one, items) : one]));
  }
  return value;
}
