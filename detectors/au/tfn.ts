/**
 * Tax file number (TFN) of Australia: nine digits, older ones eight.
 *
 * Weighted sum divisible by 11. Version lists (`103 104 105`) and integers pass one time in eleven.
 */
import type { Detector } from '../../src/model/detector.ts';
import { weightedSum } from '../kit.ts';

const NINE = [1, 4, 3, 7, 5, 8, 6, 9, 10];
const EIGHT = [10, 7, 8, 4, 6, 3, 5, 1];

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
  judge: ({ compact }) => {
    const sum = weightedSum(compact, compact.length === 9 ? NINE : EIGHT);
    return sum % 11 === 0 && sum > 0 ? 'proved' : 'no';
  },
  examples: { yes: ['482 061 578', '48206150', '4820 6 150'], no: ['482 061 570'] },
};
export default tfn;
