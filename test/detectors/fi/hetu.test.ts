import { expect, test } from 'vitest';
import hetu from '../../../detectors/fi/hetu.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

acceptDetector(hetu);

test('the signs of 2023 are known', () => {
  expect(judged(hetu, '170384Y482L')).toBe('proved');
  expect(judged(hetu, '170304B482Y')).toBe('proved');
});

test('sequences 000 and 001 are never given', () => {
  for (const check of LETTERS) expect(judged(hetu, `170384-001${check}`)).toBe('no');
});
