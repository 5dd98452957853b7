/**
 * SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash short enough to store one per person and
 * strong enough that nobody without the key can try all identity numbers against it. Node has none,
 * and `createHmac` makes only some 50,000 hashes a second.
 *
 * It runs in WebAssembly (kernel/assembly/siphash.as), which has 64-bit words: halves of 32 bits take
 * JavaScript five times as long, BigInt a hundred.
 */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Layout } from './kernel/layout.ts';
import { Machine } from './kernel/machine.ts';

export interface Hasher {
  /** Public id of the key: sketches under different keys are never merged. */
  readonly keyId: string;
  hash(value: string): bigint;
  /** The same hash as halves: low word into `words[0]`, high word into `words[1]`. */
  halves(value: string, words: Uint32Array): void;
  /** The same of a value that lies as UTF-8 in `bytes[0..length)`. */
  halvesOf(bytes: Uint8Array, length: number, words: Uint32Array): void;
  /** Writes the key where a kernel's WebAssembly hashes with it: four words from `at` on. */
  putKey(words: Int32Array, at: number): void;
}

export const KEY_BYTES = 16;

/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const UNIT_BYTES = 3;
/** Characters of a value that is written one by one. */
const SHORT = 40;

/** Does nothing else, so that all behind the key is room for values. */
let machine: Machine | null = null;
let hashWords: Int32Array = new Int32Array(0);
let valueBytes: Buffer = Buffer.alloc(0);

/** The machine, with room for a value of so many bytes. */
function machineFor(sizeBytes: number): Machine {
  if (machine && sizeBytes + 8 <= valueBytes.length) return machine;
  const made = machine ?? new Machine();
  machine = made;
  if (sizeBytes > made.bytes.length / 2) made.reserve(sizeBytes);
  const { buffer } = made.bytes;
  hashWords = new Int32Array(buffer, Layout.HASH, 2);
  valueBytes = Buffer.from(buffer, Layout.VALUE);
  return made;
}

/** The key that the machine holds. */
let keyAtHand: Int32Array | null = null;

function finish(owner: Machine, key: Int32Array, length: number, words: Uint32Array): void {
  if (keyAtHand !== key) {
    owner.words.set(key, Layout.KEY >> 2);
    keyAtHand = key;
  }
  owner.run.sipHash(length);
  words[0] = hashWords[0] ?? 0;
  words[1] = hashWords[1] ?? 0;
}

/** Hashes `bytes[0..length)` under four 32-bit key words (k0 low, k0 high, k1 low, k1 high). */
export function sipHash(
  key: Int32Array,
  bytes: Uint8Array,
  length: number,
  words: Uint32Array,
): void {
  const owner = machineFor(length);
  const into = valueBytes;
  // Values are short: a copy by the platform costs more.
  for (let i = 0; i < length; i++) into[i] = bytes[i] ?? 0;
  finish(owner, key, length, words);
}

/** A hasher under a 128-bit key. */
export function createHasher(key: Uint8Array): Hasher {
  assert.equal(key.length, KEY_BYTES, `the hashing key must have ${KEY_BYTES} bytes`);
  const keyWords = new Int32Array(Uint8Array.from(key).buffer);
  const halves = (value: string, words: Uint32Array): void => {
    const owner = machineFor(value.length * UNIT_BYTES);
    // Short ASCII as most values are: the platform's encoder costs more than the hash.
    let length = value.length <= SHORT ? 0 : value.length;
    for (; length < value.length; length++) {
      const code = value.charCodeAt(length);
      if (code > 0x7f) break;
      valueBytes[length] = code;
    }
    const isWritten = value.length <= SHORT && length === value.length;
    finish(owner, keyWords, isWritten ? length : valueBytes.write(value, 'utf8'), words);
  };
  const halvesOf = (bytes: Uint8Array, length: number, words: Uint32Array): void =>
    sipHash(keyWords, bytes, length, words);
  const words = new Uint32Array(2);
  const hash = (value: string): bigint => {
    halves(value, words);
    return (BigInt(words[1] ?? 0) << 32n) | BigInt(words[0] ?? 0);
  };
  const putKey = (into: Int32Array, at: number): void => into.set(keyWords, at);
  // A value of the keyed function itself: it tells keys apart and nothing about them.
  return {
    keyId: hash('ajar key id').toString(16).padStart(16, '0'),
    hash,
    halves,
    halvesOf,
    putKey,
  };
}
