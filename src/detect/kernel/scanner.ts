/** The one pass (assembly/scanner.as) with the tables of one set of detectors. */
import type { Detector } from '../../model/detector.ts';
import { CELL, ROW } from '../../model/piece.ts';
import { DIGITS, LETTERS, MASKS, PROLONGED } from '../shape.ts';
import { type Automaton, MAX_ENDS } from './automaton.ts';
import { beginnings } from './beginnings.ts';
import { type Compiled, type CompiledShape, compile, type Group, signsOf } from './compile.ts';
import { Layout } from './layout.ts';
import type { Block, Machine } from './machine.ts';
import { prefilterOf } from './prefilter.ts';
import { Rough } from './rough.ts';
import { IS_MASK, IS_WORD } from './signs.ts';

/** Called for each place where shapes matched: `found` ends lie in the automaton, ascending. */
export type Visit = (automaton: Automaton, start: number, found: number) => void;

export const DEFAULT_BOUNDARY = '_-.';

/** Numbers of the pairs of tables that sixteen bytes at a time are looked up in. */
const KINDS = 0;
const STOPS = 1;
/** Kinds of signs (assembly/kinds.as) by the lower and the upper halves of their codes. */
const KIND_BLOCKS: readonly Block[] = [
  { bit: 0x80, upper: [3], lower: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  { bit: 0x40, upper: [4, 6], lower: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  { bit: 0x20, upper: [5, 7], lower: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
];
/** What may stand between words: blank and hyphen, line ends, the prolonged sound mark. */
const GAPS = [
  { bit: 0x10, signs: ' -' },
  { bit: 0x08, signs: '\n\r' },
  { bit: 0x04, signs: String.fromCharCode(PROLONGED) },
];
/** What is looked at by itself: borders, `<`, `@`; assembly/kinds.as knows these three. */
const SINGLE_BITS = [0x01, 0x02, 0x04];
/** Digits and mask signs, one for each upper half. */
const STOP_BITS = [0x08, 0x10, 0x20, 0x40];
/** Bits left for other signs: one for each upper half. */
const OTHER_BITS = [0x02, 0x01];
/** The automaton for digits. */
const DIGIT = 0;
const AT = 1;
/** The automaton for masked forms, and the bytes for what it looked at in vain. */
const MASK = 3;
const VAIN = 16_384;
const WORD_SIGNS = DIGITS + LETTERS;
/** Full-width forms of it stand in every line of Chinese text. */
const PUNCTUATION = ',:;!';
/** Words that the scanner keeps for an automaton. */
const NUMBERS = 8;
/** Sets of boundary signs that have room. */
const MAX_BOUNDARIES = 200;
/** Mark of a state whose quiet looks are known. */
const KNOWN_QUIET = 0x80;
/** Bytes for the boundary number of each state. */
const STATES = 10_240;

export class Scanner {
  readonly compiled: Compiled;
  readonly #machine: Machine;
  readonly #rules: readonly Detector[];
  readonly #groups: readonly (Group | null)[];
  readonly #boundaries = new Map<string, number>();
  /** By automaton: address of a byte for each state. */
  readonly #numbersAt: number[] = [];
  /** The same of a byte that says in which looks all its shapes need a word; see hush(). */
  readonly #quietAt: number[] = [];
  /** By state of the automaton of digits: see {@link setQuiet}, two bytes each. */
  readonly listsAt: number;
  #visit: Visit = () => {};

  constructor(machine: Machine, rules: readonly Detector[]) {
    this.#machine = machine;
    this.#rules = rules;
    for (let group = 0; group < 4; group++) {
      this.#numbersAt.push(machine.reserve(STATES));
      this.#quietAt.push(machine.reserve(STATES));
    }
    this.listsAt = machine.reserve(STATES * 2);
    const noted = (group: number, state: number, shapes: readonly CompiledShape[]): void =>
      this.#note(group, state, shapes);
    this.compiled = compile(rules, noted);
    const { digit, at, angle, mask } = this.compiled;
    this.#groups = [digit, at, angle, mask];
    machine.put(Layout.IS_WORD, IS_WORD);
    machine.put(Layout.IS_MASK, IS_MASK);
    machine.put(
      Layout.NUMBERING,
      Uint8Array.from({ length: 16 }, (_, i) => i),
    );
    this.#groups.forEach((group, number) => {
      if (group) this.#putGroup(group, number);
    });
    machine.known = this.#knownSigns();
    this.#putStops();
    if (digit) this.#putPrefilter(digit);
    machine.calls.step = (group, row, reads) =>
      this.#groups[group]?.automaton.step(row, reads) ?? 0;
    machine.calls.visit = (group, start, found) => {
      const { automaton } = this.#groups[group] ?? {};
      if (automaton) this.#visit(automaton, start, found);
    };
  }

  /** Rows and cells before the place at hand, both from zero. */
  get row(): number {
    return this.#machine.words[Layout.STATE >> 2]!;
  }

  get cell(): number {
    return this.#machine.words[(Layout.STATE >> 2) + 1]!;
  }

  /** Where the cell at hand begins. */
  get cellStart(): number {
    return this.#machine.words[(Layout.STATE >> 2) + 2]!;
  }

  /** Cells met since the scanner was made: tells whether the place at hand lies in a new one. */
  get cells(): number {
    return this.#machine.words[(Layout.STATE >> 2) + 3]!;
  }

  /** Bytes and runs that automata stepped over since the scanner was made. */
  get steps(): number {
    return this.#machine.run.stepsTaken();
  }

  /**
   * Leaves out, for the rest of the text at hand, places whose states are all quiet in the looks of
   * the place and beside which no word can begin.
   */
  hush(): void {
    this.#machine.run.hush();
  }

  /** Is it known of a state in which looks its shapes are quiet? */
  isKnownQuiet({ id }: Automaton, state: number): boolean {
    return (this.#machine.bytes[this.#quietAt[id]! + state]! & KNOWN_QUIET) !== 0;
  }

  /** Says in which looks, as bits, all shapes of a state need a word beside them; `list`: number of these shapes, for the kernel to tell states apart by. */
  setQuiet({ id }: Automaton, state: number, looks: number, list: number): void {
    this.#machine.bytes[this.#quietAt[id]! + state] = KNOWN_QUIET | looks;
    if (id === DIGIT) this.#setList(state, list);
  }

  #setList(state: number, list: number): void {
    const { bytes } = this.#machine;
    const isKept = list < 2 ** 16;
    bytes[this.listsAt + state * 2] = isKept ? list & 255 : 0;
    bytes[this.listsAt + state * 2 + 1] = isKept ? list >> 8 : 0;
  }

  /** Forgets what is quiet: other detectors are asked from now on. */
  forgetQuiet(): void {
    for (const at of this.#quietAt) this.#machine.bytes.fill(0, at, at + STATES);
    // Counts how often, from one.
    this.#machine.words[(Layout.STATE >> 2) + 4]!++;
  }

  /** Searches text that lies in the machine's memory. `lax`: only letters and digits bound a match. */
  scan(address: number, length: number, lax: boolean, visit: Visit): void {
    const { words } = this.#machine;
    const state = Layout.STATE >> 2;
    words.fill(0, state, state + 3);
    words[state + 3]!++;
    this.#visit = visit;
    this.#machine.run.scan(address, length, lax ? 1 : 0);
  }

  #putGroup({ automaton, lookback, before }: Group, number: number): void {
    const machine = this.#machine;
    machine.put(Layout.CLASSES + number * 256, automaton.classes);
    machine.put(Layout.FIRSTS + number * 256, automaton.first);
    machine.put(Layout.BEFORES + number * 256, before);
    const table = machine.reserve(automaton.tableSize * 4);
    machine.whenGrown(() => {
      const { buffer } = machine.bytes;
      automaton.moveTo(new Int32Array(buffer, table, automaton.tableSize));
      automaton.ends = new Int32Array(buffer, Layout.ENDS, MAX_ENDS);
      automaton.endStates = new Int32Array(buffer, Layout.END_STATES, MAX_ENDS);
    });
    const vain = number === MASK || number === AT ? machine.reserve(VAIN) : 0;
    machine.words.set(
      [
        table,
        automaton.startEntry,
        automaton.classCount,
        lookback,
        this.#numbersAt[number]!,
        1,
        vain,
        this.#quietAt[number]!,
      ],
      (Layout.NUMBERS >> 2) + number * NUMBERS,
    );
  }

  /** All but the punctuation that no shape holds and that stands beside none. */
  #knownSigns(): Uint8Array {
    const shapes = this.compiled.shapes.flatMap(({ parsed }) => parsed.parts.map(signsOf));
    const beside = this.#rules.map(({ boundary }) => boundary ?? DEFAULT_BOUNDARY);
    const signs = new Set([...shapes, ...beside].join(''));
    const known = new Uint8Array(256).fill(1);
    for (const sign of PUNCTUATION) if (!signs.has(sign)) known[sign.charCodeAt(0)] = 0;
    return known;
  }

  #putStops(): void {
    const singles: string[] = [String.fromCharCode(CELL, ROW)];
    const { digit, at, angle, mask } = this.compiled;
    if (at) singles.push('@');
    if (angle) singles.push('<');
    const others = (digit ? DIGITS : '') + (mask ? `${MASKS}x` : '');
    this.#machine.putBlocks(STOPS, [
      ...blocksOf(singles, SINGLE_BITS),
      ...blocksOf([...others], STOP_BITS),
    ]);
  }

  /** Signs beside which no match that a digit anchors begins or ends. */
  get closedSigns(): ReadonlySet<string> {
    return this.#closed(this.compiled.shapes.filter(({ parsed }) => parsed.anchor === 'digit'));
  }

  #putPrefilter({ nfa, starts }: Group): void {
    const machine = this.#machine;
    const shapes = this.compiled.shapes.filter(({ parsed }) => parsed.anchor === 'digit');
    const prefilter = prefilterOf(shapes.map(({ parsed }) => parsed));
    const signs = innerSigns(shapes);
    const gaps = GAPS.map(({ bit, signs: all }) => ({
      bit,
      signs: [...all].filter((sign) => signs.includes(sign)),
    }));
    const isGap = (sign: string): boolean => gaps.some(({ signs }) => signs.includes(sign));
    const others = blocksOf(
      [...prefilter.innerSigns].filter((sign) => !WORD_SIGNS.includes(sign) && !isGap(sign)),
    );
    const blocks = [...gaps.flatMap(({ bit, signs }) => blocksOf(signs, [bit])), ...others];
    machine.put(Layout.IS_INNER, tableOf(blocks.flatMap(signsIn)));
    machine.put(Layout.PAIRS, prefilter.words);
    machine.put(Layout.BEGINNINGS, beginnings(nfa.nodes, starts));
    machine.putBlocks(KINDS, [...KIND_BLOCKS, ...blocks]);
    const closed = this.#closed(shapes);
    machine.put(Layout.IS_BORDER, tableOf(closed));
    const rough = new Rough(machine, nfa, starts, signs, closed, prefilter.lead);
    machine.calls.roughStep = (state, symbol) => rough.step(state, symbol);
    machine.calls.roughStart = (sign) => rough.startBehind(sign);
    machine.run.configure(
      prefilter.fewestDigits,
      prefilter.shortestMixed,
      prefilter.touching,
      prefilter.apart,
      prefilter.everyDigit || signs.length > 46 || others.length > OTHER_BITS.length ? 1 : 0,
      prefilter.longestGap,
      prefilter.isLongBehindWord ? 1 : 0,
    );
  }

  /** Signs beside which none of some shapes begins or ends. */
  #closed(shapes: readonly CompiledShape[]): Set<string> {
    const sets = [...new Set(shapes.map(({ rule }) => this.#rules[rule]!.boundary))];
    const [first = '', ...more] = sets.map((boundary) => boundary ?? DEFAULT_BOUNDARY);
    return new Set([...first].filter((sign) => more.every((boundary) => boundary.includes(sign))));
  }

  /** Notes beside which signs the shapes complete in a state do not end. */
  #note(group: number, state: number, shapes: readonly CompiledShape[]): void {
    this.#machine.bytes[this.#quietAt[group]! + state] = 0;
    if (group === DIGIT) this.#setList(state, 0);
    if (shapes.length === 0) return;
    const signs = [...this.#closed(shapes)].sort().join('');
    let number = this.#boundaries.get(signs);
    if (number === undefined) {
      number = this.#boundaries.size < MAX_BOUNDARIES ? this.#boundaries.size + 1 : 0;
      if (number > 0) {
        this.#boundaries.set(signs, number);
        this.#machine.put(Layout.BOUNDARIES + number * 256, tableOf([...signs]));
      }
    }
    this.#machine.bytes[this.#numbersAt[group]! + state] = number;
  }
}

function codesOf(signs: string): number[] {
  return [...signs].map((sign) => sign.charCodeAt(0));
}

/** Signs as blocks, one for each upper half of their codes. */
function blocksOf(signs: readonly string[], bits: readonly number[] = OTHER_BITS): Block[] {
  const codes = codesOf(signs.join(''));
  const halves = [...new Set(codes.map((code) => code >> 4))];
  return halves.map((half, number) => ({
    bit: bits[number] ?? 0,
    upper: [half],
    lower: codes.filter((code) => code >> 4 === half).map((code) => code & 15),
  }));
}

function signsIn({ upper, lower }: Block): string[] {
  return upper.flatMap((half) => lower.map((low) => String.fromCharCode(half * 16 + low)));
}

function tableOf(signs: Iterable<string>): Uint8Array {
  const table = new Uint8Array(256);
  for (const sign of signs) table[sign.charCodeAt(0)] = 1;
  return table;
}

/** What is neither letter nor digit and may stand inside a match. */
function innerSigns(shapes: readonly CompiledShape[]): string[] {
  const signs = new Set(
    shapes.flatMap(({ parsed }) => parsed.parts.flatMap((part) => [...signsOf(part)])),
  );
  return [...signs].filter((sign) => !WORD_SIGNS.includes(sign)).sort();
}
