/**
 * Unified social credit code (统一社会信用代码) of China: 18 characters without I, O, S, V and Z.
 *
 * Registering department and kind, six digits of the place, the organisation's code of nine, a check
 * character (mod 31). A company's number, kept so that it is not taken for a person's.
 */
import type { Detector, Quick } from '../../src/model/detector.ts';

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The powers of 3. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** Check signs by remainder. */
const CHECKS = `0${[...SIGNS.slice(1)].reverse().join('')}`;

function checkSign(compact: string): string {
  const sum = WEIGHTS.reduce(
    (all, weight, at) => all + SIGNS.indexOf(compact.charAt(at)) * weight,
    0,
  );
  return CHECKS.charAt(sum % 31);
}

/** Digits alone: letters are worth something else here than in a sum. */
function quick(compact: string): Quick | null {
  if (/[A-Z]/.test(compact)) return null;
  const sum = { weights: WEIGHTS, modulus: 31, signs: CHECKS };
  return { judgement: 'proved', alone: 'none', sum };
}

const uscc: Detector = {
  id: 'cn.uscc',
  title: 'China unified social credit code',
  source: 'GB 32100-2015.',
  kind: 'company',
  alone: 'high',
  shapes: ['{0-9A-HJ-NPQRTUWXY}2d6{0-9A-HJ-NPQRTUWXY}10'],
  hints: ['统一社会信用代码', '信用代码', '税号', '纳税人识别号', '營業執照', '营业执照', 'USCC'],
  passRate: { plausible: 0.032, proved: 0.032 },
  judge: ({ compact }) => (checkSign(compact) === compact[17] ? 'proved' : 'no'),
  aloneFor: ({ compact }) => (/[A-Z]/.test(compact) ? 'high' : 'none'),
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['91330106MA2CG7Y41E'], no: ['91330106MA2CG7Y41A', '91330106MA2CG7I412'] },
};
export default uscc;
