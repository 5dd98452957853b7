/**
 * Social Security System number of the Philippines: `12-3456789-0`.
 *
 * No check digit is published.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const aloneFor = bareOrGrouped('none', 'low');

const sss: Detector = {
  id: 'ph.sss',
  title: 'Philippines SSS number',
  source: 'Social Security System, SS number format.',
  kind: 'person',
  alone: 'low',
  shapes: ['d2-d7-d', 'd2 d7 d', 'd10'],
  masks: ['m2-m7-d', 'd2-m7-d', 'm2-m5d2-d', 'd2-m5d2-d'],
  hints: ['SSS', 'SSS no', 'SS number', 'social security'],
  against: ['order no', 'phone', 'mobile', 'account no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor,
  quick: (match) => ({ judgement: 'plausible', alone: aloneFor(match) }),
  aloneAtMost: 'low',
  examples: { yes: ['24-8193507-2'], no: ['24-819350-72', '248-193507-2'] },
};
export default sss;
