import { expect, test } from 'vitest';
import { binomialTail } from '../../src/detect/column.ts';

test('the tail of the binomial is what tables say', () => {
  expect(binomialTail(10, 0, 0.5)).toBe(1);
  expect(binomialTail(10, 10, 0.5)).toBeCloseTo(1 / 1024, 12);
  expect(binomialTail(20, 12, 0.09)).toBeLessThan(1e-7);
  expect(binomialTail(500, 51, 0.09)).toBeGreaterThan(0.1);
  expect(binomialTail(4096, 4096, 0.09)).toBe(0);
});
