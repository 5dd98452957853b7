/** The store in one SQLite file: node:sqlite, nothing to install or start. All SQL is here and in schema.ts. */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Sketch, Store } from '../model/store.ts';
import { MIGRATIONS } from './schema.ts';

function open(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(file);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;');
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

/** Brings an older store forward in one transaction; refuses one from a newer ajar. */
function migrate(db: DatabaseSync, file: string): void {
  const found = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (found > MIGRATIONS.length) {
    db.close();
    throw new UsageError(
      `--store ${file}: written by a newer ajar (schema ${found}, this one knows ${MIGRATIONS.length}); ` +
        'update ajar or give another store',
    );
  }
  if (found === MIGRATIONS.length) return;
  db.exec('BEGIN IMMEDIATE');
  // Another process may have migrated while this one waited for the lock.
  const now = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  for (const migration of MIGRATIONS.slice(now)) db.exec(migration);
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}

function transaction<T>(db: DatabaseSync, body: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = body();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

const QUERIES = {
  beginRun:
    'INSERT INTO runs (id, started_at, finished_at, status, version, info) VALUES (?, ?, NULL, ?, ?, ?)',
  finishRun: 'UPDATE runs SET finished_at = ?, status = ?, info = ? WHERE id = ?',
  known: 'SELECT id, first_known FROM findings WHERE id IN (SELECT value FROM json_each(?))',
  finding:
    'INSERT INTO findings (id, asset, first_known, first_run) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  sighting:
    'INSERT INTO sightings (run, finding, body) VALUES (?, ?, ?) ' +
    'ON CONFLICT (run, finding) DO UPDATE SET body = excluded.body',
  asset:
    'INSERT INTO assets (id, provider, first_seen_run, last_seen_run, body) VALUES (?, ?, ?, ?, ?) ' +
    'ON CONFLICT (id) DO UPDATE SET last_seen_run = excluded.last_seen_run, body = excluded.body',
  gap: 'INSERT INTO gaps (run, body) VALUES (?, ?)',
  sketch:
    'INSERT INTO sketches (run, subject, key_id, registers) VALUES (?, ?, ?, ?) ' +
    'ON CONFLICT (run, subject) DO UPDATE SET registers = excluded.registers',
  latest:
    "SELECT s.body FROM sightings s WHERE s.run = (SELECT id FROM runs WHERE status <> 'running' " +
    'ORDER BY finished_at DESC LIMIT 1) ORDER BY s.finding',
  saveLocator:
    'INSERT INTO locators (ref, sealed) VALUES (?, ?) ON CONFLICT (ref) DO UPDATE SET sealed = excluded.sealed',
  locator: 'SELECT sealed FROM locators WHERE ref = ?',
} as const;

function verbs(db: DatabaseSync): Store {
  const run = (sql: string, ...values: (string | Uint8Array | null)[]): void => {
    db.prepare(sql).run(...values);
  };
  return {
    async beginRun(info) {
      run(
        QUERIES.beginRun,
        info.id,
        info.startedAt,
        info.status,
        info.version,
        JSON.stringify(info),
      );
    },
    async known(ids) {
      const rows = db.prepare(QUERIES.known).all(JSON.stringify(ids));
      return new Map(rows.map((row) => [String(row.id), String(row.first_known)]));
    },
    async saveFinding(runId, finding) {
      transaction(db, () => {
        run(QUERIES.finding, finding.id, finding.asset.id, finding.firstKnown, runId);
        run(QUERIES.sighting, runId, finding.id, JSON.stringify(finding));
      });
    },
    async finishRun(report, sketches: readonly Sketch[]) {
      const info = report.run;
      transaction(db, () => {
        for (const asset of report.assets) {
          run(QUERIES.asset, asset.id, asset.provider, info.id, info.id, JSON.stringify(asset));
        }
        for (const gap of report.gaps) run(QUERIES.gap, info.id, JSON.stringify(gap));
        for (const { subject, keyId, registers } of sketches) {
          run(QUERIES.sketch, info.id, subject, keyId, registers);
        }
        run(QUERIES.finishRun, info.finishedAt, info.status, JSON.stringify(info), info.id);
      });
    },
    async findings() {
      return db
        .prepare(QUERIES.latest)
        .all()
        .map((row) => JSON.parse(String(row.body)) as Finding);
    },
    async saveLocator(ref, sealed) {
      run(QUERIES.saveLocator, ref, sealed);
    },
    async locator(ref) {
      const row = db.prepare(QUERIES.locator).get(ref);
      return row?.sealed instanceof Uint8Array ? row.sealed : null;
    },
    async close() {
      db.close();
    },
  };
}

/** Opens or makes the store. Throws UsageError for a file that is none, or one of a newer ajar. */
export async function openSqliteStore(file: string): Promise<Store> {
  const db = open(file);
  migrate(db, file);
  return verbs(db);
}
