/**
 * Counting people without keeping them: exact sets of keyed hashes while one object is read, and
 * HyperLogLog registers to keep. Registers merge without counting anyone twice, so sums over
 * departments come from merged sketches and never from adding.
 *
 * Estimator: Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017),
 * algorithm 6; it needs no bias tables and is good from zero up.
 */
import assert from 'node:assert/strict';
import { Machine } from './kernel/machine.ts';

/** 2^14 registers: a standard error of 0.8 %. */
export const PRECISION = 14;
const REGISTERS = 1 << PRECISION;
/** Hash bits that are left for the run of zeros. */
const TAIL_BITS = 64 - PRECISION;

/** Registers (one byte each) of the distinct hashes given. */
export function sketch(hashes: BigUint64Array): Uint8Array {
  const registers = new Uint8Array(REGISTERS);
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length * 2);
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] ?? 0;
    const high = words[i + 1] ?? 0;
    const register = high >>> (32 - PRECISION);
    const top = high & ((1 << (32 - PRECISION)) - 1);
    const zeros = top !== 0 ? Math.clz32(top) - PRECISION : 32 - PRECISION + Math.clz32(low);
    const rank = zeros + 1;
    if (rank > (registers[register] ?? 0)) registers[register] = rank;
  }
  return registers;
}

/** Registers of the union. All sketches must come from the same key. */
export function mergeSketches(sketches: readonly Uint8Array[]): Uint8Array {
  const merged = new Uint8Array(REGISTERS);
  for (const one of sketches) {
    assert.equal(one.length, REGISTERS, 'a sketch of another precision');
    for (let i = 0; i < REGISTERS; i++) {
      const rank = one[i] ?? 0;
      if (rank > (merged[i] ?? 0)) merged[i] = rank;
    }
  }
  return merged;
}

/** Distinct values that went into a sketch, rounded. */
export function estimate(registers: Uint8Array): number {
  assert.equal(registers.length, REGISTERS, 'a sketch of another precision');
  const counts = new Array<number>(TAIL_BITS + 2).fill(0);
  for (const rank of registers) counts[rank] = (counts[rank] ?? 0) + 1;
  let z = REGISTERS * tau(1 - (counts[TAIL_BITS + 1] ?? 0) / REGISTERS);
  for (let rank = TAIL_BITS; rank >= 1; rank--) z = (z + (counts[rank] ?? 0)) / 2;
  z += REGISTERS * sigma((counts[0] ?? 0) / REGISTERS);
  return Math.round(REGISTERS ** 2 / (2 * Math.LN2) / z);
}

function sigma(start: number): number {
  if (start === 1) return Number.POSITIVE_INFINITY;
  let x = start;
  let y = 1;
  let z = x;
  for (let before = -1; before !== z; ) {
    before = z;
    x *= x;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(start: number): number {
  if (start === 0 || start === 1) return 0;
  let x = start;
  let y = 1;
  let z = 1 - x;
  for (let before = -1; before !== z; ) {
    before = z;
    x = Math.sqrt(x);
    y /= 2;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}

/** A set of 64-bit hashes in two typed arrays: 16 bytes a value at most, where a Set of BigInt takes some 60. */
export class HashSet64 {
  #slots: Uint32Array;
  #size = 0;
  #hasZero = false;

  /** `expected`: how many there may come to be. */
  constructor(expected = 0) {
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(8, expected) * 4)));
  }

  get size(): number {
    return this.#size;
  }

  /** True when the hash was new. */
  add(low: number, high: number): boolean {
    if (low === 0 && high === 0) {
      // Both halves zero mark an empty slot.
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      if (isNew) this.#size++;
      return isNew;
    }
    if (this.#size * 4 > this.#slots.length) this.#grow();
    if (!place(this.#slots, low >>> 0, high >>> 0)) return false;
    this.#size++;
    return true;
  }

  #grow(): void {
    const bigger = new Uint32Array(this.#slots.length * 4);
    for (let i = 0; i < this.#slots.length; i += 2) {
      const low = this.#slots[i] ?? 0;
      const high = this.#slots[i + 1] ?? 0;
      if (low !== 0 || high !== 0) place(bigger, low, high);
    }
    this.#slots = bigger;
  }

  values(): BigUint64Array {
    const out = new BigUint64Array(this.#size);
    const words = new Uint32Array(out.buffer);
    let at = this.#hasZero ? 2 : 0;
    for (let i = 0; i < this.#slots.length; i += 2) {
      const low = this.#slots[i] ?? 0;
      const high = this.#slots[i + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      words[at++] = low;
      words[at++] = high;
    }
    return out;
  }
}

function place(slots: Uint32Array, low: number, high: number): boolean {
  const mask = slots.length / 2 - 1;
  for (let slot = (low ^ (high >>> 7)) & mask; ; slot = (slot + 1) & mask) {
    const slotLow = slots[slot * 2] ?? 0;
    const slotHigh = slots[slot * 2 + 1] ?? 0;
    if (slotLow === 0 && slotHigh === 0) {
      slots[slot * 2] = low;
      slots[slot * 2 + 1] = high;
      return true;
    }
    if (slotLow === low && slotHigh === high) return false;
  }
}

const HASH_BYTES = 8;
const COUNTS_BYTES = 257 * 4;
/** More hashes than this at once would fill the memory of WebAssembly. */
const MAX_AT_ONCE = 2 ** 24;

/** Does nothing else; made at the first long list. */
let machine: Machine | null = null;

/** Each hash of some lists once, two words a hash (assembly/distinct.as). */
function distinctOf(lists: readonly Uint32Array[], size: number): BigUint64Array {
  machine ??= new Machine();
  const bytes = size * HASH_BYTES;
  const from = machine.forText(bytes, bytes + COUNTS_BYTES);
  const parted = from + bytes;
  const counts = parted + bytes;
  let at = from >> 2;
  for (const list of lists) {
    machine.words.set(list, at);
    at += list.length;
  }
  const largest = machine.run.parts(from, size, counts);
  const table = counts + COUNTS_BYTES + 4;
  machine.forText(bytes, bytes + COUNTS_BYTES + 4 + largest * 4 * HASH_BYTES);
  const count = machine.run.distinct(from, size, counts, parted, table);
  return new BigUint64Array(machine.bytes.slice(from, from + count * HASH_BYTES).buffer);
}

/** Fewer are not worth the way to WebAssembly. */
const MANY = 2048;

/** Hashes, of which each is given once in the end. */
export class HashBag {
  /** Two words a hash; what lies behind `#count` is no hash. */
  #few: Uint32Array;
  #count = 0;
  readonly #lists: Uint32Array[] = [];

  /** `expected`: how many there may come to be, one by one. */
  constructor(expected = 0) {
    this.#few = new Uint32Array(Math.max(8, expected) * 2);
  }

  add(low: number, high: number): void {
    const at = this.#count++ * 2;
    if (at === this.#few.length) {
      const more = new Uint32Array(at * 2);
      more.set(this.#few);
      this.#few = more;
    }
    this.#few[at] = low;
    this.#few[at + 1] = high;
  }

  /** Two words a hash. */
  addAll(lists: readonly Uint32Array[]): void {
    for (const list of lists) this.#lists.push(list);
  }

  values(): BigUint64Array {
    const few = this.#few.subarray(0, this.#count * 2);
    const size = this.#lists.reduce((sum, { length }) => sum + length, few.length) / 2;
    if (size >= MANY && size <= MAX_AT_ONCE) return distinctOf([few, ...this.#lists], size);
    const all = new HashSet64(size);
    for (const list of [few, ...this.#lists]) {
      for (let i = 0; i < list.length; i += 2) all.add(list[i] ?? 0, list[i + 1] ?? 0);
    }
    return all.values();
  }
}
