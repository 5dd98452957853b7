/**
 * Appending to the ledger, and reading it.
 *
 * Writers come one after the other: each first takes the row of the own chain. Time never runs back
 * within a chain: where the clock was set back it stands still, and `clock` keeps what it said.
 */
import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Entry, EntryFilter, EntryKind, NewEntry } from '../model/ledger.ts';
import type { StatusChange } from '../model/lifecycle.ts';
import { hashOf, NO_HASH } from './chain.ts';
import {
  type Database,
  keepable,
  must,
  type Row,
  type Session,
  text,
  type Value,
} from './database.ts';
import * as sql from './queries.ts';
import { applyStatus, isStale, staleError, statusesOf } from './records.ts';
import { among, type Condition, equals, insertMany, listed, PAGE } from './statement.ts';

const CHAIN_BYTES = 8;

/** A chain of this store's own, empty; any it had before stays as it is, closed. */
export async function beginChain(session: Session): Promise<string> {
  const id = `C-${randomBytes(CHAIN_BYTES).toString('hex')}`;
  await session.run(sql.makeChain, [id, 1, 0, NO_HASH, '']);
  return id;
}

export interface Head {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}

/** The end of the own chain. With `lock`, nobody else appends until this transaction is over. */
export async function ownHead(session: Session, { lock }: { lock: boolean }): Promise<Head> {
  if (lock) await session.run(sql.lockChain);
  const [row] = await session.all(sql.ownChain);
  if (!row) throw new Error('the store has no chain of its own');
  return headOf(row);
}

export function headOf(row: Row): Head {
  return {
    chain: must(row, 'id'),
    seq: Number(row.seq),
    hash: must(row, 'hash'),
    at: must(row, 'at'),
  };
}

/** The clock, or where the ledger stands when the clock was set back behind it. */
export function steady(head: Head, now: Date): string {
  const said = now.toISOString();
  return said < head.at ? head.at : said;
}

export function entryOf(row: Row): Entry {
  return {
    chain: must(row, 'chain'),
    seq: Number(row.seq),
    at: must(row, 'at'),
    clock: text(row, 'clock'),
    kind: must(row, 'kind') as EntryKind,
    subject: must(row, 'subject'),
    by: must(row, 'written_by'),
    body: JSON.parse(must(row, 'body')) as object,
    once: text(row, 'once'),
    previous: must(row, 'previous'),
    hash: must(row, 'hash'),
  };
}

export function rowOf(entry: Entry): readonly Value[] {
  return [
    entry.chain,
    entry.seq,
    entry.at,
    entry.clock,
    entry.kind,
    entry.subject,
    entry.by,
    canonicalJson(entry.body),
    entry.once,
    entry.previous,
    entry.hash,
  ];
}

function kept({ kind, subject, by, body, once }: NewEntry): NewEntry {
  return {
    kind,
    subject: keepable(subject),
    by: keepable(by),
    body,
    once: once === null ? null : keepable(once),
  };
}

function linked(head: Head, now: Date, given: NewEntry): Entry {
  const said = now.toISOString();
  const at = steady(head, now);
  const entry = {
    chain: head.chain,
    seq: head.seq + 1,
    at,
    clock: said === at ? null : said,
    kind: given.kind,
    subject: given.subject,
    by: given.by,
    body: JSON.parse(canonicalJson(given.body)) as object,
    once: given.once,
    previous: head.hash,
  };
  return { ...entry, hash: hashOf(entry) };
}

/** By `once`: what is there already, in this or a merged chain; the earliest where there are several. */
async function alreadyThere(
  session: Session,
  entries: readonly NewEntry[],
): Promise<Map<string, Entry>> {
  const onces = new Set(entries.flatMap(({ once }) => (once === null ? [] : [once])));
  const rows = await listed(session, sql.entriesOnce, [...onces]);
  return new Map(
    rows
      .map(entryOf)
      .reverse()
      .map((entry) => [entry.once ?? '', entry]),
  );
}

/** What to do with a change of status that starts from one which no longer holds. */
export type Stale = 'refuse' | 'leave out';

/**
 * Within a transaction. Gives the entries back as they stand in the ledger, in the order given.
 * Throws UsageError for a stale change that is not to be left out.
 */
export async function appendEntries(
  session: Session,
  given: readonly NewEntry[],
  now: Date,
  stale: Stale,
): Promise<readonly Entry[]> {
  if (given.length === 0) return [];
  const entries = given.map(kept);
  let head = await ownHead(session, { lock: true });
  const there = await alreadyThere(session, entries);
  const changing = entries.filter(({ kind }) => kind === 'finding.status');
  const statuses = await statusesOf(
    session,
    changing.map(({ subject }) => subject),
  );
  const fresh: Entry[] = [];
  const result = entries.flatMap((each) => {
    const same = each.once === null ? undefined : there.get(each.once);
    if (same) return [same];
    const entry = linked(head, now, each);
    if (entry.kind === 'finding.status') {
      const change = entry.body as StatusChange;
      const stands = statuses.get(entry.subject);
      if (isStale(change, stands)) {
        if (stale === 'refuse') throw staleError(entry.subject, change, stands);
        return [];
      }
      statuses.set(entry.subject, { status: change.to, at: entry.at });
    }
    head = { chain: entry.chain, seq: entry.seq, hash: entry.hash, at: entry.at };
    if (entry.once !== null) there.set(entry.once, entry);
    fresh.push(entry);
    return [entry];
  });
  if (fresh.length === 0) return result;
  await insertMany(session, sql.insertEntry, fresh, rowOf);
  for (const entry of fresh) {
    if (entry.kind !== 'finding.status') continue;
    await applyStatus(session, { ...entry, body: entry.body as StatusChange });
  }
  await session.run(sql.moveChain, [head.seq, head.hash, head.at, head.chain]);
  return result;
}

/** In the order of `at`, then chain, then number; a page at a time. */
export async function* readEntries(
  db: Database,
  { kinds, subject }: EntryFilter,
): AsyncGenerator<Entry, void, void> {
  const asked: Condition[] = [];
  if (kinds) asked.push(among('kind', kinds));
  if (subject !== undefined) asked.push(equals('subject', subject));
  let after: sql.EntryPlace = { at: '', chain: '', seq: 0 };
  for (;;) {
    const page = (await sql.entryPage(db, after, asked)).map(entryOf);
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    after = last;
  }
}

/** Chain by chain, each in its order, from after a place on; a page at a time. */
export async function* readChains(
  db: Database,
  from: { readonly chain: string; readonly seq: number } = { chain: '', seq: 0 },
): AsyncGenerator<Entry, void, void> {
  let { chain, seq } = from;
  for (;;) {
    const page = (await db.all(sql.chainEntries, [chain, seq, PAGE])).map(entryOf);
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    chain = last.chain;
    seq = last.seq;
  }
}
