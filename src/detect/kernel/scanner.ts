/**
 * The one pass: skips to the next byte with which an identifier can have to do, finds the places
 * where a match may begin, and runs the automaton of that anchor from each. Every place is tried
 * once, so the work grows with the text whatever the text is.
 */
import { CELL, ROW } from '../../model/piece.ts';
import { MASKS } from '../shape.ts';
import type { Automaton } from './automaton.ts';
import type { Compiled, Group } from './compile.ts';

/** ASCII letters and digits: 1. */
export const IS_WORD: Uint8Array = new Uint8Array(256);
/** Mask signs, X and x among them: 1. */
export const IS_MASK: Uint8Array = new Uint8Array(256);

const DIGIT = 1;
const AT = 2;
const ANGLE = 3;
const MASK = 4;
const BORDER = 5;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** x */
const CROSS = 120;
/** Three lines of at most 44 characters with their line ends. */
const MRZ_REACH = 140;

for (let code = 0; code < 128; code++) {
  if (/[0-9A-Za-z]/.test(String.fromCharCode(code))) IS_WORD[code] = 1;
}
for (const sign of `${MASKS}x`) IS_MASK[sign.charCodeAt(0)] = 1;

const HAS_CROSS = 2;
/** IS_WORD, with X and x told apart. */
const WORD_KIND: Uint8Array = IS_WORD.slice();
WORD_KIND[CROSS] = HAS_CROSS;
WORD_KIND[CROSS - 32] = HAS_CROSS;

/** Called for each place where shapes matched: `found` ends lie in the automaton, ascending. */
export type Visit = (automaton: Automaton, start: number, found: number) => void;

export class Scanner {
  readonly #digit: Group | null;
  readonly #at: Group | null;
  readonly #angle: Group | null;
  readonly #mask: Group | null;
  readonly #triggers = new Uint8Array(256);
  /** Rows and cells before the place at hand, both from zero; the cell's begin. */
  row = 0;
  cell = 0;
  cellStart = 0;
  /** Cells met since the scanner was made: tells whether the place at hand lies in a new one. */
  cells = 0;

  constructor(compiled: Compiled) {
    this.#digit = compiled.digit;
    this.#at = compiled.at;
    this.#angle = compiled.angle;
    this.#mask = compiled.mask;
    if (this.#mask) for (const sign of `${MASKS}x`) this.#triggers[sign.charCodeAt(0)] = MASK;
    if (this.#digit) for (let code = 48; code < 58; code++) this.#triggers[code] = DIGIT;
    if (this.#at) this.#triggers[64] = AT;
    if (this.#angle) this.#triggers[60] = ANGLE;
    this.#triggers[CELL] = BORDER;
    this.#triggers[ROW] = BORDER;
  }

  /** Bytes that automata stepped over since the scanner was made. */
  get steps(): number {
    let sum = 0;
    for (const group of [this.#digit, this.#at, this.#angle, this.#mask]) {
      sum += group?.automaton.steps ?? 0;
    }
    return sum;
  }

  scan(text: Uint8Array, length: number, visit: Visit): void {
    const triggers = this.#triggers;
    this.row = 0;
    this.cell = 0;
    this.cellStart = 0;
    this.cells++;
    // Before each floor every start of that anchor has been tried.
    let digitFloor = 0;
    let atFloor = 0;
    let angleFloor = 0;
    let maskFloor = 0;
    let at = 0;
    while (at < length) {
      const trigger = triggers[text[at]!]!;
      if (trigger === 0) {
        at++;
      } else if (trigger === DIGIT) {
        let end = at + 1;
        let kinds = 0;
        for (; end < length; end++) {
          const kind = WORD_KIND[text[end]!]!;
          if (kind === 0) break;
          kinds |= kind;
        }
        this.#digits(text, length, at, digitFloor, visit);
        // X is a letter and a mask sign: `A123XXX(X)` is one token.
        if ((kinds & HAS_CROSS) !== 0 && this.#mask) {
          const crosses = findCrosses(text, at, end);
          if (crosses < end) maskFloor = this.#masks(text, length, crosses, maskFloor, visit);
        }
        at = end;
        digitFloor = at;
      } else if (trigger === MASK) {
        if (at + 1 < length && IS_MASK[text[at + 1]!] === 1) {
          at = this.#masks(text, length, at, maskFloor, visit);
          maskFloor = at;
        } else {
          at++;
        }
      } else if (trigger === AT) {
        this.#address(text, length, at, atFloor, visit);
        atFloor = ++at;
      } else if (trigger === BORDER) {
        this.#border(text[at]!, ++at);
        // No match reaches across.
        digitFloor = at;
        atFloor = at;
        angleFloor = at;
        maskFloor = at;
      } else {
        if (trigger === ANGLE && at >= angleFloor) {
          angleFloor = this.#angles(text, length, at, angleFloor, visit);
        }
        at++;
      }
    }
  }

  #border(sign: number, next: number): void {
    this.cells++;
    this.cellStart = next;
    if (sign === CELL) {
      this.cell++;
    } else {
      this.row++;
      this.cell = 0;
    }
  }

  #run(group: Group, text: Uint8Array, length: number, start: number, visit: Visit): void {
    const found = group.automaton.run(text, start, length, IS_WORD);
    if (found > 0) visit(group.automaton, start, found);
  }

  /** Tries the digit's token and what may stand before it. */
  #digits(text: Uint8Array, length: number, at: number, floor: number, visit: Visit): void {
    const { automaton, lookback, before } = this.#digit!;
    const { first } = automaton;
    let token = at;
    while (token > floor && IS_WORD[text[token - 1]!] === 1) token--;
    const limit = token - lookback > floor ? token - lookback : floor;
    let start = token;
    while (start > limit && before[text[start - 1]!] === 1) start--;
    for (; start <= token; start++) {
      if (first[text[start]!] === 0) continue;
      if (start > 0 && IS_WORD[text[start - 1]!] === 1) continue;
      const found = automaton.run(text, start, length, IS_WORD);
      if (found > 0) visit(automaton, start, found);
    }
  }

  /** The same for a run of mask signs; returns the run's end. */
  #masks(text: Uint8Array, length: number, at: number, floor: number, visit: Visit): number {
    const group = this.#mask!;
    const first = group.automaton.first;
    const isPart = (code: number): boolean => IS_WORD[code] === 1 || IS_MASK[code] === 1;
    for (let start = Math.max(floor, at - group.lookback); start <= at; start++) {
      if (first[text[start]!] === 0) continue;
      if (start > 0 && isPart(text[start - 1]!)) continue;
      this.#run(group, text, length, start, visit);
    }
    let end = at + 2;
    while (end < length && IS_MASK[text[end]!] === 1) end++;
    return end;
  }

  /** Back over the local part of an e-mail address, then forward from its start. */
  #address(text: Uint8Array, length: number, at: number, floor: number, visit: Visit): void {
    const group = this.#at!;
    const limit = Math.max(floor, at - group.lookback);
    let start = at;
    while (start > limit && group.before[text[start - 1]!] === 1) start--;
    while (start < at && group.automaton.first[text[start]!] === 0) start++;
    if (start < at) this.#run(group, text, length, start, visit);
  }

  /** The machine-readable zone: the run of its characters and up to two lines of them before. */
  #angles(text: Uint8Array, length: number, at: number, floor: number, visit: Visit): number {
    const group = this.#angle!;
    const isPart = (code: number): boolean => IS_WORD[code] === 1 || code === 60;
    const starts: number[] = [];
    let start = at;
    for (let line = 0; line < 3; line++) {
      while (start > floor && at - start < MRZ_REACH && isPart(text[start - 1]!)) start--;
      starts.push(start);
      if (start <= floor || text[start - 1] !== LINE_FEED) break;
      start--;
      if (start > floor && text[start - 1] === CARRIAGE_RETURN) start--;
    }
    for (const one of starts.reverse()) this.#run(group, text, length, one, visit);
    let end = at + 1;
    while (end < length && isPart(text[end]!)) end++;
    return end;
  }
}

/** Where two X or x in a row begin; `to` when nowhere. */
function findCrosses(text: Uint8Array, from: number, to: number): number {
  for (let at = from; at + 1 < to; at++) {
    if ((text[at]! | 32) === CROSS && (text[at + 1]! | 32) === CROSS) return at;
  }
  return to;
}
