/** Runs: their beginning, what they finished, their end, and what a killed one left behind. */
import type { Finding } from '../model/finding.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { Report, ReportAsset, RunInfo } from '../model/report.ts';
import type { Checkpoint, EntriesOf, Sketch, UnfinishedRun } from '../model/store.ts';
import { bytesOf, type Database, must, type Row, type Session, text } from './database.ts';
import { appendEntries, ownHead, steady } from './ledger.ts';
import { isAlive } from './process.ts';
import * as sql from './queries.ts';
import { readRecords, saveRecords, saveSightings, unique, urgencyOf } from './records.ts';
import { insertMany, PAGE } from './statement.ts';

function infoOf(row: Row): RunInfo {
  return JSON.parse(must(row, 'info')) as RunInfo;
}

export async function beginRun(
  db: Database,
  holder: string,
  run: RunInfo,
  configuration: string | null,
): Promise<void> {
  const { id, startedAt, status, version } = run;
  const beat = (await db.now()).toISOString();
  const values = [id, startedAt, status, version, JSON.stringify(run), configuration, holder, beat];
  await db.run(sql.beginRun, values);
}

/** A killed run shows as interrupted. */
export async function readRuns(db: Database): Promise<readonly RunInfo[]> {
  const now = await db.now();
  return (await db.all(sql.runs)).map((row) => {
    const info = infoOf(row);
    const gone =
      row.status === 'running' && !isAlive(text(row, 'holder'), text(row, 'beat_at'), now);
    return gone ? { ...info, status: 'interrupted' } : info;
  });
}

export async function readUnfinished(db: Database): Promise<readonly UnfinishedRun[]> {
  const now = await db.now();
  return (await db.all(sql.running)).map((row) => ({
    run: infoOf(row),
    configuration: text(row, 'configuration'),
    assets: Number(row.assets),
    alive: isAlive(text(row, 'holder'), text(row, 'beat_at'), now),
  }));
}

export async function takeOver(db: Database, holder: string, runId: string): Promise<boolean> {
  const now = await db.now();
  const row = (await db.all(sql.running)).find(({ id }) => id === runId);
  const held = text(row, 'holder');
  if (!row || isAlive(held, text(row, 'beat_at'), now)) return false;
  const values = [holder, now.toISOString(), runId, held ?? ''];
  return (await db.run(sql.takeRun, values)) === 1;
}

/** Takes the run's row for this transaction. */
async function holdRun(
  session: Session,
  holder: string,
  runId: string,
  now: string,
): Promise<void> {
  if ((await session.run(sql.holdRun, [now, runId, holder])) === 1) return;
  throw new Error(
    `run ${runId} is no longer this process's: another one went on with it, or it has ended`,
  );
}

/** How many and their lengths as 32-bit numbers, little end first; then the sets one after the other. */
function packed(sets: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(4 * (sets.length + 1));
  head.writeUInt32LE(sets.length, 0);
  sets.forEach((set, index) => {
    head.writeUInt32LE(set.length, 4 * (index + 1));
  });
  return Buffer.concat([head, ...sets]);
}

function unpacked(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  let at = 4 * (count + 1);
  return Array.from({ length: count }, (_, index) => {
    const start = at;
    at += view.getUint32(4 * (index + 1), true);
    return bytes.slice(start, at);
  });
}

export async function saveOutcome(
  db: Database,
  holder: string,
  runId: string,
  findings: readonly Finding[],
  { asset, body, persons }: Checkpoint,
): Promise<void> {
  const now = (await db.now()).toISOString();
  await db.transaction(async (session) => {
    await holdRun(session, holder, runId, now);
    await saveSightings(session, runId, findings);
    const values = [runId, asset, JSON.stringify(body), packed(persons)];
    await session.run(sql.saveCheckpoint, values);
  });
}

/** A checkpoint holds exact sets: few at a time. */
const CHECKPOINTS_AT_ONCE = 16;

export async function* readCheckpoints(
  db: Database,
  runId: string,
): AsyncGenerator<Checkpoint, void, void> {
  let after = '';
  for (;;) {
    const rows = await db.all(sql.checkpoints, [runId, after, CHECKPOINTS_AT_ONCE]);
    for (const row of rows) {
      const asset = must(row, 'asset');
      const body = JSON.parse(must(row, 'body')) as object;
      yield { asset, body, persons: unpacked(bytesOf(row, 'persons') ?? new Uint8Array(4)) };
      after = asset;
    }
    if (rows.length < CHECKPOINTS_AT_ONCE) return;
  }
}

/** Killed runs of the same targets that this one has made moot: nobody needs to go on with them. */
async function giveUpOlder(session: Session, { run }: Report, now: Date): Promise<void> {
  const targets = JSON.stringify([...run.targets].sort());
  for (const row of await session.all(sql.running)) {
    const other = infoOf(row);
    const held = text(row, 'holder');
    if (other.id === run.id || isAlive(held, text(row, 'beat_at'), now)) continue;
    if (JSON.stringify([...other.targets].sort()) !== targets) continue;
    const info = JSON.stringify({ ...other, status: 'interrupted' });
    await session.run(sql.giveUpRun, [info, other.id, held ?? '']);
    await session.run(sql.dropCheckpoints, [other.id]);
  }
}

/** Two assets may show as one where their names are masked. */
function uniqueAssets(assets: readonly ReportAsset[]): readonly ReportAsset[] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface RunEnd {
  readonly report: Report;
  readonly sketches: readonly Sketch[];
  readonly entries: readonly NewEntry[] | EntriesOf;
}

export async function finishRun(
  db: Database,
  holder: string,
  { report, sketches, entries }: RunEnd,
): Promise<void> {
  const { run, assets, findings } = report;
  const now = await db.now();
  await db.transaction(async (session) => {
    // First the chain, then the run: every writer of records takes them in this order.
    const at = steady(await ownHead(session, { lock: true }), now);
    await holdRun(session, holder, run.id, now.toISOString());
    const before = readRecords(session, {});
    const said = typeof entries === 'function' ? await entries(before) : entries;
    await insertMany(session, sql.insertAsset, uniqueAssets(assets), (asset) => [
      asset.id,
      asset.provider,
      run.id,
      run.id,
      JSON.stringify(asset),
    ]);
    await saveSightings(session, run.id, findings);
    await saveRecords(session, { run: run.id, seenAt: run.startedAt, now: at }, findings);
    await insertMany(session, sql.insertSketch, sketches, ({ subject, keyId, registers }) => [
      run.id,
      subject,
      keyId,
      registers,
    ]);
    // What a person said while the run went on holds against what the run would say.
    await appendEntries(session, said, now, 'leave out');
    await session.run(sql.dropCheckpoints, [run.id]);
    if (run.status === 'complete') await giveUpOlder(session, report, now);
    const { findings: _, ...rest } = report;
    const values = [run.finishedAt, run.status, JSON.stringify(run), JSON.stringify(rest), run.id];
    await session.run(sql.endRun, values);
  });
}

async function sightingsOf(db: Database, runId: string): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  let after = '';
  for (;;) {
    const rows = await db.all(sql.sightings, [runId, after, PAGE]);
    for (const row of rows) {
      found.push(JSON.parse(must(row, 'body')) as Finding);
      after = must(row, 'finding');
    }
    if (rows.length < PAGE) return found;
  }
}

export async function readReport(db: Database, run: string): Promise<Report | null> {
  const [row] = run === 'latest' ? await db.all(sql.latestReport) : await db.all(sql.report, [run]);
  const kept = text(row, 'report');
  if (!row || kept === null) return null;
  const rest = JSON.parse(kept) as Omit<Report, 'findings'>;
  const sorted = unique(await sightingsOf(db, must(row, 'id')))
    .map((finding) => ({ finding, urgency: urgencyOf(finding) }))
    .sort((a, b) => (a.urgency < b.urgency ? -1 : 1));
  const { gaps, ...before } = rest;
  // In the order in which a scan gives it.
  return { ...before, findings: sorted.map(({ finding }) => finding), gaps };
}

/** The latest finished run's findings. */
export async function latestFindings(db: Database): Promise<readonly Finding[]> {
  const [row] = await db.all(sql.latestRun);
  return row ? await sightingsOf(db, must(row, 'id')) : [];
}
