import { expect, test } from 'vitest';
import egn from '../../../detectors/bg/egn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(egn);

test('the month carries the century', () => {
  expect(judged(egn, '0443174822')).toBe('proved');
  for (const check of DIGITS) expect(judged(egn, `846317482${check}`)).toBe('no');
});

test('a day to come is well formed and no proof', () => {
  expect(judged(egn, '7143174824')).toBe('plausible');
  expect(judged(egn, '7143174825')).toBe('no');
});
