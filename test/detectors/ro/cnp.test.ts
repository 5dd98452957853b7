import { expect, test } from 'vitest';
import cnp from '../../../detectors/ro/cnp.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(cnp);

test('the first digit gives the century', () => {
  expect(judged(cnp, '5000229404825')).toBe('proved');
  for (const check of DIGITS) expect(judged(cnp, `100022940482${check}`)).toBe('no');
});

test('a county that does not exist is rejected', () => {
  for (const check of DIGITS) expect(judged(cnp, `284031749482${check}`)).toBe('no');
});

test('a day to come is well formed and no proof', () => {
  expect(judged(cnp, '5710317404820')).toBe('plausible');
  expect(judged(cnp, '5710317404821')).toBe('no');
});
