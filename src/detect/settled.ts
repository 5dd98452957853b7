/**
 * Tables whose columns are decided. When a column's statistics are full, what a cell of known looks
 * can be is written down for the WebAssembly, which judges, hashes and counts such cells itself
 * (kernel/assembly/table.as): registers have millions of them, all alike. Whatever is not alike
 * goes the long way, with its whole row.
 */
import { Buffer } from 'node:buffer';
import type { Detector, Quick } from '../model/detector.ts';
import type { ColumnStatistics } from './column.ts';
import type { ColumnState, Columns } from './columns.ts';
import { decoyFlags, seriesFlags, spellingFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { columnFlags, neighbourLevel, ownLevel } from './evidence.ts';
import { Flag, type Level, levelOf, MEDIUM } from './flags.ts';
import type { CompiledShape } from './kernel/compile.ts';
import type { Possible } from './kernel/looks.ts';
import { Span, SpanMatch, UPPER } from './kernel/match.ts';
import { Mode } from './kernel/matcher.ts';
import { patternTable } from './kernel/patterns.ts';
import {
  Action,
  MAX_CELLS,
  MAX_LOOKS,
  type RowEntry,
  type SlotWords,
  type TableMemory,
  type TableOwner,
} from './kernel/tables.ts';
import { DIGITS, LETTERS } from './shape.ts';

/** Looks seen in fewer cells make room for others. */
const RARE = 8;
/** How often a column's rare looks may make room. */
const ROUNDS = 4;
/** How often the memory may be taken from a table before it does without. */
const MAX_TURNS = 8;
const SIGNS_ROW = 64;
const SAMPLE_BITS = 4096;
/** Of 256 places. */
const MAX_HOSTS = 192;
/** In place of a slot's number: only its shape is known, or JavaScript tells. */
const GUARD = -1;
const TOLD = -2;
/** What the kernel is told of a cell; assembly/table.as says the same. */
const Answer = { refused: 0, accepted: 1, ask: 2 } as const;
/** In place of a worth: the judge is asked. */
const ASKED = -2;

/** What the kernel writes down of one cell. */
export interface Slot {
  readonly rule: number;
  readonly column: number;
  readonly flags: number;
  readonly alone: Level;
  /** Within the cell, half open. */
  readonly start: number;
  readonly end: number;
}

/** What a detector without tables is asked about, and what is known beforehand. */
interface Told {
  readonly rule: number;
  readonly detector: Detector;
  readonly column: number;
  /** What is accepted may be written down; else its row goes the long way. */
  readonly takes: boolean;
  /** What is refused counts in the column's statistics. */
  readonly counts: boolean;
  readonly isHinted: boolean;
  readonly flags: number;
  readonly columnFlags: number;
  readonly possible: readonly Possible[];
  /** Of each of them. */
  readonly shapes: readonly CompiledShape[];
}

const NO_WORDS: SlotWords = {
  number: 0,
  offset: 0,
  places: [],
  values: [],
  sum: null,
  patterns: null,
  prefixes: [],
  digits: 0,
  isBare: false,
  samples: new Uint8Array(0),
  atOnce: null,
  firstDigits: [0, 0],
};

/** Rows in which the same was found, with the hashes of each of their slots, two words a row. */
export interface Alike {
  readonly cells: readonly { readonly number: number; readonly at: number }[];
  rows: number;
  readonly hashes: readonly Uint32Array[][];
}

export class SettledCells {
  readonly #engine: Engine;
  readonly #columns: Columns;
  readonly #memory: TableMemory;
  readonly #take: (entries: readonly RowEntry[], row: number) => void;
  readonly #owner: TableOwner;
  readonly #slots: Slot[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #alike: (Alike & { address: number })[] = [];
  /** By column: address of its looks, 0 where none are noted any more. */
  #looks: number[] = [];
  #rounds: number[] = [];
  /** By column: how many more hosts of mailboxes are noted. */
  #hosts: number[] = [];
  /** By cell of a row: number of its column. */
  #cells: number[] = [];
  #turns = 0;
  /** Samples a column must have shown before its cells are only counted. */
  readonly #told: Told[] = [];
  readonly #span = new Span();
  readonly #hash = new Uint32Array(2);
  readonly #shown: number;
  /** What is worth less is neither reported nor supports another. */
  readonly #least: Level;

  /** `take` gets what was found in a row that has to go the long way. */
  constructor(
    engine: Engine,
    columns: Columns,
    { shown, least }: { readonly shown: number; readonly least: Level },
    take: (entries: readonly RowEntry[], row: number) => void,
  ) {
    this.#engine = engine;
    this.#columns = columns;
    this.#memory = engine.tables;
    this.#shown = shown;
    this.#least = Math.min(least, MEDIUM);
    this.#take = take;
    this.#owner = {
      turnedOut: () => this.#leave(),
      calls: {
        learn: (cell, at, size) => (this.#learn(cell, at, size) ? 1 : 0),
        learnHost: (cell, at, size) => this.#learnHost(cell, at, size),
        tell: (told, at) => this.#tell(told, at),
        signature: (entries) => this.#signature(entries),
        fetch: (number) => this.#fetch(number),
        takeRow: (row) => this.takeRow(row),
      },
    };
  }

  slot(number: number): Slot {
    const slot = this.#slots[number];
    if (!slot) throw new Error('a row with a slot that nobody wrote down');
    return slot;
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
    });
    return count;
  }

  /** Has all rows go the long way, or no longer. */
  hold(isHeld: boolean): void {
    this.#memory.machine.run.holdTable(isHeld ? 1 : 0);
  }

  /** Takes what the row at hand holds so far: something was found in it the long way. */
  takeRow(row: number): void {
    const entries = this.#memory.machine.run.takenRow();
    if (entries > 0) this.#take(this.#memory.row(entries), row);
  }

  /** Other detectors than before are asked in the column. */
  renew(column: number): void {
    const looks = this.#looks[column] ?? 0;
    if (looks === 0) return;
    this.#memory.keepLooks(looks, (action) => action === Action.nothing);
    this.#memory.close(looks, false);
    const state = this.#columns.states[column];
    if (state) this.#learnMailboxes(state, column, looks);
  }

  /** The rows that were counted together. */
  end(): readonly Alike[] {
    this.#leave();
    this.#memory.release(this.#owner);
    return this.#alike.filter(({ rows }) => rows > 0);
  }

  #leave(): void {
    this.#turns++;
    for (let number = 0; number < this.#alike.length; number++) this.#fetch(number);
    for (const alike of this.#alike) alike.address = 0;
    this.#looks = [];
    this.#rounds = [];
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
    const bytes = text.subarray(at, at + size);
    const look = Buffer.from(bytes.map(lookOf)).toString('latin1');
    const slots = this.#slotsFor(state, column, look, at);
    const action = slots === null ? Action.ask : slots.length > 0 ? Action.judge : Action.nothing;
    const program = action === Action.judge ? this.#memory.program(slots ?? []) : 0;
    const isFull = action === Action.judge && program === 0;
    this.#memory.addLook(looks, Buffer.from(look, 'latin1'), isFull ? Action.ask : action, program);
    return true;
  }

  /** Has addresses of electronic mail judged without a search, once the column is decided on them. */
  #learnMailboxes(state: ColumnState, column: number, looks: number): void {
    const rule = this.#engine.mailboxRule;
    const detector = this.#engine.rules[rule];
    if (!detector?.mailboxes || !this.#isSettledOn(state, rule)) return;
    const voice = state.voices[rule] ?? null;
    const flags =
      Flag.row | (voice === 'for' ? Flag.header : voice === 'against' ? Flag.against : 0);
    const alone = levelOf(detector.alone);
    const slots = [flags, flags | Flag.printed].map((all) =>
      // Cells hold nothing else: where exactly it ends decides nothing.
      this.#number({ rule, column, flags: all, alone, start: 0, end: 1 }),
    );
    const { words } = detector.mailboxes;
    this.#memory.setMailboxes(looks, this.#memory.mailboxes(slots, patternTable(words)));
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
    const isHost = this.#engine.rules[this.#engine.mailboxRule]?.mailboxes?.isHost(host);
    return isHost ? 1 : 2;
  }

  /** Is all known that the column has to say of the detector, and shown what is to be shown? */
  #isSettledOn(state: ColumnState, rule: number): boolean {
    return (
      state.statistics[rule]?.isFull === true &&
      state.filter.modes[rule] === Mode.accepted &&
      (state.samples[rule * 2] ?? 0) >= this.#shown
    );
  }

  #forgetRare(column: number, looks: number): void {
    const rounds = (this.#rounds[column] ?? 0) + 1;
    this.#rounds[column] = rounds;
    this.#memory.keepLooks(looks, (_, cells) => cells >= RARE);
    const kept = this.#memory.countLooks(looks);
    if (rounds < ROUNDS && kept < MAX_LOOKS) return;
    // No two are alike there: what holds nothing is as soon searched as compared.
    this.#memory.keepLooks(looks, (action) => action === Action.judge);
    this.#memory.close(looks, true);
    if (this.#memory.countLooks(looks) > 0) return;
    this.#looks[column] = 0;
    this.#cells.forEach((other, cell) => {
      if (other === column) this.#memory.setCell(cell, 0);
    });
  }

  /** Addresses of the slots of a cell that looks so; null where it has to go the long way. */
  #slotsFor(state: ColumnState, column: number, look: string, at: number): number[] | null {
    // What is no ASCII, or no digits' affair: addresses, machine-readable zones, masks.
    if (/[^\x20-\x7e]|[@<]|([*#?_])\1/.test(look)) return null;
    const { looks } = this.#engine;
    if (!looks) return [];
    const byRule = new Map<number, Possible[]>();
    for (const one of looks.possible(look)) {
      const shape = this.#engine.shape(one.shape);
      if (this.#isIdle(state, shape.rule, one, look)) continue;
      byRule.set(shape.rule, [...(byRule.get(shape.rule) ?? []), one]);
    }
    const guards: number[] = [];
    const judged: number[] = [];
    const isOneSpan = this.#isOneSpan([...byRule.values()].flat());
    for (const [rule, possible] of byRule) {
      const slot = this.#quickSlot(state, column, rule, possible, look, at);
      if (slot === 'idle' && isOneSpan) continue;
      const made =
        slot && slot !== 'idle'
          ? [slot]
          : (this.#guards(possible, look) ??
            this.#toldSlot(state, column, rule, possible, look, at));
      if (!made) return null;
      for (const words of made) {
        const address = this.#memory.slot(words);
        if (address === 0) return null;
        const onlyAsks = words.number === GUARD || this.#told[words.offset]?.takes === false;
        (onlyAsks && words.number < 0 ? guards : judged).push(address);
      }
    }
    // One cell in one place: who overlaps whom is for the long way.
    if (judged.length > 1 && !isOneSpan) return null;
    return judged.length > 0 || guards.length > 0 ? [...guards, ...judged] : [];
  }

  #isOneSpan(possible: readonly Possible[]): boolean {
    return possible.every(
      ({ start, end }) => start === possible[0]?.start && end === possible[0]?.end,
    );
  }

  /** Stands no letter beside the match, or less than any word has, so that none can speak? */
  #isWordless(look: string, start: number, end: number): boolean {
    const beside = look.slice(0, start) + look.slice(end);
    return !beside.includes('A') || beside.replace(/[^A0]/g, '').length < this.#engine.shortestWord;
  }

  /** Can nothing come of the detector there? */
  #isIdle(state: ColumnState, rule: number, { start, end }: Possible, look: string): boolean {
    if (state.filter.modes[rule] === Mode.skip) return true;
    return state.mute.modes[rule] === Mode.skip && this.#isWordless(look, start, end);
  }

  /** The detector's check as tables, where it has one and the column is decided on it. */
  #quickSlot(
    state: ColumnState,
    column: number,
    rule: number,
    possible: readonly Possible[],
    look: string,
    at: number,
  ): SlotWords | 'idle' | null {
    const detector = this.#engine.rules[rule];
    const [first] = possible;
    if (!detector?.quick || !first || detector.lengths || !this.#isOneSpan(possible)) return null;
    if (!this.#isSettledOn(state, rule) || !this.#isWordless(look, first.start, first.end))
      return null;
    const shapes = possible.map(({ shape }) => this.#engine.shape(shape));
    const read = this.#read(shapes, possible, look);
    if (!read) return null;
    const span = new Span();
    const { text } = this.#engine.folder;
    span.set(text, at + first.start, at + first.end);
    const [shape] = shapes;
    const match = shape ? new SpanMatch(span, shape) : null;
    const quick = match ? detector.quick(match) : null;
    if (!match || !quick) return null;
    if (quick.sum && quick.sum.weights.length + 1 !== read.places.length) return null;
    // What no digit or letter changes: groups, separators, what the header says.
    const lasting = Flag.number;
    const written =
      seriesFlags(text, text.length, span.start, span.end) |
      (spellingFlags(text, span.start, span.end) & ~Flag.lower) |
      (decoyFlags(detector, match) & lasting);
    const voice = state.voices[rule] ?? null;
    const flags =
      Flag.row |
      written |
      (quick.judgement === 'proved' ? Flag.proved : 0) |
      (voice === 'for' ? Flag.header : voice === 'against' ? Flag.against : 0);
    const alone = levelOf(quick.alone);
    const known = flags | columnFlagsOf(detector, state.statistics[rule]);
    if (this.#isIdleAt(detector, known, alone, voice === 'for')) return 'idle';
    const number = this.#number({
      rule,
      column,
      flags,
      alone,
      start: first.start,
      end: first.end,
    });
    return this.#words(detector, quick, number, first, read, look);
  }

  /** The signs that a match keeps and may have, if all shapes agree on them. */
  #read(
    shapes: readonly CompiledShape[],
    possible: readonly Possible[],
    look: string,
  ): { places: readonly number[]; sets: readonly string[] } | null {
    const readings = possible.map((one, i) => {
      const keep = shapes[i]?.parsed.keep;
      const sets = this.#engine.looks?.sets(one, look);
      if (!sets || !keep) return null;
      const places = sets.flatMap((_, place) => {
        const sign = look.charCodeAt(one.start + place);
        return keep[UPPER[sign] ?? 0] === 1 ? [place] : [];
      });
      return { places, sets: places.map((place) => sets[place] ?? '') };
    });
    const widest = readings.find((reading) =>
      readings.every(
        (other) =>
          reading &&
          other &&
          other.places.join() === reading.places.join() &&
          other.sets.every((set, i) => isWithin(set, reading.sets[i] ?? '')),
      ),
    );
    return widest ?? null;
  }

  #words(
    detector: Detector,
    quick: Quick,
    number: number,
    { start, end }: Possible,
    { places, sets }: { places: readonly number[]; sets: readonly string[] },
    look: string,
  ): SlotWords | null {
    const kept = places.map((place) => look.charAt(start + place));
    const digits = kept.filter((sign) => sign === '0').length;
    // A check sign may be a letter where the looks show a digit, and the other way round.
    return {
      number,
      offset: start,
      places,
      values: sets.map((set, place) => {
        const values = valuesOf(set, quick.sum?.weights[place] ?? 0);
        return place === 0 && quick.heads ? asking(values, quick.heads) : values;
      }),
      sum: quick.sum ? sumWords(quick.sum) : null,
      patterns: quick.patterns
        ? {
            ...patternTable(quick.patterns.map(({ pattern }) => pattern)),
            asks: quick.otherwise === 'ask',
          }
        : null,
      prefixes: quick.patterns?.map(({ prefix = '' }) => prefix) ?? [],
      digits,
      isBare: digits === end - start,
      samples: this.#samples(detector),
      atOnce: atOnce(quick, look.slice(start, end), places, sets),
      firstDigits: [kept.indexOf('0'), kept.indexOf('0', kept.indexOf('0') + 1)],
    };
  }

  #samples({ samples = [] }: Detector): Uint8Array {
    const bits = new Uint8Array(SAMPLE_BITS / 8);
    const words = new Uint32Array(2);
    for (const sample of samples) {
      this.#engine.hasher.halves(sample, words);
      const bit = (words[0] ?? 0) % SAMPLE_BITS;
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
    return bits;
  }

  /** A detector without tables is asked itself, which still spares the way of a row. */
  #toldSlot(
    state: ColumnState,
    column: number,
    rule: number,
    possible: readonly Possible[],
    look: string,
    at: number,
  ): SlotWords[] | null {
    const detector = this.#engine.rules[rule];
    const [first] = possible;
    if (!detector || !first) return null;
    const isWhole = this.#isOneSpan(possible) && this.#isWordless(look, first.start, first.end);
    const statistics = state.statistics[rule];
    // As long as the column is young, all is looked at; and what mostly passes goes the long way anyhow.
    if (!state.statistics.some((one) => one?.isFull)) return null;
    const isMostly = statistics ? statistics.passed * 2 > statistics.distinct : false;
    const takes = isWhole && this.#isSettledOn(state, rule);
    if (isMostly && !takes) return null;
    const { text } = this.#engine.folder;
    const start = at + first.start;
    const written =
      seriesFlags(text, text.length, start, at + first.end) |
      (spellingFlags(text, start, at + first.end) & ~Flag.lower);
    const voice = state.voices[rule] ?? null;
    const told: Told = {
      rule,
      detector,
      column,
      takes,
      counts: state.filter.modes[rule] === Mode.all,
      isHinted: voice === 'for',
      flags:
        Flag.row |
        written |
        (voice === 'for' ? Flag.header : voice === 'against' ? Flag.against : 0),
      columnFlags: takes ? columnFlagsOf(detector, statistics) : 0,
      possible,
      shapes: possible.map(({ shape }) => this.#engine.shape(shape)),
    };
    return [{ ...NO_WORDS, number: TOLD, offset: this.#told.push(told) - 1 }];
  }

  /** Judges a cell as the long way would; see assembly/table.as. */
  #tell(number: number, at: number): number {
    const told = this.#told[number];
    if (!told) return Answer.ask;
    const { detector, possible, shapes } = told;
    const { text } = this.#engine.folder;
    for (const [i, shape] of shapes.entries()) {
      const { start = 0, end = 0 } = possible[i] ?? {};
      this.#span.set(text, at + start, at + end);
      const match = new SpanMatch(this.#span, shape);
      if (detector.lengths && !detector.lengths(match.compact).includes(match.compact.length)) {
        continue;
      }
      const judgement = detector.judge(match);
      if (judgement !== 'no')
        return told.takes ? this.#tellTaken(told, match, judgement) : Answer.ask;
      if (told.counts) return Answer.ask;
    }
    return Answer.refused;
  }

  #tellTaken(told: Told, match: SpanMatch, judgement: 'plausible' | 'proved'): number {
    const { detector, rule, column, possible } = told;
    const flags =
      told.flags | (judgement === 'proved' ? Flag.proved : 0) | decoyFlags(detector, match);
    const alone = levelOf(detector.aloneFor?.(match) ?? detector.alone);
    if (this.#isIdleAt(detector, flags | told.columnFlags, alone, told.isHinted)) {
      return Answer.refused;
    }
    const { start = 0, end = 0 } = possible[0] ?? {};
    const value = detector.canonical ? detector.canonical(match) : match.compact;
    this.#engine.hasher.halves(value, this.#hash);
    this.#memory.told(this.#number({ rule, column, flags, alone, start, end }), this.#hash);
    return Answer.accepted;
  }

  /** Does it stay below what is reported, and below what supports another? */
  #isIdleAt(rule: Detector, flags: number, alone: Level, isHinted: boolean): boolean {
    if (isHinted) return false;
    const own = ownLevel(rule, flags, alone);
    return Math.max(own, neighbourLevel(rule, flags, own, true)) < this.#least;
  }

  /** For a detector without tables: what has its shape is asked for. Null where everything has. */
  #guards(possible: readonly Possible[], look: string): SlotWords[] | null {
    const guards: SlotWords[] = [];
    for (const one of possible) {
      const sets = this.#engine.looks?.sets(one, look);
      if (!sets) return null;
      const narrow = sets.flatMap((set, place) =>
        isFull(set, look.charAt(one.start + place)) ? [] : [place],
      );
      if (narrow.length === 0) return null;
      guards.push({
        ...NO_WORDS,
        number: GUARD,
        offset: one.start,
        places: narrow,
        values: narrow.map((place) => valuesOf(sets[place] ?? '', 0)),
      });
    }
    return guards;
  }

  #number(slot: Slot): number {
    const key = Object.values(slot).join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#slots.push(slot) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  #signature(entries: number): number {
    const cells = this.#memory.row(entries).map(({ slot, at }) => ({ number: slot, at }));
    const slots = cells.map(({ number }) => number);
    const address = this.#memory.signature(slots, this.#alike.length);
    if (address > 0) {
      this.#alike.push({ cells, rows: 0, hashes: cells.map(() => []), address });
    }
    return address;
  }

  #fetch(number: number): void {
    const alike = this.#alike[number];
    if (!alike || alike.address === 0) return;
    const { rows, hashes } = this.#memory.rows(alike.address);
    if (rows === 0) return;
    alike.rows += rows;
    hashes.forEach((list, i) => {
      alike.hashes[i]?.push(list);
    });
  }
}

/** What the column says of all its values, as the conclusion will have it. */
function columnFlagsOf(
  detector: Detector,
  statistics: ColumnStatistics | null | undefined,
): number {
  return statistics ? columnFlags(detector, statistics) : 0;
}

function lookOf(code: number): number {
  if (code >= 48 && code <= 57) return 48;
  const upper = code >= 97 && code <= 122 ? code - 32 : code;
  return upper >= 65 && upper <= 90 ? 65 : code;
}

function isWithin(set: string, other: string): boolean {
  for (const sign of set) if (!other.includes(sign)) return false;
  return true;
}

/** Does a set hold everything that looks so? */
function isFull(set: string, look: string): boolean {
  return isWithin(look === '0' ? DIGITS : look === 'A' ? LETTERS : look, set);
}

/** By code, in both cases, what a sign adds to the sum; -1 for what is not of the set. */
function valuesOf(set: string, weight: number): Int16Array {
  const values = new Int16Array(128).fill(-1);
  for (const sign of set) {
    const code = sign.charCodeAt(0);
    if (code > 127) continue;
    const worth = DIGITS.includes(sign) ? code - 48 : LETTERS.includes(sign) ? code - 55 : 0;
    values[code] = worth * weight;
    if (LETTERS.includes(sign)) values[code + 32] = worth * weight;
  }
  return values;
}

/** The same, but that the judge is asked of all other signs than some. */
function asking(values: Int16Array, heads: string): Int16Array {
  return values.map((worth, code) => {
    const sign = String.fromCharCode(code).toUpperCase();
    return worth < 0 || heads.includes(sign) ? worth : ASKED;
  });
}

/** Can a check be computed of all signs at once: do their looks say all, but for the first and the last one's? */
function atOnce(
  { sum }: Quick,
  look: string,
  places: readonly number[],
  sets: readonly string[],
): SlotWords['atOnce'] {
  const last = places.length - 1;
  const isKnown = places.every((place, i) => {
    if (i === 0) return true;
    if (i === last && sum) return expectsOnly(sum, look.charAt(place), sets[i] ?? '');
    return isFull(sets[i] ?? '', look.charAt(place));
  });
  if (!isKnown || look.length > 16) return null;
  return {
    above: places.map((place) =>
      look[place] === '0' ? 48 : look[place] === 'A' ? 55 : look.charCodeAt(place),
    ),
    weights: places.map((_, i) => sum?.weights[i] ?? 0),
  };
}

/** Are all check signs that look so of the set? */
function expectsOnly({ signs }: NonNullable<Quick['sum']>, look: string, set: string): boolean {
  const all = typeof signs === 'string' ? signs : Object.values(signs).join('');
  return [...all].every(
    (sign) => String.fromCharCode(lookOf(sign.charCodeAt(0))) !== look || set.includes(sign),
  );
}

/** Expected signs by remainder in rows, and by first sign which row it is; the first row expects nothing. */
function sumWords({ offset = 0, modulus, signs }: NonNullable<Quick['sum']>): SlotWords['sum'] {
  const rows = typeof signs === 'string' ? [signs] : Object.values(signs);
  const heads = new Uint8Array(256);
  if (typeof signs === 'string') heads.fill(1);
  for (const [i, head] of Object.keys(typeof signs === 'string' ? {} : signs).entries()) {
    heads[head.charCodeAt(0)] = i + 1;
  }
  const expected = new Uint8Array((rows.length + 1) * SIGNS_ROW);
  rows.forEach((row, i) => {
    expected.set(Buffer.from(row, 'latin1').subarray(0, modulus), (i + 1) * modulus);
  });
  return { offset, modulus, signs: expected, heads };
}
