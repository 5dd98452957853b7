import { expect, test } from 'vitest';
import { createHasher } from '../../src/detect/index.ts';
import { estimate, HashBag, HashSet64, mergeSketches, sketch } from '../../src/detect/people.ts';

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

test.each([
  ['random ones', 20_000, (i: number) => Math.imul(i, 0x9e3779b1) >>> 0],
  ['many of a few', 20_000, (i: number) => i % 37],
  ['one', 3_000, () => 12_345],
  ['nothing but zeros', 10, () => 0],
])('long lists and single hashes together, each once: %s', (_, size, value) => {
  const bag = new HashBag();
  const expected = new Set<bigint>();
  const lists = [0, 1, 2].map((seed) => {
    const words = new Uint32Array(size * 2);
    for (let i = 0; i < size; i++) {
      words[i * 2] = value(i + seed * 7);
      words[i * 2 + 1] = Math.imul(words[i * 2] ?? 0, 0x85ebca6b);
    }
    return words;
  });
  bag.addAll(lists.slice(0, 2));
  bag.addAll(lists.slice(2));
  bag.add(5, 6);
  bag.add(5, 6);
  expected.add((6n << 32n) | 5n);
  for (const words of lists) {
    for (const hash of new BigUint64Array(words.buffer)) expected.add(hash);
  }
  const values = bag.values();
  expect(values).toHaveLength(expected.size);
  expect(new Set(values)).toEqual(expected);
});
