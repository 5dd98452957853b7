/**
 * The engine for one person or one machine: a file, node:sqlite, nothing to install or start.
 *
 * Several processes may have the file open. Waiting for a lock happens here and not in SQLite, whose
 * own wait would stop the whole process, and for good where the lock's holder is in this one too.
 */
import { chmodSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { OutputError, UsageError } from '../model/errors.ts';
import type { Database, Row, Session, Value } from './database.ts';
import { makeFolder } from './folder.ts';

/** The end of a run of a hundred thousand findings takes some ten seconds. */
const LOCK_TIMEOUT_MS = 120_000;
const PAUSE_AT_MOST_MS = 20;
/** https://www.sqlite.org/rescode.html, primary codes. */
const BUSY = 5;
const LOCKED = 6;
const CANNOT_WRITE: Readonly<Record<number, readonly [code: string, what: string]>> = {
  8: ['EROFS', 'it is read-only; give ajar the right to write to it and its folder'],
  10: ['EIO', 'the disk reports an error; check the disk'],
  13: ['ENOSPC', 'the disk is full; free some space and run again'],
};

function primary(error: unknown): number | null {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : null;
}

/** Throws UsageError for a path that cannot be opened or is no database. */
async function open(file: string): Promise<DatabaseSync> {
  try {
    makeFolder(dirname(resolve(file)));
    // The connection's own wait is short: it blocks this process.
    const db = new DatabaseSync(file, { timeout: 0 });
    await patiently(file, () => db.exec('PRAGMA journal_mode = WAL'));
    // secure_delete: checkpoints hold people's hashes, and end with the run.
    db.exec('PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    chmodSync(file, 0o600);
    return db;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--store ${file}: cannot be opened as an ajar store (${why}); give another file, or mend this one`,
      { cause: error },
    );
  }
}

/** Until no other connection is in the way. */
async function patiently<T>(file: string, attempt: () => T): Promise<T> {
  const until = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const code = primary(error);
      if (code !== BUSY && code !== LOCKED) throw translated(file, error);
      if (performance.now() > until) {
        const sentence = `--store ${file}: another process has kept it locked for ${LOCK_TIMEOUT_MS / 1000} s; wait for it or end it, and run again`;
        throw new OutputError(file, 'EBUSY', sentence, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * PAUSE_AT_MOST_MS));
    }
  }
}

function translated(file: string, error: unknown): unknown {
  const known = CANNOT_WRITE[primary(error) ?? -1];
  if (!known) return error;
  const [code, what] = known;
  return new OutputError(file, code, `--store ${file}: cannot be written: ${what}`, {
    cause: error,
  });
}

/** One thing after the other: a read must not see another caller's open transaction. */
function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function sessionOn(db: DatabaseSync, file: string): Session {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const found = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, found);
    return found;
  };
  return {
    all: (sql, values = []) =>
      patiently(file, () => statement(sql).all(...(values as Value[])) as readonly Row[]),
    run: (sql, values = []) =>
      patiently(file, () => Number(statement(sql).run(...(values as Value[])).changes)),
    script: (sql) => patiently(file, () => db.exec(sql)),
  };
}

/** Opens or makes the file. Throws UsageError for one that is no database. */
export async function openSqlite(file: string): Promise<Database> {
  const db = await open(file);
  const session = sessionOn(db, file);
  const turn = createTurns();
  return {
    engine: 'sqlite',
    name: file,
    all: (sql, values) => turn(() => session.all(sql, values)),
    run: (sql, values) => turn(() => session.run(sql, values)),
    script: (sql) => turn(() => session.script(sql)),
    transaction: (body) =>
      turn(async () => {
        await session.script('BEGIN IMMEDIATE');
        try {
          const result = await body(session);
          await session.script('COMMIT');
          return result;
        } catch (error) {
          // A full disk has rolled it back already.
          if (db.isTransaction) db.exec('ROLLBACK');
          throw error;
        }
      }),
    now: async () => new Date(),
    async version(within) {
      const [row] = await within.all('PRAGMA user_version');
      return Number(row?.user_version ?? 0);
    },
    // The transaction has the file's only write lock already.
    prepareSchema: async () => undefined,
    setVersion: (within, version) => within.script(`PRAGMA user_version = ${version}`),
    async close() {
      await turn(async () => db.close());
    },
  };
}
