/**
 * DNI of Spain: eight digits (older ones seven) and a check letter, the remainder by 23. The tax number
 * of a person is `ES` and this number.
 */
import type { Detector, Quick, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, decimalWeights, passesSum } from '../kit.ts';

const WEIGHTS = decimalWeights(8, 23);
const SUM: SumCheck = { weights: WEIGHTS, modulus: 23, signs: 'TRWAGMYFPDXBNJZSQVHLCKE' };
const aloneFor = bareOrGrouped('low', 'medium');

/** Without the country, seven digits filled up to eight. */
const canonical = (compact: string): string => compact.replace('ES', '').padStart(9, '0');

/** With the country before it it is written otherwise than its value, so that the judge is asked. */
function quick(compact: string, alone: Quick['alone']): Quick {
  if (compact.length === 11) {
    return {
      judgement: 'proved',
      alone,
      sum: { ...SUM, weights: [0, 0, ...WEIGHTS] },
      patterns: [{ pattern: 'ES\\d{8}[A-Z]' }],
      passes: 'ask',
    };
  }
  if (compact.length === 9) return { judgement: 'proved', alone, sum: SUM };
  return {
    judgement: 'proved',
    alone,
    sum: { ...SUM, weights: WEIGHTS.slice(1) },
    patterns: [{ pattern: '\\d{7}[A-Z]', prefix: '0' }],
  };
}

const dni: Detector = {
  id: 'es.dni',
  title: 'Spain DNI',
  source:
    'Real Decreto 1553/2005; Ministerio del Interior, cálculo del dígito de control del ' + 'NIF.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d7..8~l', 'd1..2.d3.d3-?l', '{E}{S}-?d8-?l'],
  masks: ['m4d4m', 'm3d4m2', 'd4m4l', 'm5d3l', 'd3m5l'],
  hints: ['DNI', 'NIF', 'documento nacional de identidad', 'nº documento', 'identificación'],
  against: ['matrícula', 'pedido', 'factura', 'referencia', 'part no'],
  samples: ['12345678Z', '00000000T', '99999999R'],
  passRate: { plausible: 0.039, proved: 0.039 },
  judge: ({ compact }) => (passesSum(canonical(compact), SUM) ? 'proved' : 'no'),
  aloneFor,
  canonical: ({ compact }) => canonical(compact),
  quick: (match) => quick(match.compact, aloneFor(match)),
  examples: {
    yes: ['48206157C', 'ES48206157C', '48.206.157-C', '4820615-E'],
    no: ['48206157A', '4820615-A'],
  },
};
export default dni;
