/**
 * National Health Index (NHI) number of New Zealand: `ABC1235`, and from 2026 on `ABC12DE`.
 *
 * Letters count 1 to 24 without I and O. The old form ends in a check digit (mod 11), the new one in
 * a check letter (mod 23). Numbers that begin with Z are for tests.
 */
import type { Detector, Judgement } from '../../src/model/detector.ts';
import { automataOf, PASSES, SIGNS } from '../automaton.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const valueAt = (sign: string): number => LETTERS.indexOf(sign) + 1 || Number(sign);

function judge(compact: string): Judgement {
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += valueAt(compact.charAt(i)) * (7 - i);
  const last = compact.charAt(6);
  if (LETTERS.includes(last)) return valueAt(last) === 23 - (sum % 23) ? 'proved' : 'no';
  return sum % 11 !== 0 && Number(last) === (11 - (sum % 11)) % 10 ? 'proved' : 'no';
}

/** The old form's by 11, the new one's by 23. */
const automataBy = (modulus: number): ReturnType<typeof automataOf> =>
  automataOf((state, sign, at) => {
    const value = valueAt(sign);
    if (Number.isNaN(value)) return null;
    if (at < 6) return (state + value * (7 - at)) % modulus;
    if (modulus === 23) return LETTERS.includes(sign) && value === 23 - state ? PASSES : null;
    return state !== 0 && sign === String((11 - state) % 10) ? PASSES : null;
  }, SIGNS);
const OLD = automataBy(11);
const NEW = automataBy(23);

const nhi: Detector = {
  id: 'nz.nhi',
  title: 'New Zealand NHI number',
  source: 'HISO 10046:2023 Consumer Health Identity Standard.',
  kind: 'person',
  alone: 'low',
  shapes: ['{A-HJ-NP-Z}3d4', '{A-HJ-NP-Z}3d2{A-HJ-NP-Z}2'],
  masks: ['m3d4', 'l3d2m2'],
  hints: ['NHI', 'NHI no', 'NHI number', 'national health index'],
  against: ['part no', 'SKU', 'plate', 'rego', 'flight'],
  passRate: { plausible: 0.08, proved: 0.08 },
  judge: ({ compact }) => judge(compact),
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'low',
    automaton: (/\d$/.test(compact) ? OLD : NEW)(compact.length),
  }),
  examples: { yes: ['KRT4828', 'KRT48NY'], no: ['KRT4820', 'KRT48NA', 'KRI4820'] },
};
export default nhi;
