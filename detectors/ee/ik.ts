/**
 * Personal code (isikukood) of Estonia: sex and century, YYMMDD, three digits, a check digit.
 *
 * The first digit is 1 or 2 for the 1800s, 3 or 4 for the 1900s, 5 or 6 for the 2000s, odd for men.
 */
import type { Detector, Judgement, Quick } from '../../src/model/detector.ts';
import { isBirthDate, shortDatePattern, weightedSum } from '../kit.ts';

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3];

/** Two sums: where the first leaves 10 the second counts, and a second 10 is 0. Lithuania has the same. */
export function balticCheckDigit(compact: string): number {
  const first = weightedSum(compact, FIRST) % 11;
  return first < 10 ? first : (weightedSum(compact, SECOND) % 11) % 10;
}

/** Birth date by the first digit, and the check digit. */
export function judgePersonalCode(compact: string): Judgement {
  const century = 1800 + 100 * Math.floor((Number(compact[0]) - 1) / 2);
  const [yy, month, day] = [1, 3, 5].map((at) => Number(compact.slice(at, at + 2)));
  if (!isBirthDate(century + (yy ?? 0), month ?? 0, day ?? 0)) return 'no';
  return balticCheckDigit(compact) === Number(compact[10]) ? 'proved' : 'no';
}

/** Personal codes of those born before 2100. */
export const PERSONAL_CODE: string = `[1-6]${shortDatePattern('yymmdd')}\\d{4}`;

/** Of two sums that decide together, tables cannot tell: what passes is the judge's. */
export function quickPersonalCode(pattern: string): Quick {
  return { judgement: 'proved', alone: 'low', patterns: [{ pattern }], passes: 'ask' };
}

const ik: Detector = {
  id: 'ee.ik',
  title: 'Estonia personal code',
  source: 'EVS 585:2007.',
  kind: 'person',
  alone: 'low',
  shapes: ['{1-8}d10'],
  masks: ['d7m4', 'm7d4', 'dm10', 'd3m8'],
  hints: ['isikukood', 'isikukoodi', 'IK', 'personal code', 'id-kood'],
  against: ['telefon', 'tellimus', 'arve', 'viitenumber', 'registrikood'],
  passRate: { plausible: 0.002, proved: 0.002 },
  judge: ({ compact }) => judgePersonalCode(compact),
  quick: () => quickPersonalCode(PERSONAL_CODE),
  examples: { yes: ['38403174829', '60403174827'], no: ['38403174820', '38413174820'] },
};
export default ik;
