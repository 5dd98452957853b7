import { expect, test } from 'vitest';
import licence from '../../../detectors/jp/licence.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(licence);

test('the unofficial check digit proves and does not reject', () => {
  expect(judged(licence, '301948205140')).toBe('proved');
  expect(judged(licence, '301948205100')).toBe('plausible');
});

test('a code without a commission is rejected', () => {
  expect(judged(licence, '310000000000')).toBe('no');
});
