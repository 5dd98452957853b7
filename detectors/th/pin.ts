/**
 * Personal identity number (เลขประจำตัวประชาชน) of Thailand: 13 digits, printed 1-4-5-2-1.
 *
 * The first digit is the kind of person (6 and 7 are not Thai), the next two the province, then the
 * office, the sequence and the check digit. Epoch milliseconds and EAN-13 pass one time in ten, so
 * bare digits stay at low confidence.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, weightedSum } from '../kit.ts';

const WEIGHTS = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2];
const PROVINCES = /^(?:1\d|2[0-7]|3\d|4\d|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])/;

const pin: Detector = {
  id: 'th.pin',
  title: 'Thailand personal identity number',
  source: 'Department of Provincial Administration (กรมการปกครอง); province codes TIS 1099.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{1-8}~d4~d5~d2~d', '{1-8}^d4^d5^d2^d'],
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
  passRate: { plausible: 0.07, proved: 0.07 },
  judge: ({ compact }) => {
    if (!PROVINCES.test(compact.slice(1))) return 'no';
    const check = (11 - (weightedSum(compact, WEIGHTS) % 11)) % 10;
    return check === Number(compact[12]) ? 'proved' : 'no';
  },
  aloneFor: bareOrGrouped('low', 'medium'),
  examples: {
    yes: ['3-1006-04718-29-6', '3 1006-04718 296', '3100604718296'],
    no: ['3-1006-04718-29-0', '3-9906-04718-29-4'],
  },
};
export default pin;
