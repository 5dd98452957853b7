/**
 * IRD number of New Zealand: eight or nine digits, from 10-000-000 to 200-000-000.
 */
import type { Detector } from '../../src/model/detector.ts';
import { weightedSum } from '../kit.ts';

const FIRST = [3, 2, 7, 6, 5, 4, 3, 2];
const SECOND = [7, 4, 3, 2, 5, 2, 7, 6];

function checkDigit(digits: string): number {
  const first = (11 - (weightedSum(digits, FIRST) % 11)) % 11;
  return first === 10 ? (11 - (weightedSum(digits, SECOND) % 11)) % 11 : first;
}

const ird: Detector = {
  id: 'nz.ird',
  title: 'New Zealand IRD number',
  source:
    'Inland Revenue, "Non-resident withholding tax and resident withholding tax ' +
    'specification", IRD number validation.',
  kind: 'person',
  alone: 'low',
  shapes: ['d2~d3~d3', 'd3~d3~d3', 'd7..8-d'],
  masks: ['d2-m3-d3', 'd3-m3-d3', 'm2-m3-d3', 'm3-m3-d3'],
  hints: ['IRD', 'IRD no', 'IRD number', 'inland revenue', 'tax number'],
  against: ['GST', 'NZBN', 'phone', 'order no', 'version', 'invoice'],
  samples: ['49091850'],
  // Of eight digits in a row one in ten; of nine the range leaves two in a hundred.
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => {
    const digits = compact.padStart(9, '0');
    const value = Number(digits);
    if (value <= 10_000_000 || value >= 200_000_000) return 'no';
    return checkDigit(digits) === Number(digits[8]) ? 'proved' : 'no';
  },
  canonical: ({ compact }) => compact.padStart(9, '0'),
  // Of eight digits only the check refuses, which takes two sums.
  quick: ({ compact }) =>
    compact.length === 9
      ? {
          judgement: 'proved',
          alone: 'low',
          patterns: [{ pattern: '(?:0[1-9]|1\\d)\\d{7}' }],
          passes: 'ask',
        }
      : null,
  examples: { yes: ['48-206-158', '112-345-671'], no: ['48-206-150', '348-206-157'] },
};
export default ird;
