/** One suite on both engines: SQLite files, and a real PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../localstack/postgres.ts';
import { ledgerOf } from './suite/ledger.ts';
import type { Engine } from './suite/made.ts';
import { mergeOf } from './suite/merge.ts';
import { outboxOf } from './suite/outbox.ts';
import { recordsOf } from './suite/records.ts';
import { runsOf } from './suite/runs.ts';
import { versionsOf } from './suite/versions.ts';

let folder: string;
let server: PostgresServer;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-engines-'));
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ENGINES = {
  SQLITE: { fresh: async () => join(folder, `store-${count++}.db`) },
  POSTGRES: { fresh: async () => `${await server.database('suite')}?schema=store_${count++}` },
} satisfies Readonly<Record<string, Engine>>;

const { SQLITE, POSTGRES } = ENGINES;

describe.each([
  ['SQLite', SQLITE, POSTGRES],
  ['PostgreSQL', POSTGRES, SQLITE],
] as const)('%s', (_, engine, elsewhere) => {
  runsOf(engine);
  recordsOf(engine);
  ledgerOf(engine);
  outboxOf(engine);
  versionsOf(engine);
  mergeOf(engine, engine);
  describe('with the other engine', () => mergeOf(engine, elsewhere));
});
