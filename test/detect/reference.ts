/**
 * The reference: a slow engine that says where a shape matches, written apart from the kernel
 * (shape → regular expression over text folded character by character), for the kernel to agree with.
 */

/** A folded character and where it came from, in UTF-8 bytes. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const HYPHENS = '‐‑‒–—―−﹣－';
const DOTS = '●○•﹡';

/** What the specification says of one character; empty when it is dropped, `\x80` when it is anything else. */
function foldChar(char: string): string {
  if (/\p{Default_Ignorable_Code_Point}/u.test(char)) return '';
  if (HYPHENS.includes(char)) return '-';
  if (DOTS.includes(char)) return '*';
  if (/\p{Nd}/u.test(char)) {
    // Digits lie in tens: count down to the zero.
    let code = char.codePointAt(0) ?? 0;
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(code - 1)) && value < 9) {
      code--;
      value++;
    }
    return char.charCodeAt(0) < 128 ? char : String(value);
  }
  const normal = char.normalize('NFKC');
  return /^[\n\r\x20-\x7e]$/.test(normal) ? normal.toUpperCase() : '\x80';
}

export function fold(text: string): Folded {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const char of text) {
    const size = new TextEncoder().encode(char).length;
    const sign = foldChar(char);
    if (sign !== '') {
      folded += sign;
      starts.push(at);
      ends.push(at + size);
    }
    at += size;
  }
  return { text: folded, starts, ends };
}

const SETS: Readonly<Record<string, string>> = { d: '[0-9]', l: '[A-Z]', w: '[0-9A-Z]' };

/** Shapes without line breaks; `~` becomes a back reference, `*` a separator before each further character. */
export function toRegExp(shape: string): RegExp {
  let source = '';
  let hasChoice = false;
  for (const [, set, atom, , count, flags] of shape.matchAll(
    /(?:(\{[^}]+\})|([^{}]))((\d+(?:\.\.\d+)?)?([*?]*))/gu,
  )) {
    if (atom === '~') {
      source += hasChoice ? '\\k<choice>' : '(?<choice>[ \\-./]?)';
      hasChoice = true;
    } else if (atom === '^') {
      source += '[ \\-]{0,2}';
    } else {
      const escaped = set?.slice(1, -1).replace(/[\\^\]]/g, '\\$&');
      const one = set
        ? `[${escaped}]`
        : (SETS[atom ?? ''] ?? `\\x${(atom ?? '').charCodeAt(0).toString(16)}`);
      source += counted(one, count, flags ?? '');
    }
  }
  return new RegExp(`^(?:${source})$`);
}

function counted(one: string, count: string | undefined, flags: string): string {
  const [min = 1, max = min] = (count ?? '1').split('..').map(Number);
  const run = flags.includes('*')
    ? `${one}(?:[ \\-]?${one}){${min - 1},${max - 1}}`
    : `${one}{${min},${max}}`;
  return flags.includes('?') ? `(?:${run})?` : run;
}

/** All spans (byte offsets) that a shape matches within the default boundaries: longest from each start. */
export function spansOf(shape: string, text: string): readonly (readonly [number, number])[] {
  const { text: folded, starts, ends } = fold(text);
  const matcher = toRegExp(shape);
  const spans: (readonly [number, number])[] = [];
  for (let start = 0; start < folded.length; start++) {
    if (/[A-Za-z0-9_.-]$/.test(folded.slice(0, start))) continue;
    for (let end = folded.length; end > start; end--) {
      if (/^(?:[A-Za-z0-9_-]|\.[0-9])/.test(folded.slice(end))) continue;
      if (!matcher.test(folded.slice(start, end))) continue;
      spans.push([starts[start] ?? 0, ends[end - 1] ?? 0]);
      break;
    }
  }
  return spans;
}
