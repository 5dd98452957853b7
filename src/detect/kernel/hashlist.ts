/** Hashes of the rows that settled columns have in common, until their object ends. */

/** Words of the first part of a list; each further part is twice as long, up to the last. */
const FIRST_PART = 1024;
const LAST_PART = 65_536;

/** A list of hashes, two words each, that grows without being moved. */
export class HashList {
  readonly #full: Uint32Array[] = [];
  #part: Uint32Array = new Uint32Array(FIRST_PART);
  #used = 0;

  add(words: Int32Array): void {
    for (let from = 0; from < words.length; ) {
      if (this.#used === this.#part.length) {
        this.#full.push(this.#part);
        this.#part = new Uint32Array(Math.min(this.#part.length * 2, LAST_PART));
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
}
