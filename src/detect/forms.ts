/**
 * Running text whose numbers are written in few ways: when what is asked of a form is settled, the
 * WebAssembly hears the words beside it, judges and hashes it (kernel/assembly/forms.as). What comes
 * of a match is worked out here once for each form, with the same rules as in the long way.
 */
import type { ObjectAsks } from './asks.ts';
import { decoyFlags, seriesFlags, spellingFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { aloneAtMost, isHopelessInText, neighbourLevel, ownLevel, writtenAs } from './evidence.ts';
import { Flag, type Level, levelOf } from './flags.ts';
import type { CompiledShape } from './kernel/compile.ts';
import { ASKED, type FormEntry, type FormOwner, IDLE, MOST_ENTRIES } from './kernel/forms.ts';
import { lookOf } from './kernel/looks.ts';
import { Span } from './kernel/match.ts';
import type { TextStatistics } from './noise.ts';
import { type QuickCheck, quickCheck, samplesOf, wordsOf } from './slotwords.ts';

/** Of outcomes: where a word speaks for it. */
const FOR = 1;
const SPACE = 32;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** In looks: what is no ASCII. */
const OTHER = 0x80;
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

/** A place as it is being learned; offsets in the text at hand. */
interface FormPlace {
  /** From one sign before the start to two behind the last end. */
  readonly look: string;
  readonly start: number;
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
  #turns = 0;

  constructor(engine: Engine, questions: FormQuestions) {
    this.#engine = engine;
    this.#questions = questions;
    this.#owner = {
      learnForm: (start, found) => this.#learn(start, found),
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
    const { scanner, places, forms, folder } = this.#engine;
    const automaton = scanner.compiled.digit?.automaton;
    if (!automaton) return 0;
    forms.renew();
    const { text } = folder;
    const ends = automaton.ends.slice(0, found);
    const states = automaton.endStates.slice(0, found);
    const place = { look: lookAround(text, start, ends[found - 1] ?? start), start };
    const entries: FormEntry[] = [];
    for (let n = found - 1; n >= 0; n--) {
      const end = ends[n] ?? start;
      const asked = this.#askedAt(places.listAt(automaton, states[n] ?? 0), start, end);
      if (!asked) return 0;
      for (const one of asked) {
        const entry = this.#entry(one, n, end, place);
        if (entry) entries.push(entry);
      }
    }
    if (entries.length > MOST_ENTRIES) return 0;
    const forced = entries.map((entry, i) => ({ ...entry, isForced: isNeeded(entries, i) }));
    return forms.form(forced.filter(matters));
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
    end: number,
    place: FormPlace,
  ): FormEntry | null {
    const { statistics } = this.#questions;
    const detector = this.#engine.rules[rule];
    if (!detector) return null;
    const span = new Span();
    span.set(this.#engine.folder.text, place.start, end);
    const { compiled } = this.#engine.scanner;
    const possible = shapes.map((shape) => ({
      shape: compiled.shapes.indexOf(shape),
      start: 1,
      end: 1 + end - place.start,
    }));
    const check = quickCheck(detector, this.#engine.looks, shapes, possible, place.look, span);
    const counts = !statistics.isSettled(rule);
    const outcomes = this.#outcomes(rule, shapes, check, span, counts);
    const [first] = possible;
    const samples = samplesOf(this.#engine.hasher, detector);
    const slot =
      check && first
        ? this.#engine.forms.slot(
            wordsOf(samples, check.quick, 0, first, check.reading, place.look),
          )
        : 0;
    return { end: n, rule, slot, outcomes, isQuiet, counts: counts && slot > 0, isForced: false };
  }

  #outcomes(
    rule: number,
    shapes: readonly CompiledShape[],
    check: QuickCheck | null,
    span: Span,
    counts: boolean,
  ): [number, number, number] {
    const detector = this.#engine.rules[rule];
    const { text, start, end } = span;
    if (!detector) return [ASKED, ASKED, ASKED];
    // What no digit changes: separators, brackets. Groups beside it were ruled out.
    const written =
      seriesFlags(text, this.#engine.folder.length, start, end) |
      (spellingFlags(text, start, end) & ~Flag.lower);
    const { least, isShown } = this.#questions;
    const proves = check ? check.quick.judgement === 'proved' : detector.passRate.proved > 0;
    const alone = check
      ? levelOf(check.quick.alone)
      : Math.max(...shapes.map(({ index }) => aloneAtMost(detector, index)));
    const number = check ? decoyFlags(detector, check.match) & Flag.number : 0;
    const outcome = (voice: number): number => {
      const flags = written | number | voice | (proves ? Flag.proved : 0);
      const isHopeless = isHopelessInText(detector, flags, alone, least);
      const own = ownLevel(detector, flags, alone);
      const most = Math.max(own, neighbourLevel(detector, flags, own, true));
      // What is proved may hide parts of itself.
      const isIdle = isHopeless && (most === 0 || !proves);
      if (isIdle && (!counts || check)) return IDLE;
      if (!check || !(isHopeless || isShown(rule))) return ASKED;
      return this.#number({ rule, flags, alone, isHopeless });
    };
    return [outcome(0), outcome(Flag.near), outcome(Flag.against)];
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

/** Can anything come of an entry, or of another because of it? */
function matters({ outcomes, isQuiet, counts, isForced }: FormEntry): boolean {
  const heard = isQuiet ? [outcomes[FOR]] : outcomes;
  return counts || isForced || heard.some((outcome) => outcome !== IDLE);
}

/** The looks of a match with one sign before it and two behind, as the kernel sees them. */
function lookAround(text: Uint8Array, start: number, end: number): string {
  let look = '';
  for (let at = start - 1; at < end + 2; at++) {
    look += String.fromCharCode(lookOf(Math.min(text[at] ?? 0, OTHER)));
  }
  return look;
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
