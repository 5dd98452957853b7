/**
 * NHS number of England and Wales: ten digits, printed 3-3-4, the last a check digit (mod 11).
 *
 * Epoch seconds and telephone numbers in groups of 3-3-4 pass one time in eleven, and every ISBN-10
 * passes, whose check digit is the same: a match with nothing to support it stays at low confidence.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { passesSum, TO_ELEVEN } from '../kit.ts';

const SUM: SumCheck = {
  weights: [10, 9, 8, 7, 6, 5, 4, 3, 2],
  modulus: 11,
  signs: TO_ELEVEN,
};

const nhs: Detector = {
  id: 'gb.nhs',
  title: 'NHS number',
  source: 'NHS Data Model and Dictionary, NHS NUMBER.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d3~d4'],
  masks: ['m3 m3 d4', 'd3 m3 m4', 'm3-m3-d4', 'm6d4'],
  hints: ['NHS', 'NHS no', 'NHS number', 'nhs_number'],
  against: ['phone', 'tel', 'mobile', 'fax', 'timestamp', 'ISBN', 'order no'],
  samples: ['9434765870', '9434765919', '4010232137'],
  passRate: { plausible: 0.092, proved: 0.092 },
  sharesCheckWith: 'ISBN-10',
  judge: ({ compact }) => (passesSum(compact, SUM) ? 'proved' : 'no'),
  quick: () => ({ judgement: 'proved', alone: 'low', sum: SUM }),
  examples: { yes: ['482 061 5734', '4820615734'], no: ['482 061 5730'] },
};
export default nhs;
