/**
 * The ledger's chain: each entry holds the hash of the one before it, so that a changed, missing or
 * moved entry shows. What was cut off at the end shows against a head that somebody kept elsewhere.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { ChainHead, Entry } from '../model/ledger.ts';

/** What stands before the first entry. */
export const NO_HASH: string = '0'.repeat(64);

/** SHA-256, hex, over the canonical JSON of every field but `hash`. */
export function hashOf(entry: Omit<Entry, 'hash'>): string {
  const { chain, seq, at, clock, kind, subject, by, body, once, previous } = entry;
  const fields = { chain, seq, at, clock, kind, subject, by, body, once, previous };
  return createHash('sha256').update(canonicalJson(fields)).digest('hex');
}

/**
 * `changed`: a field is not what was hashed. `missing`: taken out, or cut off at the front.
 * `reordered`: in another place than it was written. `cut`: the end that is known of is not there.
 * `replaced`: another entry stands where the known one stood, so the chain was written anew.
 */
export type BreakKind = 'changed' | 'missing' | 'reordered' | 'cut' | 'replaced';

export interface ChainBreak {
  readonly kind: BreakKind;
  readonly chain: string;
  /** The number in the chain where it does not hold. */
  readonly seq: number;
  /** One sentence. */
  readonly detail: string;
}

export interface ChainCheck {
  readonly entries: number;
  /** The last sound entry of each chain: to be kept where whoever writes the store cannot. */
  readonly heads: readonly ChainHead[];
  /** The first break; null: all hold. */
  readonly broken: ChainBreak | null;
}

/** How far a displaced entry is looked for in both directions. */
const DISPLACED_AT_MOST = 1_000;

function unhashed(entry: Entry): Omit<Entry, 'hash'> {
  const { hash: _, ...rest } = entry;
  return rest;
}

/** The number under which its hash is right; null where it was changed. */
function writtenAs(entry: Entry): number | null {
  for (let distance = 1; distance <= DISPLACED_AT_MOST; distance++) {
    for (const seq of [entry.seq - distance, entry.seq + distance]) {
      if (hashOf({ ...unhashed(entry), seq }) === entry.hash) return seq;
    }
  }
  return null;
}

function place({ seq, kind, subject }: Entry): string {
  return `entry ${seq} (${kind} ${subject})`;
}

/** What is wrong with `entry`, which comes after `last` (null: begins its chain); null: nothing. */
function breakAt(entry: Entry, last: Entry | null): ChainBreak | null {
  const { chain, seq } = entry;
  const expected = (last?.seq ?? 0) + 1;
  const found = (kind: BreakKind, at: number, detail: string): ChainBreak => ({
    kind,
    chain,
    seq: at,
    detail,
  });
  if (hashOf(unhashed(entry)) !== entry.hash) {
    const meant = writtenAs(entry);
    return meant === null
      ? found('changed', seq, `${place(entry)} is not what was written`)
      : found('reordered', seq, `${place(entry)} was written as number ${meant}`);
  }
  if (seq < expected) {
    return found('reordered', seq, `${place(entry)} comes after entry ${expected - 1}`);
  }
  if (seq > expected) {
    const gone =
      seq - expected === 1 ? `entry ${expected} is` : `entries ${expected} to ${seq - 1} are`;
    return found('missing', expected, `${gone} not there`);
  }
  if (entry.previous !== (last?.hash ?? NO_HASH)) {
    return found('changed', seq, `${place(entry)} does not follow the entry before it`);
  }
  if (last && entry.at < last.at) {
    return found('changed', seq, `${place(entry)} is earlier than the entry before it`);
  }
  return null;
}

/** Where the chain must have got to at least. */
function againstKnown(entry: Entry, known: readonly ChainHead[]): ChainBreak | null {
  const { chain, seq } = entry;
  const head = known.find((one) => one.chain === chain && one.seq === seq);
  if (!head || head.hash === entry.hash) return null;
  const detail = `${place(entry)} is not the one that is known: the chain was written anew up to here or from before it`;
  return { kind: 'replaced', chain, seq, detail };
}

/**
 * Walks chains as `Archive.chains()` gives them, or as they were exported, and stops at the first
 * entry that does not hold. `known`: heads that were noted earlier, kept elsewhere.
 */
export async function verifyChains(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  known: readonly ChainHead[] = [],
): Promise<ChainCheck> {
  const heads = new Map<string, Entry>();
  let count = 0;
  const result = (broken: ChainBreak | null): ChainCheck => ({
    entries: count,
    heads: [...heads.values()].map(({ chain, seq, hash }) => ({ chain, seq, hash })),
    broken,
  });
  for await (const entry of entries) {
    const broken = breakAt(entry, heads.get(entry.chain) ?? null) ?? againstKnown(entry, known);
    if (broken) return result(broken);
    heads.set(entry.chain, entry);
    count++;
  }
  for (const { chain, seq } of known) {
    const end = heads.get(chain)?.seq ?? 0;
    if (end >= seq) continue;
    const detail = `the chain ends with entry ${end}; ${seq} is known to have been written`;
    return result({ kind: 'cut', chain, seq: end + 1, detail });
  }
  return result(null);
}
