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
  /** The same of a value that lies as UTF-8 in `bytes[0..length)`. */
  halvesOf(bytes: Uint8Array, length: number, words: Uint32Array): void;
}

export const KEY_BYTES = 16;

/** Hashes `bytes[0..length)` under four 32-bit key words (k0 low, k0 high, k1 low, k1 high). */
export function sipHash(
  key: Int32Array,
  bytes: Uint8Array,
  length: number,
  words: Uint32Array,
): void {
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = key;
  // `a0` and `b0` are the low and the high half of v0. Locals stay in registers, an array would not.
  let a0 = k0 ^ 0x70736575;
  let b0 = k1 ^ 0x736f6d65;
  let a1 = k2 ^ 0x6e646f6d;
  let b1 = k3 ^ 0x646f7261;
  let a2 = k0 ^ 0x6e657261;
  let b2 = k1 ^ 0x6c796765;
  let a3 = k2 ^ 0x79746573;
  let b3 = k3 ^ 0x74656462;
  const whole = length >>> 3;
  // One block more for the rest and the length, one turn more to finish.
  for (let block = 0; block <= whole + 1; block++) {
    const at = block * 8;
    let low = 0;
    let high = 0;
    if (block < whole) {
      low = word(bytes, at, 4);
      high = word(bytes, at + 4, 4);
    } else if (block === whole) {
      const rest = length & 7;
      low = word(bytes, at, rest < 4 ? rest : 4);
      high = (rest > 4 ? word(bytes, at + 4, rest - 4) : 0) | (length << 24);
    } else {
      a2 ^= 0xff;
    }
    a3 ^= low;
    b3 ^= high;
    for (let round = block > whole ? 4 : 2; round > 0; round--) {
      // A sum's carry shows in a low half that is less than what was added to.
      let sum = (a0 + a1) | 0;
      let top = (b0 + b1 + (sum >>> 0 < a0 >>> 0 ? 1 : 0)) | 0;
      let turned = ((a1 << 13) | (b1 >>> 19)) ^ sum;
      b1 = ((b1 << 13) | (a1 >>> 19)) ^ top;
      a1 = turned;
      a0 = top;
      b0 = sum;
      sum = (a2 + a3) | 0;
      top = (b2 + b3 + (sum >>> 0 < a2 >>> 0 ? 1 : 0)) | 0;
      turned = ((a3 << 16) | (b3 >>> 16)) ^ sum;
      b3 = ((b3 << 16) | (a3 >>> 16)) ^ top;
      a3 = turned;
      a2 = sum;
      b2 = top;
      sum = (a0 + a3) | 0;
      top = (b0 + b3 + (sum >>> 0 < a0 >>> 0 ? 1 : 0)) | 0;
      turned = ((a3 << 21) | (b3 >>> 11)) ^ sum;
      b3 = ((b3 << 21) | (a3 >>> 11)) ^ top;
      a3 = turned;
      a0 = sum;
      b0 = top;
      sum = (a2 + a1) | 0;
      top = (b2 + b1 + (sum >>> 0 < a2 >>> 0 ? 1 : 0)) | 0;
      turned = ((a1 << 17) | (b1 >>> 15)) ^ sum;
      b1 = ((b1 << 17) | (a1 >>> 15)) ^ top;
      a1 = turned;
      a2 = top;
      b2 = sum;
    }
    a0 ^= low;
    b0 ^= high;
  }
  words[0] = a0 ^ a1 ^ a2 ^ a3;
  words[1] = b0 ^ b1 ^ b2 ^ b3;
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
  const halvesOf = (bytes: Uint8Array, length: number, words: Uint32Array): void =>
    sipHash(keyWords, bytes, length, words);
  const words = new Uint32Array(2);
  const hash = (value: string): bigint => {
    halves(value, words);
    return (BigInt(words[1] ?? 0) << 32n) | BigInt(words[0] ?? 0);
  };
  // A value of the keyed function itself: it tells keys apart and nothing about them.
  return { keyId: hash('ajar key id').toString(16).padStart(16, '0'), hash, halves, halvesOf };
}
