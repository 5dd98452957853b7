import { expect, test } from 'vitest';
import pin from '../../../detectors/th/pin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(pin);

test('the first digit of non-Thai registers is accepted, an unassigned province is not', () => {
  expect(judged(pin, '6-1006-04718-29-1')).toBe('proved');
  for (const check of DIGITS) expect(judged(pin, `3-2806-04718-29-${check}`)).toBe('no');
});

test('an amalgamated register keeps check digits 0 and 1 apart', () => {
  expect(judged(pin, '1-1006-04718-29-0')).toBe('proved');
  expect(judged(pin, '1-1006-04718-29-1')).toBe('no');
});
