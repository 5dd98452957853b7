/**
 * NIF (número de identificação fiscal) of Portugal: nine digits, the last a check digit (mod 11).
 *
 * Persons begin with 1, 2, 3 or 45; others are companies and bodies, which the sum does not tell
 * apart.
 */
import type { Detector, Quick, SumCheck } from '../../src/model/detector.ts';
import { passesSum } from '../kit.ts';

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2];
/** Remainders of 0 and 1 give a 0. */
const SUM: SumCheck = { weights: WEIGHTS, modulus: 11, signs: '00987654321' };

/** With the country before it it is written otherwise than its value, so that the judge is asked. */
function quick(compact: string): Quick {
  if (compact.length === 9) {
    return { judgement: 'proved', alone: 'low', sum: SUM, patterns: [{ pattern: '[1-9]\\d{8}' }] };
  }
  return {
    judgement: 'proved',
    alone: 'low',
    sum: { ...SUM, weights: [0, 0, ...WEIGHTS] },
    patterns: [{ pattern: 'PT[1-9]\\d{8}' }],
    passes: 'ask',
  };
}

const nif: Detector = {
  id: 'pt.nif',
  title: 'Portugal NIF',
  source: 'Decreto-Lei n.º 14/2013; Portaria n.º 386/98.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d3~d3', '{P}{T}d9', '{P}{T} d3~d3~d3'],
  masks: ['m6d3', 'm3 m3 d3', 'd3m3d3', 'd3 m3 d3'],
  hints: ['NIF', 'contribuinte', 'número fiscal', 'nº fiscal', 'identificação fiscal', 'NIPC'],
  against: ['telefone', 'telemóvel', 'encomenda', 'fatura', 'referência'],
  samples: ['123456789', '999999990'],
  passRate: { plausible: 0.09, proved: 0.09 },
  judge: ({ compact }) => {
    const digits = compact.replace('PT', '');
    return digits[0] !== '0' && passesSum(digits, SUM) ? 'proved' : 'no';
  },
  canonical: ({ compact }) => compact.replace('PT', ''),
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['248 206 150', 'PT248206150'], no: ['248 206 151', '024820615'] },
};
export default nif;
