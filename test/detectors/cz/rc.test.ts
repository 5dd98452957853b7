import { expect, test } from 'vitest';
import rc from '../../../detectors/cz/rc.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(rc);

test('numbers before 1954 have nine digits and no check', () => {
  expect(judged(rc, '405317/482', 1)).toBe('plausible');
  expect(judged(rc, '405317/000', 1)).toBe('no');
});

test('since 2004 the month may have 20 or 70 added', () => {
  expect(judged(rc, '047317/4823')).toBe('proved');
  for (const check of DIGITS) expect(judged(rc, `847317/482${check}`)).toBe('no');
});

test('a day to come is well formed and no proof', () => {
  expect(judged(rc, '500101/0003')).toBe('plausible');
  expect(judged(rc, '501301/0002')).toBe('no');
});

test('with the sign of the tax number it is the same person', () => {
  expect(rc.canonical?.(matchOf(rc, 'CZ845317/4829', 5))).toBe('8453174829');
});

test('nine digits are of people born from 1880 to 1953', () => {
  expect(judged(rc, '905317/482', 1)).toBe('plausible');
  expect(judged(rc, '605317/482', 1)).toBe('no');
});

test('the tax number of somebody without a birth number has a check digit of its own', () => {
  expect(judged(rc, 'CZ648206153', 4)).toBe('proved');
  expect(judged(rc, 'CZ648206154', 4)).toBe('no');
});
