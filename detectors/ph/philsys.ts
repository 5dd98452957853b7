/**
 * PhilSys number of the Philippines: the permanent PSN of 12 digits and the card's PCN of 16.
 *
 * No check digit is published: counts only beside a hint or in a column of them.
 */
import type { Detector } from '../../src/model/detector.ts';

const philsys: Detector = {
  id: 'ph.philsys',
  title: 'Philippines PhilSys number',
  source: 'Philippine Statistics Authority, Republic Act 11055.',
  kind: 'person',
  alone: 'none',
  shapes: ['d4~d4~d4~d4', 'd4~d4~d4'],
  masks: ['d4~m4~m4~d4', 'm4~m4~m4~d4', 'm12d4', 'm4~m4~d4'],
  hints: ['PhilSys', 'PhilID', 'PCN', 'PSN', 'National ID', 'ePhilID', 'PhilSys Card Number'],
  against: ['order no', 'card no', 'tracking', 'account no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['4820-6157-3094-1826', '4820-6157-3094'], no: ['4820-6157-309'] },
};
export default philsys;
