/**
 * From "these shapes could end here" to judged candidates: boundaries, compact form, allowed
 * lengths, the detector's judge. The longest end that the judge accepts wins.
 */
import type { Detector, Judgement } from '../../model/detector.ts';
import type { Automaton } from './automaton.ts';
import type { Compiled, CompiledShape } from './compile.ts';
import { Judging } from './judging.ts';
import { Span, SpanMatch } from './match.ts';

/** A shape match with its judgement. Offsets are folded indexes, half open. Holds a raw value: never leaves detection. */
export interface Candidate {
  readonly rule: number;
  readonly masked: boolean;
  readonly judgement: Judgement;
  readonly start: number;
  readonly end: number;
  readonly match: SpanMatch;
}

/** What to do with a detector's shapes in a column. */
export const Mode = {
  /** Nothing can come of them. */
  skip: 0,
  /** Give what the judge accepts. */
  accepted: 1,
  /** Give what the judge refuses, too. */
  all: 2,
} as const;

/** The shapes of one automaton that a filter lets through, by state. */
interface Passing {
  generation: number;
  byState: (readonly CompiledShape[] | undefined)[];
}

/** By detector what to do with its full forms; masked ones are always looked at. */
export class Filter {
  readonly modes: Uint8Array;
  readonly #passing: Passing[] = [];

  constructor(rules: number, mode: number) {
    this.modes = new Uint8Array(rules).fill(mode);
  }

  /** True when that is another mode than before. */
  set(rule: number, mode: number): boolean {
    if (this.modes[rule] === mode) return false;
    this.modes[rule] = mode;
    this.#passing.length = 0;
    return true;
  }

  /** The shapes complete in a state that are to be looked at. */
  shapes(
    automaton: Automaton,
    state: number,
    all: readonly CompiledShape[],
  ): readonly CompiledShape[] {
    const passing = this.#passing[automaton.id];
    if (passing && passing.generation === automaton.generation) {
      const known = passing.byState[state];
      if (known) return known;
    }
    return this.#pass(automaton, state, all);
  }

  #pass(
    automaton: Automaton,
    state: number,
    all: readonly CompiledShape[],
  ): readonly CompiledShape[] {
    let passing = this.#passing[automaton.id];
    if (!passing || passing.generation !== automaton.generation) {
      passing = { generation: automaton.generation, byState: [] };
      this.#passing[automaton.id] = passing;
    }
    const shapes = automaton
      .shapes(state)
      .map((number) => all[number]!)
      .filter((shape) => shape.masked || this.modes[shape.rule] !== Mode.skip);
    passing.byState[state] = shapes;
    return shapes;
  }
}

export class Matcher {
  readonly #judging: Judging;
  readonly #compiled: Compiled;
  /** By rule: the start at which it was last settled, so that a longer end hides shorter ones. */
  readonly #settled: Float64Array;
  readonly #failed: (Candidate | null)[];
  readonly #failedRules: number[] = [];
  /** By rule: the span last refused, so that a second shape of the same characters is not asked again. */
  readonly #refused: Float64Array;
  #visits = 0;
  /** Used again until a candidate keeps it. */
  #span = new Span();
  #spanIsKept = false;

  constructor(rules: readonly Detector[], compiled: Compiled) {
    this.#judging = new Judging(rules);
    this.#compiled = compiled;
    this.#settled = new Float64Array(rules.length);
    this.#refused = new Float64Array(rules.length);
    this.#failed = rules.map(() => null);
  }

  /** Judges what the automaton found from `start`. `lax`: only letters and digits bound a match, as in object keys. */
  judge(
    automaton: Automaton,
    text: Uint8Array,
    length: number,
    start: number,
    found: number,
    lax: boolean,
    filter: Filter,
    take: (candidate: Candidate) => void,
  ): void {
    this.#visits++;
    const { modes } = filter;
    for (let i = found - 1; i >= 0; i--) {
      const shapes = filter.shapes(automaton, automaton.endStates[i]!, this.#compiled.shapes);
      if (shapes.length === 0) continue;
      const end = automaton.ends[i]!;
      if (this.#spanIsKept) this.#span = new Span();
      this.#spanIsKept = false;
      this.#span.set(text, start, end);
      // Matches are shorter than 1024; keepIds stay below 64.
      const refusal = (this.#visits * 1024 + (end - start)) * 64;
      for (let k = 0; k < shapes.length; k++) {
        const shape = shapes[k]!;
        if (this.#settled[shape.rule] === this.#visits) continue;
        if (this.#refused[shape.rule] === refusal + shape.keepId) continue;
        if (!lax && !this.#judging.isBounded(shape, text, length, start, end)) continue;
        const judgement = shape.masked
          ? this.#judging.masked(this.#span, text, length)
          : this.#judging.full(this.#span, shape);
        if (judgement === null) continue;
        if (judgement !== 'no') {
          this.#settled[shape.rule] = this.#visits;
          take(this.#candidate(shape, judgement));
          continue;
        }
        this.#refused[shape.rule] = refusal + shape.keepId;
        if (modes[shape.rule] === Mode.all && !this.#failed[shape.rule]) {
          this.#failed[shape.rule] = this.#candidate(shape, judgement);
          this.#failedRules.push(shape.rule);
        }
      }
    }
    if (this.#failedRules.length === 0) return;
    for (const rule of this.#failedRules) {
      const candidate = this.#failed[rule];
      if (candidate && this.#settled[rule] !== this.#visits) take(candidate);
      this.#failed[rule] = null;
    }
    this.#failedRules.length = 0;
  }

  /** A candidate of the span at hand, which is its own from now on. */
  #candidate(shape: CompiledShape, judgement: Candidate['judgement']): Candidate {
    const { start, end } = this.#span;
    this.#spanIsKept = true;
    const match = new SpanMatch(this.#span, shape);
    return { rule: shape.rule, masked: shape.masked, judgement, start, end, match };
  }
}
