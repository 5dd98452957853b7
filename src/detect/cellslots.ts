/**
 * What a cell can be, told from its column and its looks, and who decides it: tables in the
 * WebAssembly, the detector itself, or the long way.
 */
import type { Detector } from '../model/detector.ts';
import type { ColumnState } from './columns.ts';
import { decoyFlags, lastingFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { aloneAtMost, columnFlags, neighbourLevel, ownLevel } from './evidence.ts';
import { Flag, type Level, levelOf, MEDIUM } from './flags.ts';
import type { CompiledShape } from './kernel/compile.ts';
import type { Possible } from './kernel/looks.ts';
import { Span, SpanMatch } from './kernel/match.ts';
import { Mode } from './kernel/matcher.ts';
import { Answer, type ProgramSlot, type SlotWords } from './kernel/slotmemory.ts';
import type { TableMemory } from './kernel/tables.ts';
import { NO_RANK, RANK } from './persons.ts';
import { GUARD, guardsOf, NO_WORDS, quickCheck, samplesOf, TOLD, wordsOf } from './slotwords.ts';

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

export const NO_SLOT: Slot = { rule: 0, column: -1, flags: 0, alone: 0, start: 0, end: 0 };

/** What a detector without tables is asked about, and what is known beforehand. */
interface Told {
  readonly rule: number;
  readonly detector: Detector;
  readonly column: number;
  /** What is accepted may be written down; else its row goes the long way. */
  readonly takes: boolean;
  readonly company: Company;
  /** What is refused counts in the column's statistics. */
  readonly counts: boolean;
  readonly isHinted: boolean;
  readonly flags: number;
  readonly columnFlags: number;
  readonly possible: readonly Possible[];
  /** Of each of them. */
  readonly shapes: readonly CompiledShape[];
  /** Slots by flags and worth. */
  readonly numbers: Map<number, number>;
}

/**
 * What else lies in the cell: nothing; nothing of the same detector; or such, which it may hide
 * whatever it is worth.
 */
type Company = 'none' | 'strangers' | 'kin';

/** There are fewer levels. */
const WORTHS = 8;

/** What one detector's shapes may be at one place of a cell; offsets half open. */
interface SpanOfRule {
  readonly rule: number;
  readonly start: number;
  readonly end: number;
  readonly possible: readonly Possible[];
}

interface Judged {
  readonly span: SpanOfRule;
  readonly address: number;
  /** Accepted, it hides what lies in it, whoever's that is. */
  readonly hides: boolean;
  /** Hidden in the end, it may have spoken for others before. */
  readonly speaks: boolean;
}

export class CellSlots {
  readonly #engine: Engine;
  readonly #memory: TableMemory;
  readonly #slots: Slot[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #told: Told[] = [];
  readonly #span = new Span();
  readonly #hash = new Uint32Array(2);
  /** Samples a column must have shown before its cells are only counted. */
  readonly #shown: number;
  /** What is worth less is neither reported nor supports another. */
  readonly #least: Level;

  constructor(engine: Engine, { shown, least }: { readonly shown: number; readonly least: Level }) {
    this.#engine = engine;
    this.#memory = engine.tables;
    this.#shown = shown;
    this.#least = Math.min(least, MEDIUM);
  }

  slot(number: number): Slot {
    const slot = this.#slots[number];
    if (!slot) throw new Error('a row with a slot that nobody wrote down');
    return slot;
  }

  /** Is all known that the column has to say of the detector, and shown what is to be shown? */
  isSettledOn(state: ColumnState, rule: number): boolean {
    return (
      state.statistics[rule]?.isFull === true &&
      state.filter.modes[rule] === Mode.accepted &&
      (state.samples[rule * 2] ?? 0) >= this.#shown
    );
  }

  /** The slots of a cell that looks so; null where it has to go the long way. */
  slotsFor(state: ColumnState, column: number, look: string, at: number): ProgramSlot[] | null {
    // What is no ASCII, or no digits' affair: addresses, machine-readable zones, masks.
    if (/[^\x20-\x7e]|[@<]|([*#?_])\1/.test(look)) return null;
    const { looks } = this.#engine;
    if (!looks) return [];
    const spans = spansOf(
      looks.possible(look).flatMap((one) => {
        const { rule } = this.#engine.shape(one.shape);
        return this.#isIdle(state, rule, one, look) ? [] : [{ ...one, rule }];
      }),
    );
    const whole = coverOf(spans);
    const isOneSpan = spans.every((span) => isSame(span, whole));
    const guards: ProgramSlot[] = [];
    const judged: Judged[] = [];
    for (const span of spans) {
      const company = isOneSpan ? 'none' : companyOf(span, spans);
      const slot = this.#quickSlot(state, column, span, look, at, company);
      if (slot === 'idle') continue;
      const made = slot
        ? [slot.words]
        : (guardsOf(looks, span.possible, look) ??
          this.#toldSlot(state, column, span, look, at, company));
      if (!made) return null;
      for (const words of made) {
        const address = this.#memory.slot(words);
        if (address === 0) return null;
        const onlyAsks = words.number === GUARD || this.#told[words.offset]?.takes === false;
        if (onlyAsks && words.number < 0) guards.push({ address, hiders: [], isCover: false });
        else {
          const speaks = this.#speaks(state, span);
          judged.push({ span, address, hides: slot?.hides ?? false, speaks });
        }
      }
    }
    return programOf(guards, judged);
  }

  /** May a match lift its neighbours, or is it named by the header, so that it counts though another takes its span? */
  #speaks(state: ColumnState, { rule, possible }: SpanOfRule): boolean {
    const detector = this.#engine.rules[rule];
    if (!detector) return false;
    if (state.voices[rule] === 'for') return true;
    if (RANK[detector.kind] >= NO_RANK) return false;
    const proved = detector.passRate.proved > 0 ? Flag.proved : 0;
    const column = columnFlags(detector, state.statistics[rule]);
    const shapes = possible.map(({ shape }) => this.#engine.shape(shape));
    const most = Math.max(...shapes.map(({ index }) => aloneAtMost(detector, index)));
    return ownLevel(detector, Flag.row | Flag.printed | proved | column, most) >= MEDIUM;
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
    { rule, start, end, possible }: SpanOfRule,
    look: string,
    at: number,
    company: Company,
  ): { readonly words: SlotWords; readonly hides: boolean } | 'idle' | null {
    const detector = this.#engine.rules[rule];
    const [first] = possible;
    if (!detector || !first) return null;
    if (!this.isSettledOn(state, rule) || !this.#isWordless(look, start, end)) return null;
    const shapes = possible.map(({ shape }) => this.#engine.shape(shape));
    const span = new Span();
    const { text } = this.#engine.folder;
    span.set(text, at + first.start, at + first.end);
    const check = quickCheck(detector, this.#engine.looks, shapes, possible, look, span);
    if (!check) return null;
    const { quick, reading, match } = check;
    // What no digit or letter changes: groups, separators, what the header says.
    const lasting = Flag.number;
    const written =
      lastingFlags(text, text.length, span.start, span.end) |
      (decoyFlags(detector, match) & lasting);
    const voice = state.voices[rule] ?? null;
    const flags =
      Flag.row |
      written |
      (quick.judgement === 'proved' ? Flag.proved : 0) |
      (voice === 'for' ? Flag.header : voice === 'against' ? Flag.against : 0);
    const alone = levelOf(quick.alone);
    const known = flags | columnFlags(detector, state.statistics[rule]);
    const isHinted = voice === 'for';
    if (this.#isIdleAt(detector, known, alone, isHinted, company)) {
      // What the tables leave to the detector may be worth more.
      const isAll = !quick.heads && quick.otherwise !== 'ask' && quick.passes !== 'ask';
      const most = Math.max(...shapes.map(({ index }) => aloneAtMost(detector, index)));
      const asked = known | (detector.passRate.proved > 0 ? Flag.proved : 0);
      return isAll || this.#isIdleAt(detector, asked, most, isHinted, company) ? 'idle' : null;
    }
    const number = this.number({ rule, column, flags, alone, start, end });
    const samples = samplesOf(this.#engine.hasher, detector);
    const hides = (flags & Flag.proved) !== 0 && ownLevel(detector, known, alone) > 0;
    const words = wordsOf(samples, quick, number, first, reading, look);
    // What the tables leave to the detector it is asked on the spot.
    const [told] =
      this.#toldSlot(state, column, { rule, start, end, possible }, look, at, company) ?? [];
    return { words: { ...words, told: told?.offset ?? -1 }, hides };
  }

  /** A detector without tables is asked itself, which still spares the way of a row. */
  #toldSlot(
    state: ColumnState,
    column: number,
    { rule, start, end, possible }: SpanOfRule,
    look: string,
    at: number,
    company: Company,
  ): SlotWords[] | null {
    const detector = this.#engine.rules[rule];
    if (!detector) return null;
    const isWhole = this.#isWordless(look, start, end);
    const statistics = state.statistics[rule];
    // As long as the column is young, all is looked at; and what mostly passes goes the long way anyhow.
    if (!state.statistics.some((one) => one?.isFull)) return null;
    const isMostly = statistics ? statistics.passed * 2 > statistics.distinct : false;
    const takes = isWhole && this.isSettledOn(state, rule);
    if (isMostly && !takes) return null;
    const { text } = this.#engine.folder;
    const written = lastingFlags(text, text.length, at + start, at + end);
    const voice = state.voices[rule] ?? null;
    const told: Told = {
      rule,
      detector,
      column,
      takes,
      company,
      counts: state.filter.modes[rule] === Mode.all,
      isHinted: voice === 'for',
      flags:
        Flag.row |
        written |
        (voice === 'for' ? Flag.header : voice === 'against' ? Flag.against : 0),
      columnFlags: takes ? columnFlags(detector, statistics) : 0,
      possible,
      shapes: possible.map(({ shape }) => this.#engine.shape(shape)),
      numbers: new Map(),
    };
    return [{ ...NO_WORDS, number: TOLD, offset: this.#told.push(told) - 1 }];
  }

  /** Judges a cell as the long way would; see assembly/table.as. */
  tell(number: number, at: number): number {
    const told = this.#told[number];
    if (!told) return Answer.ask;
    const { possible, shapes } = told;
    const { text } = this.#engine.folder;
    for (const [i, shape] of shapes.entries()) {
      const { start = 0, end = 0 } = possible[i] ?? {};
      this.#span.set(text, at + start, at + end);
      const judgement = this.#engine.judging.full(this.#span, shape);
      if (judgement === null) continue;
      if (judgement !== 'no') {
        const match = new SpanMatch(this.#span, shape);
        return told.takes ? this.#tellTaken(told, match, judgement) : Answer.ask;
      }
      if (told.counts) return Answer.ask;
    }
    return Answer.refused;
  }

  #tellTaken(told: Told, match: SpanMatch, judgement: 'plausible' | 'proved'): number {
    const { detector, rule, column, possible } = told;
    const flags =
      told.flags | (judgement === 'proved' ? Flag.proved : 0) | decoyFlags(detector, match);
    const alone = levelOf(detector.aloneFor?.(match) ?? detector.alone);
    const known = flags | told.columnFlags;
    if (this.#isIdleAt(detector, known, alone, told.isHinted, told.company)) {
      return Answer.refused;
    }
    const { start = 0, end = 0 } = possible[0] ?? {};
    const value = detector.canonical ? detector.canonical(match) : match.compact;
    this.#engine.hasher.halves(value, this.#hash);
    // Asked a million times of a few.
    const key = flags * WORTHS + alone;
    const number = told.numbers.get(key) ?? this.number({ rule, column, flags, alone, start, end });
    told.numbers.set(key, number);
    this.#memory.told(number, this.#hash);
    return Answer.accepted;
  }

  /** Does it stay below what is reported and below what supports another, and hides none that does not? */
  #isIdleAt(
    rule: Detector,
    flags: number,
    alone: Level,
    isHinted: boolean,
    company: Company,
  ): boolean {
    if (isHinted || company === 'kin') return false;
    const own = ownLevel(rule, flags, alone);
    const most = Math.max(own, neighbourLevel(rule, flags, own, true));
    const mayHide = company !== 'none' && most > 0 && (flags & Flag.proved) !== 0;
    return most < this.#least && !mayHide;
  }

  number(slot: Slot): number {
    const key = Object.values(slot).join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#slots.push(slot) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** By start, the longer first, then in the order of the shapes. */
function spansOf(possible: readonly (Possible & { readonly rule: number })[]): SpanOfRule[] {
  const spans = new Map<string, SpanOfRule & { readonly possible: Possible[] }>();
  for (const one of possible) {
    const { rule, start, end } = one;
    const key = `${rule} ${start} ${end}`;
    const span = spans.get(key) ?? { rule, start, end, possible: [] };
    span.possible.push(one);
    spans.set(key, span);
  }
  return [...spans.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

type Place = Pick<SpanOfRule, 'start' | 'end'>;

/** From the first start to the last end. */
function coverOf(spans: readonly SpanOfRule[]): Place {
  const start = Math.min(...spans.map((span) => span.start));
  return { start, end: Math.max(...spans.map(({ end }) => end)) };
}

function companyOf(span: SpanOfRule, spans: readonly SpanOfRule[]): Company {
  const isKin = spans.some((other) => other !== span && other.rule === span.rule);
  return isKin ? 'kin' : 'strangers';
}

function isSame(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Does a place hold another, which is less? */
function holds(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end && !isSame(outer, inner);
}

/** Slots of one program: as many as an accepted one has bits for. */
const MOST_SLOTS = 32;

/**
 * The slots of a cell in order. Where they lie in several places, one must be accepted that holds
 * them all: then they all overlap, as the long way has it; null where none does.
 */
function programOf(
  guards: readonly ProgramSlot[],
  judged: readonly Judged[],
): ProgramSlot[] | null {
  const [first] = judged;
  if (!first) return [...guards];
  const cover = coverOf(judged.map(({ span }) => span));
  const isOne = judged.every(({ span }) => isSame(span, first.span));
  if (!isOne && !judged.some(({ span }) => isSame(span, cover))) return null;
  if (guards.length + judged.length > MOST_SLOTS) return null;
  const slots = judged.map(({ span, address, speaks }) => ({
    address,
    isCover: !isOne && isSame(span, cover),
    // Of one detector the longer one counts.
    hiders: judged.flatMap((other, i) =>
      holds(other.span, span) && ((other.hides && !speaks) || other.span.rule === span.rule)
        ? [guards.length + i]
        : [],
    ),
  }));
  return [...guards, ...slots];
}
