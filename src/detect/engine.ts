/** Everything that is made once for a set of detectors and shared by all objects. Not re-entrant: one piece at a time. */
import type { Detector } from '../model/detector.ts';
import { Folder } from './fold.ts';
import { HintIndex } from './hints.ts';
import { compile } from './kernel/compile.ts';
import { type Candidate, Matcher } from './kernel/matcher.ts';
import { Scanner } from './kernel/scanner.ts';
import { Refusals } from './noise.ts';
import type { Hasher } from './siphash.ts';

export interface FindOptions {
  /** Only letters and digits bound a match: in `form_A123456(3).pdf` an underscore is no part of the number. */
  readonly lax: boolean;
  /** Give candidates that the judge refused too, one a detector and place. */
  readonly keepFailed: boolean;
}

export class Engine {
  readonly rules: readonly Detector[];
  readonly hasher: Hasher;
  readonly hints: HintIndex;
  readonly folder: Folder = new Folder();
  readonly refusals: Refusals;
  readonly #scanner: Scanner;
  readonly #matcher: Matcher;

  constructor(rules: readonly Detector[], hasher: Hasher) {
    this.rules = rules;
    this.hasher = hasher;
    this.hints = new HintIndex(rules);
    const compiled = compile(rules);
    this.#scanner = new Scanner(compiled);
    this.refusals = new Refusals(rules);
    this.#matcher = new Matcher(this.refusals.rules, compiled);
  }

  /** Bytes that automata stepped over since the engine was made: what hostile text must not drive up. */
  get steps(): number {
    return this.#scanner.steps;
  }

  /** Calls `take` with each candidate in the text. Starts ascend but for a few hundred characters. */
  find(bytes: Uint8Array, options: FindOptions, take: (candidate: Candidate) => void): void {
    const folder = this.folder;
    folder.fold(bytes);
    const { text, length } = folder;
    this.#scanner.scan(text, length, (automaton, start, found) => {
      this.#matcher.judge(automaton, text, length, start, found, options, take);
    });
  }
}
