/**
 * PhilHealth identification number (PIN) of the Philippines: `12-345678901-2`.
 *
 * No check digit is published.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const aloneFor = bareOrGrouped('none', 'low');

const philhealth: Detector = {
  id: 'ph.philhealth',
  title: 'Philippines PhilHealth number',
  source: 'Philippine Health Insurance Corporation, member registration form.',
  kind: 'person',
  alone: 'low',
  shapes: ['d2-d9-d', 'd2 d9 d', 'd12'],
  masks: ['m2-m9-d', 'd2-m9-d', 'm2-m7d2-d'],
  hints: ['PhilHealth', 'PhilHealth no', 'PHIC', 'health insurance'],
  against: ['order no', 'phone', 'account no', 'tracking'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor,
  quick: (match) => ({ judgement: 'plausible', alone: aloneFor(match) }),
  aloneAtMost: 'low',
  examples: { yes: ['24-819350724-6'], no: ['24-81935072-46', '248-19350724-6'] },
};
export default philhealth;
