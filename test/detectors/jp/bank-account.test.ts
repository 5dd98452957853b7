import { expect, test } from 'vitest';
import bankAccount from '../../../detectors/jp/bank-account.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(bankAccount);

test('the fourth digit of a post bank symbol is checked', () => {
  expect(judged(bankAccount, '10430-24817361', 1)).toBe('proved');
  expect(judged(bankAccount, '10400-24817361', 1)).toBe('no');
});

test('other banks have no check', () => {
  expect(judged(bankAccount, '4830-192-0571836')).toBe('plausible');
});
