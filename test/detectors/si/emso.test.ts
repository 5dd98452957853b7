import { expect, test } from 'vitest';
import emso from '../../../detectors/si/emso.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(emso);

test('a year of three digits from 800 belongs to the second millennium', () => {
  expect(judged(emso, '2902000504824')).toBe('proved');
  for (const check of DIGITS) expect(judged(emso, `290290050482${check}`)).toBe('no');
});

test('a check of 10 is written 0', () => {
  expect(judged(emso, '1703984500020')).toBe('proved');
});
