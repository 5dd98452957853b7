/** What is asked of a span that fits a shape: what stands beside it, its length, the detector's judge. */
import type { Detector, Judgement } from '../../model/detector.ts';
import type { CompiledShape } from './compile.ts';
import { type Span, SpanMatch, UPPER } from './match.ts';
import { DEFAULT_BOUNDARY } from './scanner.ts';
import { IS_MASK, IS_WORD } from './signs.ts';

const DOT = 46;

/** The mask sign of which two or more stand in a row; 0 for none, or for several. */
function signOf(text: Uint8Array, start: number, end: number): number {
  let sign = 0;
  for (let at = start; at < end - 1; at++) {
    const code = UPPER[text[at]!]!;
    if (IS_MASK[code] !== 1 || UPPER[text[at + 1]!] !== code) continue;
    if (sign !== 0 && sign !== code) return 0;
    sign = code;
  }
  return sign;
}

export class Judging {
  readonly #rules: readonly Detector[];
  readonly #boundaries: readonly Uint8Array[];
  /** What judges get to see; none of them keeps it. */
  #match: SpanMatch | null = null;

  constructor(rules: readonly Detector[]) {
    this.#rules = rules;
    this.#boundaries = rules.map((rule) => {
      const table = new Uint8Array(256);
      for (const sign of rule.boundary ?? DEFAULT_BOUNDARY) table[sign.charCodeAt(0)] = 1;
      return table;
    });
  }

  /** `(?<![A-Za-z0-9_.\-])…(?![A-Za-z0-9_\-]|\.\d)`, with the detector's own signs for `_-.`; letters and digits were checked before. */
  isBounded(
    shape: CompiledShape,
    text: Uint8Array,
    length: number,
    start: number,
    end: number,
  ): boolean {
    const signs = this.#boundaries[shape.rule]!;
    if (start > 0 && signs[text[start - 1]!] === 1) return false;
    if (end >= length) return true;
    const next = text[end]!;
    if (signs[next] === 0) return true;
    if (next !== DOT) return false;
    const after = end + 1 < length ? text[end + 1]! : 0;
    return after < 48 || after > 57;
  }

  /** Null where the characters cannot be one, whatever the check says. */
  full(span: Span, shape: CompiledShape): Judgement | null {
    const rule = this.#rules[shape.rule]!;
    this.#match ??= new SpanMatch(span, shape);
    const match = this.#match;
    match.set(span, shape);
    if (rule.lengths) {
      const { compact } = match;
      if (!rule.lengths(compact).includes(compact.length)) return null;
    }
    return rule.judge(match);
  }

  /** A masked form needs two mask signs in a row, all of one kind, and none beside it. */
  masked(span: Span, text: Uint8Array, length: number): Judgement | null {
    const { start, end } = span;
    if (start > 0 && IS_MASK[text[start - 1]!] === 1) return null;
    if (end < length && IS_MASK[text[end]!] === 1) return null;
    const sign = signOf(text, start, end);
    if (sign === 0) return null;
    // A row of X that fits letters too shows nothing of anybody.
    let isShown = false;
    for (let at = start; at < end; at++) {
      const code = UPPER[text[at]!]!;
      if (code === sign) continue;
      if (IS_WORD[code] === 1) isShown = true;
      else if (IS_MASK[code] === 1) return null;
    }
    return isShown ? 'plausible' : null;
  }
}
