/**
 * SQLite files, read in memory. The file is a stranger's, so nothing in its schema may run: only
 * plain columns of real tables are selected, views, triggers, virtual tables and generated columns
 * are left alone, and an authorizer refuses every function.
 */
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { LimitError } from './budget.ts';
import { type Context, reportGap, SinkError } from './context.ts';
import type { ReadWhole } from './member.ts';
import { ValueTable } from './values.ts';

/** Offsets of the read and write versions; 2 in both says that a write-ahead log lies beside the file. */
const VERSIONS: readonly [number, number] = [18, 19];
/** Of sqlite3.h: what a prepared statement may do. */
const ACTION = { pragma: 19, read: 20, select: 21 } as const;
const OK = 0;
const DENY = 1;
/** Tables that SQLite itself keeps. */
const OWN = /^sqlite_/i;

export async function readSqlite(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  if (isCut(bytes)) {
    const detail =
      'The database ends before its last page; what is there was read. Upload it again whole.';
    reportGap(context, 'truncated', detail);
  }
  const sqlite = await import('node:sqlite');
  const database = new sqlite.DatabaseSync(':memory:', {
    allowExtension: false,
    defensive: true,
    readBigInts: true,
    returnArrays: true,
    limits: { attach: 0, triggerDepth: 1 },
  });
  try {
    load(database, bytes);
    database.exec(
      'PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON',
    );
    database.setAuthorizer((action, what) => {
      if (action === ACTION.select || action === ACTION.read) return OK;
      return action === ACTION.pragma && /^table_(list|xinfo)$/.test(what ?? '') ? OK : DENY;
    });
    await readTables(context, database, readWhole);
  } catch (error) {
    if (error instanceof SinkError) throw error;
    reportDamage(context, error);
  } finally {
    database.close();
  }
}

/** By the size that the header states, where its two counters say that this is up to date. */
function isCut(bytes: Uint8Array): boolean {
  if (bytes.length < 100) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 100);
  const pageBytes = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
  return view.getUint32(24) === view.getUint32(92) && view.getUint32(28) * pageBytes > bytes.length;
}

/** A database in memory has no log beside it, so the header must not promise one. */
function load(database: DatabaseSync, bytes: Uint8Array): void {
  const [read, write] = VERSIONS;
  const kept = [bytes[read] ?? 1, bytes[write] ?? 1] as const;
  bytes[read] = 1;
  bytes[write] = 1;
  try {
    database.deserialize(bytes);
  } finally {
    bytes[read] = kept[0];
    bytes[write] = kept[1];
  }
}

function reportDamage(context: Context, error: unknown): void {
  if (error instanceof LimitError) {
    const detail = `${error.message}. What came before was read; export the rest as CSV and scan that.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const detail =
    'The database is damaged or encrypted; what could be read was read. Run sqlite3 .recover on it and scan the result.';
  reportGap(context, 'malformed', detail);
}

async function readTables(
  context: Context,
  database: DatabaseSync,
  readWhole: ReadWhole,
): Promise<void> {
  const table = new ValueTable(context, readWhole);
  let failed = 0;
  try {
    for (const { name, shadow } of tableNames(database)) {
      try {
        await readTable(table, database, name, shadow);
      } catch (error) {
        if (error instanceof SinkError || error instanceof LimitError) throw error;
        failed += 1;
      }
    }
  } finally {
    table.end();
  }
  if (failed > 0) {
    const detail = `${failed} of its tables are damaged; what could be read of them was read. Run sqlite3 .recover on it and scan the result.`;
    reportGap(context, 'malformed', detail);
  }
}

interface RealTable {
  readonly name: string;
  /** Where full-text search keeps its texts, and its index. */
  readonly shadow: boolean;
}

function tableNames(database: DatabaseSync): readonly RealTable[] {
  const names: RealTable[] = [];
  for (const row of rows(database.prepare('PRAGMA main.table_list'))) {
    const [, name, type] = row;
    if (typeof name !== 'string' || OWN.test(name)) continue;
    if (type === 'table' || type === 'shadow') names.push({ name, shadow: type === 'shadow' });
  }
  return names;
}

async function readTable(
  table: ValueTable,
  database: DatabaseSync,
  name: string,
  shadow: boolean,
): Promise<void> {
  const columns: string[] = [];
  for (const row of rows(database.prepare(`PRAGMA main.table_xinfo(${quoted(name)})`))) {
    const [, column, , , , , hidden] = row;
    if (typeof column === 'string' && hidden === 0n) columns.push(column);
  }
  if (columns.length === 0) return;
  table.open(name, columns, shadow);
  const list = columns.map(quoted).join(', ');
  // Without indexes: one on an expression would run it, and a damaged one would hide rows.
  const statement = database.prepare(`SELECT ${list} FROM main.${quoted(name)} NOT INDEXED`);
  let number = 0;
  for (const row of rows(statement)) {
    number += 1;
    table.row(number, row);
    if (table.hasFiles) await table.files();
  }
}

/** The library types rows as objects; with `returnArrays` they are arrays. */
function rows(statement: StatementSync): Iterable<readonly SQLOutputValue[]> {
  return statement.iterate() as unknown as Iterable<readonly SQLOutputValue[]>;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
