/**
 * Taxpayer identification number of the Philippines: nine digits, and three to five of the branch.
 *
 * No check digit is published: bare digits stay at low confidence.
 */
import type { Detector, Quick } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const tin: Detector = {
  id: 'ph.tin',
  title: 'Philippines taxpayer identification number',
  source:
    'Bureau of Internal Revenue, Revenue Regulations 7-2012; branch code of five: RMO ' + '1-2019.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d3~d3', 'd3~d3~d3~d3..5'],
  masks: ['m3-m3-d3', 'd3-m3-m3', 'd3-m3-d3', 'm3-m3-d3-d3'],
  hints: ['TIN', 'TIN no', 'BIR', 'taxpayer', 'tax identification'],
  against: ['version', 'phone', 'tel', 'order no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor: bareOrGrouped('low', 'low'),
  aloneAtMost: 'low',
  canonical: ({ compact }) => compact.slice(0, 9),
  quick: ({ compact }) => {
    const rules: Quick = { judgement: 'plausible', alone: 'low' };
    // The branch is no part of the value.
    return compact.length === 9 ? rules : { ...rules, passes: 'ask' };
  },
  examples: { yes: ['248-193-507', '248-193-507-000'], no: ['248-193-50', '248-193507'] },
};
export default tin;
