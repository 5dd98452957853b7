import { expect, test } from 'vitest';
import dni from '../../../detectors/es/dni.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(dni);

test('seven digits count as eight with a zero before', () => {
  expect(judged(dni, '4820615E')).toBe('proved');
  expect(judged(dni, '04820615E')).toBe('proved');
});
