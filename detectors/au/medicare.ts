/**
 * Medicare card number of Australia: eight digits, a check digit, the issue; a tenth digit for the
 * person on the card.
 *
 * Begins with 2 to 6.
 */
import type { Detector } from '../../src/model/detector.ts';
import { weightedSum } from '../kit.ts';

const medicare: Detector = {
  id: 'au.medicare',
  title: 'Australia Medicare number',
  source: 'Services Australia; check digit as in the HPOS and PBS claim specifications.',
  kind: 'person',
  alone: 'medium',
  shapes: [
    '{2-6}d3~d5~d',
    '{2-6}d3~d5~d~d',
    '{2-6}d3 d5 d/d',
    '{2-6}d3 d5 d-d',
    '{2-6}d9/d',
    '{2-6}d9-d',
    '{2-6}d2 d3 d3 d d',
  ],
  masks: ['d4 m5 d', 'm4 m5 d', 'm4 m4d d', 'd4m5d', 'm6d4'],
  hints: ['Medicare', 'Medicare no', 'Medicare card', 'IRN', 'medicare_number'],
  against: ['phone', 'order no', 'version', 'barcode'],
  samples: ['2123456701'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) =>
    weightedSum(compact, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(compact[8]) ? 'proved' : 'no',
  // Tables of figures look like the last one.
  aloneFor: ({ compact, folded, shape }) => (compact === folded || shape === 6 ? 'low' : 'medium'),
  examples: { yes: ['4820 61579 1', '482 061 579 1 2'], no: ['4820 61570 1'] },
};
export default medicare;
