import { expect, test } from 'vitest';
import ik from '../../../detectors/ee/ik.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(ik);

test('the second weights count where the first leave 10', () => {
  expect(judged(ik, '38403170002')).toBe('proved');
  expect(judged(ik, '38403170013')).toBe('proved');
  expect(judged(ik, '38403170024')).toBe('proved');
  expect(judged(ik, '38403170035')).toBe('proved');
  expect(judged(ik, '38403170046')).toBe('proved');
  expect(judged(ik, '38403170057')).toBe('proved');
  expect(judged(ik, '38403170068')).toBe('proved');
  expect(judged(ik, '38403170079')).toBe('proved');
  expect(judged(ik, '38403170081')).toBe('proved');
  expect(judged(ik, '38403170090')).toBe('proved');
  expect(judged(ik, '38403170100')).toBe('proved');
});

test('the first digit gives the century', () => {
  expect(judged(ik, '50002294829')).toBe('proved');
  for (const check of DIGITS) expect(judged(ik, `3000229482${check}`)).toBe('no');
});
