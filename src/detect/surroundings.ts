/**
 * The words around a candidate: some 40 characters before it and 20 after, within its cell. The
 * kernel finds them in the text that the engine has at hand; where only Unicode knows the plain
 * form (Vietnamese, Thai), it is asked.
 */
import { Buffer } from 'node:buffer';
import { CELL, ROW } from '../model/piece.ts';
import type { Engine } from './engine.ts';
import { Says, type Voice } from './hints.ts';
import { PlainText, plainWords } from './plain.ts';
import { WordList } from './wordlist.ts';

const BEFORE = 40;
/** Four bytes are the longest character. */
const BYTES_A_CHARACTER = 4;
/** A word behind the match more often belongs to the next value. */
const BEHIND_PENALTY = 20;
/** Of two words that end together the longer one decides: by less than a character, so long as none has a hundred. */
const LENGTH_SHARE = 1 / 100;
const LONGEST = 1;

/** The plain form of the words at hand. */
const plain = new PlainText();

export class Surroundings {
  readonly #text: Buffer;
  readonly #engine: Engine;
  #start = -1;
  #end = -1;
  readonly #before = new WordList();
  readonly #after = new WordList();
  readonly #label = new WordList();
  #hasBefore = false;
  #hasAfter = false;
  #hasLabel = false;
  /** The nearest word so far, and what it says. */
  #nearest = 0;
  #voice: Voice = null;

  constructor(text: Uint8Array, engine: Engine) {
    this.#text = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    this.#engine = engine;
  }

  moveTo(start: number, end: number): void {
    if (start !== this.#start) {
      this.#hasBefore = false;
      this.#hasLabel = false;
    }
    if (end !== this.#end) this.#hasAfter = false;
    this.#start = start;
    this.#end = end;
  }

  /**
   * What they say of a detector: the nearest word decides, the longer one of two that end together.
   * `byLabel`: where columns have no names, the cell to the left may be the label.
   */
  voice(rule: number, byLabel: boolean): Voice {
    this.#lookBefore();
    this.#nearest = Number.POSITIVE_INFINITY;
    this.#voice = null;
    this.#weighBefore(this.#before, rule);
    // Whatever stands behind, it is farther.
    if (this.#nearest < BEHIND_PENALTY - LONGEST) return this.#voice;
    this.#lookAfter();
    const after = this.#after;
    for (let n = 0; n < after.count; n++) {
      this.#weigh(after, n, rule, after.before(n) + BEHIND_PENALTY);
    }
    if (this.#voice !== null || !byLabel) return this.#voice;
    if (!this.#hasLabel) this.#labelCell();
    this.#weighBefore(this.#label, rule);
    return this.#voice;
  }

  /** Marks the detectors that one of the words may speak for, with a number; false where there is no word. */
  markHinted(marks: Float64Array, number: number): boolean {
    this.#lookBefore();
    this.#lookAfter();
    const isSilent = this.#before.count === 0 && this.#after.count === 0;
    if (isSilent) return false;
    for (const { words, count } of [this.#before, this.#after]) {
      for (let n = 0; n < count; n++) {
        const hints = words[n]?.hints ?? [];
        for (let i = 0; i < hints.length; i++) marks[hints[i] ?? 0] = number;
      }
    }
    return true;
  }

  #lookBefore(): void {
    if (!this.#hasBefore) this.#wordsBefore(this.#start, this.#before);
    this.#hasBefore = true;
  }

  #lookAfter(): void {
    if (!this.#hasAfter) this.#wordsAfter();
    this.#hasAfter = true;
  }

  #weighBefore(list: WordList, rule: number): void {
    for (let n = 0; n < list.count; n++) this.#weigh(list, n, rule, list.behind(n));
  }

  #weigh(list: WordList, n: number, rule: number, distance: number): void {
    const score = distance - (list.words[n]?.length ?? 0) * LENGTH_SHARE;
    if (score >= this.#nearest) return;
    const { hints, rules } = this.#engine;
    const says = list.says(n, rule, rules.length, hints.voices, this.#text);
    if (says === Says.nothing) return;
    this.#nearest = score;
    this.#voice = says === Says.hint ? 'for' : 'against';
  }

  #wordsBefore(end: number, list: WordList): void {
    list.clear();
    // The value begins its cell.
    if (end === 0 || isBorder(this.#text[end - 1])) return;
    const { words, folder } = this.#engine;
    this.#takeInto(list, words.before(folder.origin, end));
  }

  #wordsAfter(): void {
    const list = this.#after;
    list.clear();
    const end = this.#end;
    if (end === this.#text.length || isBorder(this.#text[end])) return;
    const { words, folder } = this.#engine;
    this.#takeInto(list, words.after(folder.origin, this.#text.length, end));
  }

  /** Takes the words that the kernel found; by Unicode's plain form where it does not know. */
  #takeInto(list: WordList, count: number): void {
    const { words, hints } = this.#engine;
    if (count === 0) return;
    if (count > 0) {
      list.take(words, hints, count);
      return;
    }
    const { from, to } = words;
    plain.set('');
    if (hints.mayHold(this.#text, from, to)) {
      plain.set(plainWords(this.#text.toString('utf8', from, to)));
    }
    list.takeFound(words, hints.findIn(plain), plain.length);
  }

  /** The cell to the left, when it is no longer than a label. */
  #labelCell(): void {
    const list = this.#label;
    this.#hasLabel = true;
    list.clear();
    let border = this.#start;
    const limit = Math.max(0, border - BYTES_A_CHARACTER);
    // A quote or a blank may stand between the border and the value.
    while (border > limit && !isBorder(this.#text[border - 1])) border--;
    if (border === 0 || this.#text[border - 1] !== CELL) return;
    this.#wordsBefore(border - 1, list);
    if (list.length >= BEFORE) list.clear();
  }
}

function isBorder(byte: number | undefined): boolean {
  return byte === CELL || byte === ROW;
}
