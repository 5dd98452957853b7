/**
 * The ledger's chain: each entry holds the hash of the one before it, so that a changed, missing or
 * moved entry shows. What was cut off at the end shows against a head that somebody kept elsewhere.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Entry } from '../model/ledger.ts';

/** What stands before the first entry. */
export const NO_HASH: string = '0'.repeat(64);

/** SHA-256, hex, over the canonical JSON of every field but `hash`. */
export function hashOf(entry: Omit<Entry, 'hash'>): string {
  const { chain, seq, at, clock, kind, subject, by, body, once, previous } = entry;
  const fields = { chain, seq, at, clock, kind, subject, by, body, once, previous };
  return createHash('sha256').update(canonicalJson(fields)).digest('hex');
}
