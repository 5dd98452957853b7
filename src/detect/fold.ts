/**
 * Folding: the many ways one character is written → one byte a character, with the way back to
 * the original offsets. Full-width forms, every Unicode digit, the hyphen family and mask dots
 * become ASCII; zero-width characters go; everything else is one OTHER, which is a fine boundary.
 *
 * ASCII text needs none of this and is used as it lies; letter case is folded by the automaton's
 * class table.
 */
import { isAscii } from 'node:buffer';
import { OTHER, PROLONGED } from './shape.ts';

/** Leads of sequences that are ideographs, all of them. */
const FIRST_IDEOGRAPH = 0xe4;
const LAST_IDEOGRAPH = 0xe9;

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
 * Folded text of one piece; the arrays are reused by the next one.
 *
 * Offsets are kept where they change only: behind each character of several bytes, since text in
 * between keeps its distance. Questions come in nearly ascending order and move a cursor.
 */
export class Folder {
  text: Uint8Array = new Uint8Array(0);
  length = 0;
  /** The bytes as they came. */
  original: Uint8Array = new Uint8Array(0);
  #scratch: Uint8Array = new Uint8Array(0);
  /** Folded index from which on a shift holds, ascending; the first is 0. */
  #from: Uint32Array = new Uint32Array(1);
  /** Original offset less folded index. */
  #shift: Uint32Array = new Uint32Array(1);
  #shifts = 0;
  #cursor = 0;

  fold(bytes: Uint8Array): void {
    this.original = bytes;
    this.#shifts = 0;
    this.#cursor = 0;
    if (isAscii(bytes)) {
      this.text = bytes;
      this.length = bytes.length;
      return;
    }
    if (this.#scratch.length < bytes.length) {
      const size = bytes.length + (bytes.length >> 2) + 1;
      this.#scratch = new Uint8Array(size);
      // Every character of several bytes, at least two, makes at most one shift.
      this.#from = new Uint32Array((size >> 1) + 2);
      this.#shift = new Uint32Array((size >> 1) + 2);
    }
    this.#fold(bytes, foldTable());
    this.text = this.#scratch;
  }

  /** Original offset of the character at a folded index. */
  start(index: number): number {
    if (this.#shifts === 0) return index;
    return index + this.#shiftAt(index);
  }

  /** Original offset just after the character before a folded index. */
  end(index: number): number {
    if (this.#shifts === 0 || index === 0) return index;
    const last = this.start(index - 1);
    return Math.min(last + sequenceLength(this.original[last] ?? 0), this.original.length);
  }

  #shiftAt(index: number): number {
    let cursor = this.#cursor;
    while (cursor > 0 && (this.#from[cursor] ?? 0) > index) cursor--;
    while (cursor + 1 < this.#shifts && (this.#from[cursor + 1] ?? 0) <= index) cursor++;
    this.#cursor = cursor;
    return this.#shift[cursor] ?? 0;
  }

  /** Bytes that are no UTF-8 become OTHER one by one. */
  #fold(bytes: Uint8Array, bmp: Uint8Array): void {
    const out = this.#scratch;
    const from = this.#from;
    const shift = this.#shift;
    const n = bytes.length;
    let length = 0;
    let shifts = 1;
    from[0] = 0;
    shift[0] = 0;
    for (let i = 0; i < n; ) {
      const lead = bytes[i] ?? 0;
      if (lead < 0x80) {
        out[length++] = lead;
        for (i++; i < n; i++) {
          const next = bytes[i] ?? 0;
          if (next >= 0x80) break;
          out[length++] = next;
        }
        continue;
      }
      let folded = OTHER;
      let size = sequenceLength(lead);
      const second = bytes[i + 1] ?? 0;
      if (lead < 0xc2 || (second & 0xc0) !== 0x80) {
        size = 1;
      } else if (size === 2) {
        folded = bmp[((lead & 31) << 6) | (second & 63)] ?? OTHER;
      } else if (lead >= FIRST_IDEOGRAPH && lead <= LAST_IDEOGRAPH) {
        // U+4000 to U+9FFF, which is most of a Chinese or Japanese text.
      } else if (size === 3) {
        const third = bytes[i + 2] ?? 0;
        folded = bmp[((lead & 15) << 12) | ((second & 63) << 6) | (third & 63)] ?? OTHER;
      } else {
        const third = (bytes[i + 2] ?? 0) & 63;
        folded = foldBeyond(
          ((lead & 7) << 18) | ((second & 63) << 12) | (third << 6) | ((bytes[i + 3] ?? 0) & 63),
        );
      }
      i += size;
      if (folded !== DROP) out[length++] = folded;
      if (size === 1) continue;
      // A dropped character's shift takes the place of the one that it would have begun with.
      if (from[shifts - 1] === length && shifts > 1) shifts--;
      from[shifts] = length;
      shift[shifts++] = i - length;
    }
    this.length = length;
    this.#shifts = shifts;
  }
}

/** U+1F000 and up are pictures, but for the segmented digits at U+1FBF0. */
function foldBeyond(code: number): number {
  return code > 0x10ffff || (code >= 0x1f000 && code < 0x1fb00) ? OTHER : foldAstral(code);
}

function sequenceLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
