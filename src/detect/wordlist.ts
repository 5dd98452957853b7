/** The words found on one side of a match, kept in arrays that are filled anew for each: most places have none. */
import type { Buffer } from 'node:buffer';
import { type Found, type HintIndex, isMeant, Says, type Word } from './hints.ts';
import type { WordSearch } from './kernel/words.ts';

/** Whether an ordinary word is meant: not asked yet, no, yes. */
const UNASKED = 0;
const NOT_MEANT = 1;
const MEANT = 2;

export class WordList {
  count = 0;
  readonly words: Word[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #meant: number[] = [];
  /** Of the plain text that they were found in. */
  length = 0;
  /** Where that lies in the text as it came. */
  #from = 0;
  #to = 0;
  #written: string | null = null;

  clear(): void {
    this.count = 0;
    this.length = 0;
  }

  /** Takes what the kernel found. */
  take(search: WordSearch, hints: HintIndex, count: number): void {
    this.clear();
    this.#window(search, search.length);
    for (let i = 0; i < count; i++) {
      const word = hints.word(search.node(i));
      if (word) this.#add(word, search.start(i), search.end(i));
    }
  }

  /** Takes what was found in another plain form of the kernel's window. */
  takeFound(search: WordSearch, found: readonly Found[], length: number): void {
    this.clear();
    this.#window(search, length);
    for (const { word, start, end } of found) this.#add(word, start, end);
  }

  #window(search: WordSearch, length: number): void {
    this.length = length;
    this.#from = search.from;
    this.#to = search.to;
    this.#written = null;
  }

  #add(word: Word, start: number, end: number): void {
    const at = this.count++;
    this.words[at] = word;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#meant[at] = word.isOrdinary ? UNASKED : MEANT;
  }

  /** Characters from the end of the n-th word to the end of the text. */
  behind(n: number): number {
    return this.length - (this.#ends[n] ?? 0);
  }

  /** Characters before the n-th word. */
  before(n: number): number {
    return this.#starts[n] ?? 0;
  }

  /** What the n-th word says of a detector; `voices`: of the index. */
  says(n: number, rule: number, rules: number, voices: Uint8Array, text: Buffer): number {
    const word = this.words[n];
    if (!word) return Says.nothing;
    const says = voices[word.row * rules + rule] ?? Says.nothing;
    if (says === Says.nothing || this.#meant[n] === MEANT) return says;
    if (this.#meant[n] === UNASKED) {
      this.#written ??= text.toString('utf8', this.#from, this.#to);
      this.#meant[n] = isMeant(word, this.#written) ? MEANT : NOT_MEANT;
    }
    return this.#meant[n] === MEANT ? says : Says.nothing;
  }
}
