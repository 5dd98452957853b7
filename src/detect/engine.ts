/** Everything that is made once for a set of detectors and shared by all objects. Not re-entrant: one piece at a time. */
import type { Detector } from '../model/detector.ts';
import { alike } from './alike.ts';
import { AllowList } from './allow.ts';
import { Asks } from './asks.ts';
import { Finders } from './finders.ts';
import { Folder } from './fold.ts';
import { HintIndex } from './hints.ts';
import type { Automaton } from './kernel/automaton.ts';
import { Judging } from './kernel/judging.ts';
import { Machine } from './kernel/machine.ts';
import { type Candidate, Filter, Matcher, Mode } from './kernel/matcher.ts';
import { Places } from './kernel/places.ts';
import { Scanner } from './kernel/scanner.ts';
import { WordSearch } from './kernel/words.ts';
import { Refusals } from './noise.ts';
import { kindTable } from './plain.ts';
import type { Hasher } from './siphash.ts';

/** Where in a table the search is; cells and rows count from zero within the piece. */
export interface CellPlace {
  readonly row: number;
  readonly cell: number;
  /** Folded index of the cell's first character. */
  readonly cellStart: number;
}

/** Goes along with a search: told of each cell in which something may be, before its candidates. */
export interface Reader {
  /**
   * Says what to do with each detector's matches in the cell. Text without borders is one cell.
   * Null where the places themselves are wanted, unjudged.
   */
  enter(place: CellPlace): Filter | null;
  /** A place in a cell that wants them: the automaton holds `found` ends of what begins at `start`. */
  note(automaton: Automaton, start: number, found: number): void;
  take(candidate: Candidate): void;
}

export class Engine {
  readonly rules: readonly Detector[];
  readonly hasher: Hasher;
  readonly allow: AllowList;
  readonly hints: HintIndex;
  readonly words: WordSearch;
  readonly folder: Folder;
  readonly refusals: Refusals;
  readonly finders: Finders;
  /** Takes whatever the judges accept. */
  readonly accepting: Filter;
  /** Of running text, until they are judged. */
  readonly places: Places;
  readonly judging: Judging;
  readonly asks: Asks;
  readonly #scanner: Scanner;
  readonly #matcher: Matcher;

  constructor(
    detectors: readonly Detector[],
    hasher: Hasher,
    allow: AllowList = new AllowList([], new Date()),
  ) {
    const rules = alike(detectors);
    this.rules = rules;
    this.allow = allow;
    this.hasher = hasher;
    const machine = new Machine();
    this.folder = new Folder(machine);
    this.#scanner = new Scanner(machine, rules);
    this.hints = new HintIndex(rules);
    this.words = new WordSearch(machine, this.hints.tree(), kindTable());
    this.accepting = new Filter(rules.length, Mode.accepted);
    this.refusals = new Refusals(rules);
    this.finders = new Finders(rules);
    this.#matcher = new Matcher(this.refusals.rules, this.#scanner.compiled);
    this.judging = new Judging(rules);
    this.places = new Places(this.#scanner.compiled.shapes);
    this.asks = new Asks(rules, this.places);
  }

  /** Bytes that automata stepped over since the engine was made: what hostile text must not drive up. */
  get steps(): number {
    return this.#scanner.steps;
  }

  /** Gives the reader each candidate in the text. Starts ascend but for a few hundred characters. */
  read(bytes: Uint8Array, reader: Reader): void {
    const scanner = this.#scanner;
    const take = (candidate: Candidate): void => reader.take(candidate);
    let cells = -1;
    let filter: Filter | null = this.accepting;
    this.#scan(bytes, false, (automaton, text, length, start, found) => {
      if (scanner.cells !== cells) {
        cells = scanner.cells;
        filter = reader.enter(scanner);
      }
      if (filter === null) reader.note(automaton, start, found);
      else this.#matcher.judge(automaton, text, length, start, found, false, filter, take);
    });
  }

  /**
   * Calls `take` with each accepted candidate. `lax`: only letters and digits bound a match; in
   * `form_A123456(3).pdf` an underscore is no part of the number.
   */
  find(bytes: Uint8Array, { lax }: { lax: boolean }, take: (candidate: Candidate) => void): void {
    this.#scan(bytes, lax, (automaton, text, length, start, found) => {
      this.#matcher.judge(automaton, text, length, start, found, lax, this.accepting, take);
    });
  }

  #scan(
    bytes: Uint8Array,
    lax: boolean,
    visit: (
      automaton: Automaton,
      text: Uint8Array,
      length: number,
      start: number,
      found: number,
    ) => void,
  ): void {
    const folder = this.folder;
    folder.fold(bytes);
    const { text, length, address } = folder;
    this.#scanner.scan(address, length, lax, (automaton, start, found) => {
      visit(automaton, text, length, start, found);
    });
  }
}
