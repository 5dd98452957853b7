/**
 * Unique Entity Number of Singapore: eight or nine digits and a letter, or `T08GA0001A`.
 *
 * Digits and one letter are one only beside a hint: they would hide a person's number.
 *
 * A company's number, kept so that it is not taken for a person's: takes its span, not reported.
 */
import type { Detector, Quick } from '../../src/model/detector.ts';
import { automataOf, PASSES, SIGNS } from '../automaton.ts';
import { weightedSum } from '../kit.ts';

const BUSINESS = { weights: [10, 4, 9, 3, 8, 2, 7, 1], modulus: 11, signs: 'XMKECAWLJDB' };
const COMPANY = { weights: [10, 8, 6, 4, 9, 7, 5, 3, 1], modulus: 11, signs: 'ZKCMDNERGWH' };
const OTHERS = 'ABCDEFGHJKLMNPQRSTUVWX0123456789';
const OTHER_WEIGHTS = [4, 3, 5, 3, 10, 2, 2, 5, 7];

function checkLetter(compact: string): string | undefined {
  if (compact.length === 9) {
    return BUSINESS.signs[weightedSum(compact, BUSINESS.weights) % 11];
  }
  if (/^\d/.test(compact)) {
    return COMPANY.signs[weightedSum(compact, COMPANY.weights) % 11];
  }
  let sum = -5;
  OTHER_WEIGHTS.forEach((weight, at) => {
    sum += weight * OTHERS.indexOf(compact[at] ?? '');
  });
  return OTHERS[((sum % 11) + 11) % 11];
}

/** Values are places in a list, which no weights make of the digits' and letters' own. */
const AUTOMATA = automataOf((state, sign, at) => {
  const value = OTHERS.indexOf(sign);
  if (at === 9) return value === (state + 6) % 11 ? PASSES : null;
  // What is not in the list counts as one less than nothing.
  return (state + (OTHER_WEIGHTS[at] ?? 0) * (value + 11)) % 11;
}, SIGNS);

function quick(compact: string): Quick {
  if (compact.length === 9) return { judgement: 'proved', alone: 'none', sum: BUSINESS };
  if (/^\d/.test(compact)) return { judgement: 'proved', alone: 'none', sum: COMPANY };
  return { judgement: 'proved', alone: 'medium', automaton: AUTOMATA(compact.length) };
}

const uen: Detector = {
  id: 'sg.uen',
  title: 'Singapore Unique Entity Number',
  source: 'ACRA, "UEN format"; check letters as in general use (ACRA publishes none).',
  kind: 'company',
  alone: 'medium',
  shapes: ['d8l', 'd9l', '{RST}d2l2d4l'],
  hints: ['UEN', 'ACRA', 'business registration', 'company registration', 'entity number'],
  passRate: { plausible: 0.04, proved: 0.04 },
  judge: ({ compact }) => (checkLetter(compact) === compact.at(-1) ? 'proved' : 'no'),
  aloneFor: ({ compact }) => (compact.length === 10 && /^[RST]/.test(compact) ? 'medium' : 'none'),
  quick: ({ compact }) => quick(compact),
  examples: {
    yes: ['48203915M', '201973046H', 'T14LL3052J'],
    no: ['48203915A', '201973046A', 'T14LL3052A'],
  },
};
export default uen;
