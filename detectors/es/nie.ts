/**
 * NIE of foreigners in Spain: X, Y or Z, seven digits and a check letter.
 *
 * X counts as 0, Y as 1, Z as 2 before the digits; the letter is that of the DNI. The tax number of a
 * person is `ES` and this number.
 */
import type { Detector } from '../../src/model/detector.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

const nie: Detector = {
  id: 'es.nie',
  title: 'Spain NIE',
  source: 'Orden INT/2058/2008.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{XYZ}-?d7-?l', '{XYZ} d7 l', '{XYZ}-?d8-?l', '{E}{S}-?{XYZ}d7l'],
  masks: ['{YZ}m4d3l', 'm4d4m', '{XYZ}d3m4l', '{YZ}m3d4m'],
  hints: ['NIE', 'NIF', 'número de identidad de extranjero', 'TIE', 'extranjero'],
  against: ['pedido', 'factura', 'referencia', 'part no', 'serial no'],
  samples: ['X1234567L', 'X0000000T'],
  passRate: { plausible: 0.039, proved: 0.039 },
  judge: ({ compact }) => {
    const own = compact.replace('ES', '');
    const number = 'XYZ'.indexOf(own.charAt(0)) + own.slice(1, -1).padStart(7, '0');
    return LETTERS[Number(number) % 23] === compact.at(-1) ? 'proved' : 'no';
  },
  canonical: ({ compact }) => compact.replace('ES', ''),
  examples: { yes: ['Y4820615J', 'ESY4820615J', 'X-4820615-E'], no: ['Y4820615A', 'W4820615L'] },
};
export default nie;
