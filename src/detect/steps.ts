/** The steps of a tree of words as one table with open addressing, which the kernel reads too. */

/** Words of a set of detectors; the WebAssembly reads two times sixteen bytes. */
export const SET_WORDS = 8;

/** A set of detectors as bits; those beyond the last one make it a set of all. */
export function setOf(rules: Iterable<number>): Int32Array {
  const set = new Int32Array(SET_WORDS);
  for (const rule of rules) {
    if (rule >= SET_WORDS * 32) set.fill(-1);
    set[rule >> 5] = (set[rule >> 5] ?? 0) | (1 << (rule & 31));
  }
  return set;
}

/** A tree of words as numbers. */
export interface WordTree {
  /** By UTF-16 unit: the node of words that begin with it. */
  readonly roots: Uint16Array;
  /** See {@link StepTable.slots}. */
  readonly steps: Int32Array;
  /** By node: length of its own word; what it needs and is, as bits, and above them its row of voices. */
  readonly nodes: Int32Array;
  /** By node: the detectors for which some word speaks that goes through it, {@link SET_WORDS} words each. */
  readonly speaks: Int32Array;
  /** By row of a word × detectors + detector: what the word says of it. */
  readonly voices: Uint8Array;
  readonly detectors: number;
}

/** Node and UTF-16 unit → node; 0 for none. */
export class StepTable {
  readonly #mask: number;
  /** Pairs: node × 2^16 + unit, and the node that leads to. */
  readonly slots: Int32Array;

  /** Has room for so many steps, of at most 2^16 nodes. */
  constructor(count: number) {
    let size = 64;
    while (size < count * 2) size *= 2;
    this.#mask = size - 1;
    this.slots = new Int32Array(size * 2);
  }

  add(node: number, unit: number, target: number): void {
    let slot = this.#slot(node, unit);
    while (this.slots[slot * 2 + 1] !== 0) slot = (slot + 1) & this.#mask;
    this.slots[slot * 2] = (node << 16) | unit;
    this.slots[slot * 2 + 1] = target;
  }

  from(node: number, unit: number): number {
    const { slots } = this;
    const key = (node << 16) | unit;
    for (let slot = this.#slot(node, unit); ; slot = (slot + 1) & this.#mask) {
      const target = slots[slot * 2 + 1] ?? 0;
      if (target === 0 || slots[slot * 2] === key) return target;
    }
  }

  #slot(node: number, unit: number): number {
    const mixed = Math.imul(Math.imul(node, 0x9e3779b1) ^ unit, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
