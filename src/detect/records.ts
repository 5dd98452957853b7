/**
 * The matches of one object, a few numbers each: what a column or a row says of a match is known
 * only when the object ends, and objects hold millions. No raw value is kept, only its keyed hash.
 */

/** Float64 holds row numbers of any extractor; the rest are 32-bit words. */
const WORDS = 9;
const INITIAL = 64;

/** Word offsets within a record. */
export const Field = {
  rule: 0,
  flags: 1,
  hashLow: 2,
  hashHigh: 3,
  /** Matches that overlap share a group. */
  group: 4,
  /** Offsets in the piece's text, half open. */
  start: 5,
  end: 6,
  /** Index of the column, or -1. */
  column: 7,
  /** What the form is worth alone. */
  alone: 8,
} as const;

export class Records {
  #words = new Int32Array(INITIAL * WORDS);
  #rows = new Float64Array(INITIAL);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an empty record and returns its index. `row`: the row, or the line in running text. */
  add(row: number): number {
    if (this.#size === this.#rows.length) {
      const words = new Int32Array(this.#words.length * 2);
      words.set(this.#words);
      this.#words = words;
      const rows = new Float64Array(this.#rows.length * 2);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    this.#rows[this.#size] = row;
    return this.#size++;
  }

  /** Fills a record, all fields in the order of {@link Field}. */
  fill(
    record: number,
    rule: number,
    flags: number,
    hash: Uint32Array,
    group: number,
    start: number,
    end: number,
    column: number,
    alone: number,
  ): void {
    const words = this.#words;
    const at = record * WORDS;
    words[at] = rule;
    words[at + 1] = flags;
    words[at + 2] = hash[0] ?? 0;
    words[at + 3] = hash[1] ?? 0;
    words[at + 4] = group;
    words[at + 5] = start;
    words[at + 6] = end;
    words[at + 7] = column;
    words[at + 8] = alone;
  }

  /** Forgets the records from `size` on. */
  truncate(size: number): void {
    if (size === this.#size) return;
    this.#words.fill(0, size * WORDS, this.#size * WORDS);
    this.#size = size;
  }

  get(record: number, field: number): number {
    return this.#words[record * WORDS + field] ?? 0;
  }

  set(record: number, field: number, value: number): void {
    this.#words[record * WORDS + field] = value;
  }

  row(record: number): number {
    return this.#rows[record] ?? 0;
  }
}
