/** What is asked of a span that fits a shape: what stands beside it, its length, the detector's judge. */
import type { Detector, Judgement } from '../../model/detector.ts';
import type { CompiledShape } from './compile.ts';
import { type Span, SpanMatch } from './match.ts';
import { DEFAULT_BOUNDARY } from './scanner.ts';
import { IS_MASK } from './signs.ts';

const DOT = 46;

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
    const { start, end, folded } = span;
    if (start > 0 && IS_MASK[text[start - 1]!] === 1) return null;
    if (end < length && IS_MASK[text[end]!] === 1) return null;
    const runs = folded.match(/\*{2,}|#{2,}|\?{2,}|_{2,}|X{2,}/g);
    const sign = runs?.[0]?.charAt(0);
    if (sign === undefined || runs?.some((run) => run.charAt(0) !== sign)) return null;
    const shown = folded.replaceAll(sign, '');
    // A row of X that fits letters too shows nothing of anybody.
    if (/[*#?_]/.test(shown) || !/[0-9A-Z]/.test(shown)) return null;
    return 'plausible';
  }
}
