/**
 * Corporate number (法人番号) of Japan: 13 digits, the first a check digit; `T` before it makes the
 * invoice registration number.
 *
 * Thirteen bare digits are one only beside a hint: they would hide a person's number.
 *
 * A company's number, kept so that it is not taken for a person's: takes its span, not reported.
 */
import type { Detector, Match } from '../../src/model/detector.ts';
import { automataOf, PASSES } from '../automaton.ts';
import { weightedSum } from '../kit.ts';

const WEIGHTS = [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];

/** With its own weight of 1 the check digit makes the sum a multiple of nine. */
const AUTOMATA = automataOf((state, sign, at, length) => {
  const from = length - 13;
  if (at < from) return sign === 'T' ? state : null;
  if (sign === 'T') return null;
  const sum = (state + Number(sign) * (at === from ? 1 : (WEIGHTS[at - from - 1] ?? 0))) % 9;
  return at < length - 1 ? sum : sum === 0 ? PASSES : null;
}, '0123456789T');

function aloneFor({ compact }: Match): 'high' | 'none' {
  return compact.startsWith('T') ? 'high' : 'none';
}

const corporate: Detector = {
  id: 'jp.corporate',
  title: 'Japan corporate number',
  source: 'Ministry of Finance Ordinance No. 70 of 2014 (平成26年財務省令第70号), article 2.',
  kind: 'company',
  alone: 'high',
  shapes: ['{1-9}d12', '{T}{1-9}d12', '{T}?{1-9}~d4~d4~d4'],
  hints: ['法人番号', '登録番号', 'インボイス登録番号', '適格請求書', 'corporate number'],
  passRate: { plausible: 0.11, proved: 0.11 },
  judge: ({ compact }) => {
    const digits = compact.replace('T', '');
    const check = 9 - (weightedSum(digits.slice(1), WEIGHTS) % 9);
    return check === Number(digits[0]) ? 'proved' : 'no';
  },
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    automaton: AUTOMATA(match.compact.length),
  }),
  examples: { yes: ['T2301482057936', '2301482057936'], no: ['T0301482057936'] },
};
export default corporate;
