import { expect, test } from 'vitest';
import fnr from '../../../detectors/no/fnr.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(fnr);

test('a D number has 40 added to the day', () => {
  expect(judged(fnr, '57038448244')).toBe('proved');
  expect(judged(fnr, '57038448200')).toBe('no');
});

test('a help number holds no date', () => {
  expect(judged(fnr, '87039940084')).toBe('proved');
  expect(judged(fnr, '87039940085')).toBe('no');
});

test('a D number is of nobody born in the 1800s', () => {
  expect(judged(fnr, '17039762153')).toBe('proved');
  for (let check = 0; check < 100; check++) {
    expect(judged(fnr, `570397621${String(check).padStart(2, '0')}`)).toBe('no');
  }
});
