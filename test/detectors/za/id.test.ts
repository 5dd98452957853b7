import { expect, test } from 'vitest';
import id from '../../../detectors/za/id.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(id);

test('a citizenship digit beyond refugee is rejected', () => {
  expect(judged(id, '8403174820082')).toBe('proved');
  for (const check of DIGITS) expect(judged(id, `840317482038${check}`)).toBe('no');
});
