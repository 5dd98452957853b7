import { expect, test } from 'vitest';
import nhi from '../../../detectors/nz/nhi.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(nhi);

test('the old form rejects a sum that divides by 11', () => {
  for (const check of DIGITS) expect(judged(nhi, `KRT102${check}`)).toBe('no');
});

test('the new form ends in a check letter', () => {
  expect(judged(nhi, 'KRT48N8', 1)).toBe('proved');
  expect(judged(nhi, 'KRT48N0', 1)).toBe('no');
});

test('a name with two x in it is no masked number', () => {
  expect(detect([nhi], textPiece('Alexxis')).hits).toEqual([]);
});
