/**
 * RUT and RUN of Chile: seven or eight digits and a check sign 0-9 or K, `16.162.923-5`.
 *
 * Numbers above 50 million are companies.
 */
import type { Confidence, Detector, Match, Quick, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, passesSum } from '../kit.ts';

const DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-/;
const bareOrPrinted = bareOrGrouped('low', 'medium');

// `20220604-1` is more often the day of a software's version.
const aloneFor = (match: Match): 'none' | Confidence =>
  DAY.test(match.folded) ? 'low' : bareOrPrinted(match);

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];
const SIGNS = '0K987654321';
const SEVEN: SumCheck = { weights: WEIGHTS.slice(1), modulus: 11, signs: SIGNS };
const EIGHT: SumCheck = { weights: WEIGHTS, modulus: 11, signs: SIGNS };

const sumOf = (compact: string): SumCheck => (compact.length === 9 ? EIGHT : SEVEN);

function quick(match: Match): Quick {
  const { compact, folded } = match;
  const rules: Quick = { judgement: 'proved', alone: bareOrPrinted(match), sum: sumOf(compact) };
  if (compact.length === 8)
    return { ...rules, patterns: [{ pattern: '\\d{7}[0-9K]', prefix: '0' }] };
  if (!/^\d{8}-/.test(folded)) return rules;
  // A day begins with 19 or 20.
  const patterns = [{ pattern: '(?:[03-9]\\d|1[0-8]|2[1-9])\\d{6}[0-9K]' }];
  return { ...rules, patterns, otherwise: 'ask' };
}

const rut: Detector = {
  id: 'cl.rut',
  title: 'Chile RUT',
  source: 'Servicio de Registro Civil; Servicio de Impuestos Internos, módulo 11.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d1..2.d3.d3-?{0-9K}', 'd7..8-{0-9K}', 'd7..8{0-9K}'],
  masks: ['d2.m3.m3-{0-9K}', 'm2.m3.d3-{0-9K}', 'd2.d3.m3-m', 'm5d3-{0-9K}', 'd2m6-{0-9K}'],
  hints: ['RUT', 'R.U.T.', 'rol único', 'cédula', 'cedula de identidad'],
  against: ['teléfono', 'pedido', 'factura', 'boleta'],
  samples: ['111111111', '123456785'],
  passRate: { plausible: 0.09, proved: 0.09 },
  judge: ({ compact }) => (passesSum(compact, sumOf(compact)) ? 'proved' : 'no'),
  aloneFor,
  quick,
  canonical: ({ compact }) => compact.padStart(9, '0'),
  examples: {
    yes: ['14.820.615-5', '14.820.6155', '4820615-8'],
    no: ['14.820.615-0', '4820615-0'],
  },
};
export default rut;
