/**
 * Bank account of Japan: bank code, branch code and seven digits; or, at the Japan Post Bank
 * (ゆうちょ), a symbol `1xxx0` and a number that ends in 1.
 *
 * The fourth digit of the symbol is checked against the rest. Other banks have no check digit:
 * counts only beside a hint.
 */
import type { Detector, Judgement, Match } from '../../src/model/detector.ts';
import { automataOf, PASSES } from '../automaton.ts';

/** Luhn's doubling: 2n, its digits added. */
const doubled = (digit: number): number => (digit > 4 ? 2 * digit - 9 : 2 * digit);
const once = (digit: number): number => digit;
const thrice = (digit: number): number => 3 * digit;

function judge({ compact, shape }: Match): Judgement {
  if (shape === 0) return 'plausible';
  const s = [...compact.slice(0, 5)].map(Number);
  const n = [...compact.slice(5).padStart(8, '0')].map(Number);
  const at = (digits: readonly number[], position: number): number => digits[position - 1] ?? 0;
  const sum =
    at(s, 1) +
    3 * at(s, 2) +
    doubled(at(s, 3)) +
    3 * at(s, 5) +
    doubled(at(n, 1)) +
    at(n, 2) +
    3 * at(n, 3) +
    doubled(at(n, 4)) +
    at(n, 5) +
    3 * at(n, 6) +
    doubled(at(n, 7)) +
    at(n, 8);
  return sum % 10 === at(s, 4) ? 'proved' : 'no';
}

/** By place what a digit adds; that of the check digit is taken off. The number counts from its end. */
const SYMBOL: readonly ((digit: number) => number)[] = [
  once,
  thrice,
  doubled,
  (digit) => -digit,
  thrice,
];
const NUMBER = [doubled, once, thrice, doubled, once, thrice, doubled, once];

const AUTOMATA = automataOf((state, sign, at, length) => {
  const worth = at < 5 ? SYMBOL[at] : NUMBER[8 - length + at];
  const sum = (state + 10 + (worth?.(Number(sign)) ?? 0)) % 10;
  return at < length - 1 ? sum : sum === 0 ? PASSES : null;
});

const bankAccount: Detector = {
  id: 'jp.bank-account',
  title: 'Japan bank account',
  source: 'Zengin (全銀協) code list; Japan Post Bank, check digit of symbol and number.',
  kind: 'account',
  alone: 'none',
  shapes: ['d4~d3~d7', '{1}d3{0}~d1..7{1}'],
  masks: ['m3d4', 'm4d3', 'd4~d3~m4d3', 'd4~d3~m3d4', '{1}d3{0}~m4d4'],
  hints: [
    '口座番号',
    '口座',
    '普通預金',
    '当座預金',
    '支店コード',
    '銀行コード',
    '金融機関コード',
    '記号番号',
    'ゆうちょ',
    'bank account',
    'account no',
  ],
  against: ['注文番号', '電話番号', '伝票番号'],
  passRate: { plausible: 1, proved: 0.1 },
  judge,
  quick: ({ compact, shape }) =>
    shape === 0
      ? { judgement: 'plausible', alone: 'none' }
      : { judgement: 'proved', alone: 'none', automaton: AUTOMATA(compact.length) },
  examples: {
    yes: ['4830-192-0571836', '10430-24817361'],
    no: ['4830-19-0571836', '10400-24817361'],
  },
};
export default bankAccount;
