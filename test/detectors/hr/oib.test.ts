import { expect, test } from 'vitest';
import oib from '../../../detectors/hr/oib.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(oib);

test('a tax prefix may stand before it', () => {
  expect(judged(oib, 'HR48206157349', 1)).toBe('proved');
  expect(judged(oib, '48206157349')).toBe('proved');
});
