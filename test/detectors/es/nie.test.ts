import { expect, test } from 'vitest';
import nie from '../../../detectors/es/nie.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nie);

test('X, Y and Z stand for 0, 1 and 2', () => {
  expect(judged(nie, 'X4820615E')).toBe('proved');
  expect(judged(nie, 'Y4820615J')).toBe('proved');
  expect(judged(nie, 'Z4820615G')).toBe('proved');
});
