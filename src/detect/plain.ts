/**
 * The plain form of words: NFKC, upper case, camel case split, anything that is neither letter nor
 * digit one space; a space at both ends.
 *
 * Texts of ASCII, CJK, kana, Hangul and full-width forms are read from their bytes; for the rest
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

const SPACE = 32;
/** Full-width `！` to `～` lie this far above ASCII. */
const FULL_WIDTH = 0xfee0;

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

  /** Reads UTF-8 bytes `from`..`to` and makes them plain; false where {@link plainWords} must. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    const table = kindTable();
    // A character may get a space before it.
    const most = (to - from) * 2 + 2;
    if (most > this.units.length) this.units = new Uint16Array(most * 2);
    const { units } = this;
    units[0] = SPACE;
    let length = 1;
    let before = SEPARATOR;
    for (let i = from; i < to; ) {
      const lead = bytes[i] ?? 0;
      let code = lead;
      if (lead < 0x80) {
        i++;
      } else {
        if (lead < 0xe0 || lead > 0xef || i + 3 > to) return false;
        code = ((lead & 15) << 12) | (((bytes[i + 1] ?? 0) & 63) << 6) | ((bytes[i + 2] ?? 0) & 63);
        if (code > 0xff00 && code < 0xff5f) code -= FULL_WIDTH;
        else if (code === 0x3000) code = SPACE;
        i += 3;
      }
      const kind = table[code] ?? 0;
      if (kind === 0) return false;
      if (kind === SEPARATOR) {
        if (before !== SEPARATOR) units[length++] = SPACE;
      } else {
        if (kind === UPPER && (before & (LOWER | DIGIT)) !== 0) units[length++] = SPACE;
        units[length++] = kind === LOWER ? code - 32 : code;
      }
      before = kind;
    }
    // One space ends the text; alone, two do, as in the plain form of nothing.
    if (before !== SEPARATOR || length === 1) units[length++] = SPACE;
    this.length = length;
    return true;
  }
}
