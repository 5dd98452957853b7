/** Hashes of the rows that settled columns have in common, until their object ends. */

/** Words of the first part of a list, and of each further one. */
const FIRST_PART = 1024;
const LATER_PART = 65_536;
/** Later parts kept for the next object: sixteen megabytes. */
const KEPT = 64;

/** Parts that are no longer used: fresh memory costs more than writing to it. */
const free: Uint32Array[] = [];

/** A list of hashes, two words each, that grows without being moved. */
export class HashList {
  readonly #full: Uint32Array[] = [];
  #part: Uint32Array = new Uint32Array(FIRST_PART);
  #used = 0;

  add(words: Int32Array): void {
    for (let from = 0; from < words.length; ) {
      if (this.#used === this.#part.length) {
        this.#full.push(this.#part);
        this.#part = free.pop() ?? new Uint32Array(LATER_PART);
        this.#used = 0;
      }
      const to = Math.min(words.length, from + this.#part.length - this.#used);
      this.#part.set(words.subarray(from, to), this.#used);
      this.#used += to - from;
      from = to;
    }
  }

  get parts(): readonly Uint32Array[] {
    return [...this.#full, this.#part.subarray(0, this.#used)];
  }

  /** Gives its memory to other lists; {@link parts} are no longer good. */
  release(): void {
    for (const part of [...this.#full, this.#part]) {
      if (part.length === LATER_PART && free.length < KEPT) free.push(part);
    }
    this.#full.length = 0;
    this.#part = new Uint32Array(0);
    this.#used = 0;
  }
}
