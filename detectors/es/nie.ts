/**
 * NIE of foreigners in Spain: X, Y or Z, seven digits and a check letter.
 *
 * X counts as 0, Y as 1, Z as 2 before the digits; the letter is that of the DNI. The tax number of a
 * person is `ES` and this number.
 */
import type { Detector, Quick, SumCheck } from '../../src/model/detector.ts';
import { charValue, decimalWeights, passesSum } from '../kit.ts';

/** Of numbers of so many digits. */
function sumOf(digits: number): SumCheck {
  const weights = decimalWeights(digits + 1, 23);
  // X counts 33 in the sum, and is 0; what is subtracted is added modulo 23.
  const offset = charValue('X') * 22 * (weights[0] ?? 0);
  return { weights, offset, modulus: 23, signs: 'TRWAGMYFPDXBNJZSQVHLCKE' };
}

const SEVEN = sumOf(7);
const EIGHT = sumOf(8);

function quick(compact: string): Quick {
  const rules: Quick = { judgement: 'proved', alone: 'medium' };
  if (/^[A-Z]{2}/.test(compact)) {
    const sum = { ...SEVEN, weights: [0, 0, ...SEVEN.weights] };
    // Written otherwise than its value.
    return { ...rules, sum, patterns: [{ pattern: 'ES[XYZ]\\d{7}[A-Z]' }], passes: 'ask' };
  }
  const sum = compact.length === 9 ? SEVEN : EIGHT;
  return { ...rules, sum, patterns: [{ pattern: '[XYZ]\\d{7,8}[A-Z]' }] };
}

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
    const isForeigner = 'XYZ'.includes(own.charAt(0));
    return isForeigner && passesSum(own, own.length === 9 ? SEVEN : EIGHT) ? 'proved' : 'no';
  },
  canonical: ({ compact }) => compact.replace('ES', ''),
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['Y4820615J', 'ESY4820615J', 'X-4820615-E'], no: ['Y4820615A', 'W4820615L'] },
};
export default nie;
