/**
 * A Parquet file that is too large to be read whole: its footer, then the first rows of some row
 * groups, of each column no more bytes than they take.
 */
import type { AsyncBuffer, ColumnChunk, FileMetaData, RowGroup } from 'hyparquet';
import { LimitError } from './budget.ts';
import { type Context, reportGap } from './context.ts';
import { reportLarger } from './larger.ts';
import type { ReadWhole } from './member.ts';
import { type Column, openParquet, type ParquetSource, readRows, writeRows } from './parquet.ts';
import type { Source } from './source.ts';
import { ValueTable } from './values.ts';

/** Row groups that are looked into, evenly spread. */
const GROUPS = 4;
const ROWS = 1_000;
/** Of a column in a group: as much as its first pages take, which nothing tells before. */
const CHUNK_BYTES: readonly number[] = [128 * 1024, 1024 * 1024, 4 * 1024 * 1024];

export async function readParquetRanges(
  context: Context,
  source: Source,
  readWhole: ReadWhole,
): Promise<void> {
  const file: AsyncBuffer = {
    byteLength: source.sizeBytes,
    slice: async (start, end = source.sizeBytes) =>
      new Uint8Array(await source.read(start, end)).buffer,
  };
  const opened = await openParquet(context, file);
  if (opened === null) return;
  const { columns, ...parquet } = opened;
  const groups = parquet.metadata.row_groups;
  const table = new ValueTable(context, readWhole);
  const broken = new Set<string>();
  let rows = 0;
  let looked = 0;
  try {
    table.open(
      '',
      columns.map(({ name }) => name),
    );
    for (const at of chosen(groups.length)) {
      if (context.budget.leftMs() < 0) break;
      rows += await readGroup(table, { ...parquet, columns, at }, broken);
      looked += 1;
    }
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
  } finally {
    table.end();
  }
  const lost = broken.size > 0 ? `; ${broken.size} of its columns could not be read so` : '';
  reportLarger(
    context,
    `${rows} rows of ${looked} of its ${groups.length} row groups were read${lost}`,
  );
  if (broken.size === columns.length) {
    reportGap(context, 'malformed', 'None of the columns of the Parquet file could be read.');
  }
}

function chosen(count: number): readonly number[] {
  const step = Math.max(1, (count - 1) / Math.max(1, GROUPS - 1));
  const places = Array.from({ length: Math.min(GROUPS, count) }, (_, at) => Math.round(at * step));
  return [...new Set(places)];
}

interface Group extends ParquetSource {
  readonly columns: readonly Column[];
  readonly at: number;
}

/** The number of rows that were read. */
async function readGroup(table: ValueTable, group: Group, broken: Set<string>): Promise<number> {
  const { metadata, columns, at } = group;
  const before = metadata.row_groups
    .slice(0, at)
    .reduce((sum, one) => sum + Number(one.num_rows), 0);
  const rows = Math.min(ROWS, Number(metadata.row_groups[at]?.num_rows ?? 0));
  const found: { name: string; values: readonly unknown[] }[] = [];
  for (const { name } of columns.filter((column) => !broken.has(column.name))) {
    const values = await firstRows(group, name, before, rows);
    if (values === null) broken.add(name);
    else found.push({ name, values });
  }
  if (found.length === 0) return 0;
  const names = found.map(({ name }) => name);
  const lines = Array.from({ length: rows }, (_, row) => found.map(({ values }) => values[row]));
  await writeRows(table, columns, names, lines, before);
  return rows;
}

async function firstRows(
  group: Group,
  name: string,
  before: number,
  rows: number,
): Promise<readonly unknown[] | null> {
  for (const most of CHUNK_BYTES) {
    const metadata = shortened(group.metadata, group.at, most);
    const values = await readRows({ ...group, metadata }, [name], before, before + rows);
    if (values !== null && values.length === rows) return values.map(([value]) => value);
    if (metadata === group.metadata) return null;
  }
  return null;
}

/** The metadata as if the columns of a group took no more bytes than that; the same where none does. */
function shortened(metadata: FileMetaData, at: number, most: number): FileMetaData {
  const group = metadata.row_groups[at];
  const long = (column: ColumnChunk): boolean =>
    Number(column.meta_data?.total_compressed_size ?? 0) > most;
  if (!group?.columns.some(long)) return metadata;
  const columns = group.columns.map((column) =>
    column.meta_data && long(column)
      ? { ...column, meta_data: { ...column.meta_data, total_compressed_size: BigInt(most) } }
      : column,
  );
  const short: RowGroup = { ...group, columns };
  return { ...metadata, row_groups: metadata.row_groups.with(at, short) };
}
