/**
 * Personal identity number (เลขประจำตัวประชาชน) of Thailand: 13 digits, printed 1-4-5-2-1.
 *
 * The first digit is the kind of person (6 and 7 are not Thai), the next two the province, then the
 * office, the sequence and the check digit. Epoch milliseconds and EAN-13 pass one time in ten, so
 * bare digits stay at low confidence, and so do other groupings, which tables of figures imitate. A
 * province that is not assigned is well formed where the number is printed as it should be, and no
 * proof.
 */
import type {
  Confidence,
  Detector,
  Judgement,
  Match,
  Quick,
  SumCheck,
} from '../../src/model/detector.ts';
import { passesSum } from '../kit.ts';

const SUM: SumCheck = {
  weights: [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
  modulus: 11,
  signs: '10987654321',
};
const PROVINCES = '(?:1\\d|2[0-7]|3\\d|4\\d|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])';
const ASSIGNED = new RegExp(`^\\d${PROVINCES}`);

/** As people type it: three to eight groups with blanks alone between them. */
const SLOPPY = /^\d+(?: +\d+){2,7}$/;

/** Where it is written so that a province which is not assigned is none: all but as printed. */
const isStrict = ({ compact, folded, shape }: Match): boolean => shape > 0 || compact === folded;

function judge(match: Match): Judgement {
  const { compact, folded, shape } = match;
  const isAssigned = ASSIGNED.test(compact);
  if (!isAssigned && isStrict(match)) return 'no';
  if (shape >= 2 && !SLOPPY.test(folded)) return 'no';
  if (!passesSum(compact, SUM)) return 'no';
  return isAssigned ? 'proved' : 'plausible';
}

function aloneFor({ compact, folded, shape }: Match): Confidence {
  return shape < 2 && compact !== folded && ASSIGNED.test(compact) ? 'medium' : 'low';
}

function quick(match: Match): Quick | null {
  const { compact, folded, shape } = match;
  if (shape >= 2 && !SLOPPY.test(folded)) return null;
  return {
    judgement: 'proved',
    alone: shape < 2 && compact !== folded ? 'medium' : 'low',
    sum: SUM,
    patterns: [{ pattern: `\\d${PROVINCES}\\d{10}` }],
    otherwise: isStrict(match) ? 'no' : 'ask',
  };
}

const pin: Detector = {
  id: 'th.pin',
  title: 'Thailand personal identity number',
  source: 'Department of Provincial Administration (กรมการปกครอง); province codes TIS 1099.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{1-8}~d4~d5~d2~d', '{1-8}^d4^d5^d2^d', '{1-8}^d7^d4^d', '{1-8}d12*'],
  masks: [
    'd-d4-m5-m2-d',
    'd-d4-d2m3-m2-m',
    'd-m4-m5-d2-d',
    'm-m4-m5-d2-d',
    'd m4 m5 d2 d',
    'd5m5d3',
    'm9d4',
  ],
  masksAlone: 'medium',
  hints: [
    'เลขประจำตัวประชาชน',
    'เลขบัตรประชาชน',
    'บัตรประชาชน',
    'เลขประจำตัว',
    'หมายเลขบัตร',
    'citizen id',
    'national id',
    'thai id',
    'id card',
  ],
  against: ['เลขที่ใบสั่งซื้อ', 'บาร์โค้ด', 'barcode', 'EAN', 'timestamp'],
  passRate: { plausible: 0.077, proved: 0.077 },
  judge,
  aloneFor,
  quick,
  examples: {
    yes: [
      '3-1006-04718-29-6',
      '3 1006-04718 296',
      '3 1006047  1829 6',
      '31006 0471 8296',
      '3100604718296',
    ],
    no: ['3-1006-04718-29-0', '3-9906-04718-29-4'],
  },
};
export default pin;
