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
 * Offsets are kept by runs of characters of one size: ASCII and ideographs come in long ones.
 * Questions come in nearly ascending order and move a cursor.
 */
export class Folder {
  text: Uint8Array = new Uint8Array(0);
  length = 0;
  /** The bytes as they came. */
  original: Uint8Array = new Uint8Array(0);
  #scratch: Uint8Array = new Uint8Array(0);
  /** Folded index at which a run begins, ascending; the first is 0. */
  #from: Uint32Array = new Uint32Array(1);
  /** Its offset in the original. */
  #origin: Uint32Array = new Uint32Array(1);
  /** Bytes of each of its characters. */
  #size: Uint8Array = new Uint8Array(1);
  #runs = 0;
  #cursor = 0;

  fold(bytes: Uint8Array): void {
    this.original = bytes;
    this.#runs = 0;
    this.#cursor = 0;
    if (isAscii(bytes)) {
      this.text = bytes;
      this.length = bytes.length;
      return;
    }
    if (this.#scratch.length < bytes.length) {
      const size = bytes.length + (bytes.length >> 2) + 2;
      this.#scratch = new Uint8Array(size);
      this.#from = new Uint32Array(size);
      this.#origin = new Uint32Array(size);
      this.#size = new Uint8Array(size);
    }
    this.#fold(bytes, foldTable());
    this.text = this.#scratch;
  }

  /** Original offset of the character at a folded index. */
  start(index: number): number {
    if (this.#runs === 0) return index;
    let run = this.#cursor;
    while (run > 0 && (this.#from[run] ?? 0) > index) run--;
    while (run + 1 < this.#runs && (this.#from[run + 1] ?? 0) <= index) run++;
    this.#cursor = run;
    return (this.#origin[run] ?? 0) + (index - (this.#from[run] ?? 0)) * (this.#size[run] ?? 1);
  }

  /** Original offset just after the character before a folded index. */
  end(index: number): number {
    if (this.#runs === 0 || index === 0) return index;
    const last = this.start(index - 1);
    return Math.min(last + sequenceLength(this.original[last] ?? 0), this.original.length);
  }

  /** Bytes that are no UTF-8 become OTHER one by one. */
  #fold(bytes: Uint8Array, bmp: Uint8Array): void {
    const out = this.#scratch;
    const n = bytes.length;
    let length = 0;
    let runs = 0;
    let runSize = 0;
    for (let i = 0; i < n; ) {
      const lead = bytes[i] ?? 0;
      const second = bytes[i + 1] ?? 0;
      const isWhole = lead >= 0xc2 && (second & 0xc0) === 0x80;
      const size = isWhole ? sequenceLength(lead) : 1;
      if (size !== runSize) {
        this.#from[runs] = length;
        this.#origin[runs] = i;
        this.#size[runs++] = size;
        runSize = size;
      }
      if (lead < 0x80) {
        out[length++] = lead;
        for (i++; i < n; i++) {
          const next = bytes[i] ?? 0;
          if (next >= 0x80) break;
          out[length++] = next;
        }
        continue;
      }
      if (isWhole && isIdeograph(lead)) {
        do {
          out[length++] = OTHER;
          i += 3;
        } while (isIdeograph(bytes[i] ?? 0) && ((bytes[i + 1] ?? 0) & 0xc0) === 0x80);
        continue;
      }
      const folded = isWhole ? foldSequence(bytes, i, size, bmp) : OTHER;
      i += size;
      if (folded !== DROP) out[length++] = folded;
      else runSize = 0;
    }
    // What lies behind the last character, where characters were dropped.
    this.#from[runs] = length;
    this.#origin[runs] = n;
    this.#size[runs++] = 1;
    this.length = length;
    this.#runs = runs;
  }
}

/** Does a sequence that begins so lie in U+4000 to U+9FFF, most of a Chinese or Japanese text? */
function isIdeograph(lead: number): boolean {
  return lead >= FIRST_IDEOGRAPH && lead <= LAST_IDEOGRAPH;
}

function foldSequence(bytes: Uint8Array, at: number, size: number, bmp: Uint8Array): number {
  const lead = bytes[at] ?? 0;
  const second = (bytes[at + 1] ?? 0) & 63;
  if (size === 2) return bmp[((lead & 31) << 6) | second] ?? OTHER;
  const third = (bytes[at + 2] ?? 0) & 63;
  if (size === 3) return bmp[((lead & 15) << 12) | (second << 6) | third] ?? OTHER;
  const code = ((lead & 7) << 18) | (second << 12) | (third << 6) | ((bytes[at + 3] ?? 0) & 63);
  return foldBeyond(code);
}

/** U+1F000 and up are pictures, but for the segmented digits at U+1FBF0. */
function foldBeyond(code: number): number {
  return code > 0x10ffff || (code >= 0x1f000 && code < 0x1fb00) ? OTHER : foldAstral(code);
}

function sequenceLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
