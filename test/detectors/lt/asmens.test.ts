import { expect, test } from 'vitest';
import asmens from '../../../detectors/lt/asmens.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(asmens);

test('a number that begins with 9 holds no date', () => {
  expect(judged(asmens, '99913994826')).toBe('proved');
  for (const check of DIGITS) expect(judged(asmens, `3991399482${check}`)).toBe('no');
});
