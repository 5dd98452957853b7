/** The words around a candidate: some 40 characters before it and 20 after, within its cell. */
import { Buffer } from 'node:buffer';
import { CELL, ROW } from '../model/piece.ts';
import { type Found, type HintIndex, isMeant, nearVoice, type Voice } from './hints.ts';
import { PlainText, plainWords } from './plain.ts';

const BEFORE = 40;
const AFTER = 20;
/** Four bytes are the longest character. */
const BYTES_A_CHARACTER = 4;

interface Words {
  readonly found: readonly Found[];
  /** Of the plain text that they were found in. */
  readonly length: number;
}

/** The plain form of the words at hand. */
const plain = new PlainText();

const NOTHING: Words = { found: [], length: 0 };

export class Surroundings {
  readonly #text: Buffer;
  readonly #hints: HintIndex;
  #start = -1;
  #end = -1;
  #before: Words | null = null;
  #after: readonly Found[] | null = null;
  #label: Words | null = null;

  constructor(text: Uint8Array, hints: HintIndex) {
    this.#text = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    this.#hints = hints;
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
    let from = end;
    for (let characters = 0; from > 0 && !isBorder(this.#text[from - 1]); from--) {
      if (!isContinuation(this.#text[from]) && ++characters > BEFORE) break;
    }
    while (from < end && isContinuation(this.#text[from])) from++;
    if (from >= end || !this.#hints.mayHold(this.#text, from, end)) return NOTHING;
    return { found: this.#find(from, end), length: plain.length };
  }

  #wordsAfter(): readonly Found[] {
    const from = this.#end;
    let to = from;
    for (let characters = 0; to < this.#text.length && !isBorder(this.#text[to]); to++) {
      if (!isContinuation(this.#text[to]) && ++characters > AFTER) break;
    }
    if (to <= from || !this.#hints.mayHold(this.#text, from, to)) return [];
    return this.#find(from, to);
  }

  #find(from: number, to: number): readonly Found[] {
    if (!plain.read(this.#text, from, to))
      plain.set(plainWords(this.#text.toString('utf8', from, to)));
    const found = this.#hints.findIn(plain);
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

/** A byte of UTF-8 that begins no character. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
