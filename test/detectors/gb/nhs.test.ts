import { expect, test } from 'vitest';
import nhs from '../../../detectors/gb/nhs.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(nhs);

test('a check of 10 is never given', () => {
  for (const check of DIGITS) expect(judged(nhs, `482 061 505${check}`)).toBe('no');
  expect(judged(nhs, '482 061 5734')).toBe('proved');
});

test('a remainder of 0 gives check digit 0', () => {
  expect(judged(nhs, '482 061 5130')).toBe('proved');
});
