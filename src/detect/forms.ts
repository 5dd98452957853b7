/**
 * Running text whose numbers are written in few ways: when what is asked of a form is settled, the
 * WebAssembly hears the words beside it, judges and hashes it (kernel/assembly/forms.as). What comes
 * of a match is worked out here once for each form, with the same rules as in the long way.
 */
import type { Detector, Quick } from '../model/detector.ts';
import type { ObjectAsks } from './asks.ts';
import { decoyFlags, lastingFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { aloneAtMost, isHopelessInText, neighbourLevel, ownLevel, writtenAs } from './evidence.ts';
import { Flag, type Level, levelOf } from './flags.ts';
import type { FormCheck } from './formchecks.ts';
import type { CompiledShape } from './kernel/compile.ts';
import { ASKED, type FormEntry, type FormOwner, IDLE, MOST_ENTRIES } from './kernel/forms.ts';
import { Span, SpanMatch } from './kernel/match.ts';
import { Answer } from './kernel/slotmemory.ts';
import type { TextStatistics } from './noise.ts';

/** Without a word, with one for it, with one against it. */
const VOICES: readonly number[] = [0, Flag.near, Flag.against];
/** Among outcomes: nothing comes of what the tables take, but perhaps of what they leave. */
const IDLE_TAKEN = -3;
const SPACE = 32;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** How often the memory may be taken from a text before it does without. */
const MAX_TURNS = 8;

/** What is known beforehand of a match that the WebAssembly accepts. */
export interface FormSlot {
  readonly rule: number;
  readonly flags: number;
  readonly alone: Level;
  /** Neither reported nor a support for another, but it may hide one. */
  readonly isHopeless: boolean;
}

/** One detector's shapes at one end. */
interface Asked {
  readonly rule: number;
  readonly shapes: readonly CompiledShape[];
  readonly isQuiet: boolean;
}

/** A detector that is asked about a place, and what is known of it beforehand. */
interface Told {
  readonly rule: number;
  readonly detector: Detector;
  readonly shapes: readonly CompiledShape[];
  /** Signs of the match. */
  readonly size: number;
  /** How it is written: what no digit changes. */
  readonly written: number;
  /** Nothing but letters and digits. */
  readonly isWord: boolean;
}

/** What an object says of itself. */
export interface FormQuestions {
  readonly asks: ObjectAsks;
  readonly statistics: TextStatistics;
  readonly least: Level;
  /** Is nothing more to be shown of the detector's matches, and nothing to be looked for around them? */
  readonly isShown: (rule: number) => boolean;
  /** The WebAssembly has no more room for what it accepted. */
  readonly take: () => void;
}

export class Forms {
  readonly #engine: Engine;
  readonly #questions: FormQuestions;
  readonly #owner: FormOwner;
  readonly #slots: FormSlot[] = [];
  readonly #numbers = new Map<string, number>();
  /** Of the programs that are known. */
  readonly #told: Told[] = [];
  readonly #span = new Span();
  readonly #hash = new Uint32Array(2);
  #turns = 0;

  constructor(engine: Engine, questions: FormQuestions) {
    this.#engine = engine;
    this.#questions = questions;
    this.#owner = {
      learnForm: (start, found) => this.#learn(start, found),
      tellForm: (told, start, voice) => this.#tell(told, start, voice),
      takeForms: () => questions.take(),
    };
  }

  /** Begins a piece. */
  begin(): void {
    const { forms, scanner } = this.#engine;
    if (this.#turns > MAX_TURNS) forms.claim(null);
    else if (forms.claim(this.#owner, scanner.listsAt)) this.#turns++;
  }

  /** The object has ended. */
  release(): void {
    this.#engine.forms.release(this.#owner);
  }

  slot(number: number): FormSlot {
    const slot = this.#slots[number];
    if (!slot) throw new Error('a form that nobody wrote down');
    return slot;
  }

  #learn(start: number, found: number): number {
    const { scanner, places, forms } = this.#engine;
    const automaton = scanner.compiled.digit?.automaton;
    if (!automaton) return 0;
    if (forms.renew()) this.#told.length = 0;
    const ends = automaton.ends.slice(0, found);
    const states = automaton.endStates.slice(0, found);
    const entries: FormEntry[] = [];
    for (let n = found - 1; n >= 0; n--) {
      const end = ends[n] ?? start;
      const asked = this.#askedAt(places.listAt(automaton, states[n] ?? 0), start, end);
      if (!asked) return 0;
      for (const one of asked) {
        const entry = this.#entry(one, n, start, end);
        if (entry) entries.push(entry);
      }
    }
    if (entries.length > MOST_ENTRIES) return 0;
    const forced = entries.map((entry, i) => ({
      ...entry,
      isForced: entry.isForced || isNeeded(entries, i),
    }));
    // Words behind an end speak for quiet shapes at every end.
    const kept = forced.filter(matters);
    const heard = [...kept, ...forced.filter(({ isQuiet }) => isQuiet)];
    return forms.form(kept, new Set(heard.map(({ end }) => end)));
  }

  /** The detectors to ask at one end, in the order of their shapes; null where that is not to be said once for all. */
  #askedAt(list: number, start: number, end: number): Asked[] | null {
    const { folder, judging } = this.#engine;
    const { text, length } = folder;
    const plan = this.#questions.asks.plan(list, writtenAs(text, start, end));
    const asked = new Map<number, Asked>();
    for (const [k, shape] of plan.shapes.entries()) {
      if (!judging.isBounded(shape, text, length, start, end)) continue;
      if (shape.masked) return null;
      const isQuiet = plan.quiet[k] === 1;
      const known = asked.get(shape.rule);
      // What the judge says of one of its shapes, it says of all: else JavaScript is asked.
      asked.set(shape.rule, {
        rule: shape.rule,
        shapes: [...(known?.shapes ?? []), shape],
        isQuiet: isQuiet && known?.isQuiet !== false,
      });
    }
    if (asked.size === 0 || !isBroken(text, start, end)) return [...asked.values()];
    return null;
  }

  #entry(
    { rule, shapes, isQuiet }: Asked,
    n: number,
    start: number,
    end: number,
  ): FormEntry | null {
    const { statistics } = this.#questions;
    const detector = this.#engine.rules[rule];
    if (!detector) return null;
    const { formChecks, folder } = this.#engine;
    this.#span.set(folder.text, start, end);
    const check = formChecks.of(rule, shapes, start, end);
    const told: Told = {
      rule,
      detector,
      shapes,
      size: end - start,
      // Groups beside it were ruled out.
      written: lastingFlags(folder.text, folder.length, start, end),
      isWord: this.#span.isPlain,
    };
    const counts = !statistics.isSettled(rule);
    // Tables do not tell a length that no value has, which is no try, from a wrong number.
    const isTold = counts && detector.lengths !== undefined && !check.quick?.isSized;
    const slot = isTold ? 0 : formChecks.slot(check);
    const [none = 0, hinted = 0, against = 0] = VOICES.map((voice) =>
      this.#outcome(told, voice, check),
    );
    return {
      end: n,
      rule,
      slot,
      outcomes: [plainOf(none), plainOf(hinted), plainOf(against)],
      isQuiet,
      told: this.#told.push(told) - 1,
      counts,
      isForced: [none, hinted, against].includes(IDLE_TAKEN),
    };
  }

  /** What comes of what is accepted beside words that say so; without tables, at most. */
  #outcome(
    { rule, detector, shapes, written, isWord }: Told,
    voice: number,
    { quick, number }: FormCheck,
  ): number {
    const isAll = quick && !quick.heads && !quick.passes && quick.otherwise !== 'ask';
    const proves = isAll ? quick.judgement === 'proved' : detector.passRate.proved > 0;
    const alone = isAll ? levelOf(quick.alone) : mostOf(detector, shapes, quick);
    const shown = written | number | voice;
    const most = this.#worthOf(detector, shown | (proves ? Flag.proved : 0), alone, isWord);
    if (most.isNothing) return IDLE;
    if (!quick) return ASKED;
    const flags = shown | (quick.judgement === 'proved' ? Flag.proved : 0);
    const worth = levelOf(quick.alone);
    const { isNothing, isHopeless } = this.#worthOf(detector, flags, worth, isWord);
    // What the tables leave may be worth more.
    if (isNothing) return IDLE_TAKEN;
    if (!isHopeless && !this.#questions.isShown(rule)) return ASKED;
    return this.#number({ rule, flags, alone: worth, isHopeless });
  }

  /** Judges a place as the long way would; see assembly/forms.as. */
  #tell(number: number, start: number, said: number): number {
    const told = this.#told[number];
    if (!told) return Answer.ask;
    const { detector, shapes, size, rule, written, isWord } = told;
    const { folder, hasher, forms, judging } = this.#engine;
    this.#span.set(folder.text, start, start + size);
    let isOne = false;
    for (const shape of shapes) {
      const judgement = judging.full(this.#span, shape);
      if (judgement === null) continue;
      isOne = true;
      if (judgement === 'no') continue;
      const match = new SpanMatch(this.#span, shape);
      const proved = judgement === 'proved' ? Flag.proved : 0;
      const flags = written | decoyFlags(detector, match) | (VOICES[said] ?? 0) | proved;
      const alone = levelOf(detector.aloneFor?.(match) ?? detector.alone);
      const { isNothing, isHopeless } = this.#worthOf(detector, flags, alone, isWord);
      if (!isHopeless && !this.#questions.isShown(rule)) return Answer.ask;
      hasher.halves(detector.canonical ? detector.canonical(match) : match.compact, this.#hash);
      const slot = isNothing ? IDLE : this.#number({ rule, flags, alone, isHopeless });
      forms.told(slot, this.#hash);
      return Answer.accepted;
    }
    return isOne ? Answer.refused : Answer.notOne;
  }

  /**
   * Is nothing to come of a match but perhaps that it hides another, or not even that? One that is no
   * single word hides, whatever it is worth, what else of its detector begins inside it.
   */
  #worthOf(
    detector: Detector,
    flags: number,
    alone: Level,
    isWord: boolean,
  ): { readonly isHopeless: boolean; readonly isNothing: boolean } {
    const isHopeless = isHopelessInText(detector, flags, alone, this.#questions.least);
    const own = ownLevel(detector, flags, alone);
    const most = Math.max(own, neighbourLevel(detector, flags, own, true));
    // What is proved may hide parts of itself, and what a word names tells what its characters are not.
    const mayHide = (most > 0 && (flags & Flag.proved) !== 0) || (flags & Flag.near) !== 0;
    const isNothing = isHopeless && isWord && !mayHide;
    return { isHopeless, isNothing };
  }

  #number(slot: FormSlot): number {
    const key = `${slot.rule} ${slot.flags} ${slot.alone}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#slots.push(slot) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** The most that a match left to the detector may be worth. */
function mostOf(detector: Detector, shapes: readonly CompiledShape[], quick: Quick | null): Level {
  const most = Math.max(...shapes.map(({ index }) => aloneAtMost(detector, index)));
  return quick?.most ? Math.max(levelOf(quick.alone), Math.min(most, levelOf(quick.most))) : most;
}

function plainOf(outcome: number): number {
  return outcome === IDLE_TAKEN ? IDLE : outcome;
}

/** Can anything come of an entry, or of another because of it? */
function matters({ outcomes, counts, isForced }: FormEntry): boolean {
  return counts || isForced || outcomes.some((outcome) => outcome !== IDLE);
}

/** Does it run over a line's end, or may its groups be a part of a row of groups that goes on? */
function isBroken(text: Uint8Array, start: number, end: number): boolean {
  const signs = text.subarray(start, end);
  if (signs.includes(LINE_FEED) || signs.includes(CARRIAGE_RETURN)) return true;
  return signs.includes(SPACE) && (text[start - 1] === SPACE || text[end] === SPACE);
}

/** Does it depend on an entry whether a later one, of the same detector at a shorter end, is judged? */
function isNeeded(entries: readonly FormEntry[], i: number): boolean {
  const rule = entries[i]?.rule;
  return entries.some((other, n) => n > i && other.rule === rule);
}
