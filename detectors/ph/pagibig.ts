/**
 * Pag-IBIG membership (MID) number of the Philippines: `1234-5678-9012`.
 *
 * No check digit is published.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const aloneFor = bareOrGrouped('none', 'low');

const pagibig: Detector = {
  id: 'ph.pagibig',
  title: 'Philippines Pag-IBIG number',
  source: 'Home Development Mutual Fund, MID number.',
  kind: 'person',
  alone: 'low',
  shapes: ['d4~d4~d4'],
  masks: ['m4-m4-d4', 'd4-m4-d4', 'm8d4'],
  hints: ['Pag-IBIG', 'Pagibig', 'MID no', 'HDMF'],
  against: ['order no', 'phone', 'account no', 'tracking', 'card no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor,
  quick: (match) => ({ judgement: 'plausible', alone: aloneFor(match) }),
  aloneAtMost: 'low',
  examples: { yes: ['2481-9350-7246'], no: ['2481-93507246', '248-9350-7246'] },
};
export default pagibig;
