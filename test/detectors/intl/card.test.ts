import { expect, test } from 'vitest';
import card from '../../../detectors/intl/card.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(card);

test("an issuer's range decides the length", () => {
  expect(judged(card, '374620918350474')).toBe('proved');
  for (const check of DIGITS) expect(judged(card, `374620918350471${check}`)).toBe('no');
});

test("Mastercard's 2-series is known", () => {
  for (const check of DIGITS) expect(judged(card, `2221006157309${check}`)).toBe('no');
  expect(judged(card, '2221006157309481')).toBe('proved');
  for (const check of DIGITS) expect(judged(card, `272100615730948${check}`)).toBe('no');
});

test('thirteen digits may be an article number and stay low', () => {
  expect(card.aloneFor?.(matchOf(card, '4820615730942'))).toBe('low');
  expect(card.aloneFor?.(matchOf(card, '4820615730942615'))).toBe('medium');
});

test('numbers in pairs that happen to pass stay low', () => {
  const paired = '45 39 81 20 67 43 15 09';
  expect(card.aloneFor?.(matchOf(card, paired))).toBe('low');
  expect(card.aloneFor?.(matchOf(card, '4539 8120 6743 1509'))).toBe('medium');
});

test("all of Maestro's 67 is known", () => {
  expect(judged(card, '6765820615730942')).toBe('no');
  expect(judged(card, '6765820615730945')).toBe('proved');
});
