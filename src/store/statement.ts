/** Statements of any length from few texts, so that an engine prepares each of them once. */
import type { Row, Session, Value } from './database.ts';

/** Stands in a query where a list of values goes; {@link listed} fills it in. */
export const LIST = '/*LIST*/';

export interface Insert {
  readonly into: string;
  /** In the order in which values are given. */
  readonly columns: readonly string[];
  readonly then: string;
}

export function insert(table: string, columns: readonly string[], then = ''): Insert {
  return {
    into: `INSERT INTO ${table} (${columns.join(', ')}) VALUES `,
    columns,
    then,
  };
}

const ROWS_AT_ONCE = 64;
const LIST_AT_ONCE = 512;
export const PAGE = 500;

/**
 * Few different statements, however many things: whole batches, then one by one. Rows are made only as
 * they are needed, since a hundred thousand of them at once are hundreds of megabytes.
 */
export async function insertMany<T>(
  session: Session,
  { into, columns, then }: Insert,
  things: readonly T[],
  rowOf: (thing: T) => readonly Value[],
): Promise<void> {
  const one = `(${new Array(columns.length).fill('?').join(', ')})`;
  const batch = `${into}${new Array(ROWS_AT_ONCE).fill(one).join(', ')}${then}`;
  let at = 0;
  for (; at + ROWS_AT_ONCE <= things.length; at += ROWS_AT_ONCE) {
    await session.run(batch, things.slice(at, at + ROWS_AT_ONCE).flatMap(rowOf));
  }
  for (const thing of things.slice(at)) await session.run(`${into}${one}${then}`, rowOf(thing));
}

/** Rows for any number of values, asked for in parts; the order holds within a part. */
export async function listed(
  session: Session,
  query: string,
  values: readonly string[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < values.length; at += LIST_AT_ONCE) {
    const part = values.slice(at, at + LIST_AT_ONCE);
    rows.push(...(await session.all(query.replace(LIST, marks(part.length)), padded(part))));
  }
  return rows;
}

/** A power of two of them, so that few different statements are kept. */
function marks(count: number): string {
  return new Array(2 ** Math.ceil(Math.log2(count))).fill('?').join(', ');
}

function padded(values: readonly string[]): readonly string[] {
  const wanted = 2 ** Math.ceil(Math.log2(values.length));
  const last = values.at(-1) ?? '';
  return [...values, ...new Array<string>(wanted - values.length).fill(last)];
}

export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

export function among(column: string, values: readonly string[]): Condition {
  if (values.length === 0) return { sql: '1 = 0', values: [] };
  return { sql: `${column} IN (${marks(values.length)})`, values: padded(values) };
}

export function equals(column: string, value: string | null): Condition {
  return value === null
    ? { sql: `${column} IS NULL`, values: [] }
    : { sql: `${column} = ?`, values: [value] };
}

/** With a page's limit as the last value. */
export function where(conditions: readonly Condition[], order: string): [string, readonly Value[]] {
  const all = conditions.map(({ sql }) => sql).join(' AND ');
  return [`WHERE ${all} ORDER BY ${order} LIMIT ?`, conditions.flatMap(({ values }) => values)];
}
