/** The tables, as forward migrations. Times are ISO text, booleans 0/1, structures JSON text. */
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
];
