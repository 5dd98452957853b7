import { expect, test } from 'vitest';
import tckn from '../../../detectors/tr/tckn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(tckn);

test('both check digits must fit', () => {
  expect(judged(tckn, '48206157340')).toBe('proved');
  expect(judged(tckn, '48206157300')).toBe('no');
});
