/**
 * Unified social credit code (统一社会信用代码) of China: 18 characters without I, O, S, V and Z.
 *
 * Registering department and kind, six digits of the place, the organisation's code of nine, a check
 * character (mod 31). A company's number, kept so that it is not taken for a person's.
 */
import type { Detector } from '../../src/model/detector.ts';

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

function checkSign(compact: string): string | undefined {
  let sum = 0;
  let weight = 1;
  for (const sign of compact.slice(0, 17)) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31];
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
  examples: { yes: ['91330106MA2CG7Y41E'], no: ['91330106MA2CG7Y41A', '91330106MA2CG7I412'] },
};
export default uscc;
