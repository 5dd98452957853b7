/**
 * Tables whose columns are decided. When a column's statistics are full, what a cell of known looks
 * can be is written down for the WebAssembly, which judges, hashes and counts such cells itself
 * (kernel/assembly/table.as): registers have millions of them, all alike. Whatever is not alike
 * goes the long way, and what else its row holds is recorded with it.
 */
import { Buffer } from 'node:buffer';
import { CellSlots } from './cellslots.ts';
import type { ColumnState, Columns } from './columns.ts';
import type { Engine } from './engine.ts';
import { Flag, type Level, LOW, levelOf } from './flags.ts';
import { HashList } from './kernel/hashlist.ts';
import { looksOf } from './kernel/looks.ts';
import { Mode } from './kernel/matcher.ts';
import { patternTable } from './kernel/patterns.ts';
import {
  Action,
  MAX_CELLS,
  MAX_LOOKS,
  type RowEntry,
  type TableMemory,
  type TableOwner,
} from './kernel/tables.ts';
import type { Records } from './records.ts';
import { setOf } from './steps.ts';

/** Looks seen in fewer cells make room for others. */
const RARE = 8;
/** How often a column's rare looks may make room. */
const ROUNDS = 2;
/** How often the memory may be taken from a table before it does without. */
const MAX_TURNS = 8;
const JUDGED: ReadonlySet<number> = new Set([Action.judge, Action.judgeUnmasked]);
/** Done with cells in which nothing can be. */
const EMPTY: ReadonlySet<number> = new Set([Action.nothing, Action.unmasked]);
/** What is known of a host of mailboxes; assembly/table.as says the same. */
const Host = { known: 1, asked: 2, empty: 3 } as const;
/** Of 256 places. */
const MAX_HOSTS = 192;

/** Rows in which the same was found, with the hashes of each of their slots, two words a row. */
export interface Alike {
  readonly cells: readonly { readonly number: number; readonly at: number }[];
  rows: number;
  readonly hashes: readonly HashList[];
}

/** Gets the entries of a row; what follows in the cell that begins at `open` may overlap the one there. */
type TakeRow = (entries: readonly RowEntry[], row: number, open: number) => void;

export class SettledCells {
  readonly #engine: Engine;
  readonly #columns: Columns;
  readonly #memory: TableMemory;
  readonly #take: TakeRow;
  readonly #owner: TableOwner;
  readonly #alike: (Alike & { address: number })[] = [];
  /** By column: address of its looks, 0 where none are noted any more. */
  #looks: number[] = [];
  #rounds: number[] = [];
  /** By column: how many more hosts of mailboxes are noted. */
  #hosts: number[] = [];
  /** By column: address of what it makes nothing of, 0 for none. */
  #inerts: number[] = [];
  /** By cell of a row: number of its column. */
  #cells: number[] = [];
  #turns = 0;
  readonly #least: Level;
  readonly slots: CellSlots;

  /** `take` gets what was found in a row of which something goes the long way. */
  constructor(
    engine: Engine,
    columns: Columns,
    asked: { readonly shown: number; readonly least: Level },
    take: TakeRow,
  ) {
    this.#engine = engine;
    this.#columns = columns;
    this.#memory = engine.tables;
    this.slots = new CellSlots(engine, asked);
    this.#least = asked.least;
    this.#take = take;
    this.#owner = {
      turnedOut: () => this.#leave(),
      calls: {
        learn: (cell, at, size) => (this.#learn(cell, at, size) ? 1 : 0),
        learnInert: (cell, state) => (this.#isInert(cell, state) ? 1 : 0),
        learnHost: (cell, at, size) => this.#learnHost(cell, at, size),
        tell: (told, at) => this.slots.tell(told, at),
        signature: (entries) => this.#signature(entries),
        fetch: (number) => this.#fetch(number),
        takeRow: (row) => this.takeRow(row),
      },
    };
  }

  /** Makes ready for a piece of a table; returns how many cells of a row are looked at. `isHeld`: all go the long way for now. */
  begin(columnOf: (cell: number) => number, cells: number, isHeld: boolean): number {
    if (this.#turns >= MAX_TURNS) return 0;
    this.#memory.claim(this.#owner);
    this.hold(isHeld);
    const count = Math.min(cells, MAX_CELLS);
    this.#cells = Array.from({ length: count }, (_, cell) => columnOf(cell));
    this.#cells.forEach((column, cell) => {
      this.#memory.setCell(cell, this.#looksOf(column));
      this.#memory.setInert(cell, this.#inerts[column] ?? 0);
    });
    return count;
  }

  /** Has all rows go the long way, or no longer. */
  hold(isHeld: boolean): void {
    this.#memory.machine.run.holdTable(isHeld ? 1 : 0);
  }

  /**
   * Takes what the row at hand holds so far: something was found in it the long way, in the cell
   * that begins at `open`, where an address may have been judged before.
   */
  takeRow(row: number, open = -1): void {
    const entries = this.#memory.machine.run.takenRow();
    if (entries > 0) this.#take(this.#memory.row(entries), row, open);
  }

  /** Other detectors than before are asked in the column. */
  renew(column: number): void {
    this.#renewInert(column);
    const looks = this.#looks[column] ?? 0;
    if (looks === 0) return;
    this.#memory.keepLooks(looks, (action) => EMPTY.has(action));
    this.#memory.close(looks, false);
    const state = this.#columns.states[column];
    if (state) this.#learnMailboxes(state, column, looks);
  }

  #renewInert(column: number): void {
    const state = this.#columns.states[column];
    // Where columns have no names, the cell beside may speak.
    if (!state || state.name === '' || this.#turns >= MAX_TURNS) return;
    const mute = [...state.mute.modes.keys()].filter((rule) => isMute(state, rule));
    if (mute.length === 0) return;
    const address = this.#memory.putInert(setOf(mute), this.#inerts[column] ?? 0);
    this.#inerts[column] = address;
    this.#cells.forEach((other, cell) => {
      if (other === column) this.#memory.setInert(cell, address);
    });
  }

  /** Does nothing come of what is complete in a state of the digits' automaton, unless a word speaks for it? */
  #isInert(cell: number, number: number): boolean {
    const state = this.#columns.states[this.#cells[cell] ?? -1];
    const automaton = this.#engine.scanner.compiled.digit?.automaton;
    if (!state || !automaton) return false;
    return automaton.shapes(number).every((one) => {
      const shape = this.#engine.shape(one);
      return !shape.masked && isMute(state, shape.rule);
    });
  }

  /** The rows that were counted together. */
  end(): readonly Alike[] {
    this.#leave();
    this.#memory.release(this.#owner);
    return this.#alike.filter(({ rows }) => rows > 0);
  }

  /** Gives the memory of the hashes away, once they have been counted. */
  release(): void {
    for (const { hashes } of this.#alike) for (const list of hashes) list.release();
  }

  #leave(): void {
    this.#turns++;
    for (let number = 0; number < this.#alike.length; number++) this.#fetch(number);
    for (const alike of this.#alike) alike.address = 0;
    this.#looks = [];
    this.#rounds = [];
    this.#hosts = [];
    this.#inerts = [];
  }

  #looksOf(column: number): number {
    const state = this.#columns.states[column];
    // Where columns have no names, the cell beside may name one.
    if (!state || state.name === '') return 0;
    const known = this.#looks[column];
    if (known !== undefined) return known;
    const made = this.#memory.newLooks();
    this.#looks[column] = made;
    if (made > 0) this.#learnMailboxes(state, column, made);
    return made;
  }

  #learn(cell: number, at: number, size: number): boolean {
    const column = this.#cells[cell] ?? -1;
    const state = this.#columns.states[column];
    const looks = this.#looks[column] ?? 0;
    if (!state || looks === 0) return false;
    if (this.#memory.countLooks(looks) === MAX_LOOKS) {
      this.#forgetRare(column, looks);
      return false;
    }
    const { text } = this.#engine.folder;
    const look = looksOf(text.subarray(at, at + size));
    const slots = this.slots.slotsFor(state, column, look, at);
    // Two letters beside each other may be mask signs.
    const mayHide = look.includes('AA');
    const empty = mayHide ? Action.unmasked : Action.nothing;
    const judged = mayHide ? Action.judgeUnmasked : Action.judge;
    const program = slots && slots.length > 0 ? this.#memory.program(slots) : 0;
    const isDone = slots !== null && slots.length === 0;
    const action = isDone ? empty : program > 0 ? judged : Action.ask;
    this.#memory.addLook(looks, Buffer.from(look, 'latin1'), action, program);
    return true;
  }

  /** Has addresses of electronic mail judged without a search, once the column is decided on them. */
  #learnMailboxes(state: ColumnState, column: number, looks: number): void {
    if (this.#hosts[column] !== undefined) return;
    const rule = this.#engine.mailboxRule;
    const detector = this.#engine.rules[rule];
    if (!detector?.mailboxes || !this.slots.isSettledOn(state, rule)) return;
    const voice = state.voices[rule] ?? null;
    const flags =
      Flag.row | (voice === 'for' ? Flag.header : voice === 'against' ? Flag.against : 0);
    const alone = levelOf(detector.alone);
    const slots = [flags, flags | Flag.printed].map((all) =>
      // Cells hold nothing else: where exactly it ends decides nothing.
      this.slots.number({ rule, column, flags: all, alone, start: 0, end: 1 }),
    );
    const { words } = detector.mailboxes;
    const endsAtDots = this.#engine.looks?.endsAtDots ?? true;
    const program = this.#memory.mailboxes(slots, patternTable(words), endsAtDots);
    this.#memory.setMailboxes(looks, program);
    this.#hosts[column] = MAX_HOSTS;
  }

  #learnHost(cell: number, at: number, size: number): number {
    const column = this.#cells[cell] ?? -1;
    const left = this.#hosts[column] ?? 0;
    if (left === 0) return 0;
    this.#hosts[column] = left - 1;
    const { text } = this.#engine.folder;
    const host = Buffer.from(text.subarray(at, at + size))
      .toString('latin1')
      .toUpperCase();
    const mailboxes = this.#engine.rules[this.#engine.mailboxRule]?.mailboxes;
    // Hosts are not searched: one that may hold a number (`70002397.com`) goes the long way.
    const look = `A@${host.replace(/\d/g, '0').replace(/[A-Z]/g, 'A')}`;
    const mayHold = this.#engine.looks?.possible(look).some(({ start }) => start > 1);
    if (mayHold || !mailboxes) return Host.asked;
    if (mailboxes.isHost(host)) return Host.known;
    // A sample stays low, whatever stands beside it.
    return this.#least > LOW && mailboxes.isSampleHost(host) ? Host.empty : Host.asked;
  }

  #forgetRare(column: number, looks: number): void {
    const rounds = (this.#rounds[column] ?? 0) + 1;
    this.#rounds[column] = rounds;
    this.#memory.keepLooks(looks, (_, cells) => cells >= RARE);
    const kept = this.#memory.countLooks(looks);
    if (rounds < ROUNDS && kept < MAX_LOOKS) return;
    // No two are alike there: what holds nothing is as soon searched as compared.
    this.#memory.keepLooks(looks, (action) => JUDGED.has(action));
    this.#memory.close(looks, true);
    if (this.#memory.countLooks(looks) > 0) return;
    this.#looks[column] = 0;
    this.#cells.forEach((other, cell) => {
      if (other === column) this.#memory.setCell(cell, 0);
    });
  }

  #signature(entries: number): number {
    const cells = this.#memory.row(entries).map(({ slot, at }) => ({ number: slot, at }));
    const slots = cells.map(({ number }) => number);
    const address = this.#memory.signature(slots, this.#alike.length);
    if (address > 0) {
      this.#alike.push({ cells, rows: 0, hashes: cells.map(() => new HashList()), address });
    }
    return address;
  }

  #fetch(number: number): void {
    const alike = this.#alike[number];
    if (!alike || alike.address === 0) return;
    alike.rows += this.#memory.rows(alike.address, alike.hashes);
  }
}

function isMute(state: ColumnState, rule: number): boolean {
  return state.mute.modes[rule] === Mode.skip;
}

/**
 * Records one row for all those alike: what one of them is worth, all are. `take` records a row's
 * entries in order. Returns the hashes by record.
 */
export function recordAlike(
  rows: readonly Alike[],
  records: Records,
  take: (entries: readonly RowEntry[], number: number) => void,
): ReadonlyMap<number, readonly Uint32Array[]> {
  const alike = new Map<number, readonly Uint32Array[]>();
  rows.forEach(({ cells, hashes }, number) => {
    const before = records.size;
    take(
      cells.map(({ number: slot, at }) => ({ slot, at, low: 0, high: 0 })),
      number,
    );
    hashes.forEach((list, i) => {
      alike.set(before + i, list.parts);
    });
  });
  return alike;
}
