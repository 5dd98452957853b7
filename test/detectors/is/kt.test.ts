import { expect, test } from 'vitest';
import kt from '../../../detectors/is/kt.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(kt);

test('the last digit gives the century', () => {
  expect(judged(kt, '290200-4820')).toBe('proved');
  for (const check of DIGITS) expect(judged(kt, `290200-48${check}9`)).toBe('no');
});

test('companies have 40 added to the day', () => {
  expect(judged(kt, '570384-4819')).toBe('proved');
});
