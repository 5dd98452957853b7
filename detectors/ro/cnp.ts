/**
 * CNP (cod numeric personal) of Romania: 13 digits.
 *
 * Sex and century (1, 2: 19xx; 3, 4: 18xx; 5, 6: 20xx; 7, 8 residents; 9 foreigners), YYMMDD, county,
 * sequence, check digit. A day to come is well formed and no proof.
 */
import type { Detector, Judgement, SumCheck } from '../../src/model/detector.ts';
import { isBirthDate, isDate, isShortBirthYmd, passesSum, shortDatePattern } from '../kit.ts';

/** A remainder of 10 gives a 1. */
const SUM: SumCheck = {
  weights: [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9],
  modulus: 11,
  signs: '01234567891',
};
const CENTURIES = [0, 1900, 1900, 1800, 1800, 2000, 2000];
const COUNTIES = '(?:0[1-9]|[1-3]\\d|4[0-8]|5[12]|70|80|81|82|83)';
const COUNTY = new RegExp(`^${COUNTIES}`);
const PATTERNS = [{ pattern: `\\d${shortDatePattern('yymmdd')}${COUNTIES}\\d{4}` }];

function judgeDay(compact: string): Judgement {
  const century = CENTURIES[Number(compact[0])];
  if (century === undefined) return isShortBirthYmd(compact.slice(1, 7)) ? 'proved' : 'no';
  const year = century + Number(compact.slice(1, 3));
  const [month, day] = [Number(compact.slice(3, 5)), Number(compact.slice(5, 7))];
  if (isBirthDate(year, month, day)) return 'proved';
  return isDate(year, month, day) ? 'plausible' : 'no';
}

const cnp: Detector = {
  id: 'ro.cnp',
  title: 'Romania CNP',
  source: 'Legea nr. 105/1996; Hotărârea nr. 1375/2006.',
  kind: 'person',
  // Codes of digits 1 to 6 (strokes of characters) are dates and counties by the thousand.
  alone: 'low',
  shapes: ['{1-9}d12'],
  masks: ['dm12', 'd7m6', 'm7d6', 'm9d4'],
  hints: ['CNP', 'cod numeric personal', 'codul numeric'],
  against: ['CUI', 'EAN', 'cod de bare', 'comandă', 'factură', 'IBAN'],
  passRate: { plausible: 0.0022, proved: 0.0018 },
  judge: ({ compact }) => {
    if (!COUNTY.test(compact.slice(7))) return 'no';
    return passesSum(compact, SUM) ? judgeDay(compact) : 'no';
  },
  // The century is the judge's.
  quick: () => ({
    judgement: 'proved',
    alone: 'low',
    sum: SUM,
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: { yes: ['2840317404826', '5040317404820'], no: ['2840317404820', '2841317404826'] },
};
export default cnp;
