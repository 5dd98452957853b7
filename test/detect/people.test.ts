import { expect, test } from 'vitest';
import { createHasher } from '../../src/detect/index.ts';
import { estimate, HashSet64, mergeSketches, sketch } from '../../src/detect/people.ts';

const hasher = createHasher(new Uint8Array(16));

function hashes(from: number, to: number): BigUint64Array {
  return BigUint64Array.from({ length: to - from }, (_, i) => hasher.hash(`person ${from + i}`));
}

test('an empty sketch counts nobody', () => {
  expect(estimate(sketch(new BigUint64Array(0)))).toBe(0);
});

test('small counts are all but exact, large ones within three standard errors', () => {
  expect(estimate(sketch(hashes(0, 1)))).toBe(1);
  expect(Math.abs(estimate(sketch(hashes(0, 100))) - 100)).toBeLessThanOrEqual(2);
  for (const count of [5_000, 100_000]) {
    const error = Math.abs(estimate(sketch(hashes(0, count))) - count) / count;
    expect(error).toBeLessThan((3 * 1.04) / 128);
  }
});

test('merging counts nobody twice', () => {
  const merged = mergeSketches([sketch(hashes(0, 6_000)), sketch(hashes(4_000, 9_000))]);
  expect(merged).toEqual(sketch(hashes(0, 9_000)));
});

test('the exact set keeps each hash once, zero among them', () => {
  const set = new HashSet64();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 1000; i++) set.add(i % 500, i % 250);
  }
  expect(set.size).toBe(500);
  expect(new Set(set.values()).size).toBe(500);
});
