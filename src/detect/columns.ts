/** The columns of one object: what their headers say of each detector, and what has been seen in them. */
import type { Detector } from '../model/detector.ts';
import type { Column, Place } from '../model/piece.ts';
import { ColumnStatistics } from './column.ts';
import { decoyFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { isClaim } from './evidence.ts';
import type { Found } from './finders.ts';
import { headerVoices, type Voice } from './hints.ts';
import { type Candidate, Filter, Mode } from './kernel/matcher.ts';
import { plainWords } from './plain.ts';

export interface ColumnState {
  readonly name: string;
  readonly voices: readonly Voice[];
  /** What the header's last part says: in a JSON path, the key. */
  readonly labelVoices: readonly Voice[];
  readonly statistics: (ColumnStatistics | null)[];
  /** What is still to be looked at. */
  readonly filter: Filter;
  /** The same for cells in which no word can speak. */
  readonly mute: Filter;
  /** Is there less to look at in those? */
  mutesMore: boolean;
  /** Is it a detector's own by now: do most of its candidates pass, under its header or beyond chance? */
  isClaimed: boolean;
  /** By detector × 2 + masked. */
  readonly samples: Uint8Array;
  /** Does a column of names, addresses or dates of birth stand in the same table? */
  ofPeople: boolean;
  /** Rows of the table, by its first column, that finders have looked at. */
  rowsLookedAt: number;
}

export class Columns {
  readonly #engine: Engine;
  readonly #numbers = new Map<number, number>();
  /** The column asked for last. */
  #last: Column | null = null;
  #lastNumber = -1;
  readonly states: ColumnState[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** `$.zones.names.city` is a city, whatever holds it. */
  #labelVoices(name: string): readonly Voice[] {
    const { hints, rules } = this.#engine;
    const label = name.startsWith('$') ? (name.split('.').at(-1) ?? '') : name;
    const found = label === '' ? [] : hints.find(plainWords(label));
    return found.length > 0 ? headerVoices(found, rules.length) : [];
  }

  /** The column's number in `states`; -1 for none. */
  number(column: Column | null): number {
    if (column === null) return -1;
    if (column === this.#last) return this.#lastNumber;
    this.#last = column;
    this.#lastNumber = this.#numbers.get(column.index) ?? this.#add(column);
    return this.#lastNumber;
  }

  #add(column: Column): number {
    const { hints, rules } = this.#engine;
    const found = column.name === '' ? [] : hints.find(plainWords(column.name));
    const number =
      this.states.push({
        name: column.name,
        voices: found.length > 0 ? headerVoices(found, rules.length) : [],
        labelVoices: this.#labelVoices(column.name),
        statistics: [],
        filter: new Filter(rules.length, Mode.all),
        mute: new Filter(rules.length, Mode.all),
        mutesMore: false,
        isClaimed: false,
        samples: new Uint8Array(rules.length * 2),
        ofPeople: false,
        rowsLookedAt: 0,
      }) - 1;
    this.#numbers.set(column.index, number);
    return number;
  }
}

/** Adds a candidate to the column's statistics, unless those are final. */
export function countIn(
  state: ColumnState,
  rule: Detector,
  candidate: Candidate,
): ColumnStatistics {
  const statistics = state.statistics[candidate.rule] ?? new ColumnStatistics(rule);
  state.statistics[candidate.rule] = statistics;
  if (statistics.isFull) return statistics;
  const { match, judgement } = candidate;
  const voice = state.voices[candidate.rule];
  const role = voice === 'for' ? 'own' : state.isClaimed ? 'other' : 'open';
  statistics.add(match, judgement, decoyFlags(rule, match), role);
  if (statistics.isFull && isClaim(rule, statistics, voice)) state.isClaimed = true;
  return statistics;
}

/** Names, addresses or dates that make a table one of people. */
const PEOPLE = 2;

/** What a column lies in: in JSON the object (`$.people[]`), else the table. */
function parent({ name }: ColumnState): string {
  return name.startsWith('$') ? name.slice(0, name.lastIndexOf('.')) : '';
}

/** Marks the columns that lie beside names, addresses or dates of birth, of which more than one was found. */
function markPeople(
  states: readonly (ColumnState | undefined)[],
  found: readonly { readonly cell: number }[],
): void {
  const counts = new Map<string, number>();
  for (const { cell } of found) {
    const state = states[cell];
    if (state) counts.set(parent(state), (counts.get(parent(state)) ?? 0) + 1);
  }
  for (const state of states) {
    if (state && (counts.get(parent(state)) ?? 0) >= PEOPLE) state.ofPeople = true;
  }
}

/**
 * Asks the finders of the columns that the first row shows, in the first `most` rows of a table.
 * What they find waits for its place in the order.
 */
export function findInTable(
  { finders }: Engine,
  columns: Columns,
  text: Uint8Array,
  firstRow: readonly Place[],
  most: number,
): Found[] {
  if (finders.numbers.length === 0) return [];
  const states = firstRow.map(({ column }) => columns.states[columns.number(column)]);
  const [table] = states;
  const limit = most - (table?.rowsLookedAt ?? 0);
  if (!table || limit <= 0) return [];
  const layout = states.map((state) => ({
    header: state?.name ?? '',
    finders: finders.numbers.filter((rule) => state?.labelVoices[rule] === 'for'),
  }));
  const { found, rows } = finders.inTable(text, layout, limit);
  table.rowsLookedAt += rows;
  markPeople(states, found);
  return found;
}
