import { expect, test } from 'vitest';
import cpr from '../../../detectors/dk/cpr.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(cpr);

test('a number without the old check stays plausible', () => {
  expect(judged(cpr, '170384-4820')).toBe('plausible');
  expect(judged(cpr, '170384-4827')).toBe('proved');
});

test('the seventh digit gives the century', () => {
  expect(judged(cpr, '290200-4820')).toBe('plausible');
  expect(judged(cpr, '290200-0826')).toBe('no');
});
