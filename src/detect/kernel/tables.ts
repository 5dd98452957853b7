/**
 * The memory in which settled columns are described to the WebAssembly (assembly/table.as). It
 * belongs to one object at a time: whoever claims it turns the one before out.
 */
import { MAX_STATES } from './automaton.ts';
import type { HashList } from './hashlist.ts';
import { Layout } from './layout.ts';
import type { Calls, Machine } from './machine.ts';
import type { PatternTable } from './patterns.ts';
import { Answer, SlotMemory } from './slotmemory.ts';

/** Descriptions take some kilobytes a column, hashes of rows four kilobytes an identifier of a row. */
const SIZE = 8 * 1024 * 1024;
/** Rows of a signature before they are fetched: of the first ones, and of further ones, which are rarer. */
const ROOM = 512;
const LITTLE_ROOM = 32;
const FIRST = 48;
/** Cells of a row and kinds of rows that there are addresses for. */
export const MAX_CELLS = 512;
const MAX_SIGNATURES = 700;
/** Places for their addresses; assembly/table.as says the same. */
const SIGNATURE_PLACES = 1024;
const LOOK_BYTES = 48;
const HOSTS = 256;
const HOST_BYTES = 48;
const LOOKS_BEGIN = 16;
/** Before a byte for each state. */
const INERT_BYTES = 40;
const NEVER_ASKED = -1;
/** Looks of one column. */
export const MAX_LOOKS = 16;

/** What is done with cells of known looks; `unmasked`: nothing, but where X stands twice in a row; `judgeUnmasked`: judged, but there. */
export const Action = { nothing: 1, judge: 2, ask: 3, unmasked: 4, judgeUnmasked: 5 } as const;

/** An entry of a row: slot, folded offset of its cell, where its hash lies as two words. */
export interface RowEntry {
  readonly slot: number;
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

export interface TableOwner {
  readonly calls: Pick<
    Calls,
    'learn' | 'learnInert' | 'learnHost' | 'tell' | 'signature' | 'fetch' | 'takeRow'
  >;
  /** Another one has the memory from now on; what lies there is to be fetched now. */
  turnedOut(): void;
}

/** Answers for no object: nothing is known, nothing is kept. */
const NOBODY: TableOwner['calls'] = {
  learn: () => 0,
  learnInert: () => 0,
  learnHost: () => 0,
  tell: () => Answer.ask,
  signature: () => 0,
  fetch: () => {},
  takeRow: () => {},
};

export class TableMemory extends SlotMemory {
  #owner: TableOwner | null = null;
  readonly #places: number;
  #signatures = 0;

  constructor(machine: Machine, putKey: (words: Int32Array, at: number) => void) {
    super(machine, SIZE);
    this.#places = machine.reserve(SIGNATURE_PLACES * 4);
    machine.words[Layout.SIGNATURES >> 2] = this.#places;
    putKey(machine.words, Layout.KEY >> 2);
  }

  claim(owner: TableOwner): void {
    if (this.#owner === owner) return;
    this.#owner?.turnedOut();
    this.#owner = owner;
    this.clear();
    this.#signatures = 0;
    this.machine.bytes.fill(0, this.#places, this.#places + SIGNATURE_PLACES * 4);
    Object.assign(this.machine.calls, owner.calls);
  }

  release(owner: TableOwner): void {
    if (this.#owner !== owner) return;
    this.#owner = null;
    // Not to keep an object that has ended.
    Object.assign(this.machine.calls, NOBODY);
  }

  /** Says where the looks of a row's cell are; 0 for nowhere. */
  setCell(cell: number, address: number): void {
    this.machine.words[(Layout.CELLS >> 2) + cell] = address;
  }

  /** Says where it is written what the column of a row's cell makes nothing of; 0 for nowhere. */
  setInert(cell: number, address: number): void {
    this.machine.words[(Layout.INERTS >> 2) + cell] = address;
  }

  /**
   * Writes down the set of detectors of which a column makes nothing without a word, at an address or
   * for the first time; returns the address, 0 when the memory is full. Which states those are is asked.
   */
  putInert(set: Int32Array, address: number): number {
    const at = address > 0 ? address : this.take(INERT_BYTES + MAX_STATES);
    if (at > 0) this.machine.words.set([...set, NEVER_ASKED, MAX_STATES], at >> 2);
    return at;
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
      this.put(words.steps),
      this.put(words.classes),
      words.width,
      this.put(words.accepts),
      endsAtDots ? 1 : 0,
    ];
    const at = this.take(program.length * 4);
    if (this.isFull) return 0;
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
    if (this.#signatures === MAX_SIGNATURES) return 0;
    const room = this.#signatures < FIRST ? ROOM : LITTLE_ROOM;
    const hashes = this.take(slots.length * room * 8);
    const at = this.take(20 + slots.length * 4);
    if (hashes === 0 || at === 0) return 0;
    this.machine.words.set([slots.length, 0, hashes, number, room, ...slots], at >> 2);
    this.#signatures++;
    return at;
  }

  /** Fetches what was counted at a signature since the last time: the hashes of each of its slots, two words a row. Returns the rows. */
  rows(address: number, into: readonly HashList[]): number {
    const { words } = this.machine;
    const [, rows = 0, hashes = 0, , room = 0] = words.subarray(address >> 2, (address >> 2) + 5);
    words[(address >> 2) + 1] = 0;
    into.forEach((list, i) => {
      const from = (hashes >> 2) + i * room * 2;
      list.add(words.subarray(from, from + rows * 2));
    });
    return rows;
  }
}
