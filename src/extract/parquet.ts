/** Parquet → rows as their readers see them, one row group after the other, in slices that fit in memory. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import { LimitError } from './budget.ts';
import { type Context, reportGap, SinkError } from './context.ts';
import { decimalText } from './decimal.ts';
import { unpackLz4Block } from './lz4.ts';
import type { ReadWhole } from './member.ts';
import { ValueTable } from './values.ts';

/** Values that are decoded at once. */
const SLICE_VALUES = 1_000_000;
/** Lists are decoded from a group's start for every slice; so such groups are cut into few. */
const LIST_SLICES = 4;
const DECIMAL_FIXED = new Set(['INT32', 'INT64', 'FIXED_LEN_BYTE_ARRAY']);

export interface Column {
  readonly name: string;
  /** Digits behind the point of a decimal kept as an integer; null for all else. */
  readonly scale: number | null;
}

export interface ParquetSource {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
}

export async function readParquet(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const opened = await openParquet(context, {
    byteLength: bytes.length,
    // Of a Buffer, slice() would share its memory.
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  });
  if (opened === null) return;
  const { columns, ...source } = opened;
  const table = new ValueTable(context, readWhole);
  try {
    table.open(
      '',
      columns.map(({ name }) => name),
    );
    await readGroups(context, table, source, columns);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    const detail = `${error.message}. What came before was read; export the rest as CSV and scan that.`;
    reportGap(context, 'too-large', detail);
  } finally {
    table.end();
  }
}

/** By its footer; null when there is none, which is told. */
export async function openParquet(
  context: Context,
  file: AsyncBuffer,
): Promise<(ParquetSource & { readonly columns: readonly Column[] }) | null> {
  const { parquetMetadataAsync } = await import('hyparquet');
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file, { geoparquet: false });
  } catch (error) {
    if (error instanceof LimitError) throw error;
    const detail =
      'The Parquet file has no readable footer, so none of it can be read: it was cut off or is damaged. Upload it again whole.';
    reportGap(context, 'truncated', detail);
    return null;
  }
  const columns = columnsOf(metadata.schema);
  return { file, metadata, columns, compressors: await compressors(context) };
}

/** Top-level columns. Decimals lose their mark: the library would make floats of 18-digit numbers. */
function columnsOf(schema: SchemaElement[]): readonly Column[] {
  const columns: Column[] = [];
  let at = 1;
  const skip = (): void => {
    const children = schema[at]?.num_children ?? 0;
    at += 1;
    for (let child = 0; child < children; child += 1) skip();
  };
  while (at < schema.length) {
    const element = schema[at];
    if (!element) break;
    const decimal =
      element.converted_type === 'DECIMAL' &&
      element.num_children === undefined &&
      element.repetition_type !== 'REPEATED' &&
      DECIMAL_FIXED.has(element.type ?? '');
    columns.push({ name: element.name, scale: decimal ? (element.scale ?? 0) : null });
    if (decimal) {
      delete element.converted_type;
      delete element.logical_type;
    }
    skip();
  }
  return columns;
}

/** The platform's decompressors where it has them: they take a limit and are faster. */
async function compressors(context: Context): Promise<Compressors> {
  const library = await import('hyparquet-compressors');
  const { expandedBytes } = context.limits;
  const limited = (unpack: (input: Uint8Array, size: number) => Uint8Array) => {
    return (input: Uint8Array, size: number) => {
      if (size > expandedBytes) {
        throw new LimitError(`expandedBytes (${expandedBytes}): a page unpacks to more than that`);
      }
      return unpack(input, size);
    };
  };
  const { SNAPPY, LZ4 } = library.compressors;
  return {
    ...(SNAPPY && { SNAPPY: limited(SNAPPY) }),
    ...(LZ4 && { LZ4: limited(LZ4) }),
    LZ4_RAW: limited(unpackLz4Block),
    GZIP: limited((input, size) => gunzipSync(input, { maxOutputLength: Math.max(1, size) })),
    BROTLI: limited((input, size) =>
      brotliDecompressSync(input, { maxOutputLength: Math.max(1, size) }),
    ),
    ZSTD: limited((input, size) =>
      zstdDecompressSync(input, { maxOutputLength: Math.max(1, size) }),
    ),
  };
}

async function readGroups(
  context: Context,
  table: ValueTable,
  source: ParquetSource,
  columns: readonly Column[],
): Promise<void> {
  const broken = new Set<string>();
  let rowsBefore = 0;
  let lost = 0;
  for (const group of source.metadata.row_groups) {
    const rows = Number(group.num_rows);
    const lists = group.columns.some(
      (column) => (column.meta_data?.path_in_schema.length ?? 0) > 1,
    );
    const slice = Math.max(
      1000,
      Math.floor(SLICE_VALUES / Math.max(1, group.columns.length)),
      lists ? Math.ceil(rows / LIST_SLICES) : 0,
    );
    for (let from = 0; from < rows; from += slice) {
      const start = rowsBefore + from;
      const end = rowsBefore + Math.min(rows, from + slice);
      if (!(await readSlice(table, source, columns, broken, start, end))) lost += end - start;
    }
    rowsBefore += rows;
  }
  if (broken.size > 0) {
    const detail = `${broken.size} of its ${columns.length} columns are damaged, encrypted or of a kind that ajar does not read; the others were read. Export it as CSV and scan that.`;
    reportGap(context, 'malformed', detail);
  }
  if (lost > 0) reportGap(context, 'malformed', `${lost} of its rows could not be read at all.`);
}

/** False when nothing could be read. A column that fails is left out and noted in `broken`. */
async function readSlice(
  table: ValueTable,
  source: ParquetSource,
  columns: readonly Column[],
  broken: Set<string>,
  start: number,
  end: number,
): Promise<boolean> {
  let wanted = columns.filter(({ name }) => !broken.has(name)).map(({ name }) => name);
  let rows = await readRows(source, wanted, start, end);
  if (rows === null) {
    const sound: string[] = [];
    for (const name of wanted) {
      if ((await readRows(source, [name], start, end)) === null) broken.add(name);
      else sound.push(name);
    }
    wanted = sound;
    rows = sound.length > 0 ? await readRows(source, sound, start, end) : null;
  }
  if (rows === null) return false;
  await writeRows(table, columns, wanted, rows, start);
  return true;
}

/** `wanted` names the columns of `rows`; columns that are not among them stay empty. */
export async function writeRows(
  table: ValueTable,
  columns: readonly Column[],
  wanted: readonly string[],
  rows: readonly (readonly unknown[])[],
  start: number,
): Promise<void> {
  const order = columns.map(({ name }) => wanted.indexOf(name));
  for (const [at, values] of rows.entries()) {
    const ordered = columns.map(({ scale }, column) => {
      const value = values[order[column] ?? -1];
      return scale === null ? value : decimalText(value, scale);
    });
    table.row(start + at + 1, ordered);
    if (table.hasFiles) await table.files();
  }
}

/** Null when they cannot be decoded. */
export async function readRows(
  { file, metadata, compressors }: ParquetSource,
  columns: readonly string[],
  rowStart: number,
  rowEnd: number,
): Promise<readonly (readonly unknown[])[] | null> {
  const { parquetRead } = await import('hyparquet');
  let rows: readonly (readonly unknown[])[] = [];
  try {
    await parquetRead({
      file,
      metadata,
      compressors,
      columns: [...columns],
      rowStart,
      rowEnd,
      utf8: false,
      geoparquet: false,
      parsers: {
        jsonFromBytes: (bytes) => bytes,
        geometryFromBytes: (bytes) => bytes,
        geographyFromBytes: (bytes) => bytes,
      },
      onComplete: (read) => {
        rows = read;
      },
    });
    return rows;
  } catch (error) {
    if (error instanceof LimitError || error instanceof SinkError) throw error;
    return null;
  }
}
