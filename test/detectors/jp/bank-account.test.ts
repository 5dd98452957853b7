import { expect, test } from 'vitest';
import bankAccount from '../../../detectors/jp/bank-account.ts';
import { acceptDetector, detect, tablePiece } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(bankAccount);

test('the fourth digit of a post bank symbol is checked', () => {
  expect(judged(bankAccount, '10430-24817361', 1)).toBe('proved');
  expect(judged(bankAccount, '10400-24817361', 1)).toBe('no');
});

test('other banks have no check', () => {
  expect(judged(bankAccount, '4830-192-0571836')).toBe('plausible');
});

test('a column of accounts without any check is not taken for chance', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [`4830-192-${1_000_000 + i * 7919}`]);
  const { hits } = detect([bankAccount], tablePiece(['口座番号'], rows), 'medium');
  expect(hits).toHaveLength(rows.length);
});
