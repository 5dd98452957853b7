/** People, not matches: a row counts once whatever it holds, and the strongest identifier names it. */
import type { DetectorKind } from '../model/detector.ts';
import type { Engine } from './engine.ts';
import { Flag, MEDIUM } from './flags.ts';
import type { Gathered } from './gathered.ts';
import { HashBag } from './people.ts';
import { Field } from './records.ts';

/** Which identifier names a person best. Attributes and companies name nobody. */
export const RANK: Readonly<Record<DetectorKind, number>> = {
  person: 1,
  document: 2,
  account: 3,
  contact: 4,
  attribute: 9,
  company: 9,
};
/** A value masked at its source tells people apart only roughly. */
const MASKED_RANK = 5;
export const NO_RANK = 9;

export class PersonCount {
  readonly #gathered: Gathered;
  readonly #levels: Uint8Array;
  /** By detector. */
  readonly #ranks: Uint8Array;

  /** `levels`: of each record, decided. */
  constructor(engine: Engine, gathered: Gathered, levels: Uint8Array) {
    this.#gathered = gathered;
    this.#levels = levels;
    this.#ranks = Uint8Array.from(engine.rules, ({ kind }) => RANK[kind]);
  }

  #flags(record: number): number {
    return this.#gathered.records.get(record, Field.flags);
  }

  /** Keyed hashes of the distinct people. */
  count(): BigUint64Array {
    const { records, pieceStarts } = this.#gathered;
    const persons = new HashBag();
    let piece = 0;
    for (let from = 0; from < records.size; ) {
      while ((pieceStarts[piece] ?? Number.POSITIVE_INFINITY) <= from) piece++;
      const nextPiece = pieceStarts[piece] ?? records.size;
      const isRow = (this.#flags(from) & Flag.row) !== 0;
      let to = from + 1;
      while (to < records.size && this.#belongs(from, to, isRow, nextPiece)) to++;
      if (isRow) this.#addStrongest(persons, from, to);
      else this.#addStrongestKind(persons, from, to);
      from = to;
    }
    return persons.values();
  }

  /** Rows may go on in the next piece; running text is counted a piece at a time. */
  #belongs(from: number, record: number, isRow: boolean, nextPiece: number): boolean {
    if (((this.#flags(record) & Flag.row) !== 0) !== isRow) return false;
    const { records } = this.#gathered;
    return isRow ? records.row(record) === records.row(from) : record < nextPiece;
  }

  #rank(record: number): number {
    const flags = this.#flags(record);
    if ((flags & Flag.counts) === 0 || (this.#levels[record] ?? 0) < MEDIUM) return NO_RANK;
    const rank = this.#ranks[this.#gathered.records.get(record, Field.rule)] ?? NO_RANK;
    const isWhole = (flags & (Flag.masked | Flag.partial)) === 0;
    return rank < NO_RANK && !isWhole ? MASKED_RANK : rank;
  }

  #addStrongest(persons: HashBag, from: number, to: number): void {
    let best = -1;
    let bestScore = NO_RANK * 4;
    for (let record = from; record < to; record++) {
      const rank = this.#rank(record);
      const score = rank * 4 - (this.#levels[record] ?? 0);
      if (rank < NO_RANK && score < bestScore) {
        best = record;
        bestScore = score;
      }
    }
    if (best >= 0) this.#addPerson(persons, best);
  }

  #addStrongestKind(persons: HashBag, from: number, to: number): void {
    let best = NO_RANK;
    for (let record = from; record < to; record++) best = Math.min(best, this.#rank(record));
    if (best === NO_RANK) return;
    for (let record = from; record < to; record++) {
      if (this.#rank(record) === best) this.#addPerson(persons, record);
    }
  }

  #addPerson(persons: HashBag, record: number): void {
    const { records, alike } = this.#gathered;
    const lists = alike.size > 0 ? alike.get(record) : undefined;
    if (lists) persons.addAll(lists);
    else persons.add(records.get(record, Field.hashLow), records.get(record, Field.hashHigh));
  }
}
