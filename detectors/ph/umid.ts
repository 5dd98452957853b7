/**
 * Common reference number (CRN) on the UMID card of the Philippines: `1234-5678901-2`.
 *
 * No check digit is published.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const aloneFor = bareOrGrouped('none', 'low');

const umid: Detector = {
  id: 'ph.umid',
  title: 'Philippines UMID common reference number',
  source: 'Social Security System and GSIS, Unified Multi-Purpose ID.',
  kind: 'person',
  alone: 'low',
  shapes: ['d4-d7-d', 'd4 d7 d', 'd12'],
  masks: ['m4-m7-d', 'd4-m7-d', 'm4-m5d2-d'],
  hints: ['UMID', 'CRN', 'CRN no', 'common reference number', 'GSIS'],
  against: ['order no', 'phone', 'account no', 'tracking'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor,
  quick: (match) => ({ judgement: 'plausible', alone: aloneFor(match) }),
  aloneAtMost: 'low',
  examples: { yes: ['2481-9350724-6'], no: ['2481-935072-46', '248-19350724-6'] },
};
export default umid;
