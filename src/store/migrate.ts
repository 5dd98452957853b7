/** Brings an older store forward in one transaction; refuses one from a newer ajar. */
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { type Database, must, type Row, type Session } from './database.ts';
import { beginChain } from './ledger.ts';
import * as sql from './queries.ts';
import { saveRecords } from './records.ts';
import { forPostgres, MIGRATIONS } from './schema.ts';
import { PAGE } from './statement.ts';

/** Throws UsageError for a store of a newer ajar, which stays as it is. */
export async function migrate(db: Database): Promise<void> {
  if (refuseNewer(db, await db.version(db)) === MIGRATIONS.length) return;
  await db.transaction(async (session) => {
    await db.prepareSchema(session);
    // Another process may have migrated while this one waited for the lock.
    const found = refuseNewer(db, await db.version(session));
    for (let version = found; version < MIGRATIONS.length; version++) {
      const script = MIGRATIONS[version] ?? '';
      await session.script(db.engine === 'postgres' ? forPostgres(script) : script);
      if (version === 1) await fillRecords(session);
    }
    if (found < MIGRATIONS.length) await db.setVersion(session, MIGRATIONS.length);
  });
}

function refuseNewer({ name }: Database, found: number): number {
  if (found <= MIGRATIONS.length) return found;
  throw new UsageError(
    `--store ${name}: written by a newer ajar (schema ${found}, this one knows ${MIGRATIONS.length}); ` +
      'update ajar or give another store',
  );
}

/** Version 2: the chain, and each finding's record from its last sighting. */
async function fillRecords(session: Session): Promise<void> {
  await beginChain(session);
  let after: readonly [startedAt: string, run: string, finding: string] = ['', '', ''];
  for (;;) {
    const rows: readonly Row[] = await session.all(sql.oldSightings, [...after, PAGE]);
    for (const row of rows) {
      const [seenAt, run, id] = [
        must(row, 'started_at'),
        must(row, 'run'),
        must(row, 'finding'),
      ] as const;
      const finding = completed(JSON.parse(must(row, 'body')) as Finding);
      await session.run(sql.rewriteSighting, [JSON.stringify(finding), run, id]);
      await saveRecords(session, { run, seenAt, now: finding.firstKnown }, [finding]);
      after = [seenAt, run, id];
    }
    if (rows.length < PAGE) return;
  }
}

/** What findings of version 1 did not say yet. */
const UNSAID = { score: [], lapsed: null, ownerConfidence: 'none' } as const;

function completed(finding: Finding): Finding {
  const { reasons = [] } = finding.verdict as Partial<Finding['verdict']>;
  return { ...UNSAID, ...finding, verdict: { ...finding.verdict, reasons } };
}
