/**
 * From "these shapes could end here" to judged candidates: boundaries, compact form, allowed
 * lengths, the detector's judge. The longest end that the judge accepts wins.
 */
import { Buffer } from 'node:buffer';
import type { Detector, Match } from '../../model/detector.ts';
import { LETTERS, PROLONGED } from '../shape.ts';
import type { Automaton } from './automaton.ts';
import type { Compiled, CompiledShape } from './compile.ts';
import { IS_MASK } from './scanner.ts';

/** A shape match with its judgement. Offsets are folded indexes, half open. Holds a raw value: never leaves detection. */
export interface Candidate {
  readonly rule: number;
  readonly masked: boolean;
  readonly judgement: 'no' | 'plausible' | 'proved';
  readonly start: number;
  readonly end: number;
  readonly match: Match;
}

const DOT = 46;
const DEFAULT_BOUNDARY = '_-.';

/** Folded code → itself in upper case, line breaks and odd hyphens made plain. */
const UPPER = new Uint8Array(256);
for (let code = 0; code < 256; code++) UPPER[code] = code;
for (const letter of LETTERS) UPPER[letter.toLowerCase().charCodeAt(0)] = letter.charCodeAt(0);
UPPER[PROLONGED] = 45;

export class Matcher {
  readonly #rules: readonly Detector[];
  readonly #compiled: Compiled;
  readonly #boundaries: readonly Uint8Array[];
  /** By rule: the start at which it was last settled, so that a longer end hides shorter ones. */
  readonly #settled: Float64Array;
  readonly #failed: (Candidate | null)[];
  readonly #failedRules: number[] = [];
  /** By rule: the span last refused, so that a second shape of the same characters is not asked again. */
  readonly #refused: Float64Array;
  /** Compact forms of the span at hand by keepId, the folded form last; null until asked for. */
  readonly #texts: (string | null)[];
  #visits = 0;
  readonly #scratch = Buffer.alloc(1024);

  constructor(rules: readonly Detector[], compiled: Compiled) {
    this.#rules = rules;
    this.#compiled = compiled;
    this.#settled = new Float64Array(rules.length);
    this.#refused = new Float64Array(rules.length);
    this.#failed = rules.map(() => null);
    this.#texts = new Array(1 + compiled.keepCount).fill(null);
    this.#boundaries = rules.map((rule) => {
      const table = new Uint8Array(256);
      for (const sign of rule.boundary ?? DEFAULT_BOUNDARY) table[sign.charCodeAt(0)] = 1;
      return table;
    });
  }

  /**
   * Judges what the automaton found from `start`. `lax`: only letters and digits bound a match, as
   * in object keys. `keepFailed`: candidates judged `no` are given too, one a detector.
   */
  judge(
    automaton: Automaton,
    text: Uint8Array,
    length: number,
    start: number,
    found: number,
    options: { readonly lax: boolean; readonly keepFailed: boolean },
    take: (candidate: Candidate) => void,
  ): void {
    this.#visits++;
    for (let i = found - 1; i >= 0; i--) {
      const end = automaton.ends[i]!;
      this.#texts.fill(null);
      // Matches are shorter than 1024; keepIds stay below 64.
      const span = (this.#visits * 1024 + (end - start)) * 64;
      for (const number of automaton.shapes(automaton.endStates[i]!)) {
        const shape = this.#compiled.shapes[number]!;
        if (this.#settled[shape.rule] === this.#visits) continue;
        if (this.#refused[shape.rule] === span + shape.keepId) continue;
        if (!options.lax && !this.#bounded(shape, text, length, start, end)) continue;
        const candidate = shape.masked
          ? this.#judgeMasked(shape, text, length, start, end)
          : this.#judgeFull(shape, text, start, end);
        if (!candidate) continue;
        if (candidate.judgement !== 'no') {
          this.#settled[shape.rule] = this.#visits;
          take(candidate);
          continue;
        }
        this.#refused[shape.rule] = span + shape.keepId;
        if (options.keepFailed && !this.#failed[shape.rule]) {
          this.#failed[shape.rule] = candidate;
          this.#failedRules.push(shape.rule);
        }
      }
    }
    for (const rule of this.#failedRules) {
      const candidate = this.#failed[rule];
      if (candidate && this.#settled[rule] !== this.#visits) take(candidate);
      this.#failed[rule] = null;
    }
    this.#failedRules.length = 0;
  }

  /** `(?<![A-Za-z0-9_.\-])…(?![A-Za-z0-9_\-]|\.\d)`, with the detector's own signs for `_-.`; letters and digits were checked before. */
  #bounded(
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

  #judgeFull(shape: CompiledShape, text: Uint8Array, start: number, end: number): Candidate | null {
    const rule = this.#rules[shape.rule]!;
    const compact = this.#compact(shape, text, start, end);
    if (rule.lengths && !rule.lengths(compact).includes(compact.length)) return null;
    const match = { compact, shape: shape.index, folded: this.#folded(text, start, end) };
    const judgement = rule.judge(match);
    return { rule: shape.rule, masked: false, judgement, start, end, match };
  }

  /** A masked form needs two mask signs in a row, all of one kind, and none beside it. */
  #judgeMasked(
    shape: CompiledShape,
    text: Uint8Array,
    length: number,
    start: number,
    end: number,
  ): Candidate | null {
    if (start > 0 && IS_MASK[text[start - 1]!] === 1) return null;
    if (end < length && IS_MASK[text[end]!] === 1) return null;
    const folded = this.#folded(text, start, end);
    const runs = folded.match(/\*{2,}|#{2,}|\?{2,}|_{2,}|X{2,}/g);
    const sign = runs?.[0]?.charAt(0);
    if (sign === undefined || runs?.some((run) => run.charAt(0) !== sign)) return null;
    const shown = folded.replaceAll(sign, '');
    // A row of X that fits letters too shows nothing of anybody.
    if (/[*#?_]/.test(shown) || !/[0-9A-Z]/.test(shown)) return null;
    const compact = this.#compact(shape, text, start, end);
    const match = { compact, shape: shape.index, folded };
    return { rule: shape.rule, masked: true, judgement: 'plausible', start, end, match };
  }

  #compact(shape: CompiledShape, text: Uint8Array, start: number, end: number): string {
    const known = this.#texts[shape.keepId];
    if (known) return known;
    const keep = shape.parsed.keep;
    let size = 0;
    for (let i = start; i < end; i++) {
      const code = UPPER[text[i]!]!;
      if (keep[code] === 1) this.#scratch[size++] = code;
    }
    const compact = this.#scratch.toString('latin1', 0, size);
    this.#texts[shape.keepId] = compact;
    return compact;
  }

  #folded(text: Uint8Array, start: number, end: number): string {
    const known = this.#texts[this.#texts.length - 1];
    if (known) return known;
    for (let i = start; i < end; i++) this.#scratch[i - start] = UPPER[text[i]!]!;
    const folded = this.#scratch.toString('latin1', 0, end - start);
    this.#texts[this.#texts.length - 1] = folded;
    return folded;
  }
}
