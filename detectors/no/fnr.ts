/**
 * Birth number (fødselsnummer) of Norway: DDMMYY, three digits that give the century, two check
 * digits.
 *
 * D numbers add 40 to the day, H numbers 40 to the month, test populations 65 or 80; help numbers
 * (FH) begin with 8 or 9 and hold no date.
 */
import type { Detector, Judgement, SumCheck } from '../../src/model/detector.ts';
import {
  bareOrGrouped,
  isBirthDate,
  passesSum,
  shortDatePattern,
  TO_ELEVEN,
  weightedSum,
} from '../kit.ts';

const FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const SECOND: SumCheck = { weights: [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], modulus: 11, signs: TO_ELEVEN };

function centuries(individual: number, yy: number): readonly number[] {
  if (individual < 500) return [1900];
  if (individual < 750 && yy >= 54) return [1800, ...(yy < 40 ? [2000] : [])];
  if (individual >= 900 && yy >= 40) return [1900];
  return yy < 40 ? [2000] : [];
}

function judge(compact: string): Judgement {
  if (weightedSum(compact, FIRST) % 11 !== 0 || !passesSum(compact, SECOND)) return 'no';
  const head = Number(compact.slice(0, 2));
  if (head >= 80) return 'proved';
  const day = head > 40 ? head - 40 : head;
  const written = Number(compact.slice(2, 4));
  const month = [80, 65, 40, 0].map((added) => written - added).find((left) => left > 0) ?? 0;
  const yy = Number(compact.slice(4, 6));
  // D numbers are given since 1978.
  const isBorn = centuries(Number(compact.slice(6, 9)), yy).some(
    (century) => (head <= 40 || century > 1800) && isBirthDate(century + yy, month, day),
  );
  return isBorn ? 'proved' : 'no';
}

const DATE = shortDatePattern('ddmmyy', { days: [0, 40], months: [0, 40, 65, 80] });
const PATTERNS = [{ pattern: `(?:${DATE}\\d{5}|[89]\\d{10})` }];
const aloneFor = bareOrGrouped('low', 'medium');

const fnr: Detector = {
  id: 'no.fnr',
  title: 'Norway birth number',
  source: 'Folkeregisterforskriften § 2-2-1; Skatteetaten, kontrollsiffer modulus 11.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6~d5', 'd6~d3~d2', 'd9~d2', 'd2~d2~d2~d5', 'd2~d2~d2~d3~d2'],
  masks: ['d6m5', 'd6 m5', 'm6d5', 'd6-m5'],
  hints: [
    'fødselsnummer',
    'fodselsnummer',
    'fnr',
    'personnummer',
    'd-nummer',
    'fødselsnr',
    'national identity',
  ],
  against: ['kontonummer', 'ordrenummer', 'KID', 'telefon', 'fakturanummer'],
  passRate: { plausible: 0.0045, proved: 0.0045 },
  judge: ({ compact }) => judge(compact),
  aloneFor,
  // The first check digit and the century are the judge's.
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: SECOND,
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: {
    yes: ['170384 48250', '17-03-84-48250', '17 03 84 482 50', '57038448244'],
    no: ['170384 48200', '17138448270'],
  },
};
export default fnr;
