/**
 * PESEL of Poland: YYMMDD, four digits (the last odd for men), a check digit.
 *
 * The month carries the century: 80 added for the 1800s, 20 for the 2000s, 40 and 60 after that. A day
 * to come is well formed and no proof.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { isBirthDate, isDate, passesSum, shortDatePattern, TO_TEN } from '../kit.ts';

const CENTURIES = [1900, 2000, 2100, 2200, 1800];
const SUM: SumCheck = { weights: [1, 3, 7, 9, 1, 3, 7, 9, 1, 3], modulus: 10, signs: TO_TEN };
const DATE = shortDatePattern('yymmdd', { months: [0, 20, 40, 60, 80] });
const PATTERNS = [{ pattern: `${DATE}\\d{5}` }];

const pesel: Detector = {
  id: 'pl.pesel',
  title: 'Poland PESEL',
  source: 'Ustawa o ewidencji ludności (2010), art. 15.',
  kind: 'person',
  alone: 'low',
  shapes: ['d11', 'd6~d5'],
  masks: ['d6m5', 'm6d5', 'm7d4', 'd2m7d2'],
  hints: ['PESEL', 'nr PESEL', 'numer PESEL', 'ewidencyjny'],
  against: ['NIP', 'REGON', 'nr zamówienia', 'telefon', 'faktura'],
  samples: ['44051401359', '02070803628'],
  passRate: { plausible: 0.018, proved: 0.0085 },
  judge: ({ compact }) => {
    const written = Number(compact.slice(2, 4));
    const year = (CENTURIES[Math.floor(written / 20)] ?? 0) + Number(compact.slice(0, 2));
    const [month, day] = [written % 20, Number(compact.slice(4, 6))];
    if (!isDate(year, month, day)) return 'no';
    if (!passesSum(compact, SUM)) return 'no';
    return isBirthDate(year, month, day) ? 'proved' : 'plausible';
  },
  // Whether the day is to come is the judge's.
  quick: () => ({
    judgement: 'proved',
    alone: 'low',
    sum: SUM,
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: { yes: ['84031748209', '04231748203'], no: ['84031748200', '84131748205'] },
};
export default pesel;
