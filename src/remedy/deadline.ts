/** When a department must have closed its door. */
import assert from 'node:assert/strict';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The instant `days` calendar days after `firstKnown` (ISO 8601), as ISO 8601 in UTC.
 *
 * It runs from the day the exposure was first known, not from this run: scanning again never buys
 * anyone time. UTC has no clock changes, so a calendar day is always 24 hours here.
 */
export function deadlineFrom(firstKnown: string, days: number): string {
  const from = Date.parse(firstKnown);
  assert(Number.isFinite(from), 'firstKnown is an ISO 8601 instant');
  assert(Number.isFinite(days) && days >= 0, 'days is a count');
  return new Date(from + days * DAY_MS).toISOString();
}
