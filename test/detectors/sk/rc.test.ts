import { expect, test } from 'vitest';
import rc from '../../../detectors/sk/rc.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(rc);

test('numbers before 1954 have nine digits and no check', () => {
  expect(judged(rc, '405412/307', 1)).toBe('plausible');
});

test("a woman's month has 50 added", () => {
  expect(judged(rc, '865412/3071')).toBe('proved');
  for (const check of DIGITS) expect(judged(rc, `864412/307${check}`)).toBe('no');
});
