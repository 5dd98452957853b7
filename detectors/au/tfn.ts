/**
 * Tax file number (TFN) of Australia: nine digits, older ones eight.
 *
 * Weighted sum divisible by 11. Version lists (`103 104 105`) and integers pass one time in eleven.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { notZero, passesSum } from '../kit.ts';

/** The last digit counts ten times: it is the remainder. */
const NINE: SumCheck = { weights: [1, 4, 3, 7, 5, 8, 6, 9], modulus: 11, signs: '0123456789-' };
/** The last digit counts once. */
const EIGHT: SumCheck = { weights: [10, 7, 8, 4, 6, 3, 5], modulus: 11, signs: '0-987654321' };

const sumOf = (compact: string): SumCheck => (compact.length === 9 ? NINE : EIGHT);

const tfn: Detector = {
  id: 'au.tfn',
  title: 'Australia tax file number',
  source: 'Australian Taxation Office, TFN algorithm (electronic reporting specification).',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d3~d3', 'd8', 'd2~d3~d3', 'd3~d3~d2', 'd4~d3~d2', 'd4 d d3'],
  masks: ['m3 m3 d3', 'd3 m3 m3', 'd3m3d3', 'm6d3'],
  hints: ['TFN', 'tax file', 'tax file number', 'tax file no'],
  against: ['ABN', 'ACN', 'BSB', 'version', 'order no', 'phone', 'invoice'],
  samples: ['123456782', '37118629'],
  passRate: { plausible: 0.09, proved: 0.09 },
  judge: ({ compact }) =>
    passesSum(compact, sumOf(compact)) && Number(compact) > 0 ? 'proved' : 'no',
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'low',
    sum: sumOf(compact),
    patterns: [{ pattern: notZero(compact.length) }],
  }),
  examples: { yes: ['482 061 578', '48206150', '4820 6 150'], no: ['482 061 570'] },
};
export default tfn;
