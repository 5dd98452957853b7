import { expect, test } from 'vitest';
import curp from '../../../detectors/mx/curp.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(curp);

test('the sign before the check digit gives the century', () => {
  expect(judged(curp, 'KRTG000229HNLRNLA3')).toBe('proved');
  for (const check of DIGITS) expect(judged(curp, `KRTG000229HNLRNL0${check}`)).toBe('no');
});

test('a state that does not exist is rejected', () => {
  for (const check of DIGITS) expect(judged(curp, `KRTG840317MXXRNL0${check}`)).toBe('no');
});

test('a day to come is well formed, but no proof and worth little', () => {
  expect(judged(curp, 'KRTG710317HNLRNLA9')).toBe('plausible');
  expect(curp.aloneFor?.(matchOf(curp, 'KRTG710317HNLRNLA9'))).toBe('low');
});

test('an inconvenient word has an X in the second place', () => {
  expect(judged(curp, 'LXCO840317HDFRNL05')).toBe('proved');
  for (const check of DIGITS) expect(judged(curp, `LOCO840317HDFRNL0${check}`)).toBe('no');
});
