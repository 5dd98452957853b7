import { expect, test } from 'vitest';
import bankAccount from '../../../detectors/hk/bank-account.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';

acceptDetector(bankAccount);

test('without a word beside it an account is nothing', () => {
  const text = `${bankAccount.examples.yes[0]}`;
  expect(detect([bankAccount], textPiece(text)).hits).toEqual([]);
});
