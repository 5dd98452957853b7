import { expect, test } from 'vitest';
import amka from '../../../detectors/gr/amka.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(amka);

test('a birth date must be real', () => {
  expect(judged(amka, '17038448209')).toBe('proved');
  for (const check of DIGITS) expect(judged(amka, `3102844820${check}`)).toBe('no');
});
