import { expect, test } from 'vitest';
import mynumber from '../../../detectors/jp/mynumber.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(mynumber);

test('remainders 0 and 1 both give check digit 0', () => {
  expect(judged(mynumber, '246813578130')).toBe('proved');
  expect(judged(mynumber, '246813578050')).toBe('proved');
});

test('a check digit that is not 0 is 11 less the remainder', () => {
  expect(judged(mynumber, '246813579021')).toBe('proved');
  expect(judged(mynumber, '246813579020')).toBe('no');
});
