import { expect, test } from 'vitest';
import aadhaar from '../../../detectors/in/aadhaar.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(aadhaar);

test('a number that reads the same backwards is never given', () => {
  expect(judged(aadhaar, '234567765432')).toBe('no');
});

test('two neighbouring digits that change places are noticed', () => {
  expect(judged(aadhaar, '4820 6157 3090')).toBe('proved');
  expect(judged(aadhaar, '8420 6157 3090')).toBe('no');
});
