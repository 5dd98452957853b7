/**
 * Unified business number (統一編號) of Taiwan: eight digits.
 *
 * The digits of the products are added; since April 2023 the sum must divide by 5 (earlier by 10),
 * and a seventh digit of 7 leaves two sums to choose from. A company's number, kept so that it is not
 * taken for a person's: takes its span, not reported.
 */
import type { Detector } from '../../src/model/detector.ts';
import { automataOf, PASSES } from '../automaton.ts';
import { charValue } from '../kit.ts';

const WEIGHTS = [1, 2, 1, 2, 1, 2, 4, 1];

function digitSum(compact: string): number {
  let sum = 0;
  for (let at = 0; at < WEIGHTS.length; at++) sum += worthAt(at, compact.charAt(at));
  return sum;
}

function worthAt(at: number, sign: string): number {
  const product = (WEIGHTS[at] ?? 0) * charValue(sign);
  return Math.floor(product / 10) + (product % 10);
}

/** States are remainders, 5 more behind a seventh digit of 7. */
const AUTOMATA = automataOf((state, sign, at) => {
  const sum = ((state % 5) + worthAt(at, sign)) % 5;
  const hasTwo = state >= 5 || (at === 6 && sign === '7');
  if (at < 7) return hasTwo ? sum + 5 : sum;
  return sum === 0 || (hasTwo && sum === 4) ? PASSES : null;
});

const ubn: Detector = {
  id: 'tw.ubn',
  title: 'Taiwan unified business number',
  source: 'Ministry of Finance, 營利事業統一編號檢查碼邏輯修正說明 (2023).',
  kind: 'company',
  alone: 'none',
  shapes: ['d8'],
  hints: ['統一編號', '統編', '營利事業', '買方統編', '賣方統編', 'UBN', 'GUI number', 'tax id'],
  passRate: { plausible: 0.22, proved: 0.22 },
  judge: ({ compact }) => {
    const sum = digitSum(compact);
    // 7 × 4 = 28, whose digits add to 10: counted as 1 or as 0.
    const fits = sum % 5 === 0 || (compact[6] === '7' && (sum + 1) % 5 === 0);
    return fits ? 'proved' : 'no';
  },
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'none',
    automaton: AUTOMATA(compact.length),
  }),
  examples: { yes: ['24819353'], no: ['24819350'] },
};
export default ubn;
