/**
 * SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash short enough to store one per person and
 * strong enough that nobody without the key can try all identity numbers against it. Node has none,
 * and `createHmac` makes only some 50,000 hashes a second.
 *
 * 64-bit words are kept as two 32-bit halves: BigInt in the inner loop is twenty times slower.
 */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';

export interface Hasher {
  /** Public id of the key: sketches under different keys are never merged. */
  readonly keyId: string;
  hash(value: string): bigint;
  /** The same hash as halves: low word into `words[0]`, high word into `words[1]`. */
  halves(value: string, words: Uint32Array): void;
}

export const KEY_BYTES = 16;

/** v0…v3 as low, high, low, high…; reused, since hashing is not re-entrant. */
const v = new Int32Array(8);

/** Adds word `b` to word `a` (indexes of low halves), then rotates b left by `bits` (< 32) and xors a into it. */
function mix(a: number, b: number, bits: number): void {
  const low = (v[a] ?? 0) >>> 0;
  const sum = low + ((v[b] ?? 0) >>> 0);
  const high = ((v[a + 1] ?? 0) + (v[b + 1] ?? 0) + (sum > 0xffffffff ? 1 : 0)) | 0;
  v[a] = sum | 0;
  v[a + 1] = high;
  const bLow = v[b] ?? 0;
  const bHigh = v[b + 1] ?? 0;
  v[b] = ((bLow << bits) | (bHigh >>> (32 - bits))) ^ (sum | 0);
  v[b + 1] = ((bHigh << bits) | (bLow >>> (32 - bits))) ^ high;
}

function swap(a: number): void {
  const low = v[a] ?? 0;
  v[a] = v[a + 1] ?? 0;
  v[a + 1] = low;
}

function rounds(count: number): void {
  for (let i = 0; i < count; i++) {
    mix(0, 2, 13);
    swap(0);
    mix(4, 6, 16);
    mix(0, 6, 21);
    mix(4, 2, 17);
    swap(4);
  }
}

function absorb(low: number, high: number): void {
  v[6] = (v[6] ?? 0) ^ low;
  v[7] = (v[7] ?? 0) ^ high;
  rounds(2);
  v[0] = (v[0] ?? 0) ^ low;
  v[1] = (v[1] ?? 0) ^ high;
}

/** Hashes `bytes[0..length)` under four 32-bit key words (k0 low, k0 high, k1 low, k1 high). */
export function sipHash(
  key: Int32Array,
  bytes: Uint8Array,
  length: number,
  words: Uint32Array,
): void {
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = key;
  v[0] = k0 ^ 0x70736575;
  v[1] = k1 ^ 0x736f6d65;
  v[2] = k2 ^ 0x6e646f6d;
  v[3] = k3 ^ 0x646f7261;
  v[4] = k0 ^ 0x6e657261;
  v[5] = k1 ^ 0x6c796765;
  v[6] = k2 ^ 0x79746573;
  v[7] = k3 ^ 0x74656462;
  const whole = length - (length % 8);
  for (let i = 0; i < whole; i += 8) absorb(word(bytes, i, 4), word(bytes, i + 4, 4));
  const rest = length - whole;
  const low = word(bytes, whole, Math.min(rest, 4));
  const high = rest > 4 ? word(bytes, whole + 4, rest - 4) : 0;
  absorb(low, high | (length << 24));
  v[4] = (v[4] ?? 0) ^ 0xff;
  rounds(4);
  words[0] = (v[0] ?? 0) ^ (v[2] ?? 0) ^ (v[4] ?? 0) ^ (v[6] ?? 0);
  words[1] = (v[1] ?? 0) ^ (v[3] ?? 0) ^ (v[5] ?? 0) ^ (v[7] ?? 0);
}

/** Little endian, `count` ≤ 4 bytes. */
function word(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value |= (bytes[at + i] ?? 0) << (8 * i);
  return value;
}

/** A hasher under a 128-bit key. */
export function createHasher(key: Uint8Array): Hasher {
  assert.equal(key.length, KEY_BYTES, `the hashing key must have ${KEY_BYTES} bytes`);
  const keyWords = new Int32Array(4);
  for (let i = 0; i < 4; i++) keyWords[i] = word(key, i * 4, 4);
  let scratch = Buffer.alloc(256);
  const halves = (value: string, words: Uint32Array): void => {
    if (value.length * 3 > scratch.length) scratch = Buffer.alloc(value.length * 3);
    sipHash(keyWords, scratch, scratch.write(value, 'utf8'), words);
  };
  const words = new Uint32Array(2);
  const hash = (value: string): bigint => {
    halves(value, words);
    return (BigInt(words[1] ?? 0) << 32n) | BigInt(words[0] ?? 0);
  };
  // A value of the keyed function itself: it tells keys apart and nothing about them.
  return { keyId: hash('ajar key id').toString(16).padStart(16, '0'), hash, halves };
}
