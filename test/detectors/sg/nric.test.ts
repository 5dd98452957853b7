import { expect, test } from 'vitest';
import nric from '../../../detectors/sg/nric.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nric);

test('T and G numbers add 4 to the sum, so a letter right for S is wrong for T', () => {
  expect(judged(nric, 'S7306218G')).toBe('proved');
  expect(judged(nric, 'T7306218D')).toBe('no');
});

test('the M series has letters of its own', () => {
  expect(judged(nric, 'M2410386W')).toBe('proved');
  expect(judged(nric, 'M2410386A')).toBe('no');
});
