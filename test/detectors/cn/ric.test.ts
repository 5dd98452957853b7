import { expect, test } from 'vitest';
import ric from '../../../detectors/cn/ric.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(ric);

test('a birth date must be real and not to come', () => {
  for (const check of DIGITS) expect(judged(ric, `11010119900230493${check}`)).toBe('no');
  for (const check of DIGITS) expect(judged(ric, `11010120990307493${check}`)).toBe('no');
});

test('permits of Hong Kong, Macau and Taiwan residents have the same form', () => {
  expect(judged(ric, '81000019900307493X')).toBe('proved');
  for (const check of DIGITS) expect(judged(ric, `84000019900307493${check}`)).toBe('no');
});

test("a foreigner's permanent residence card begins with 9, province and country", () => {
  expect(judged(ric, '931840199003074932')).toBe('proved');
});

test('the old form has no check and is worth little alone', () => {
  expect(judged(ric, '330106850412301', 1)).toBe('plausible');
  expect(ric.aloneFor?.(matchOf(ric, '330106850412301', 1))).toBe('low');
});

test('both forms of one number are one person', () => {
  expect(ric.canonical?.(matchOf(ric, '330106850412301', 1))).toBe('33010619850412301X');
});
