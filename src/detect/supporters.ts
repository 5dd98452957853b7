/** Whom a match may lean on: those around it that are worth something by themselves. */
import { MEDIUM } from './flags.ts';

/** The records from medium up, which alone can support another. Asked in ascending order. */
export class Supporters {
  readonly #records: Int32Array;
  /** Index of the first that is not before the record asked last. */
  #at = 0;

  constructor(levels: Uint8Array) {
    let count = 0;
    for (const level of levels) if (level >= MEDIUM) count++;
    this.#records = new Int32Array(count);
    count = 0;
    for (let record = 0; record < levels.length; record++) {
      if ((levels[record] ?? 0) >= MEDIUM) this.#records[count++] = record;
    }
  }

  /** The n-th behind a record, or before it where n is negative; -1 for none. */
  from(record: number, n: number): number {
    const records = this.#records;
    while (this.#at < records.length && (records[this.#at] ?? 0) < record) this.#at++;
    const isOwn = records[this.#at] === record ? 1 : 0;
    return records[n < 0 ? this.#at + n : this.#at + isOwn + n - 1] ?? -1;
  }
}
