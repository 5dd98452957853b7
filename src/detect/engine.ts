/** Everything that is made once for a set of detectors and shared by all objects. Not re-entrant: one piece at a time. */
import { Buffer } from 'node:buffer';
import type { Detector } from '../model/detector.ts';
import { AllowList } from './allow.ts';
import { Asks, type ObjectAsks } from './asks.ts';
import { Finders } from './finders.ts';
import { Folder } from './fold.ts';
import { FormChecks } from './formchecks.ts';
import { HintIndex } from './hints.ts';
import type { Automaton } from './kernel/automaton.ts';
import type { CompiledShape } from './kernel/compile.ts';
import { FormMemory } from './kernel/forms.ts';
import { Judging } from './kernel/judging.ts';
import { Looks, looksOf } from './kernel/looks.ts';
import { Machine } from './kernel/machine.ts';
import { type Candidate, Filter, Matcher, Mode } from './kernel/matcher.ts';
import { Places } from './kernel/places.ts';
import { DEFAULT_BOUNDARY, Scanner } from './kernel/scanner.ts';
import { TableMemory } from './kernel/tables.ts';
import { WordSearch } from './kernel/words.ts';
import { inOneLayout } from './layouts.ts';
import { Refusals } from './noise.ts';
import { kindTable } from './plain.ts';
import type { Hasher } from './siphash.ts';
import { StillPlaces } from './still.ts';

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
  /** Where settled columns are written down. */
  readonly tables: TableMemory;
  /** Where forms of running text are, and their checks. */
  readonly forms: FormMemory;
  readonly formChecks: FormChecks;
  #looks: Looks | null = null;
  /** Letters and digits of the shortest word that may speak in ASCII text. */
  readonly shortestWord: number;
  /** The detector that alone knows what an `@` means; -1 where others do too. */
  readonly mailboxRule: number;
  /** Of running text, until they are judged. */
  readonly places: Places;
  readonly judging: Judging;
  readonly asks: Asks;
  readonly scanner: Scanner;
  /** Whose quiet shapes the scanner knows. */
  #asksAtHand: ObjectAsks | null = null;
  readonly #matcher: Matcher;

  constructor(
    detectors: readonly Detector[],
    hasher: Hasher,
    allow: AllowList = new AllowList([], new Date()),
  ) {
    const rules = inOneLayout(detectors);
    this.rules = rules;
    this.allow = allow;
    this.hasher = hasher;
    const machine = new Machine();
    this.folder = new Folder(machine);
    this.scanner = new Scanner(machine, rules);
    this.tables = new TableMemory(machine, hasher.putKey);
    this.forms = new FormMemory(machine, rules.length);
    this.formChecks = new FormChecks(this);
    const { shapes } = this.scanner.compiled;
    const mailboxes = shapes.filter(({ parsed }) => parsed.anchor === '@').map(({ rule }) => rule);
    // What stands before the words of a local part keeps numbers from beginning there.
    const { closedSigns } = this.scanner;
    const isClosed = [...'.-_'].every((sign) => closedSigns.has(sign));
    this.mailboxRule = isClosed && new Set(mailboxes).size === 1 ? (mailboxes[0] ?? -1) : -1;
    this.hints = new HintIndex(rules);
    this.shortestWord = shortestWord(rules);
    this.words = new WordSearch(machine, this.hints.tree(), kindTable());
    this.accepting = new Filter(rules.length, Mode.accepted);
    this.refusals = new Refusals(rules);
    this.finders = new Finders(rules);
    this.#matcher = new Matcher(this.refusals.rules, this.scanner.compiled);
    this.judging = new Judging(rules);
    this.places = new Places(this.scanner.compiled.shapes);
    this.asks = new Asks(rules, this.places);
    const still = new StillPlaces(machine, (number) => this.shape(number));
    const lookAt = (at: number, size: number) => looksOf(machine.bytes.subarray(at, at + size));
    machine.calls.mayHold = (at, size) => (this.looks?.mayHold(lookAt(at, size)) === false ? 0 : 1);
    machine.calls.vainHost = (at, size) => {
      const signs = machine.bytes.subarray(at, at + size);
      return this.#isVainHost(Buffer.from(signs).toString('latin1').toUpperCase()) ? 1 : 0;
    };
    machine.calls.stillness = (at, size) => {
      const { looks } = this;
      const asks = this.#asksAtHand;
      return looks && asks ? still.of(lookAt(at, size), looks, asks) : 0;
    };
  }

  /** Bytes that automata stepped over since the engine was made: what hostile text must not drive up. */
  get steps(): number {
    return this.scanner.steps;
  }

  /** Has neither it nor what it begins with, up to a sign, mailboxes that the judge takes? */
  #isVainHost(signs: string): boolean {
    const mailboxes = this.rules[this.mailboxRule]?.mailboxes;
    if (!mailboxes) return false;
    for (let end = 1; end <= signs.length; end++) {
      if (end < signs.length && /[A-Z0-9]/.test(signs.charAt(end))) continue;
      const host = signs.slice(0, end);
      if (mailboxes.isHost(host) || mailboxes.isSampleHost(host)) return false;
    }
    return true;
  }

  /** The scanner may leave out what is quiet for these from now on. */
  useAsks(asks: ObjectAsks): void {
    if (this.#asksAtHand?.version !== asks.version) this.scanner.forgetQuiet();
    this.#asksAtHand = asks;
  }

  /** What digits can be by their looks; null where no shape has any. Made when a table first asks. */
  get looks(): Looks | null {
    const { digit, shapes } = this.scanner.compiled;
    if (!digit) return null;
    this.#looks ??= new Looks(
      digit,
      shapes,
      (rule) => this.rules[rule]?.boundary ?? DEFAULT_BOUNDARY,
    );
    return this.#looks;
  }

  /** A shape of the compilation. */
  shape(number: number): CompiledShape {
    const shape = this.scanner.compiled.shapes[number];
    if (!shape) throw new Error('a shape that nobody compiled');
    return shape;
  }

  /** Row of the table at hand, from zero within the piece. */
  get row(): number {
    return this.scanner.row;
  }

  /**
   * Gives the reader each candidate in the text. Starts ascend but for a few hundred characters.
   * `settled`: so many cells of each row are looked up in the tables of settled.ts.
   */
  read(bytes: Uint8Array, reader: Reader, settled = 0): void {
    const { scanner } = this;
    const take = (candidate: Candidate): void => reader.take(candidate);
    let cells = -1;
    let filter: Filter | null = this.accepting;
    this.tables.machine.run.useTable(settled);
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
    // A table that an error cut short has left its columns behind.
    this.tables.machine.run.useTable(0);
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
    this.scanner.scan(address, length, lax, (automaton, start, found) => {
      visit(automaton, text, length, start, found);
    });
  }
}

/** Letters and digits of the shortest word that ASCII can spell. */
function shortestWord(rules: readonly Detector[]): number {
  const words = rules.flatMap(({ hints, against = [] }) => [...hints, ...against]);
  const lengths = words
    .filter((word) => /^[\x20-\x7e]+$/.test(word))
    .map((word) => word.replace(/[^A-Za-z0-9]/g, '').length);
  return Math.min(...lengths);
}
