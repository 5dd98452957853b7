import { expect, test } from 'vitest';
import pin from '../../../detectors/th/pin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(pin);

test('the first digit of non-Thai registers is accepted', () => {
  expect(judged(pin, '6-1006-04718-29-1')).toBe('proved');
});

test('a province that is not assigned is no proof, and no number in bare digits', () => {
  expect(judged(pin, '3-2806-04718-29-5')).toBe('plausible');
  expect(pin.aloneFor?.(matchOf(pin, '3-2806-04718-29-5'))).toBe('low');
  for (const check of DIGITS) expect(judged(pin, `328060471829${check}`)).toBe('no');
});

test('other groups are read where blanks alone part them, and worth little', () => {
  const typed = '31006 0471 8296';
  expect(judged(pin, typed, 3)).toBe('proved');
  expect(judged(pin, '3 1006047  1829 6', 2)).toBe('proved');
  expect(pin.aloneFor?.(matchOf(pin, typed, 3))).toBe('low');
  expect(judged(pin, '31006-0471 8296', 3)).toBe('no');
  expect(judged(pin, '31 0 0 6 0 4 7 1 8296', 3)).toBe('no');
});

test('an amalgamated register keeps check digits 0 and 1 apart', () => {
  expect(judged(pin, '1-1006-04718-29-0')).toBe('proved');
  expect(judged(pin, '1-1006-04718-29-1')).toBe('no');
});
