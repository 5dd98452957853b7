import { expect, test } from 'vitest';
import tfn from '../../../detectors/au/tfn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(tfn);

test('older numbers have eight digits and weights of their own', () => {
  expect(judged(tfn, '48206150', 1)).toBe('proved');
  expect(judged(tfn, '48206151', 1)).toBe('no');
});

test('zeros are no number', () => {
  expect(judged(tfn, '000000000')).toBe('no');
});
