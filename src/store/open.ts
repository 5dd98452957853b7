/** The store behind its port: domain verbs over one of two engines. */
import { existsSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import type { Archive, Store } from '../model/store.ts';
import { isPostgres } from './address.ts';
import { bytesOf, type Database } from './database.ts';
import { appendEntries, headOf, ownHead, readChains, readEntries, steady } from './ledger.ts';
import { migrate } from './migrate.ts';
import { claimMessages, readMessage, readMessages, readUnnoted, saveMessages } from './outbox.ts';
import { BEAT_MS, createHolder } from './process.ts';
import * as sql from './queries.ts';
import { readRecords, saveSightings } from './records.ts';
import * as runs from './runs.ts';
import { listed } from './statement.ts';

export interface StoreOptions {
  /** The clock; default: the machine's for a file, the server's for PostgreSQL. */
  readonly now?: () => Date;
  /** Looking back makes no store: where there is none, that is said. Default: it is made. */
  readonly existing?: boolean;
}

/** Opens or makes it: a path, or `postgres://…`. Throws UsageError where that cannot be done. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store & Archive> {
  const db = await openDatabase(url, options);
  return verbs(db);
}

/** The engine beneath, brought forward to this version's schema. */
export async function openDatabase(
  url: string,
  { now, existing = false }: StoreOptions = {},
): Promise<Database> {
  if (existing && !isPostgres(url) && !existsSync(url)) throw none(url);
  const opened = await openEngine(url);
  const db: Database = now ? { ...opened, now: async () => now() } : opened;
  try {
    if (existing && (await db.version(db)) === 0) throw none(db.name);
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

function none(name: string): UsageError {
  return new UsageError(
    `--store ${name}: there is no store; run a scan first, or name the store of one`,
  );
}

async function openEngine(url: string): Promise<Database> {
  // Each with its driver, and only the one that is asked for.
  if (isPostgres(url)) return (await import('./postgres.ts')).openPostgres(url);
  return (await import('./sqlite.ts')).openSqlite(url);
}

/** Says now and then that this process lives, from the first time it holds something. */
interface Pulse {
  start(): void;
  /** Lets go of what is held. */
  stop(): Promise<void>;
}

function createPulse(db: Database, holder: string): Pulse {
  let timer: NodeJS.Timeout | undefined;
  const beat = async (): Promise<void> => {
    const now = (await db.now()).toISOString();
    await db.run(sql.beatRuns, [now, holder]);
    await db.run(sql.holdClaims, [now, holder]);
  };
  return {
    start() {
      // A beat that fails is not the end: what follows from it is noticed where something is written.
      timer ??= setInterval(() => void beat().catch(() => undefined), BEAT_MS).unref();
    },
    async stop() {
      if (timer === undefined) return;
      clearInterval(timer);
      await db.run(sql.releaseRuns, [holder]);
      await db.run(sql.releaseClaims, [holder]);
    },
  };
}

function storeVerbs(db: Database, holder: string, pulse: Pulse): Omit<Store, 'close'> {
  return {
    async beginRun(run, configuration) {
      await runs.beginRun(db, holder, run, configuration ?? null);
      pulse.start();
    },
    unfinished: () => runs.readUnfinished(db),
    async takeOver(runId) {
      const taken = await runs.takeOver(db, holder, runId);
      if (taken) pulse.start();
      return taken;
    },
    checkpoints: (runId) => runs.readCheckpoints(db, runId),
    async known(ids) {
      const rows = await listed(db, sql.known, ids);
      return new Map(rows.map((row) => [String(row.id), String(row.first_known)]));
    },
    saveFinding: (runId, finding) =>
      db.transaction((session) => saveSightings(session, runId, [finding])),
    saveOutcome: (runId, findings, done) => runs.saveOutcome(db, holder, runId, findings, done),
    finishRun: (report, sketches, entries = []) =>
      runs.finishRun(db, holder, { report, sketches, entries }),
    findings: () => runs.latestFindings(db),
    async saveLocator(ref, sealed) {
      await db.run(sql.saveLocator, [ref, sealed]);
    },
    async locator(ref) {
      const [row] = await db.all(sql.locator, [ref]);
      return bytesOf(row, 'sealed');
    },
  };
}

function archiveVerbs(db: Database, holder: string, pulse: Pulse): Archive {
  return {
    runs: () => runs.readRuns(db),
    report: (run) => runs.readReport(db, run),
    records: (filter = {}) => readRecords(db, filter),
    async append(entries, messages = []) {
      const now = await db.now();
      return db.transaction(async (session) => {
        const at = steady(await ownHead(session, { lock: true }), now);
        const written = await appendEntries(session, entries, now, 'refuse');
        await saveMessages(session, messages, at);
        return written;
      });
    },
    entries: (filter = {}) => readEntries(db, filter),
    chains: () => readChains(db),
    heads: async () =>
      (await db.all(sql.chains)).map(headOf).map(({ chain, seq, hash }) => ({ chain, seq, hash })),
    async claim(limit) {
      pulse.start();
      return claimMessages(db, holder, limit, await db.now());
    },
    async settle(id, state, error, nextAt) {
      await db.run(sql.settle, [state, error, nextAt, id]);
    },
    messages: async (states) => readMessages(db, states, await db.now()),
    message: async (id) => readMessage(db, id, await db.now()),
    unnoted: async () => readUnnoted(db, await db.now()),
    async saveReplay(finding, sealed) {
      await db.run(sql.saveReplay, [finding, sealed]);
    },
    async replay(finding) {
      const [row] = await db.all(sql.replay, [finding]);
      return bytesOf(row, 'sealed');
    },
  };
}

function verbs(db: Database): Store & Archive {
  const holder = JSON.stringify(createHolder());
  const pulse = createPulse(db, holder);
  return {
    ...storeVerbs(db, holder, pulse),
    ...archiveVerbs(db, holder, pulse),
    async close() {
      // Where the store is lost, its lease ends by itself.
      await pulse.stop().catch(() => undefined);
      await db.close();
    },
  };
}
