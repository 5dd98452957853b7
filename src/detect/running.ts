/**
 * Running text: from the places at which shapes could end to judged candidates, in order. Nine in
 * ten places are numbers of which nothing can come; they are told apart before anybody judges them.
 */
import type { Judgement } from '../model/detector.ts';
import type { ObjectAsks, Plan } from './asks.ts';
import type { Engine } from './engine.ts';
import { LOOKS, writtenAs } from './evidence.ts';
import type { Level } from './flags.ts';
import { type FormSlot, Forms } from './forms.ts';
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

/** What becomes of running text's matches. */
export interface Taker {
  /** Gets what the judges accept, by start, the longer first. The candidate is good during the call. */
  readonly take: (candidate: Candidate, reader: PieceReader) => void;
  /** Gets, in the same order, what the kernel accepted; offsets half open, and the hash as two words. */
  readonly takeDone: (
    slot: FormSlot,
    start: number,
    end: number,
    hash: Uint32Array,
    reader: PieceReader,
  ) => void;
  /** See {@link Forms}; null where each match is looked at by itself. */
  readonly isShown: ((rule: number) => boolean) | null;
}

export class RunningText {
  readonly #engine: Engine;
  readonly #asks: ObjectAsks;
  readonly #statistics: TextStatistics;
  readonly #taker: Taker;
  readonly #forms: Forms | null;
  readonly #hash = new Uint32Array(2);
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
  /** Null for what the kernel is done with. */
  readonly #plans: (Plan | null)[] = [];

  constructor(
    engine: Engine,
    asks: ObjectAsks,
    statistics: TextStatistics,
    least: Level,
    taker: Taker,
  ) {
    this.#engine = engine;
    this.#asks = asks;
    this.#statistics = statistics;
    this.#taker = taker;
    const { isShown } = taker;
    const take = (): void => {
      this.#takeDone();
      this.workOff(false);
    };
    this.#forms = isShown ? new Forms(engine, { asks, statistics, least, isShown, take }) : null;
    const { length } = engine.rules;
    this.#hinted = new Float64Array(length);
    this.#settled = new Float64Array(length * 2);
    this.#refused = new Float64Array(length * 2);
  }

  /** Takes a place at which shapes could end. */
  note(automaton: Automaton, start: number, found: number): void {
    const { places } = this.#engine;
    if (!this.#isHushed) this.#engine.scanner.hush();
    this.#isHushed = true;
    for (let i = 0; i < found; i++) this.#sayQuiet(automaton, automaton.endStates[i] ?? 0);
    // First what the kernel was done with before: places are sorted where they lie.
    const isTime = this.#takeDone();
    if (places.add(automaton, start, found) || isTime) this.workOff(false);
  }

  /** Takes what the kernel is done with into the places; true when it is time to work them off. */
  #takeDone(): boolean {
    const { forms, places } = this.#engine;
    const { from, count } = forms.taken();
    return count > 0 && places.addDone(forms.machine.words, from, count);
  }

  /** Something that was to be shown of each form has been shown. */
  renewForms(): void {
    if (this.#forms) this.#engine.forms.forget();
  }

  /** The object has ended. */
  release(): void {
    this.#forms?.release();
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
    scanner.setQuiet(automaton, state, looks, list);
  }

  /** Begins a piece. */
  begin(reader: PieceReader): void {
    this.#engine.places.clear();
    this.#engine.useAsks(this.#asks);
    if (this.#forms) this.#forms.begin();
    else this.#engine.forms.claim(null);
    this.#isHushed = false;
    this.#reader = reader;
  }

  /** Works off what the engine's places hold. `all`: the piece is at its end. */
  workOff(all: boolean): void {
    if (all) this.#takeDone();
    const { places, forms } = this.#engine;
    places.workOff(all, this.#judgeRange);
    forms.eachTried((rule, passed, refused) => this.#statistics.count(rule, passed, refused));
    this.#settle();
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
      if (places.isDone(n)) {
        plans[n - from] = null;
        continue;
      }
      const end = places.end(n);
      const plan = this.#asks.plan(places.list(n), writtenAs(text, start, end));
      plans[n - from] = plan;
      if (plan.always !== plan.shapes && this.#isSpoken(start, end)) isSpoken = true;
    }
    for (let n = from; n < to; n++) {
      const plan = plans[n - from];
      if (!plan) {
        this.#giveDone(n);
        continue;
      }
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
      if (!shape.masked) this.#statistics.count(rule, isPass ? 1 : 0, isPass ? 0 : 1);
      if (isPass) {
        this.#settled[slot] = this.#places;
        this.#give(shape, judgement);
      } else {
        this.#refused[slot] = refusal + shape.keepId;
      }
    }
  }

  /** Settles what the places up to here have to say of detectors. */
  #settle(): void {
    const settled = this.#statistics.settle();
    const mute = settled.filter(({ isMute }) => isMute);
    for (const { rule } of mute) this.#asks.mute(rule);
    if (mute.length > 0) this.#engine.scanner.forgetQuiet();
    // Their tries are no longer counted.
    else if (settled.length > 0) this.renewForms();
  }

  /** Gives the n-th place, which the kernel is done with. */
  #giveDone(n: number): void {
    const { places } = this.#engine;
    const reader = this.#reader;
    const slot = this.#forms?.slot(places.done(n, this.#hash));
    if (!reader || !slot) return;
    this.#taker.takeDone(slot, places.start(n), places.end(n), this.#hash, reader);
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
    this.#taker.take(current, reader);
  }
}
