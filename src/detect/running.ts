/**
 * Running text: from the places at which shapes could end to judged candidates, in order. Nine in
 * ten places are numbers of which nothing can come; they are told apart before anybody judges them.
 */
import type { Judgement } from '../model/detector.ts';
import type { ObjectAsks, Plan } from './asks.ts';
import type { Engine } from './engine.ts';
import { LOOKS, writtenAs } from './evidence.ts';
import type { Automaton } from './kernel/automaton.ts';
import type { CompiledShape } from './kernel/compile.ts';
import { Span, SpanMatch } from './kernel/match.ts';
import type { Candidate } from './kernel/matcher.ts';
import type { TextStatistics } from './noise.ts';
import type { PieceReader } from './reader.ts';

/** The candidate at hand, the same object for each. */
class Current implements Candidate {
  rule = 0;
  masked = false;
  judgement: Judgement = 'no';
  start = 0;
  end = 0;
  readonly match: SpanMatch;

  constructor(match: SpanMatch) {
    this.match = match;
  }
}

export class RunningText {
  readonly #engine: Engine;
  readonly #asks: ObjectAsks;
  readonly #statistics: TextStatistics;
  readonly #take: (candidate: Candidate, reader: PieceReader) => void;
  readonly #span = new Span();
  #current: Current | null = null;
  #reader: PieceReader | null = null;
  /** Does the search leave out quiet places by now? */
  #isHushed = false;
  /** Counts the starts; tells by detector where it was last hinted at. */
  #places = 0;
  readonly #hinted: Float64Array;
  /** By detector × 2 + masked: where it was last settled, what was last refused. */
  readonly #settled: Float64Array;
  readonly #refused: Float64Array;
  readonly #plans: Plan[] = [];

  /** `take` gets what the judges accept, by start, the longer first. The candidate is good during the call. */
  constructor(
    engine: Engine,
    asks: ObjectAsks,
    statistics: TextStatistics,
    take: (candidate: Candidate, reader: PieceReader) => void,
  ) {
    this.#engine = engine;
    this.#asks = asks;
    this.#statistics = statistics;
    this.#take = take;
    const { length } = engine.rules;
    this.#hinted = new Float64Array(length);
    this.#settled = new Float64Array(length * 2);
    this.#refused = new Float64Array(length * 2);
  }

  /** Takes a place at which shapes could end. */
  note(automaton: Automaton, start: number, found: number): void {
    const { places } = this.#engine;
    if (!this.#isHushed) this.#engine.hush();
    this.#isHushed = true;
    for (let i = 0; i < found; i++) this.#sayQuiet(automaton, automaton.endStates[i] ?? 0);
    if (places.add(automaton, start, found)) this.workOff(false);
  }

  /** Tells the search in which looks the shapes of a state come to nothing without a word. */
  #sayQuiet(automaton: Automaton, state: number): void {
    const { places, scanner } = this.#engine;
    if (scanner.isKnownQuiet(automaton, state)) return;
    const list = places.listAt(automaton, state);
    let looks = 0;
    for (let look = 0; look < LOOKS; look++) {
      if (this.#asks.plan(list, look).always.length === 0) looks |= 1 << look;
    }
    scanner.setQuiet(automaton, state, looks);
  }

  /** Begins a piece. */
  begin(reader: PieceReader): void {
    this.#engine.places.clear();
    this.#engine.useAsks(this.#asks);
    this.#isHushed = false;
    this.#reader = reader;
  }

  /** Works off what the engine's places hold. `all`: the piece is at its end. */
  workOff(all: boolean): void {
    this.#engine.places.workOff(all, this.#judgeRange);
    if (all) this.#reader = null;
  }

  readonly #judgeRange = (from: number, to: number): void => {
    const { places, folder } = this.#engine;
    const { text } = folder;
    const start = places.start(from);
    const plans = this.#plans;
    this.#places++;
    let isSpoken = false;
    for (let n = from; n < to; n++) {
      const end = places.end(n);
      const plan = this.#asks.plan(places.list(n), writtenAs(text, start, end));
      plans[n - from] = plan;
      if (plan.always !== plan.shapes && this.#isSpoken(start, end)) isSpoken = true;
    }
    for (let n = from; n < to; n++) {
      const plan = plans[n - from];
      if (!plan) continue;
      const shapes = isSpoken ? plan.shapes : plan.always;
      if (shapes.length > 0) this.#judge(plan, shapes, start, places.end(n));
    }
  };

  /** Does a word speak beside these characters? Marks the detectors for which one does. */
  #isSpoken(start: number, end: number): boolean {
    const reader = this.#reader;
    if (!reader) return false;
    reader.moveTo({ start, end });
    return reader.surroundings.markHinted(this.#hinted, this.#places);
  }

  #judge(plan: Plan, shapes: readonly CompiledShape[], start: number, end: number): void {
    const { text, length } = this.#engine.folder;
    const { judging } = this.#engine;
    const span = this.#span;
    span.set(text, start, end);
    const isMixed = shapes === plan.shapes;
    // Matches are shorter than 1024; keepIds stay below 64.
    const refusal = (this.#places * 1024 + (end - start)) * 64;
    for (let k = 0; k < shapes.length; k++) {
      const shape = shapes[k];
      if (!shape) continue;
      const { rule } = shape;
      if (isMixed && plan.quiet[k] === 1 && this.#hinted[rule] !== this.#places) continue;
      const slot = rule * 2 + (shape.masked ? 1 : 0);
      if (this.#settled[slot] === this.#places) continue;
      if (this.#refused[slot] === refusal + shape.keepId) continue;
      if (!judging.isBounded(shape, text, length, start, end)) continue;
      const judgement = shape.masked
        ? judging.masked(span, text, length)
        : judging.full(span, shape);
      if (judgement === null) continue;
      const isPass = judgement !== 'no';
      if (!shape.masked && this.#statistics.count(rule, isPass ? 1 : 0, isPass ? 0 : 1)) {
        this.#asks.mute(rule);
        this.#engine.scanner.forgetQuiet();
      }
      if (isPass) {
        this.#settled[slot] = this.#places;
        this.#give(shape, judgement);
      } else {
        this.#refused[slot] = refusal + shape.keepId;
      }
    }
  }

  #give(shape: CompiledShape, judgement: Judgement): void {
    const reader = this.#reader;
    if (!reader) return;
    const current = this.#current ?? new Current(new SpanMatch(this.#span, shape));
    this.#current = current;
    current.match.set(this.#span, shape);
    current.rule = shape.rule;
    current.masked = shape.masked;
    current.judgement = judgement;
    current.start = this.#span.start;
    current.end = this.#span.end;
    this.#take(current, reader);
  }
}
