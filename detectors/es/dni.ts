/**
 * DNI of Spain: eight digits (older ones seven) and a check letter, the remainder by 23. The tax number
 * of a person is `ES` and this number.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

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
  judge: ({ compact }) =>
    LETTERS[Number(compact.slice(0, -1).replace('ES', '')) % 23] === compact.at(-1)
      ? 'proved'
      : 'no',
  aloneFor: bareOrGrouped('low', 'medium'),
  canonical: ({ compact }) => compact.replace('ES', '').padStart(9, '0'),
  examples: {
    yes: ['48206157C', 'ES48206157C', '48.206.157-C', '4820615-E'],
    no: ['48206157A', '4820615-A'],
  },
};
export default dni;
