/**
 * The shape language (see src/model/detector.ts): text → parts. A mistake in a shape is a bug in
 * its detector and throws with the shape, the position and what was expected.
 */
import type { Shape } from '../model/detector.ts';

/** Folded code of what is no ASCII, as any byte from 0x80 on but the next: see fold.ts. */
export const OTHER = 0x80;
/** The Japanese prolonged sound mark, which people type as a hyphen between digits: no byte of UTF-8. */
export const PROLONGED = 0xff;

/** Separators of `~` and, for the first two, of `^` and `*`. A hyphen may also be a prolonged sound mark. */
export const SEPARATORS: readonly string[] = [' ', `-${String.fromCharCode(PROLONGED)}`, '.', '/'];

export const DIGITS = '0123456789';
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Mask signs after folding (dots and blocks fold to `*`). */
export const MASKS = '*#?_X';

export interface Run {
  readonly type: 'run';
  /** The characters that may stand here, each once. */
  readonly set: string;
  readonly min: number;
  readonly max: number;
  /** The whole run may be missing. */
  readonly optional: boolean;
  /** One separator may stand between any two characters. */
  readonly spaced: boolean;
}

export type Part = Run | { readonly type: 'same' | 'free' | 'break' };

/** What tells that a shape may begin nearby: no shape is looked for where its anchor is missing. */
export type Anchor = 'digit' | '@' | '<' | 'mask';

export interface ParsedShape {
  readonly parts: readonly Part[];
  /** By folded code: 1 where the character belongs to the compact form. */
  readonly keep: Uint8Array;
  readonly anchor: Anchor;
  /** Its first two characters, letters both, are one of these. */
  readonly pairs?: readonly string[];
}

const ATOMS: Readonly<Record<string, string>> = {
  d: DIGITS,
  l: LETTERS,
  w: DIGITS + LETTERS,
  m: MASKS,
};

/** Longest run that a shape may ask for: no identifier is longer than an MRZ line or an address. */
const MAX_COUNT = 255;

class Reader {
  readonly shape: Shape;
  at = 0;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  fail(what: string): never {
    throw new Error(`shape "${this.shape}", position ${this.at}: ${what}`);
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.shape);
    if (found) this.at += found[0].length;
    return found;
  }
}

/** Throws an Error that names shape, position and expectation. */
export function parseShape(shape: Shape, masked = false): ParsedShape {
  const reader = new Reader(shape);
  const parts: Part[] = [];
  const keep = new Uint8Array(256);
  const bare = new Set<string>();
  while (reader.at < shape.length) {
    const char = shape.charAt(reader.at);
    if (char === '~' || char === '^' || char === '⏎') {
      reader.at++;
      parts.push({ type: char === '~' ? 'same' : char === '^' ? 'free' : 'break' });
      for (const sign of char === '~' ? ' -./' : char === '^' ? ' -' : '') bare.add(sign);
      continue;
    }
    const { set, isBare } = readSet(reader, char);
    const run = readCount(reader, set);
    parts.push(run);
    if (run.spaced) for (const sign of ' -') bare.add(sign);
    for (const sign of set) {
      if (isBare) bare.add(sign);
      else keep[sign.charCodeAt(0)] = 1;
    }
  }
  if (parts.length === 0) reader.fail('is empty');
  for (const sign of bare) {
    if (keep[sign.charCodeAt(0)] === 1) {
      reader.fail(
        `"${sign}" is both a separator and in a set; the compact form would be ambiguous`,
      );
    }
  }
  return { parts, keep, anchor: anchorOf(parts, masked, reader) };
}

function readSet(reader: Reader, char: string): { set: string; isBare: boolean } {
  if (char === '{') {
    const found = reader.take(/\{([^{}]+)\}/y);
    if (!found) reader.fail('expected {characters}');
    return { set: expandSet(reader, found[1] ?? ''), isBare: false };
  }
  const atom = ATOMS[char];
  if (atom !== undefined) {
    reader.at++;
    return { set: atom, isBare: false };
  }
  if (/[0-9]/.test(char)) reader.fail('a count without anything to count; write {1} for the digit');
  if (/[a-z*?}]/.test(char)) reader.fail(`"${char}" means nothing here`);
  if (!/[\x20-\x7e]/.test(char)) reader.fail(`"${char}" is not ASCII; put such words into hints`);
  reader.at++;
  return { set: char, isBare: !/[A-Z]/.test(char) };
}

function expandSet(reader: Reader, body: string): string {
  const signs = new Set<string>();
  for (let i = 0; i < body.length; i++) {
    const first = body.charCodeAt(i);
    let last = first;
    if (body.charAt(i + 1) === '-' && i + 2 < body.length) {
      last = body.charCodeAt(i + 2);
      i += 2;
    }
    if (last < first || first < 0x20 || last > 0x7e) reader.fail(`bad range in {${body}}`);
    for (let code = first; code <= last; code++) {
      const sign = String.fromCharCode(code);
      if (/[a-z]/.test(sign)) reader.fail(`{${body}} holds a lower-case letter; text is folded`);
      signs.add(sign);
    }
  }
  return [...signs].sort().join('');
}

function readCount(reader: Reader, set: string): Run {
  let min = 1;
  let max = 1;
  const count = reader.take(/(\d+)(?:\.\.(\d+))?/y);
  if (count) {
    min = Number(count[1]);
    max = Number(count[2] ?? count[1]);
    if (max < min || max < 1 || max > MAX_COUNT) reader.fail(`bad count ${count[0]}`);
  }
  const flags = reader.take(/[*?]*/y)?.[0] ?? '';
  const spaced = flags.includes('*');
  if (spaced && !count) reader.fail('* follows a count');
  return { type: 'run', set, min, max, optional: flags.includes('?'), spaced };
}

/** Every shape needs something rare to look for. Digits are taken for granted where a set allows them. */
function anchorOf(parts: readonly Part[], masked: boolean, reader: Reader): Anchor {
  if (masked) return 'mask';
  const sets = parts.flatMap((part) =>
    part.type === 'run' && !part.optional && part.min > 0 ? [part.set] : [],
  );
  if (sets.includes('@')) return '@';
  if (sets.some((set) => set.includes('<'))) return '<';
  if (sets.some((set) => /[0-9]/.test(set))) return 'digit';
  return reader.fail('has nothing to look for: a shape needs a digit, an @ or a <');
}
