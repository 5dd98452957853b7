import { expect, test } from 'vitest';
import uen from '../../../detectors/sg/uen.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(uen);

test('a local company has nine digits, an older business eight', () => {
  expect(judged(uen, '201973046H', 1)).toBe('proved');
  expect(judged(uen, '48203915M')).toBe('proved');
  expect(judged(uen, '48203915A')).toBe('no');
});

test('every other entity has a letter for its century and two for its kind', () => {
  expect(judged(uen, 'T14LL3052J', 2)).toBe('proved');
  expect(judged(uen, 'S14LL3052E', 2)).toBe('proved');
  expect(judged(uen, 'T14LL3052A', 2)).toBe('no');
});

test('digits and a letter count only with a hint', () => {
  expect(uen.aloneFor?.(matchOf(uen, '48203915A'))).toBe('none');
  expect(uen.aloneFor?.(matchOf(uen, 'T14LL3052J', 2))).toBe('medium');
});
