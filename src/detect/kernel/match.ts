/**
 * A match whose texts are made when a detector asks for them: most spans are refused by tables or
 * numbers before anybody reads them, and a string costs more than the search that led to it.
 */
import type { Match } from '../../model/detector.ts';
import { LETTERS, PROLONGED } from '../shape.ts';
import type { CompiledShape } from './compile.ts';
import { IS_WORD } from './signs.ts';
import { textOf } from './text.ts';

/** Folded code → itself in upper case, line breaks and odd hyphens made plain. */
export const UPPER: Uint8Array = new Uint8Array(256);
for (let code = 0; code < 256; code++) UPPER[code] = code;
for (const letter of LETTERS) UPPER[letter.toLowerCase().charCodeAt(0)] = letter.charCodeAt(0);
UPPER[PROLONGED] = 45;

/** Longer than any match: an MRZ has three lines, an address 254 characters. */
const MAX_MATCH = 1024;
const scratch = new Uint8Array(MAX_MATCH);

/** A stretch of folded text with the texts that were made of it; several detectors look at one. */
export class Span {
  text: Uint8Array = scratch;
  start = 0;
  end = 0;
  #folded: string | null = null;
  /** By keepId, once it differs from the folded form. */
  #compacts: (string | null)[] | null = null;
  #isPlain: boolean | null = null;

  set(text: Uint8Array, start: number, end: number): void {
    this.text = text;
    this.start = start;
    this.end = end;
    this.#folded = null;
    this.#compacts = null;
    this.#isPlain = null;
  }

  /** Only letters and digits: every compact form is the folded one. */
  get isPlain(): boolean {
    if (this.#isPlain === null) {
      let at = this.start;
      while (at < this.end && IS_WORD[this.text[at]!] === 1) at++;
      this.#isPlain = at === this.end;
    }
    return this.#isPlain;
  }

  get folded(): string {
    if (this.#folded === null) {
      const length = this.end - this.start;
      for (let i = 0; i < length; i++) scratch[i] = UPPER[this.text[this.start + i]!]!;
      this.#folded = textOf(scratch, length);
    }
    return this.#folded;
  }

  compact(shape: CompiledShape): string {
    if (this.isPlain) return this.folded;
    this.#compacts ??= [];
    const known = this.#compacts[shape.keepId];
    if (known) return known;
    const made = textOf(scratch, this.codes(shape, scratch));
    this.#compacts[shape.keepId] = made;
    return made;
  }

  /** Writes the compact form's ASCII codes; returns how many. `into` has room for the span. */
  codes(shape: CompiledShape, into: Uint8Array): number {
    const { text, end } = this;
    const { keep } = shape.parsed;
    let size = 0;
    for (let i = this.start; i < end; i++) {
      const code = UPPER[text[i]!]!;
      if (keep[code] === 1) into[size++] = code;
    }
    return size;
  }
}

/** Valid as long as the text lies in its array: until the next piece. */
export class SpanMatch implements Match {
  span: Span;
  #shape: CompiledShape;

  constructor(span: Span, shape: CompiledShape) {
    this.span = span;
    this.#shape = shape;
  }

  set(span: Span, shape: CompiledShape): void {
    this.span = span;
    this.#shape = shape;
  }

  get shape(): number {
    return this.#shape.index;
  }

  get compact(): string {
    return this.span.compact(this.#shape);
  }

  get folded(): string {
    return this.span.folded;
  }

  /** See {@link Span.codes}. */
  codes(into: Uint8Array): number {
    return this.span.codes(this.#shape, into);
  }
}
