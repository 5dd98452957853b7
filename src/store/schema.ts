/**
 * The tables, as forward migrations: what is released is never changed, only added to. Times are ISO
 * text, booleans 0/1, structures JSON text. Types are those of SQLite; see {@link forPostgres}.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    status TEXT NOT NULL,
    version TEXT NOT NULL,
    info TEXT NOT NULL
  );
  CREATE TABLE assets (
    id TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    first_seen_run TEXT NOT NULL REFERENCES runs (id),
    last_seen_run TEXT NOT NULL REFERENCES runs (id),
    body TEXT NOT NULL
  );
  CREATE TABLE findings (
    id TEXT PRIMARY KEY,
    asset TEXT NOT NULL,
    first_known TEXT NOT NULL,
    first_run TEXT NOT NULL REFERENCES runs (id)
  );
  CREATE TABLE sightings (
    run TEXT NOT NULL REFERENCES runs (id),
    finding TEXT NOT NULL REFERENCES findings (id),
    body TEXT NOT NULL,
    PRIMARY KEY (run, finding)
  );
  CREATE TABLE gaps (
    run TEXT NOT NULL REFERENCES runs (id),
    body TEXT NOT NULL
  );
  CREATE TABLE sketches (
    run TEXT NOT NULL REFERENCES runs (id),
    subject TEXT NOT NULL,
    key_id TEXT NOT NULL,
    registers BLOB NOT NULL,
    PRIMARY KEY (run, subject)
  );
  CREATE TABLE locators (
    ref TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
  );
  CREATE INDEX sightings_by_finding ON sightings (finding);
  `,
  // 2: what stays when runs are over. From here on a run's gaps lie in its report; the table gaps
  // holds those of older runs.
  `
  ALTER TABLE runs ADD COLUMN report TEXT;
  ALTER TABLE runs ADD COLUMN configuration TEXT;
  ALTER TABLE runs ADD COLUMN holder TEXT;
  ALTER TABLE runs ADD COLUMN beat_at TEXT;
  ALTER TABLE findings ADD COLUMN last_run TEXT;
  ALTER TABLE findings ADD COLUMN last_seen TEXT;
  ALTER TABLE findings ADD COLUMN urgency TEXT;
  ALTER TABLE findings ADD COLUMN owner TEXT;
  ALTER TABLE findings ADD COLUMN body TEXT;
  ALTER TABLE findings ADD COLUMN status TEXT;
  ALTER TABLE findings ADD COLUMN status_by TEXT;
  ALTER TABLE findings ADD COLUMN status_at TEXT;
  ALTER TABLE findings ADD COLUMN status_reason TEXT;
  ALTER TABLE findings ADD COLUMN status_until TEXT;
  ALTER TABLE findings ADD COLUMN assigned TEXT;
  CREATE INDEX findings_by_urgency ON findings (urgency);
  CREATE TABLE checkpoints (
    run TEXT NOT NULL REFERENCES runs (id),
    asset TEXT NOT NULL,
    body TEXT NOT NULL,
    persons BLOB NOT NULL,
    PRIMARY KEY (run, asset)
  );
  CREATE TABLE chains (
    id TEXT PRIMARY KEY,
    own BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL
  );
  CREATE TABLE entries (
    chain TEXT NOT NULL REFERENCES chains (id),
    seq BIGINT NOT NULL,
    at TEXT NOT NULL,
    clock TEXT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    written_by TEXT NOT NULL,
    body TEXT NOT NULL,
    once TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, seq)
  );
  CREATE UNIQUE INDEX entries_once ON entries (chain, once);
  CREATE INDEX entries_by_once ON entries (once);
  CREATE INDEX entries_by_time ON entries (at, chain, seq);
  CREATE INDEX entries_by_subject ON entries (subject, at, chain, seq);
  CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at TEXT NOT NULL,
    error TEXT,
    holder TEXT,
    claimed_at TEXT,
    body TEXT NOT NULL
  );
  CREATE INDEX messages_by_state ON messages (state, next_at);
  CREATE TABLE replays (
    finding TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
  );
  `,
];

/** Text is compared by bytes, as SQLite does, and not by the server's language. */
export function forPostgres(migration: string): string {
  return migration
    .replace(/\bTEXT\b/g, 'TEXT COLLATE "C"')
    .replace(/\bINTEGER\b/g, 'BIGINT')
    .replace(/\bBLOB\b/g, 'BYTEA');
}
