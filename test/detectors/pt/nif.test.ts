import { expect, test } from 'vitest';
import nif from '../../../detectors/pt/nif.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nif);

test("the country's letters may stand before it", () => {
  expect(judged(nif, 'PT248206150', 1)).toBe('proved');
  expect(judged(nif, '248206150')).toBe('proved');
});

test('remainders 0 and 1 both give check digit 0', () => {
  expect(judged(nif, '248206010')).toBe('proved');
  expect(judged(nif, '248206060')).toBe('proved');
});
