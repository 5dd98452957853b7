/**
 * Individual Taxpayer Identification Number of the United States: `9xx-yy-zzzz`.
 *
 * The group is 50-65, 70-88, 90-92 or 94-99. No check digit.
 */
import type { Detector } from '../../src/model/detector.ts';

const HEAD = '9\\d\\d(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-2]|9[4-9])';
const ITIN = new RegExp(`^${HEAD}`);

const itin: Detector = {
  id: 'us.itin',
  title: 'US individual taxpayer number',
  source: 'IRS Publication 1915 and Internal Revenue Manual 3.21.263.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d2~d4'],
  masks: ['{9}m2-m2-d4', '{9}d2-m2-d4', '{9}d2-m2-m4'],
  hints: ['ITIN', 'taxpayer identification', 'tax id', 'TIN', 'W-7'],
  against: ['phone', 'order no', 'part no', 'ZIP', 'EIN'],
  passRate: { plausible: 0.044, proved: 0 },
  judge: ({ compact }) => (ITIN.test(compact) ? 'plausible' : 'no'),
  quick: () => ({
    judgement: 'plausible',
    alone: 'low',
    patterns: [{ pattern: `${HEAD}\\d{4}` }],
  }),
  examples: { yes: ['982-76-1573', '982761573'], no: ['982-93-1573', '882-76-1573'] },
};
export default itin;
