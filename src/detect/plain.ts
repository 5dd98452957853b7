/**
 * The plain form of words: NFKC, upper case, camel case split, anything that is neither letter nor
 * digit one space; a space at both ends.
 *
 * Texts of ASCII, CJK, kana, Hangul and full-width forms the kernel reads (assembly/words.as); for the rest
 * the library of the platform decides, at twenty times the cost.
 */

/** The plain form by Unicode's own tables. */
export function plainWords(text: string): string {
  const split = text
    .normalize('NFKC')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toUpperCase();
  return ` ${split.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim()} `;
}

const SEPARATOR = 1;
const SIGN = 2;
const LOWER = 4;
const DIGIT = 8;
const UPPER = 16;

/** BMP character → what it is, 0 where the library must be asked. Made at the first text. */
let kinds: Uint8Array | null = null;

/** Blocks in which NFKC changes no character and composes none. */
const STEADY: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e],
  [0x09, 0x0d],
  [0x3001, 0x3029],
  [0x3041, 0x3096],
  [0x30a1, 0x30fe],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
];

function kindOf(char: string): number {
  if (/[a-z]/.test(char)) return LOWER;
  if (/[A-Z]/.test(char)) return UPPER;
  if (/[0-9]/.test(char)) return DIGIT;
  return /[\p{L}\p{N}\p{M}]/u.test(char) ? SIGN : SEPARATOR;
}

/** By UTF-16 unit what it is, 0 where {@link plainWords} must be asked. */
export function kindTable(): Uint8Array {
  if (kinds) return kinds;
  kinds = new Uint8Array(65_536);
  for (const [first, last] of STEADY) {
    for (let code = first; code <= last; code++) kinds[code] = kindOf(String.fromCharCode(code));
  }
  return kinds;
}

/** A reusable buffer of UTF-16 units. */
export class PlainText {
  units: Uint16Array = new Uint16Array(512);
  length = 0;

  /** Takes a text in its plain form. */
  set(plain: string): void {
    if (plain.length > this.units.length) this.units = new Uint16Array(plain.length * 2);
    for (let i = 0; i < plain.length; i++) this.units[i] = plain.charCodeAt(i);
    this.length = plain.length;
  }
}
