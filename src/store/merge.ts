/**
 * Two stores into one: what both knew, each chain of the ledger under its own id.
 *
 * All in one transaction, and the same again changes nothing, so that a store can be merged time and
 * again as it grows. What it means for each thing is in docs/store.md.
 */
import { UsageError } from '../model/errors.ts';
import type { Entry } from '../model/ledger.ts';
import type { StatusChange } from '../model/lifecycle.ts';
import type { RunInfo } from '../model/report.ts';
import { verifyChains } from './chain.ts';
import {
  bytesOf,
  type Database,
  must,
  type Row,
  type Session,
  text,
  type Value,
} from './database.ts';
import { appendEntries, type Head, headOf, ownHead, readChains, rowOf } from './ledger.ts';
import * as other from './mergequeries.ts';
import * as sql from './queries.ts';
import { applyStatus, type StatusEntry } from './records.ts';
import { type Insert, insertMany, listed, PAGE } from './statement.ts';

export interface MergeResult {
  readonly chains: number;
  readonly entries: number;
  readonly runs: number;
  /** Findings that were not known here. */
  readonly findings: number;
  /** Findings that the other store had known earlier. */
  readonly earlier: number;
  /** Sketches left as they are, since theirs were made under another key. */
  readonly sketchesApart: number;
}

interface Merging {
  readonly from: Database;
  readonly into: Session;
  /** Both as a person knows them. */
  readonly names: string;
}

/** Rows of the other store, a page at a time, by their first column. */
async function* pages(
  from: Database,
  query: string,
  key: string,
  size: number = PAGE,
): AsyncGenerator<readonly Row[]> {
  let after = '';
  for (;;) {
    const rows = await from.all(query, [after, size]);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < size || !last) return;
    after = must(last, key);
  }
}

function values(row: Row, columns: readonly string[]): readonly Value[] {
  return columns.map((column) => row[column] as Value);
}

async function copy({ from, into }: Merging, query: string, target: Insert): Promise<void> {
  const { columns } = target;
  for await (const rows of pages(from, query, columns[0] ?? '')) {
    await insertMany(into, target, rows, (row) => values(row, columns));
  }
}

async function headHere(into: Session, chain: string): Promise<Head | null> {
  const [row] = await into.all(other.chain, [chain]);
  return row ? headOf(row) : null;
}

/** Throws UsageError where both have written to the chain since they were one. */
async function checkFork({ from, into, names }: Merging, here: Head, there: Head): Promise<void> {
  const seq = Math.min(here.seq, there.seq);
  if (seq === 0) return;
  const [ours] = await into.all(other.entryHash, [here.chain, seq]);
  const [theirs] = await from.all(other.entryHash, [here.chain, seq]);
  if (text(ours, 'hash') === text(theirs, 'hash')) return;
  throw new UsageError(
    `${names}: both have written to chain ${here.chain} since one was copied from the other; ` +
      'a copy that goes its own way has to be made with "ajar store backup" and "ajar store restore"',
  );
}

/** Copies what the other's chains have more than ours; gives back how many chains and entries that were. */
async function mergeChains(merging: Merging): Promise<{ chains: number; entries: number }> {
  const { from, into } = merging;
  let [chains, entries] = [0, 0];
  for (const row of await from.all(sql.chains)) {
    const there = headOf(row);
    const here = await headHere(into, there.chain);
    if (here) await checkFork(merging, here, there);
    if (there.seq <= (here?.seq ?? 0)) continue;
    if (!here) await into.run(sql.makeChain, [there.chain, 0, 0, '', '']);
    let batch: Entry[] = [];
    const write = async (): Promise<void> => {
      await insertMany(into, sql.insertEntry, batch, rowOf);
      batch = [];
    };
    for await (const entry of readChains(from, { chain: there.chain, seq: here?.seq ?? 0 })) {
      // Somebody may be writing there: what came after the head is the next merge's.
      if (entry.chain !== there.chain || entry.seq > there.seq) break;
      batch.push(entry);
      entries++;
      if (batch.length === PAGE) await write();
    }
    await write();
    await into.run(sql.moveChain, [there.seq, there.hash, there.at, there.chain]);
    chains++;
  }
  return { chains, entries };
}

/** A run's row holds its report, which may be large. */
const REPORTS_AT_ONCE = 4;

/** Runs that go on, or were killed, stay with their store; here they show as interrupted. */
function endedRun(row: Row): readonly Value[] {
  const { columns } = other.insertRun;
  if (row.status !== 'running') return values(row, columns);
  const info: RunInfo = { ...(JSON.parse(must(row, 'info')) as RunInfo), status: 'interrupted' };
  return values({ ...row, status: info.status, info: JSON.stringify(info) }, columns);
}

async function mergeRuns(merging: Merging): Promise<{ runs: number; sketchesApart: number }> {
  const { from, into } = merging;
  const here = new Set((await into.all(other.runIds)).map((row) => must(row, 'id')));
  let [runs, sketchesApart] = [0, 0];
  for await (const rows of pages(from, other.runs, 'id', REPORTS_AT_ONCE)) {
    await insertMany(into, other.insertRun, rows, endedRun);
    for (const row of rows) {
      const id = must(row, 'id');
      sketchesApart += await mergeSketches(merging, id);
      if (here.has(id)) continue;
      runs++;
      const gaps = await from.all(other.gaps, [id]);
      await insertMany(into, other.insertGap, gaps, (gap) => [id, must(gap, 'body')]);
    }
  }
  return { runs, sketchesApart };
}

/** Registers of one key merge by the higher of each two; gives back how many were under another key. */
async function mergeSketches({ from, into }: Merging, run: string): Promise<number> {
  const ours = new Map(
    (await into.all(other.sketches, [run])).map((row) => [must(row, 'subject'), row]),
  );
  let apart = 0;
  const merged: (readonly Value[])[] = [];
  for (const theirs of await from.all(other.sketches, [run])) {
    const subject = must(theirs, 'subject');
    const keyId = must(theirs, 'key_id');
    const same = ours.get(subject);
    const registers = bytesOf(theirs, 'registers') ?? new Uint8Array();
    if (same && must(same, 'key_id') !== keyId) apart++;
    else merged.push([run, subject, keyId, higher(registers, bytesOf(same, 'registers'))]);
  }
  await insertMany(into, sql.insertSketch, merged, (row) => row);
  return apart;
}

function higher(a: Uint8Array, b: Uint8Array | null): Uint8Array {
  return b === null ? a : a.map((rank, index) => Math.max(rank, b[index] ?? 0));
}

async function mergeFindings({
  from,
  into,
}: Merging): Promise<{ findings: number; earlier: number }> {
  let [findings, earlier] = [0, 0];
  for await (const rows of pages(from, other.findings, 'id')) {
    const ids = rows.map((row) => must(row, 'id'));
    const here = new Map(
      (await listed(into, sql.known, ids)).map((row) => [
        must(row, 'id'),
        must(row, 'first_known'),
      ]),
    );
    for (const row of rows) {
      const known = here.get(must(row, 'id'));
      if (known === undefined) findings++;
      else if (must(row, 'first_known') < known) earlier++;
    }
    const { insertFinding, insertRecord } = sql;
    await insertMany(into, insertFinding, rows, (row) => values(row, insertFinding.columns));
    const records = rows.filter((row) => row.body !== null);
    await insertMany(into, insertRecord, records, (row) => values(row, insertRecord.columns));
    await foldStatuses(into, ids);
  }
  return { findings, earlier };
}

/** The status is what the last entry says, whoever's ledger it is in. */
async function foldStatuses(into: Session, ids: readonly string[]): Promise<void> {
  const last = new Map<string, StatusEntry>();
  for (const row of await listed(into, other.statusEntries, ids)) {
    const subject = must(row, 'subject');
    const change = JSON.parse(must(row, 'body')) as StatusChange;
    const owner = change.owner ?? last.get(subject)?.body.owner;
    const body = owner === undefined ? change : { ...change, owner };
    last.set(subject, { subject, by: must(row, 'written_by'), at: must(row, 'at'), body });
  }
  for (const change of last.values()) await applyStatus(into, change);
}

async function mergeRest(merging: Merging): Promise<void> {
  const { from, into } = merging;
  for (const run of await from.all(other.runIds)) {
    const id = must(run, 'id');
    for (let after = ''; ; ) {
      const rows = await from.all(sql.sightings, [id, after, PAGE]);
      await insertMany(into, sql.insertSighting, rows, (row) => [
        id,
        must(row, 'finding'),
        must(row, 'body'),
      ]);
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) break;
      after = must(last, 'finding');
    }
  }
  await copy(merging, other.assets, sql.insertAsset);
  await copy(merging, other.locators, other.insertLocator);
  await copy(merging, other.replays, other.insertReplay);
  await copy(merging, other.messages, other.insertMessage);
}

/**
 * Takes all of `from` into `into`; `from` is only read. Throws UsageError, having changed nothing,
 * where the other's ledger does not hold or has parted from ours.
 */
export async function mergeStores(
  into: Database,
  from: Database,
  by: string,
): Promise<MergeResult> {
  const names = `${into.name} and ${from.name}`;
  const { broken } = await verifyChains(readChains(from), (await from.all(sql.chains)).map(headOf));
  if (broken) {
    throw new UsageError(
      `${from.name}: its ledger does not hold (${broken.detail}, chain ${broken.chain}); nothing was merged`,
    );
  }
  const theirs = await ownHead(from, { lock: false });
  const now = await into.now();
  return into.transaction(async (session) => {
    const ours = await ownHead(session, { lock: true });
    const merging: Merging = { from, into: session, names };
    const { chains, entries } = await mergeChains(merging);
    const { runs, sketchesApart } = await mergeRuns(merging);
    const { findings, earlier } = await mergeFindings(merging);
    await mergeRest(merging);
    if (ours.chain !== theirs.chain) {
      const { chain: subject, hash: head, seq } = theirs;
      const once = `merged/${subject}/${head}`;
      const merged = {
        kind: 'store.merged',
        subject,
        by,
        body: { head, entries: seq },
        once,
      } as const;
      await appendEntries(session, [merged], now, 'refuse');
    }
    return { chains, entries, runs, findings, earlier, sketchesApart };
  });
}
