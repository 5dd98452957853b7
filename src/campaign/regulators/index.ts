/**
 * The rules of every regulator that ajar knows, as data. They are reminders, no legal advice: a
 * person decides, and a rule that could not be read in a source says so (`verifiedOn: null`).
 */
import type { ClockRule } from '../../model/clock.ts';
import { CHINA } from './china.ts';
import { ELSEWHERE } from './elsewhere.ts';
import { JAPAN_KOREA } from './japan-korea.ts';
import { SOUTHEAST_ASIA } from './southeast-asia.ts';

export const RULES: readonly ClockRule[] = [
  ...CHINA,
  ...JAPAN_KOREA,
  ...SOUTHEAST_ASIA,
  ...ELSEWHERE,
];

/** `hk.pcpd`, `sg.pdpc` …: whom `ajar ledger told --whom regulator --id` may name. */
export function regulatorIds(): readonly string[] {
  return [...new Set(RULES.map(({ regulator }) => regulator))];
}
