/**
 * Social Insurance Number (NAS) of Canada: nine digits in threes, the last a Luhn digit.
 *
 * Begins with 1 to 7, or 9 for temporary residents. `103 104 105` and the like pass too.
 */
import type { Detector } from '../../src/model/detector.ts';
import { luhn, luhnSum } from '../kit.ts';

const sin: Detector = {
  id: 'ca.sin',
  title: 'Canada Social Insurance Number',
  source: 'Employment and Social Development Canada, SIN Code of Practice.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d3~d3'],
  masks: ['m3 m3 d3', 'm3-m3-d3', 'd3-m3-m3', 'm6d3'],
  hints: [
    'SIN',
    'SIN no',
    'Social Insurance',
    'NAS',
    'assurance sociale',
    "numéro d'assurance sociale",
  ],
  against: ['phone', 'version', 'order no', 'invoice', 'SIREN'],
  passRate: { plausible: 0.08, proved: 0.08 },
  judge: ({ compact }) => (/^[1-79]/.test(compact) && luhn(compact) ? 'proved' : 'no'),
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'low',
    sum: luhnSum(compact.length),
    patterns: [{ pattern: '[1-79]\\d{8}' }],
  }),
  examples: { yes: ['482 061 579', '482-061-579'], no: ['482 061 570', '046 454 286'] },
};
export default sin;
