/** Identifiers of running text around which names, addresses and dates are looked for. */
import type { Detector, DetectorKind } from '../model/detector.ts';
import type { Place } from '../model/piece.ts';
import type { Engine } from './engine.ts';
import type { Found } from './finders.ts';
import type { PieceReader } from './reader.ts';

/** So many of one object, and of those around which nothing is found so many more than of the others. */
const MOST = 1_000;
const MOST_IN_VAIN = 250;
const FRUITFUL_WORTH = 4;

/** Beside a telephone number or an address of electronic mail there is a name as often as not. */
const NAMED_KINDS: ReadonlySet<DetectorKind> = new Set(['person', 'document', 'account']);

/** An identifier in running text. */
export interface Anchor {
  readonly reader: PieceReader;
  /** What finders found around it. */
  readonly found: readonly Found[];
  readonly line: number;
  readonly place: Place;
}

export class Anchors {
  readonly #engine: Engine;
  readonly #looksAtAll: boolean;
  readonly #whenDone: () => void;
  /** Of the open group: has its first identifier been met, and what was found around it. */
  #isMet = false;
  #anchor: Anchor | null = null;
  #looked = 0;
  #fruitful = 0;
  /** Before it all was found that is to be found. */
  #foundEnd = 0;

  /** `looksAtAll`: around however many; `whenDone` is called when no more are looked around. */
  constructor(engine: Engine, looksAtAll: boolean, whenDone: () => void) {
    this.#engine = engine;
    this.#looksAtAll = looksAtAll;
    this.#whenDone = whenDone;
  }

  /** Is nothing looked for around a detector's identifiers, or no longer? */
  isDoneWith(rule: Detector | undefined): boolean {
    return rule === undefined || !NAMED_KINDS.has(rule.kind) || this.#areDone;
  }

  get #areDone(): boolean {
    if (this.#engine.finders.numbers.length === 0) return true;
    if (this.#looksAtAll) return false;
    return this.#looked >= Math.min(MOST, MOST_IN_VAIN + this.#fruitful * FRUITFUL_WORTH);
  }

  beginPiece(): void {
    this.#foundEnd = 0;
  }

  /** Meets the identifier at hand: the finders look around the first of each group. */
  meet(rule: Detector, reader: PieceReader): void {
    if (this.#isMet || this.isDoneWith(rule)) return;
    this.#isMet = true;
    this.#looked++;
    const found = this.#engine.finders.around(reader.text, reader.start, reader.end);
    if (found.length > 0) {
      this.#fruitful++;
      // Asked now: an extractor's cursor does not go back.
      const { line, place } = reader;
      this.#anchor = { reader, found, line, place: { ...place, label: reader.label() } };
    }
    if (this.#areDone) this.#whenDone();
  }

  /** The group is at its end: calls `take` with what was found around its first identifier, unless nothing is to come of it. */
  close(isHopeless: boolean, take: (found: Found, anchor: Anchor) => void): void {
    const anchor = this.#anchor;
    this.#anchor = null;
    this.#isMet = false;
    if (anchor === null || isHopeless) return;
    for (const one of anchor.found) {
      if (one.start < this.#foundEnd) continue;
      this.#foundEnd = one.end;
      take(one, anchor);
    }
  }
}
