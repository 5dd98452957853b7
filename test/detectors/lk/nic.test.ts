import { expect, test } from 'vitest';
import nic from '../../../detectors/lk/nic.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(nic);

test("a woman's day of the year has 500 added", () => {
  expect(judged(nic, '846234820V')).toBe('plausible');
  expect(judged(nic, '844234820V')).toBe('no');
  expect(judged(nic, '849234820V')).toBe('no');
});

test('old and new form are one person', () => {
  expect(nic.canonical?.(matchOf(nic, '841234820V'))).toBe('198412304820');
});

test('with an X it may be the number of a book', () => {
  expect(nic.aloneFor?.(matchOf(nic, '841234820X'))).toBe('low');
  expect(nic.aloneFor?.(matchOf(nic, '841234820V'))).toBe('medium');
});
