import { expect, test } from 'vitest';
import { binomialTail, ColumnStatistics } from '../../src/detect/column.ts';
import { Flag } from '../../src/detect/flags.ts';
import type { Detector } from '../../src/model/detector.ts';

test('the tail of the binomial is what tables say', () => {
  expect(binomialTail(10, 0, 0.5)).toBe(1);
  expect(binomialTail(10, 10, 0.5)).toBeCloseTo(1 / 1024, 12);
  expect(binomialTail(20, 12, 0.09)).toBeLessThan(1e-7);
  expect(binomialTail(500, 51, 0.09)).toBeGreaterThan(0.1);
  expect(binomialTail(4096, 4096, 0.09)).toBe(0);
});

/** One value, by its number. */
function compact(number: number): { codes(into: Uint8Array): number } {
  const text = String((number * 7_919) % 1_000_000).padStart(6, '0');
  return {
    codes(into) {
      for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
      return text.length;
    },
  };
}

/** How many of `share` of whose values pass a check at `rate` it takes to settle a column, and what it says then. */
function settle(share: number, rate: number): { distinct: number; flags: number } {
  const passRate = { plausible: rate, proved: rate };
  const statistics = new ColumnStatistics({ passRate } as Detector);
  for (let number = 1; number <= 5_000; number++) {
    const passes = Math.floor(number * share) > Math.floor((number - 1) * share);
    statistics.add(compact(number), passes ? 'proved' : 'no', 0);
  }
  expect(statistics.isFull).toBe(true);
  return { distinct: statistics.distinct, flags: statistics.flags() };
}

test.each([
  ['all pass', 1, 512, Flag.surplus],
  ['as many as chance lets', 0.09, 512, Flag.chance],
  ['none', 0, 512, Flag.chance],
  ['a few more than by chance', 0.14, 4096, 0],
  ['nearly a third', 0.32, 4096, 0],
  ['hardly more than half', 0.58, 4096, 0],
  ['some more than half', 0.66, 2048, Flag.surplus],
])('a column of which %s is settled where no answer is near', (_, share, distinct, flags) => {
  expect(settle(share, 0.09)).toEqual({ distinct, flags });
});

test('a test that many numbers pass settles as soon as it is far from foreign numbers', () => {
  expect(settle(0.26, 0.5).distinct).toBe(4096);
  expect(settle(0.05, 0.5)).toEqual({ distinct: 512, flags: Flag.chance });
  expect(settle(0.9, 0.5)).toEqual({ distinct: 512, flags: 0 });
});
