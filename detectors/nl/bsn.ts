/**
 * Citizen service number (burgerservicenummer) of the Netherlands: nine digits, older ones eight.
 *
 * The eleven test: weights 9 to 2 and -1, divisible by 11.
 */
import type { Detector, Quick, SumCheck } from '../../src/model/detector.ts';
import { passesSum } from '../kit.ts';

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2];
const SUM: SumCheck = { weights: WEIGHTS, modulus: 11, signs: '0123456789-' };

/** Eight digits lack a zero in front; nothing but zeros is no number. */
function quick(compact: string): Quick {
  const isShort = compact.length === 8;
  const pattern = isShort ? '0{0,6}[1-9]\\d{1,7}' : '0{0,7}[1-9]\\d{1,8}';
  return {
    judgement: 'proved',
    alone: 'low',
    sum: isShort ? { ...SUM, weights: WEIGHTS.slice(1) } : SUM,
    patterns: [isShort ? { pattern, prefix: '0' } : { pattern }],
  };
}

const bsn: Detector = {
  id: 'nl.bsn',
  title: 'Netherlands citizen service number',
  source: 'RvIG, Logisch ontwerp BSN (elfproef).',
  kind: 'person',
  alone: 'low',
  shapes: ['d9', 'd8', 'd4~d2~d3', 'd3~d3~d3'],
  masks: ['m6d3', 'm5d4', 'd4m5', 'm4.m2.d3', 'm3m3d3'],
  hints: [
    'BSN',
    'burgerservicenummer',
    'burger service nummer',
    'sofinummer',
    'sofi',
    'citizen service',
  ],
  against: ['telefoon', 'bestelnummer', 'factuur', 'KvK', 'rekening', 'ordernummer'],
  samples: ['123456782', '111222333', '999999990'],
  passRate: { plausible: 0.09, proved: 0.09 },
  judge: ({ compact }) => {
    const digits = compact.padStart(9, '0');
    return passesSum(digits, SUM) && Number(digits) > 0 ? 'proved' : 'no';
  },
  canonical: ({ compact }) => compact.padStart(9, '0'),
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['482061571', '4820.61.571'], no: ['4820.61.570', '000000000'] },
};
export default bsn;
