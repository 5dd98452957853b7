/**
 * A store's copy, and the way back. For a file; PostgreSQL has its own tools (docs/store.md).
 *
 * What is restored is older than what was lost: messages may have gone out since, and entries may have
 * been written that somebody else knows of. Therefore its outbox is put in doubt, and its ledger goes
 * on in a chain of its own, which begins by naming the end of the restored one.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OutputError, UsageError } from '../model/errors.ts';
import { NO_HASH, verifyChains } from './chain.ts';
import type { Database } from './database.ts';
import { appendEntries, beginChain, headOf, ownHead, readChains } from './ledger.ts';
import * as other from './mergequeries.ts';
import { migrate } from './migrate.ts';
import { ENDS, moveInto, swapIn } from './place.ts';
import * as sql from './queries.ts';
import { readUnfinished } from './runs.ts';
import { MIGRATIONS } from './schema.ts';
import { openSqlite } from './sqlite.ts';

const FILE_MODE = 0o600;

/** A whole copy of one moment, whoever writes meanwhile. Throws UsageError where `from` is no store. */
export function snapshot(from: string, to: string): void {
  // Made first, for its owner only: SQLite fills an empty file that is there.
  closeSync(openSync(to, 'wx', FILE_MODE));
  try {
    const db = openForReading(from);
    try {
      db.prepare('VACUUM INTO ?').run(to);
    } finally {
      db.close();
    }
    const file = openSync(to, 'r+');
    fsyncSync(file);
    closeSync(file);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

function openForReading(file: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    db.prepare(other.anyRun).get();
    if (version > 0) return db;
  } catch (cause) {
    db?.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${file}: no store of ajar (${why})`, { cause });
  }
  db.close();
  throw new UsageError(`${file}: no store of ajar (it has no version)`);
}

/** Throws UsageError for a file that is damaged, of a newer ajar, or no store. */
function checkSound(file: string): void {
  const db = openForReading(file);
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (version > MIGRATIONS.length) {
      throw new UsageError(`${file}: written by a newer ajar (schema ${version}); update ajar`);
    }
    const rows = db.prepare('PRAGMA integrity_check(1)').all();
    const said = String(rows[0]?.integrity_check ?? '');
    if (said !== 'ok') throw new UsageError(`${file}: damaged (${said}); use another backup`);
  } finally {
    db.close();
  }
}

function partOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.ajar-part`);
}

/** Removes what SQLite keeps beside a file. */
function removeBeside(file: string): void {
  for (const end of ENDS) rmSync(`${file}${end}`, { force: true });
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there; make it first',
  EACCES: 'no right to write there',
  EROFS: 'it lies on a read-only file system',
  ENOSPC: 'the disk is full; free some space and try again',
};

/** The system's words become ours where a file cannot be made. */
function writing<T>(file: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    const why = REFUSALS[code] ?? `the system says ${code} to ${syscall}`;
    throw new OutputError(file, code, `${file}: cannot be written: ${why}`, { cause: error });
  }
}

/**
 * Writes a copy of the store to a new file, checked and complete, or none. The exact sets of people of
 * runs that go on are left out. Throws UsageError or OutputError.
 */
export function backupStore(store: string, to: string): { readonly bytes: number } {
  if (existsSync(to)) throw new UsageError(`${to}: is there already; name a new file`);
  const part = partOf(to);
  return writing(to, () => {
    try {
      snapshot(store, part);
      const db = new DatabaseSync(part);
      db.exec(`PRAGMA journal_mode = DELETE; ${other.dropAllCheckpoints}; VACUUM`);
      db.close();
      checkSound(part);
      moveInto(part, to);
    } finally {
      removeBeside(part);
    }
    return { bytes: statSync(to).size };
  });
}

/** Puts the outbox in doubt and begins a new chain, once the tables of a backup are in place again. */
export async function afterRestore(db: Database, by: string): Promise<{ chain: string }> {
  const now = await db.now();
  return db.transaction(async (session) => {
    const old = await ownHead(session, { lock: true });
    await session.run(other.disown);
    const chain = await beginChain(session);
    // The new chain begins no earlier than the old one ended.
    await session.run(sql.moveChain, [0, NO_HASH, old.at, chain]);
    await session.run(other.doubtMessages);
    const { chain: subject, hash: head, seq: entries } = old;
    const merged = {
      kind: 'store.merged',
      subject,
      by,
      body: { head, entries },
      once: null,
    } as const;
    await appendEntries(session, [merged], now, 'refuse');
    return { chain };
  });
}

export interface RestoreOptions {
  readonly by: string;
  /** A store that is there is kept beside, and replaced. */
  readonly replace: boolean;
}

export interface Restored {
  readonly chain: string;
  /** Where the store that was there is now; null where there was none. */
  readonly kept: string | null;
}

/** Throws UsageError where a run is writing to it. */
async function checkIdle(store: string): Promise<void> {
  const db = await openSqlite(store);
  try {
    await migrate(db);
    const alive = (await readUnfinished(db)).find((run) => run.alive);
    if (alive)
      throw new UsageError(`--store ${store}: run ${alive.run.id} is still going on; end it first`);
  } finally {
    await db.close();
  }
}

async function checkLedger(db: Database, backup: string): Promise<void> {
  const heads = (await db.all(sql.chains)).map(headOf);
  const { broken } = await verifyChains(readChains(db), heads);
  if (!broken) return;
  throw new UsageError(
    `${backup}: its ledger does not hold (${broken.detail}, chain ${broken.chain}); use another backup`,
  );
}

/** Makes the store from a backup. Throws UsageError or OutputError and leaves the store as it was. */
export async function restoreStore(
  backup: string,
  store: string,
  { by, replace }: RestoreOptions,
): Promise<Restored> {
  const there = existsSync(store);
  if (there && !replace) {
    throw new UsageError(
      `--store ${store}: there is a store already; with --replace it is kept beside and the backup takes its place`,
    );
  }
  checkSound(backup);
  if (there) await checkIdle(store);
  const part = partOf(store);
  try {
    writing(store, () => snapshot(backup, part));
    const chain = await prepare(part, backup, by);
    const kept = there ? keptAs(store) : null;
    writing(store, () => (kept === null ? moveInto(part, store) : swapIn(part, store, kept)));
    return { chain, kept };
  } finally {
    removeBeside(part);
  }
}

/** Of this version, with a ledger that holds, and ready to go on; closed, so that nothing lies beside it. */
async function prepare(part: string, backup: string, by: string): Promise<string> {
  const db = await openSqlite(part);
  try {
    await migrate(db);
    await checkLedger(db, backup);
    return (await afterRestore(db, by)).chain;
  } finally {
    await db.close();
  }
}

function keptAs(store: string): string {
  return `${store}.before-restore-${new Date().toISOString().replace(/[:.]/g, '-')}`;
}
