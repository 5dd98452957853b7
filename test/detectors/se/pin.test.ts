import { expect, test } from 'vitest';
import pin from '../../../detectors/se/pin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(pin);

test('a coordination number has 60 added to the day', () => {
  expect(judged(pin, '840377-4824')).toBe('proved');
  for (const check of DIGITS) expect(judged(pin, `840397-482${check}`)).toBe('no');
});

test('serial 000 is never given', () => {
  for (const check of DIGITS) expect(judged(pin, `840317-000${check}`)).toBe('no');
});

test('both lengths are one person', () => {
  expect(pin.canonical?.(matchOf(pin, '840317-4820'))).toBe('198403174820');
});

test('a plus sign stands for a hundred years more', () => {
  expect(pin.canonical?.(matchOf(pin, '170317+4820'))).toBe('191703174820');
});
