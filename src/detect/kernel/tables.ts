/**
 * The memory in which settled columns are described to the WebAssembly (assembly/table.as). It
 * belongs to one object at a time: whoever claims it turns the one before out.
 */
import { Buffer } from 'node:buffer';
import type { HashList } from './hashlist.ts';
import { Layout } from './layout.ts';
import { align, type Calls, type Machine } from './machine.ts';
import type { PatternTable } from './patterns.ts';

/** Descriptions take some kilobytes a column, hashes of rows four kilobytes an identifier of a row. */
const SIZE = 4 * 1024 * 1024;
/** Rows of a signature before they are fetched; assembly/table.as says the same. */
export const ROOM = 512;
/** Cells of a row and kinds of rows that there are addresses for. */
export const MAX_CELLS = 512;
const MAX_SIGNATURES = 63;
const LOOK_BYTES = 48;
const HOSTS = 256;
const HOST_BYTES = 48;
const SLOT_BYTES = 160;
const QUICK = 80;
const HEADS_WORD = 21;
const PLACES = 96;
/** Width of a pattern's table that knows nothing but digits. */
const BARE_WIDTH = 16;
/** Signs that are summed up at once. */
const AT_ONCE = 16;
const LOOKS_BEGIN = 16;
/** Looks of one column. */
export const MAX_LOOKS = 16;

/** What is done with cells of known looks; `unmasked`: nothing, but where X stands twice in a row; `judgeUnmasked`: judged, but there. */
export const Action = { nothing: 1, judge: 2, ask: 3, unmasked: 4, judgeUnmasked: 5 } as const;

/** The words of a slot, in the order of assembly/table.as. */
export interface SlotWords {
  /** -1: what has the shape is asked for; -2: JavaScript tells. */
  readonly number: number;
  /** Offset of the match in its cell; of what JavaScript tells, what that is. */
  readonly offset: number;
  /** Offsets, within the match, of the signs that its compact form keeps. */
  readonly places: readonly number[];
  /** For each of them: by code what it adds to the sum, -1 where it may not stand, -2 where the judge is asked. */
  readonly values: readonly Int16Array[];
  readonly sum: {
    readonly offset: number;
    readonly modulus: number;
    readonly signs: Uint8Array;
    readonly heads: Uint8Array;
  } | null;
  readonly patterns: (PatternTable & { readonly asks: boolean }) | null;
  /** By pattern what stands before the compact form when it is hashed; at most 8 bytes. */
  readonly prefixes: readonly string[];
  readonly digits: number;
  /** Nothing but digits: may be a time. */
  readonly isBare: boolean;
  /** 4,096 bits: by the last twelve of a sample's hash. */
  readonly samples: Uint8Array;
  /** By place what a sign's code is above its worth, and the weight; null where signs have to be looked up one by one. */
  readonly atOnce: {
    readonly above: readonly number[];
    readonly weights: readonly number[];
  } | null;
  /** Of the compact form, where the first two digits stand. */
  readonly firstDigits: readonly [number, number];
}

/** An entry of a row: slot, folded offset of its cell, where its hash lies as two words. */
export interface RowEntry {
  readonly slot: number;
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

export interface TableOwner {
  readonly calls: Pick<Calls, 'learn' | 'learnHost' | 'tell' | 'signature' | 'fetch' | 'takeRow'>;
  /** Another one has the memory from now on; what lies there is to be fetched now. */
  turnedOut(): void;
}

/** Answers for no object: nothing is known, nothing is kept. */
const NOBODY: TableOwner['calls'] = {
  learn: () => 0,
  learnHost: () => 0,
  tell: () => 2,
  signature: () => 0,
  fetch: () => {},
  takeRow: () => {},
};

export class TableMemory {
  readonly machine: Machine;
  readonly #begin: number;
  #used = 0;
  #isFull = false;
  #owner: TableOwner | null = null;

  constructor(machine: Machine, putKey: (words: Int32Array, at: number) => void) {
    this.machine = machine;
    this.#begin = machine.reserve(SIZE);
    putKey(machine.words, Layout.KEY >> 2);
  }

  claim(owner: TableOwner): void {
    if (this.#owner === owner) return;
    this.#owner?.turnedOut();
    this.#owner = owner;
    this.#used = 0;
    this.#isFull = false;
    this.machine.words[Layout.SIGNATURES >> 2] = 0;
    Object.assign(this.machine.calls, owner.calls);
  }

  release(owner: TableOwner): void {
    if (this.#owner !== owner) return;
    this.#owner = null;
    // Not to keep an object that has ended.
    Object.assign(this.machine.calls, NOBODY);
  }

  /** Address of zeros, or 0 when the memory is full. */
  take(sizeBytes: number): number {
    const size = align(sizeBytes);
    if (this.#used + size > SIZE) {
      this.#isFull = true;
      return 0;
    }
    const at = this.#begin + this.#used;
    this.#used += size;
    this.machine.bytes.fill(0, at, at + size);
    return at;
  }

  #put(table: Uint8Array | Uint16Array | Int16Array): number {
    const at = this.take(table.byteLength);
    if (at > 0) {
      this.machine.put(at, new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
    }
    return at;
  }

  /** Says where the looks of a row's cell are; 0 for nowhere. */
  setCell(cell: number, address: number): void {
    this.machine.words[(Layout.CELLS >> 2) + cell] = address;
  }

  newLooks(): number {
    return this.take(LOOKS_BEGIN + MAX_LOOKS * LOOK_BYTES);
  }

  /** Address of what is known of a column's addresses; 0 when the memory is full. `endsAtDots`: see looks.ts. */
  mailboxes(slots: readonly number[], words: PatternTable, endsAtDots: boolean): number {
    const hosts = this.take(HOSTS * HOST_BYTES);
    const program = [
      ...slots,
      hosts,
      this.#put(words.steps),
      this.#put(words.classes),
      words.width,
      this.#put(words.accepts),
      endsAtDots ? 1 : 0,
    ];
    const at = this.take(program.length * 4);
    if (this.#isFull) return 0;
    this.machine.words.set(program, at >> 2);
    return at;
  }

  /** Has the column's cells judged as addresses first; 0 for no longer. */
  setMailboxes(looks: number, program: number): void {
    this.machine.words[(looks >> 2) + 2] = program;
  }

  /** Notes what is done with cells that look so. There must be room. */
  addLook(looks: number, look: Uint8Array, action: number, program: number): void {
    const { words, bytes } = this.machine;
    const count = words[looks >> 2] ?? 0;
    const at = looks + LOOKS_BEGIN + count * LOOK_BYTES;
    bytes.fill(0, at, at + LOOK_BYTES);
    bytes.set(look, at);
    words.set([look.length, action, program, 0], (at >> 2) + 8);
    words[looks >> 2] = count + 1;
  }

  countLooks(looks: number): number {
    return this.machine.words[looks >> 2] ?? 0;
  }

  /** No more looks of the column are noted, or again. */
  close(looks: number, isClosed: boolean): void {
    this.machine.words[(looks >> 2) + 1] = isClosed ? 1 : 0;
  }

  /** Keeps the looks of which `keeps` says so, by action and number of cells that had them. */
  keepLooks(looks: number, keeps: (action: number, cells: number) => boolean): void {
    const { words, bytes } = this.machine;
    const count = this.countLooks(looks);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const at = looks + LOOKS_BEGIN + i * LOOK_BYTES;
      const info = (at >> 2) + 8;
      if (!keeps(words[info + 1] ?? 0, words[info + 3] ?? 0)) continue;
      bytes.copyWithin(looks + LOOKS_BEGIN + kept * LOOK_BYTES, at, at + LOOK_BYTES);
      kept++;
    }
    words[looks >> 2] = kept;
  }

  /** Gives the WebAssembly what was told of a cell. */
  told(slot: number, words: Uint32Array): void {
    const at = Layout.TABLE_VALUE >> 2;
    this.machine.words[at] = slot;
    this.machine.words[at + 2] = words[0] ?? 0;
    this.machine.words[at + 3] = words[1] ?? 0;
  }

  /** Address of a list of slots; 0 when the memory is full. */
  program(slots: readonly number[]): number {
    const at = this.take(4 + slots.length * 4);
    if (at > 0) this.machine.words.set([slots.length, ...slots], at >> 2);
    return at;
  }

  /** Address of a slot; 0 when the memory is full. */
  slot(slot: SlotWords): number {
    const values = new Int16Array(slot.values.length * 128);
    slot.values.forEach((table, place) => {
      values.set(table, place * 128);
    });
    const { sum } = slot;
    const bareOne = slot.isBare && slot.patterns ? bare(slot.patterns) : null;
    const patterns = bareOne ?? slot.patterns;
    const prefixes = new Uint8Array(slot.prefixes.length * 16);
    slot.prefixes.forEach((prefix, number) => {
      prefixes[number * 16] = prefix.length;
      prefixes.set(Buffer.from(prefix, 'latin1'), number * 16 + 16 - prefix.length);
    });
    const words = [
      slot.number,
      slot.offset,
      slot.places.length,
      this.#put(values),
      sum?.offset ?? 0,
      sum?.modulus ?? 0,
      sum ? this.#put(sum.signs) : 0,
      sum?.modulus ?? 0,
      sum ? this.#put(sum.heads) : 0,
      patterns ? this.#put(patterns.steps) : 0,
      patterns ? this.#put(patterns.classes) : 0,
      patterns?.width ?? 0,
      patterns ? this.#put(patterns.accepts) : 0,
      slot.patterns?.asks ? 2 : 0,
      slot.prefixes.length > 0 ? this.#put(prefixes) : 0,
      slot.digits,
      slot.isBare ? 1 : 0,
      this.#put(slot.samples),
      sum ? Math.floor(2 ** 32 / sum.modulus) + 1 : 0,
      slot.firstDigits[0] + slot.firstDigits[1] * 256,
    ];
    const at = this.take(SLOT_BYTES);
    if (this.#isFull) return 0;
    this.machine.words.set(words, at >> 2);
    if (bareOne) this.machine.words[(at >> 2) + HEADS_WORD] = this.#heads(slot, bareOne);
    const { bytes } = this.machine;
    bytes.set(slot.places, at + PLACES);
    if (!slot.atOnce) return at;
    bytes[at + QUICK] = 1;
    bytes.fill(255, at + PLACES + slot.places.length, at + PLACES + AT_ONCE);
    bytes.set(slot.atOnce.above, at + PLACES + AT_ONCE);
    const weights = Int16Array.from(slot.atOnce.weights);
    bytes.set(new Uint8Array(weights.buffer), at + PLACES + 2 * AT_ONCE);
    return at;
  }

  /** Address of what the first four digits tell, 0 for nothing. */
  #heads(slot: SlotWords, patterns: BareTable): number {
    if (slot.places.length < HEAD) return 0;
    const at = this.#put(headsOf(patterns, slot.places.length));
    return this.#isFull ? 0 : at;
  }

  /** The entries of the row at hand, so many. */
  row(entries: number): RowEntry[] {
    const { words } = this.machine;
    return Array.from({ length: entries }, (_, i) => {
      const at = (Layout.ROW_ENTRIES >> 2) + i * 4;
      return {
        slot: words[at] ?? 0,
        at: words[at + 1] ?? 0,
        low: words[at + 2] ?? 0,
        high: words[at + 3] ?? 0,
      };
    });
  }

  /** Address of a place where rows of these slots are counted; 0 when there is none. */
  signature(slots: readonly number[], number: number): number {
    const { words } = this.machine;
    const first = Layout.SIGNATURES >> 2;
    const count = words[first] ?? 0;
    if (count === MAX_SIGNATURES) return 0;
    const hashes = this.take(slots.length * ROOM * 8);
    const at = this.take(16 + slots.length * 4);
    if (hashes === 0 || at === 0) return 0;
    words.set([slots.length, 0, hashes, number, ...slots], at >> 2);
    words[first + 1 + count] = at;
    words[first] = count + 1;
    return at;
  }

  /** Fetches what was counted at a signature since the last time: the hashes of each of its slots, two words a row. Returns the rows. */
  rows(address: number, into: readonly HashList[]): number {
    const { words } = this.machine;
    const [, rows = 0, hashes = 0] = words.subarray(address >> 2, (address >> 2) + 3);
    words[(address >> 2) + 1] = 0;
    into.forEach((list, i) => {
      const from = (hashes >> 2) + i * ROOM * 2;
      list.add(words.subarray(from, from + rows * 2));
    });
    return rows;
  }
}

/** Patterns of forms of nothing but digits. */
export interface BareTable extends PatternTable {
  /** By count of digits: see {@link headsOf}. */
  readonly heads: Map<number, Uint8Array>;
}

const bareTables = new WeakMap<Uint16Array, BareTable>();

/** A pattern's steps for forms of nothing but digits: rows of sixteen, by the digit. */
export function bare(patterns: PatternTable): BareTable {
  const { steps, classes, width, accepts } = patterns;
  const known = bareTables.get(steps);
  if (known) return known;
  const states = steps.length / width;
  const rows = new Uint16Array(states * BARE_WIDTH);
  for (let state = 0; state < states; state++) {
    for (let digit = 0; digit < 10; digit++) {
      rows[state * BARE_WIDTH + digit] = steps[state * width + (classes[digit + 48] ?? 0)] ?? 0;
    }
  }
  const made = { steps: rows, classes, width: BARE_WIDTH, accepts, heads: new Map() };
  bareTables.set(steps, made);
  return made;
}

/** Digits that are looked up at once. */
const HEAD = 4;
/** They do not tell. */
const MIXED = 255;

const TEN: readonly number[] = Array.from({ length: 10 }, (_, digit) => digit);
/** By the number that the first four of `count` digits make: which pattern, from one; 0 for none, MIXED where the others tell. */
export function headsOf({ steps, accepts, heads }: BareTable, count: number): Uint8Array {
  const made = heads.get(count);
  if (made) return made;
  const known = new Map<number, number>();
  const outcome = (state: number, left: number): number => {
    if (left === 0) return accepts[state] ?? 0;
    const key = state * 64 + left;
    const before = known.get(key);
    if (before !== undefined) return before;
    const next = (digit: number): number =>
      outcome(steps[state * BARE_WIDTH + digit] ?? 0, left - 1);
    const first = next(0);
    let all = first;
    for (let digit = 1; digit < 10; digit++) if (next(digit) !== first) all = MIXED;
    known.set(key, all);
    return all;
  };
  // By the states behind one digit more each time.
  let states: readonly number[] = [1];
  for (let digits = 0; digits < HEAD; digits++) {
    states = states.flatMap((state) => TEN.map((digit) => steps[state * BARE_WIDTH + digit] ?? 0));
  }
  const table = Uint8Array.from(states, (state) => outcome(state, count - HEAD));
  heads.set(count, table);
  return table;
}
