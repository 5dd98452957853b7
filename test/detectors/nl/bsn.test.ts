import { expect, test } from 'vitest';
import bsn from '../../../detectors/nl/bsn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(bsn);

test('eight digits are nine with a zero before', () => {
  expect(judged(bsn, '48206155', 1)).toBe('proved');
  expect(judged(bsn, '048206155')).toBe('proved');
});

test('zeros are no number', () => {
  expect(judged(bsn, '000000000')).toBe('no');
});
