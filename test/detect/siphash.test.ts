import { expect, test } from 'vitest';
import { createHasher, sipHash } from '../../src/detect/siphash.ts';

/** Key 00 01 … 0f, as in the reference implementation's vectors. */
const KEY = Uint8Array.from({ length: 16 }, (_, i) => i);

/** Hash of 00 01 … (length-1) as hex, most significant byte first. */
function hashOfCounting(length: number): string {
  const bytes = Uint8Array.from({ length }, (_, i) => i);
  const words = new Uint32Array(2);
  sipHash(new Int32Array(KEY.buffer), bytes, length, words);
  return [words[1], words[0]].map((word) => (word ?? 0).toString(16).padStart(8, '0')).join('');
}

test('the vectors of the reference implementation hold', () => {
  // github.com/veorq/SipHash, vectors.h, vectors_sip64; the last is appendix A of the paper.
  expect(hashOfCounting(0)).toBe('726fdb47dd0e0e31');
  expect(hashOfCounting(1)).toBe('74f839c593dc67fd');
  expect(hashOfCounting(2)).toBe('0d6c8009d9a94f5a');
  expect(hashOfCounting(3)).toBe('85676696d7fb7e2d');
  expect(hashOfCounting(7)).toBe('ab0200f58b01d137');
  expect(hashOfCounting(8)).toBe('93f5f5799a932462');
  expect(hashOfCounting(15)).toBe('a129ca6149be45e5');
});

test('halves and bigint are the same hash', () => {
  const hasher = createHasher(KEY);
  const words = new Uint32Array(2);
  hasher.halves('K4829131', words);
  const joined = (BigInt(words[1] ?? 0) << 32n) | BigInt(words[0] ?? 0);
  expect(joined).toBe(hasher.hash('K4829131'));
});

test('another key gives other hashes and another public id', () => {
  const one = createHasher(KEY);
  const two = createHasher(KEY.map((byte) => byte ^ 1));
  expect(one.hash('K4829131')).not.toBe(two.hash('K4829131'));
  expect(one.keyId).not.toBe(two.keyId);
  expect(one.keyId).toMatch(/^[0-9a-f]{16}$/);
});

test('a key of another length is a bug', () => {
  expect(() => createHasher(new Uint8Array(8))).toThrow('16 bytes');
});

test('text longer than the scratch space is hashed whole', () => {
  const hasher = createHasher(KEY);
  expect(hasher.hash('a'.repeat(5000))).not.toBe(hasher.hash(`${'a'.repeat(4999)}b`));
});
