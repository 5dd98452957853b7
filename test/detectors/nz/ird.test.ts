import { expect, test } from 'vitest';
import ird from '../../../detectors/nz/ird.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(ird);

test('a first remainder of 10 takes the second weights', () => {
  expect(judged(ird, '4820001-5', 2)).toBe('proved');
});

test('numbers outside the issued range are rejected', () => {
  expect(judged(ird, '348-206-157', 1)).toBe('no');
});
