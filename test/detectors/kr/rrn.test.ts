import { expect, test } from 'vitest';
import rrn from '../../../detectors/kr/rrn.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(rrn);

test('a number given after October 2020 has no check digit', () => {
  expect(judged(rrn, '211103-3081274')).toBe('plausible');
});

test('someone born in the 1800s must pass the check', () => {
  expect(judged(rrn, '970217-9034561')).toBe('no');
});

test('29 February exists in leap years only', () => {
  expect(judged(rrn, '000229-3081274')).toBe('plausible');
  expect(judged(rrn, '010229-3081274')).toBe('no');
});

test('date, hyphen and check together are certain, bare digits are not', () => {
  expect(rrn.aloneFor?.(matchOf(rrn, '860217-1034561'))).toBe('high');
  expect(rrn.aloneFor?.(matchOf(rrn, '8602171034561', 1))).toBe('low');
});

test('latitude and longitude are no date and hyphen', () => {
  expect(detect([rrn], textPiece('zone +340308-1181434 America')).hits).toEqual([]);
});

test('a day to come is well formed behind a hyphen only, and worth little', () => {
  expect(judged(rrn, '710317-3081274')).toBe('plausible');
  expect(rrn.aloneFor?.(matchOf(rrn, '710317-3081274'))).toBe('low');
  expect(judged(rrn, '7103173081274', 1)).toBe('no');
});
