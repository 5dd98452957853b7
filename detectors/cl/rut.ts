/**
 * RUT and RUN of Chile: seven or eight digits and a check sign 0-9 or K, `16.162.923-5`.
 *
 * Numbers above 50 million are companies.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, weightedSum } from '../kit.ts';

const DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-/;
const bareOrPrinted = bareOrGrouped('low', 'medium');

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
  judge: ({ compact }) => {
    const digits = compact.slice(0, -1).padStart(8, '0');
    const sum = weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2]);
    return '0K987654321'[sum % 11] === compact.at(-1) ? 'proved' : 'no';
  },
  // `20220604-1` is more often the day of a software's version.
  aloneFor: (match) => (DAY.test(match.folded) ? 'low' : bareOrPrinted(match)),
  canonical: ({ compact }) => compact.padStart(9, '0'),
  examples: {
    yes: ['14.820.615-5', '14.820.6155', '4820615-8'],
    no: ['14.820.615-0', '4820615-0'],
  },
};
export default rut;
