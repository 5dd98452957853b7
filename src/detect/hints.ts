/**
 * Words that speak for or against a detector, all in one Aho-Corasick automaton, run over column
 * headers and the few characters around a candidate.
 *
 * Words are compared in a plain form: NFKC, upper case, camel case split, anything that is neither
 * letter nor digit one space. ASCII words need word borders (`IC` is not in `TOPIC`), CJK and Thai
 * words need none.
 */
import type { Detector } from '../model/detector.ts';
import { AGAINST_ALL, ORDINARY } from './hintwords.ts';
import { PlainText, plainWords } from './plain.ts';
import { SET_WORDS, StepTable, setOf, type WordTree } from './steps.ts';

/** Of a plural. */
const CAPITAL_S = 83;

export interface Word {
  /** The plain form; empty for the root. */
  readonly text: string;
  /** Its row in {@link HintIndex.voices}. */
  readonly row: number;
  /** One of the words that mean nothing unless in capitals or as a label. */
  readonly isOrdinary: boolean;
  readonly length: number;
  readonly needsBorderBefore: boolean;
  readonly needsBorderAfter: boolean;
  /** Detectors it speaks for. */
  readonly hints: readonly number[];
  /** Detectors it speaks against; `all` for business words. */
  readonly against: readonly number[];
  readonly all: boolean;
}

/** What a word says of a detector. */
export const Says = { nothing: 0, hint: 1, against: 2 } as const;

export interface Found {
  readonly word: Word;
  /** Half open, in the plain text searched. */
  readonly start: number;
  readonly end: number;
}

/** Letters, in upper case, of scripts that part words with spaces: Latin, Cyrillic, Vietnamese. */
function isSpacedLetter(unit: number): boolean {
  if (unit < 0xc0) return unit >= 65 && unit <= 90;
  return unit <= 0x24f || (unit >= 0x400 && unit <= 0x52f) || (unit >= 0x1e00 && unit <= 0x1eff);
}

function isSpacedSign(unit: number): boolean {
  return isSpacedLetter(unit) || (unit >= 48 && unit <= 57);
}

interface Entry {
  hints: Set<number>;
  against: Set<number>;
  all: boolean;
}

/** Letters 1–26, digits 27–36, anything else 0: what a word begins with. */
const LETTER_CODE = new Uint8Array(256);
for (let i = 0; i < 26; i++) {
  LETTER_CODE[65 + i] = i + 1;
  LETTER_CODE[97 + i] = i + 1;
}
for (let i = 0; i < 10; i++) LETTER_CODE[48 + i] = i + 27;

export class HintIndex {
  /** By the codes of a word's first three characters: 1 where a hint begins so. */
  readonly #asciiStarts = new Uint8Array(1 << 18);
  /** By UTF-16 unit, for hints that begin with another one than ASCII. */
  readonly #otherStarts = new Uint8Array(1 << 16);
  readonly #plain = new PlainText();
  /** By UTF-16 unit: the node of words that begin with it. */
  readonly #root = new Int32Array(1 << 16);
  readonly #next: Map<number, number>[] = [new Map()];
  /** All of `#next` in one table: a Map a node takes five times as long. */
  #steps: StepTable = new StepTable(0);
  #fail: Int32Array = new Int32Array(0);
  readonly #word: (Word | null)[] = [null];
  /** The nearest shorter suffix that ends a word. */
  readonly #shorter: number[] = [0];
  /** By row of a word × detectors + detector: what the word says, as {@link Says}. */
  readonly voices: Uint8Array;
  readonly #detectors: number;

  constructor(rules: readonly Detector[]) {
    this.#detectors = rules.length;
    const entries = new Map<string, Entry>();
    rules.forEach((rule, number) => {
      for (const hint of rule.hints)
        for (const key of forms(hint)) entry(entries, key).hints.add(number);
      for (const word of rule.against ?? []) {
        for (const key of forms(word)) entry(entries, key).against.add(number);
      }
    });
    for (const word of AGAINST_ALL) for (const key of forms(word)) entry(entries, key).all = true;
    this.voices = new Uint8Array(entries.size * rules.length);
    let row = 0;
    for (const [key, found] of entries) {
      this.#speak(row * rules.length, rules.length, found);
      this.#add(key, found, row++);
      this.#addStart(key);
      // Vietnamese and French may come decomposed.
      this.#addStart(key.normalize('NFD'));
    }
    this.#link();
    // Full-width letters: looked at in full.
    this.#otherStarts.fill(1, 0xff00, 0xfff0);
  }

  #addStart(key: string): void {
    const unit = key.charCodeAt(0);
    if (unit >= 0x80) {
      this.#otherStarts[unit] = 1;
      // Lower case in the text: Vietnamese, Cyrillic.
      this.#otherStarts[key.toLowerCase().charCodeAt(0)] = 1;
      return;
    }
    const first = key.split(' ')[0] ?? '';
    const endings = first.length < 3 ? ['', 'S', ...'0123456789'] : [''];
    for (const ending of endings) {
      const text = first + ending;
      const code = (i: number): number => LETTER_CODE[Math.min(text.charCodeAt(i) || 0, 255)] ?? 0;
      const second = code(1);
      this.#asciiStarts[(code(0) << 12) | (second << 6) | (second === 0 ? 0 : code(2))] = 1;
    }
  }

  /**
   * May there be a word of the index in these bytes? Errs towards yes; spares most texts the
   * decoding and the search.
   */
  mayHold(bytes: Uint8Array, from: number, to: number): boolean {
    const asciiStarts = this.#asciiStarts;
    const otherStarts = this.#otherStarts;
    let isLetterBefore = false;
    let isLowerBefore = false;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] ?? 0;
      const code = LETTER_CODE[byte] ?? 0;
      if (code !== 0) {
        const isUpper = byte >= 65 && byte <= 90;
        if (!isLetterBefore || (isUpper && isLowerBefore)) {
          const second = LETTER_CODE[bytes[i + 1] ?? 0] ?? 0;
          const third = second === 0 ? 0 : (LETTER_CODE[bytes[i + 2] ?? 0] ?? 0);
          if (asciiStarts[(code << 12) | (second << 6) | third] === 1) return true;
        }
        isLetterBefore = true;
        isLowerBefore = !isUpper;
        continue;
      }
      isLetterBefore = false;
      isLowerBefore = false;
      if (byte >= 0xc0 && otherStarts[unitAt(bytes, i)] === 1) return true;
    }
    return false;
  }

  #speak(from: number, count: number, { hints, against, all }: Entry): void {
    if (all) this.voices.fill(Says.against, from, from + count);
    for (const rule of against) this.voices[from + rule] = Says.against;
    for (const rule of hints) this.voices[from + rule] = Says.hint;
  }

  #add(key: string, found: Entry, row: number): void {
    let node = 0;
    for (let i = 0; i < key.length; i++) {
      const unit = key.charCodeAt(i);
      let next = this.#next[node]?.get(unit);
      if (next === undefined) {
        next = this.#next.push(new Map()) - 1;
        this.#word.push(null);
        this.#shorter.push(0);
        this.#next[node]?.set(unit, next);
      }
      node = next;
    }
    this.#word[node] = {
      text: key,
      row,
      isOrdinary: ORDINARY.has(key),
      length: key.length,
      needsBorderBefore: isSpacedSign(key.charCodeAt(0)),
      needsBorderAfter: isSpacedSign(key.charCodeAt(key.length - 1)),
      hints: [...found.hints],
      against: [...found.against],
      all: found.all,
    };
  }

  #link(): void {
    this.#fail = new Int32Array(this.#next.length);
    this.#steps = new StepTable(this.#next.length);
    this.#next.forEach((targets, node) => {
      for (const [unit, target] of targets) this.#steps.add(node, unit, target);
    });
    for (const [unit, child] of this.#next[0] ?? []) this.#root[unit] = child;
    const queue: number[] = [...(this.#next[0]?.values() ?? [])];
    for (const node of queue) {
      for (const [unit, child] of this.#next[node] ?? []) {
        let fail = this.#fail[node] ?? 0;
        while (fail !== 0 && !this.#next[fail]?.has(unit)) fail = this.#fail[fail] ?? 0;
        const target = this.#next[fail]?.get(unit) ?? 0;
        this.#fail[child] = target;
        this.#shorter[child] = this.#word[target] ? target : (this.#shorter[target] ?? 0);
        queue.push(child);
      }
    }
  }

  /** The word that ends at a node of the tree. */
  word(node: number): Word | null {
    return this.#word[node] ?? null;
  }

  /** The tree as numbers, for the kernel: see kernel/assembly/words.as. */
  tree(): WordTree {
    const nodes = new Int32Array(this.#next.length * 2);
    this.#word.forEach((word, node) => {
      if (!word) return;
      const needs = (word.needsBorderBefore ? 1 : 0) | (word.needsBorderAfter ? 2 : 0);
      const kind = needs | (word.isOrdinary ? 4 : 0) | (word.row << 3);
      nodes.set([word.length, kind], node * 2);
    });
    return {
      roots: Uint16Array.from(this.#root),
      steps: this.#steps.slots,
      nodes,
      speaks: this.#speaking(),
      voices: this.voices,
      detectors: this.#detectors,
    };
  }

  /** By node: the detectors for which the words speak that go through it. */
  #speaking(): Int32Array {
    const sets = new Int32Array(this.#next.length * SET_WORDS);
    this.#word.forEach((word, node) => {
      if (word) sets.set(setOf(word.hints), node * SET_WORDS);
    });
    // What lies below a node has a higher number.
    for (let node = this.#next.length - 1; node >= 0; node--) {
      for (const child of this.#next[node]?.values() ?? []) {
        for (let i = 0; i < SET_WORDS; i++) {
          const at = node * SET_WORDS + i;
          sets[at] = (sets[at] ?? 0) | (sets[child * SET_WORDS + i] ?? 0);
        }
      }
    }
    return sets;
  }

  /** All words in a text of {@link plainWords}. */
  find(plain: string): readonly Found[] {
    this.#plain.set(plain);
    return this.findIn(this.#plain);
  }

  findIn({ units, length }: PlainText): readonly Found[] {
    const root = this.#root;
    const steps = this.#steps;
    const fail = this.#fail;
    let found: Found[] | null = null;
    let node = 0;
    for (let i = 0; i < length; i++) {
      const unit = units[i] ?? 0;
      let next = node === 0 ? 0 : steps.from(node, unit);
      while (next === 0 && node !== 0) {
        node = fail[node] ?? 0;
        if (node !== 0) next = steps.from(node, unit);
      }
      node = node === 0 ? (root[unit] ?? 0) : next;
      if (node === 0) continue;
      for (let end = node; end !== 0; end = this.#shorter[end] ?? 0) {
        const word = this.#word[end];
        if (!word) continue;
        const start = i + 1 - word.length;
        if (!hasBorders(units, length, word, start, i + 1)) continue;
        found ??= [];
        found.push({ word, start, end: i + 1 });
      }
    }
    return found ?? NOTHING;
  }
}

const NOTHING: readonly Found[] = [];

/** The UTF-16 unit that a UTF-8 sequence begins with; 0xff00 (looked at in full) beyond the BMP. */
function unitAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = (bytes[at + 1] ?? 0) & 63;
  if (lead < 0xe0) return ((lead & 31) << 6) | second;
  if (lead >= 0xf0) return 0xff00;
  return ((lead & 15) << 12) | (second << 6) | ((bytes[at + 2] ?? 0) & 63);
}

/** `my number` is also looked for as `mynumber`. */
function forms(word: string): readonly string[] {
  const plain = plainWords(word).trim();
  if (plain.length === 0) return [];
  const joined = plain.replaceAll(' ', '');
  return joined === plain || !/^[\x20-\x7e]+$/.test(plain) ? [plain] : [plain, joined];
}

function entry(entries: Map<string, Entry>, key: string): Entry {
  let found = entries.get(key);
  if (!found) {
    found = { hints: new Set(), against: new Set(), all: false };
    entries.set(key, found);
  }
  return found;
}

function isDigitUnit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function hasBorders(
  units: Uint16Array,
  length: number,
  word: Word,
  start: number,
  end: number,
): boolean {
  const unitAt = (at: number): number => (at >= 0 && at < length ? (units[at] ?? 0) : 0);
  if (word.needsBorderBefore && isSpacedSign(unitAt(start - 1))) return false;
  if (!word.needsBorderAfter) return true;
  // A number of its own (`SS4820671`) holds no word before it.
  if ([0, 1, 2].every((step) => isDigitUnit(unitAt(end + step)))) return false;
  // A plural s may follow, and a short number: `phone1`.
  const next = unitAt(end);
  return !isSpacedLetter(next === CAPITAL_S ? unitAt(end + 1) : next);
}

/** What words say of one detector. */
export type Voice = 'for' | 'against' | null;

/** Ordinary words by what tells that they are meant. */
const meant = new Map<string, RegExp>();

/** Is an ordinary word used as a hint in this text, which is as it was written? */
export function isMeant({ text }: Word, written: string): boolean {
  let pattern = meant.get(text);
  if (!pattern) {
    const anyCase = (word: string): string =>
      word.replace(/[A-Z]/g, (sign) => `[${sign}${sign.toLowerCase()}]`);
    const [first = '', ...more] = text.split(' ');
    // Clerks write "ID no": the first word decides.
    const capitals = [first, ...more.map(anyCase)].join('[ .]?');
    const any = [first, ...more].map(anyCase).join('[ .]?');
    // A longer word (`cell`, `mail`) is also meant where nothing stands between it and the value.
    const follows = text.length > 3 && more.length === 0 ? '(?:[:=]|\\s*$)' : '[:=]';
    pattern = new RegExp(
      `(?<![A-Za-z])(?:${capitals}[Ss]?(?![A-Za-z])|${any}s?["')\\]]{0,2} ?[.#]?${follows})`,
    );
    meant.set(text, pattern);
  }
  return pattern.test(written.normalize('NFKC'));
}

/** What a column header says of each detector, by its number. */
export function headerVoices(found: readonly Found[], ruleCount: number): readonly Voice[] {
  const voices: Voice[] = new Array(ruleCount).fill(null);
  for (let rule = 0; rule < ruleCount; rule++) {
    const hints = found.filter(({ word }) => word.hints.includes(rule));
    const against = found.filter(
      ({ word }) => word.against.includes(rule) || (word.all && !word.hints.includes(rule)),
    );
    const isFor = hints.some((hint) => !against.some((word) => hides(word, hint)));
    voices[rule] = isFor ? 'for' : against.length > 0 ? 'against' : null;
  }
  return voices;
}

/** The hint `ID NO` in the longer word `PRODUCT ID NO` says nothing. */
function hides(outer: Found, inner: Found): boolean {
  const isLonger = outer.end - outer.start > inner.end - inner.start;
  return isLonger && outer.start <= inner.start && inner.end <= outer.end;
}
