/**
 * The words around a candidate: some 40 characters before it and 20 after, within its cell. The
 * kernel finds them in the text that the engine has at hand; where only Unicode knows the plain
 * form (Vietnamese, Thai), it is asked.
 */
import { Buffer } from 'node:buffer';
import { CELL, ROW } from '../model/piece.ts';
import type { Engine } from './engine.ts';
import { type Found, isMeant, nearVoice, type Voice } from './hints.ts';
import { PlainText, plainWords } from './plain.ts';

const BEFORE = 40;
/** Four bytes are the longest character. */
const BYTES_A_CHARACTER = 4;

interface Words {
  readonly found: readonly Found[];
  /** Of the plain text that they were found in. */
  readonly length: number;
}

/** The plain form of the words at hand. */
const plain = new PlainText();

const NONE: readonly Found[] = [];
const NOTHING: Words = { found: NONE, length: 0 };

export class Surroundings {
  readonly #text: Buffer;
  readonly #engine: Engine;
  #start = -1;
  #end = -1;
  #before: Words | null = null;
  #after: readonly Found[] | null = null;
  #label: Words | null = null;

  constructor(text: Uint8Array, engine: Engine) {
    this.#text = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    this.#engine = engine;
  }

  moveTo(start: number, end: number): void {
    if (start !== this.#start) {
      this.#before = null;
      this.#label = null;
    }
    if (end !== this.#end) this.#after = null;
    this.#start = start;
    this.#end = end;
  }

  /** What they say of a detector. `byLabel`: where columns have no names, the cell to the left may be the label. */
  voice(rule: number, byLabel: boolean): Voice {
    this.#before ??= this.#wordsBefore(this.#start);
    this.#after ??= this.#wordsAfter();
    const voice = nearVoice(this.#before.found, this.#before.length, this.#after, rule);
    if (voice !== null || !byLabel) return voice;
    this.#label ??= this.#labelCell();
    return nearVoice(this.#label.found, this.#label.length, [], rule);
  }

  #wordsBefore(end: number): Words {
    // The value begins its cell.
    if (end === 0 || isBorder(this.#text[end - 1])) return NOTHING;
    const { words, folder } = this.#engine;
    const count = words.before(folder.origin, end);
    if (count === 0) return NOTHING;
    if (count > 0) return { found: this.#found(count), length: words.length };
    return { found: this.#ask(words.from, words.to), length: plain.length };
  }

  #wordsAfter(): readonly Found[] {
    const end = this.#end;
    if (end === this.#text.length || isBorder(this.#text[end])) return NONE;
    const { words, folder } = this.#engine;
    const count = words.after(folder.origin, this.#text.length, end);
    if (count === 0) return NONE;
    return count > 0 ? this.#found(count) : this.#ask(words.from, words.to);
  }

  /** The words that the kernel found. */
  #found(count: number): readonly Found[] {
    const { words, hints } = this.#engine;
    const found: Found[] = [];
    for (let i = 0; i < count; i++) {
      const word = hints.word(words.node(i));
      if (word) found.push({ word, start: words.start(i), end: words.end(i) });
    }
    return this.#meant(found, words.from, words.to);
  }

  /** The words by Unicode's plain form. */
  #ask(from: number, to: number): readonly Found[] {
    const { hints } = this.#engine;
    plain.set('');
    if (!hints.mayHold(this.#text, from, to)) return NONE;
    plain.set(plainWords(this.#text.toString('utf8', from, to)));
    return this.#meant(hints.findIn(plain), from, to);
  }

  #meant(found: readonly Found[], from: number, to: number): readonly Found[] {
    if (!found.some(({ word }) => word.isOrdinary)) return found;
    const written = this.#text.toString('utf8', from, to);
    return found.filter(({ word }) => !word.isOrdinary || isMeant(word, written));
  }

  /** The cell to the left, when it is no longer than a label. */
  #labelCell(): Words {
    let border = this.#start;
    const limit = Math.max(0, border - BYTES_A_CHARACTER);
    // A quote or a blank may stand between the border and the value.
    while (border > limit && !isBorder(this.#text[border - 1])) border--;
    if (border === 0 || this.#text[border - 1] !== CELL) return NOTHING;
    const words = this.#wordsBefore(border - 1);
    return words.length < BEFORE ? words : NOTHING;
  }
}

function isBorder(byte: number | undefined): boolean {
  return byte === CELL || byte === ROW;
}
