/**
 * National identity number (राष्ट्रिय परिचयपत्र) of Nepal: ten digits, printed `123-456-789-0`.
 *
 * No check digit is published: counts only beside a hint or in its printed form in a column.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const aloneFor = bareOrGrouped('none', 'low');

const nin: Detector = {
  id: 'np.nin',
  title: 'Nepal national identity number',
  source: 'Department of National ID and Civil Registration.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3-d3-d3-d', 'd3 d3 d3 d', 'd10'],
  masks: ['m3-m3-d3-d', 'd3-m3-m3-d', 'm6d4'],
  hints: [
    'NIN',
    'NID',
    'राष्ट्रिय परिचयपत्र',
    'राष्ट्रिय परिचय नम्बर',
    'नागरिकता नं',
    'नागरिकता',
    'national id',
  ],
  against: ['मोबाइल', 'फोन', 'phone', 'mobile', 'order no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor,
  quick: (match) => ({ judgement: 'plausible', alone: aloneFor(match) }),
  aloneAtMost: 'low',
  examples: { yes: ['482-061-573-9'], no: ['482-061-5739', '482-061-573-94'] },
};
export default nin;
