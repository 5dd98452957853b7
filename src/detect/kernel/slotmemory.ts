/**
 * Memory in which detectors' checks are described to the WebAssembly (assembly/table.as): a slot for
 * each check of each form. It is given away in a row and taken back as a whole.
 */
import { Buffer } from 'node:buffer';
import { Layout } from './layout.ts';
import { align, type Machine } from './machine.ts';
import type { PatternTable } from './patterns.ts';

const SLOT_BYTES = 160;
const QUICK = 80;
/** Two bytes: what JavaScript tells, from one; 0 for nothing. */
const TOLD = 82;
const HEADS_WORD = 21;
const ASKS_WORD = 22;
const REFUSES_WORD = 23;
/** There are fewer patterns. */
const NO_PATTERN = 255;
const PLACES = 96;
/** Width of a pattern's table that knows nothing but digits. */
const BARE_WIDTH = 16;
/** Signs that are summed up at once. */
const AT_ONCE = 16;

/** What the kernel is told of a cell or a place; assembly/table.as and forms.as say the same. `notOne`: of a length that no value has. */
export const Answer = { refused: 0, accepted: 1, ask: 2, notOne: 3 } as const;

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
  /** `hasHeads`: the first four digits mostly tell. */
  readonly patterns: (PatternTable & { readonly asks: boolean; readonly hasHeads: boolean }) | null;
  /** The first pattern that refuses, as those behind it do; -1 for none. */
  readonly refusesFrom: number;
  /** By pattern what stands before the compact form when it is hashed; at most 8 bytes. */
  readonly prefixes: readonly string[];
  readonly digits: number;
  /** Nothing but digits: may be a time. */
  readonly isBare: boolean;
  /** 4,096 bits: by the last twelve of a sample's hash. */
  readonly samples: Uint8Array;
  /** What JavaScript tells of what the tables leave to it; -1 where that goes the long way. */
  readonly told: number;
  /** JavaScript is asked of what passes. */
  readonly asksPassed: boolean;
  /** What is of none of the patterns has a length that no value has. */
  readonly isSized: boolean;
  /** By place what a sign's code is above its worth, and the weight; null where signs have to be looked up one by one. */
  readonly atOnce: {
    readonly above: readonly number[];
    readonly weights: readonly number[];
  } | null;
  /** Of the compact form, where the first two digits stand. */
  readonly firstDigits: readonly [number, number];
}

/** A slot of a program; at most 32 of them. */
export interface ProgramSlot {
  readonly address: number;
  /** Other slots of the program, which come before: where one of them was accepted, this one is not judged. */
  readonly hiders: readonly number[];
  /** If the program has such slots, one of them is accepted, or nothing is. */
  readonly isCover: boolean;
}

export class SlotMemory {
  readonly machine: Machine;
  readonly #begin: number;
  readonly #size: number;
  #used = 0;
  #isFull = false;
  /** Tables that several slots have, by what they were made of. */
  readonly #shared = new Map<object, number>();

  constructor(machine: Machine, sizeBytes: number) {
    this.machine = machine;
    this.#size = sizeBytes;
    this.#begin = machine.reserve(sizeBytes);
  }

  /** Was there no room for something since it was cleared? */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Takes everything back. */
  clear(): void {
    this.#used = 0;
    this.#isFull = false;
    this.#shared.clear();
  }

  /** Address of zeros, or 0 when the memory is full. */
  take(sizeBytes: number): number {
    const size = align(sizeBytes);
    if (this.#used + size > this.#size) {
      this.#isFull = true;
      return 0;
    }
    const at = this.#begin + this.#used;
    this.#used += size;
    this.machine.bytes.fill(0, at, at + size);
    return at;
  }

  /** Writes a table down; returns its address, or 0. */
  put(table: Uint8Array | Uint16Array | Int16Array): number {
    const at = this.take(table.byteLength);
    if (at > 0) {
      this.machine.put(at, new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
    }
    return at;
  }

  /** Gives the WebAssembly what was told of a cell or a place: a number, and the hash as two words. */
  told(number: number, hash: Uint32Array): void {
    const at = Layout.TABLE_VALUE >> 2;
    this.machine.words[at] = number;
    this.machine.words[at + 2] = hash[0] ?? 0;
    this.machine.words[at + 3] = hash[1] ?? 0;
  }

  /** The same for a table that may have been written down before. */
  #share(table: Uint8Array | Uint16Array): number {
    const at = this.#shared.get(table) ?? this.put(table);
    if (at > 0) this.#shared.set(table, at);
    return at;
  }

  /** Address of a list of slots; 0 when the memory is full. */
  program(slots: readonly ProgramSlot[]): number {
    const covers = slots.reduce((bits, { isCover }, i) => bits | (isCover ? 1 << i : 0), 0);
    const words = [slots.length, covers];
    for (const { address, hiders } of slots) {
      words.push(
        address,
        hiders.reduce((bits, i) => bits | (1 << i), 0),
      );
    }
    const at = this.take(words.length * 4);
    if (at > 0) this.machine.words.set(words, at >> 2);
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
      this.put(values),
      sum?.offset ?? 0,
      sum?.modulus ?? 0,
      sum ? this.put(sum.signs) : 0,
      sum?.modulus ?? 0,
      sum ? this.put(sum.heads) : 0,
      patterns ? this.#share(patterns.steps) : 0,
      patterns ? this.#share(patterns.classes) : 0,
      patterns?.width ?? 0,
      patterns ? this.#share(patterns.accepts) : 0,
      slot.isSized ? Answer.notOne : slot.patterns?.asks ? Answer.ask : Answer.refused,
      slot.prefixes.length > 0 ? this.put(prefixes) : 0,
      slot.digits,
      slot.isBare ? 1 : 0,
      this.#share(slot.samples),
      sum ? Math.floor(2 ** 32 / sum.modulus) + 1 : 0,
      slot.firstDigits[0] + slot.firstDigits[1] * 256,
    ];
    const at = this.take(SLOT_BYTES);
    if (this.#isFull) return 0;
    this.machine.words.set(words, at >> 2);
    this.machine.words[(at >> 2) + ASKS_WORD] = slot.asksPassed ? 1 : 0;
    this.machine.words[(at >> 2) + REFUSES_WORD] =
      slot.refusesFrom < 0 ? NO_PATTERN : slot.refusesFrom;
    if (bareOne && slot.patterns?.hasHeads)
      this.machine.words[(at >> 2) + HEADS_WORD] = this.#heads(slot, bareOne);
    const { bytes } = this.machine;
    bytes.set(slot.places, at + PLACES);
    const told = slot.told + 1 < 2 ** 16 ? slot.told + 1 : 0;
    bytes[at + TOLD] = told & 255;
    bytes[at + TOLD + 1] = told >> 8;
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
    const at = this.#share(headsOf(patterns, slot.places.length));
    return this.#isFull ? 0 : at;
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
