import { expect, test } from 'vitest';
import rut from '../../../detectors/cl/rut.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(rut);

test('a check of 10 is written K', () => {
  expect(judged(rut, '4820620-K', 1)).toBe('no');
  expect(judged(rut, '4820607-7', 1)).toBe('proved');
});

test('bare digits are worth less than the printed form', () => {
  expect(rut.aloneFor?.(matchOf(rut, '4820615K', 2))).toBe('low');
  expect(rut.aloneFor?.(matchOf(rut, '4.820.615-K'))).toBe('medium');
});

test("eight digits that are a day are more often a version's than a person's", () => {
  expect(rut.aloneFor?.(matchOf(rut, '20220604-1', 1))).toBe('low');
  expect(rut.aloneFor?.(matchOf(rut, '20229904-1', 1))).toBe('medium');
});
