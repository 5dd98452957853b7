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

/** Folded text of one piece; the arrays are reused by the next one. */
export class Folder {
  text: Uint8Array = new Uint8Array(0);
  length = 0;
  /** The bytes as they came. */
  original: Uint8Array = new Uint8Array(0);
  /** Folded index → original offset; null where they are the same. */
  #map: Uint32Array | null = null;
  #scratch: Uint8Array = new Uint8Array(0);
  #scratchMap: Uint32Array = new Uint32Array(0);

  fold(bytes: Uint8Array): void {
    this.original = bytes;
    if (isAscii(bytes)) {
      this.text = bytes;
      this.length = bytes.length;
      this.#map = null;
      return;
    }
    if (this.#scratch.length < bytes.length) {
      this.#scratch = new Uint8Array(bytes.length + (bytes.length >> 2));
      this.#scratchMap = new Uint32Array(this.#scratch.length);
    }
    this.length = foldInto(bytes, this.#scratch, this.#scratchMap, foldTable());
    this.text = this.#scratch;
    this.#map = this.#scratchMap;
  }

  /** Original offset of the character at a folded index. */
  start(index: number): number {
    return this.#map ? (this.#map[index] ?? this.original.length) : index;
  }

  /** Original offset just after the character before a folded index. */
  end(index: number): number {
    if (!this.#map) return index;
    if (index === 0) return 0;
    const last = this.#map[index - 1] ?? 0;
    return Math.min(last + sequenceLength(this.original[last] ?? 0), this.original.length);
  }
}

function sequenceLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Returns the folded length. Bytes that are no UTF-8 become OTHER one by one. */
function foldInto(bytes: Uint8Array, out: Uint8Array, map: Uint32Array, bmp: Uint8Array): number {
  const n = bytes.length;
  let length = 0;
  for (let i = 0; i < n; ) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      out[length] = lead;
      map[length++] = i++;
      continue;
    }
    let folded = OTHER;
    let size = sequenceLength(lead);
    const second = bytes[i + 1] ?? 0;
    if (lead < 0xc2 || (second & 0xc0) !== 0x80) {
      size = 1;
    } else if (size === 2) {
      folded = bmp[((lead & 31) << 6) | (second & 63)] ?? OTHER;
    } else if (size === 3) {
      const third = bytes[i + 2] ?? 0;
      folded = bmp[((lead & 15) << 12) | ((second & 63) << 6) | (third & 63)] ?? OTHER;
    } else {
      const third = (bytes[i + 2] ?? 0) & 63;
      const code =
        ((lead & 7) << 18) | ((second & 63) << 12) | (third << 6) | ((bytes[i + 3] ?? 0) & 63);
      // U+1F000 and up are pictures, but for the segmented digits at U+1FBF0.
      folded = code > 0x10ffff || (code >= 0x1f000 && code < 0x1fb00) ? OTHER : foldAstral(code);
    }
    if (folded !== DROP) {
      out[length] = folded;
      map[length++] = i;
    }
    i += size;
  }
  return length;
}
