/**
 * EPIC number (voter's photo identity card) of India: three letters and seven digits.
 *
 * A Luhn digit at the end is in use, but older cards fail it: it proves a match, its absence does
 * not reject one.
 */
import type { Detector } from '../../src/model/detector.ts';
import { luhn } from '../kit.ts';

const epic: Detector = {
  id: 'in.epic',
  title: 'India voter card (EPIC) number',
  source: 'Election Commission of India; check digit not published.',
  kind: 'document',
  alone: 'low',
  shapes: ['l3d7'],
  masks: ['l3m4d3', 'l3d3m4', 'l3m3d4'],
  hints: ['EPIC', 'EPIC no', 'voter id', 'voter card', 'elector', 'मतदाता', 'मतदाता पहचान'],
  against: ['part no', 'serial no', 'SKU', 'order no', 'AWB'],
  passRate: { plausible: 1, proved: 0.1 },
  judge: ({ compact }) => (luhn(compact.slice(3)) ? 'proved' : 'plausible'),
  examples: { yes: ['RKT4819352', 'RKT4819353'], no: ['RK14819352', 'RKT481935'] },
};
export default epic;
