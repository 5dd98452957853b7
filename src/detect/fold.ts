/**
 * Folding: the many ways one character is written → one ASCII byte, with the way back to the
 * original offsets. Full-width forms, every Unicode digit, the hyphen family and mask dots become
 * ASCII; zero-width characters go; everything else stays as it lies, bytes from 0x80 on, which are
 * fine boundaries.
 *
 * ASCII text needs none of this; letter case is folded by the automaton's class table. The walk over
 * the text is WebAssembly (kernel/assembly/folder.as), the table of what folds to what is made here.
 */
import { isAscii } from 'node:buffer';
import { Layout, MARGIN } from './kernel/layout.ts';
import { align, type Machine } from './kernel/machine.ts';
import { OTHER, PROLONGED } from './shape.ts';

/** In the fold table: the character is dropped. */
const DROP = 1;

const HYPHENS = '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u2043\ufe58';
const MASK_DOTS = '●○•∙·・◯■□█▇×✱∗⁎﹡＊⬤⚫▓▒';
/** Zero-width characters, soft hyphen and direction marks: spreadsheets and web pages leave them in numbers. */
const DROPPED = /\p{Default_Ignorable_Code_Point}/u;
/** A footnote mark or list bullet is not a digit of the number beside it. */
const NOT_A_DIGIT = /[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2776-\u2793]/;

let table: Uint8Array | null = null;

/** BMP code point → folded byte. Built at the first non-ASCII text: some 20 ms. */
function foldTable(): Uint8Array {
  if (table) return table;
  table = new Uint8Array(65536).fill(OTHER);
  let runStart = -1;
  for (let code = 0; code < 65536; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const char = String.fromCharCode(code);
    if (code < 0x80) {
      table[code] = code;
    } else if (/\p{Nd}/u.test(char)) {
      // Digits lie in runs of ten, each from zero; runs may touch.
      if (runStart < 0) runStart = code;
      table[code] = 48 + ((code - runStart) % 10);
      continue;
    } else if (code < 0x3400 || code >= 0xfb00) {
      table[code] = foldChar(char);
    }
    runStart = -1;
  }
  return table;
}

function foldChar(char: string): number {
  if (DROPPED.test(char)) return DROP;
  if (HYPHENS.includes(char)) return 45;
  if (char === 'ー' || char === 'ｰ') return PROLONGED;
  if (MASK_DOTS.includes(char)) return 42;
  if (char === '\u2028' || char === '\u2029' || char === '\u0085') return 10;
  if (NOT_A_DIGIT.test(char)) return OTHER;
  const normal = char.normalize('NFKC');
  const code = normal.charCodeAt(0);
  return normal.length === 1 && code >= 32 && code < 127 ? code : OTHER;
}

const astral = new Map<number, number>();

/** Beyond the BMP only digits and the styled letters of mathematics fold. */
function foldAstral(code: number): number {
  const known = astral.get(code);
  if (known !== undefined) return known;
  const char = String.fromCodePoint(code);
  let folded = foldChar(char);
  if (folded === OTHER && /\p{Nd}/u.test(char)) {
    let start = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
    folded = 48 + ((code - start) % 10);
  }
  if (astral.size < 4096) astral.set(code, folded);
  return folded;
}

/**
 * Folded text of one piece, in the machine's memory; the next one takes its place.
 *
 * Questions for offsets come in nearly ascending order and move a cursor.
 */
export class Folder {
  readonly #machine: Machine;
  text: Uint8Array = new Uint8Array(0);
  length = 0;
  /** Where the text lies in the machine's memory. */
  address = 0;
  /** The bytes as they came. */
  original: Uint8Array = new Uint8Array(0);
  /** Where they lie in the machine's memory. */
  origin = 0;
  /** Pairs: from this folded index on the original offset is that. None where the text lies as it came. */
  #breaks: Uint32Array = new Uint32Array(0);
  #count = 0;
  /** How many breaks are at or before the index asked last. */
  #cursor = 0;
  #hasTable = false;

  constructor(machine: Machine) {
    this.#machine = machine;
    machine.calls.beyond = foldAstral;
  }

  fold(bytes: Uint8Array): void {
    const machine = this.#machine;
    const { length } = bytes;
    this.original = bytes;
    this.#count = 0;
    this.#cursor = 0;
    this.length = length;
    if (isAscii(bytes)) {
      this.address = machine.forText(length, 0);
      this.origin = this.address;
      machine.bytes.set(bytes, this.address);
      this.text = bytes;
      machine.run.setOrigin(this.origin, length, 0, 0);
      return;
    }
    if (!this.#hasTable) this.#putTable();
    this.#hasTable = true;
    // A break for every other byte at most, of two words.
    const copy = align(length + 2 * MARGIN);
    this.address = machine.forText(length, copy + length * 4 + 2 * MARGIN);
    this.origin = this.address;
    machine.bytes.set(bytes, this.address);
    const to = align(this.address + length + MARGIN) + MARGIN;
    const table = to + copy;
    const folded = machine.run.fold(this.address, length, to, table);
    this.text = bytes;
    if (folded < 0) {
      machine.run.setOrigin(this.origin, length, 0, 0);
      return;
    }
    this.address = to;
    this.length = folded;
    this.text = machine.bytes.subarray(to, to + folded);
    this.#count = machine.run.breakCount();
    this.#breaks = new Uint32Array(machine.bytes.buffer, table, this.#count * 2);
    machine.run.setOrigin(this.origin, length, table, this.#count);
  }

  /** What folds to a sign that no detector knows stays as it is. */
  #putTable(): void {
    const machine = this.#machine;
    const { known } = machine;
    const folds = foldTable().map((code) =>
      code === DROP || known === null || known[code] === 1 ? code : OTHER,
    );
    machine.put(Layout.FOLDS, folds);
  }

  /** Line feeds from one original offset on, before another. */
  feeds(from: number, to: number): number {
    return this.#machine.run.countFeeds(this.origin + from, this.origin + to);
  }

  /** Original offset of the character at a folded index. */
  start(index: number): number {
    if (this.#count === 0) return index;
    const breaks = this.#breaks;
    let at = this.#cursor;
    while (at > 0 && (breaks[at * 2 - 2] ?? 0) > index) at--;
    while (at < this.#count && (breaks[at * 2] ?? 0) <= index) at++;
    this.#cursor = at;
    return at === 0 ? index : (breaks[at * 2 - 1] ?? 0) + index - (breaks[at * 2 - 2] ?? 0);
  }

  /** Original offset just after the character before a folded index. */
  end(index: number): number {
    if (this.#count === 0 || index === 0) return index;
    const last = this.start(index - 1);
    return Math.min(last + sequenceLength(this.original[last] ?? 0), this.original.length);
  }
}

function sequenceLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
