import { expect, test } from 'vitest';
import rc from '../../../detectors/cz/rc.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

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
