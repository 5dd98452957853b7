/**
 * NIF (número de identificação fiscal) of Portugal: nine digits, the last a check digit (mod 11).
 *
 * Persons begin with 1, 2, 3 or 45; others are companies and bodies, which the sum does not tell
 * apart.
 */
import type { Detector } from '../../src/model/detector.ts';
import { weightedSum } from '../kit.ts';

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
    const remainder = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    const check = remainder < 2 ? 0 : 11 - remainder;
    return digits[0] !== '0' && check === Number(digits[8]) ? 'proved' : 'no';
  },
  canonical: ({ compact }) => compact.replace('PT', ''),
  examples: { yes: ['248 206 150', 'PT248206150'], no: ['248 206 151', '024820615'] },
};
export default nif;
