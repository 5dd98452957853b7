/**
 * A pattern of digits, as telephone numbering plans are written (`[2-7]\d{7}|1(?:0[1-9]|80)\d{3}`),
 * as a table that takes one step a digit. Its states are made when a number first leads to them: a
 * country's plan has thousands, of which a file needs some dozens.
 */
import assert from 'node:assert/strict';

/** Every digit, as bits. */
const ANY = 0x3ff;
const ZERO = 48;

/** Reads a digit of `digits` (bits) and goes on at `next`; without digits, goes on at both. */
interface Node {
  readonly digits: number;
  next: number;
  other: number;
}

/** Where nothing can match any more, and where the reading begins. */
const DEAD = 0;
const START = 1;
const UNKNOWN = -1;
const NONE = -1;

export class DigitPattern {
  readonly #nodes: Node[] = [];
  readonly #accept: number;
  readonly #states = new Map<string, number>();
  readonly #members: (readonly number[])[] = [];
  readonly #accepts: boolean[] = [];
  /** By state × 10 + digit: the state that it leads to. */
  #table: Int32Array = new Int32Array(320);

  /** Only digits, `\d`, `[2-57]`, `(?:…)`, `|`, `?`, `{2}` and `{2,5}` are known. */
  constructor(pattern: string) {
    this.#accept = this.#add(0, NONE, NONE);
    const reader = new PatternReader(pattern);
    const start = this.#alternatives(reader, this.#accept);
    assert(reader.isAtEnd, 'a pattern of digits goes on behind its end');
    this.#state([]);
    this.#state(this.#closure([start]));
  }

  /** Do the digits from `from` on, each 0 to 9, fit as a whole? */
  fits(digits: Uint8Array, from: number, to: number): boolean {
    let table = this.#table;
    let state = START;
    for (let i = from; i < to && state !== DEAD; i++) {
      const digit = digits[i] ?? 0;
      let next = table[state * 10 + digit] ?? UNKNOWN;
      if (next === UNKNOWN) {
        next = this.#step(state, digit);
        table = this.#table;
      }
      state = next;
    }
    return this.#accepts[state] === true;
  }

  #step(state: number, digit: number): number {
    const targets: number[] = [];
    for (const number of this.#members[state] ?? []) {
      const node = this.#nodes[number];
      if (node && (node.digits & (1 << digit)) !== 0) targets.push(node.next);
    }
    const next = this.#state(this.#closure(targets));
    this.#table[state * 10 + digit] = next;
    return next;
  }

  #state(members: readonly number[]): number {
    const key = members.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state = this.#members.push(members) - 1;
    this.#states.set(key, state);
    this.#accepts.push(members.includes(this.#accept));
    if ((state + 1) * 10 > this.#table.length) {
      const bigger = new Int32Array(this.#table.length * 2);
      bigger.set(this.#table);
      this.#table = bigger;
    }
    this.#table.fill(UNKNOWN, state * 10, state * 10 + 10);
    return state;
  }

  /** The nodes reachable without a digit that read one or accept, ascending. */
  #closure(numbers: readonly number[]): readonly number[] {
    const seen = new Set<number>();
    const stack = [...numbers];
    for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
      const node = this.#nodes[number];
      if (!node || seen.has(number)) continue;
      seen.add(number);
      if (node.digits === 0) stack.push(node.next, node.other);
    }
    const reads = [...seen].filter((n) => n === this.#accept || this.#nodes[n]?.digits !== 0);
    return reads.sort((a, b) => a - b);
  }

  #add(digits: number, next: number, other: number): number {
    return this.#nodes.push({ digits, next, other }) - 1;
  }

  /** Builds what is read up to the end or a closing bracket, in front of `next`; returns where it begins. */
  #alternatives(reader: PatternReader, next: number): number {
    let start = this.#sequence(reader, next);
    while (reader.take('|')) start = this.#add(0, start, this.#sequence(reader, next));
    return start;
  }

  #sequence(reader: PatternReader, next: number): number {
    const items: { readonly from: number; readonly min: number; readonly max: number }[] = [];
    while (!reader.isAtEnd && !reader.isAt('|') && !reader.isAt(')')) {
      const from = reader.at;
      reader.skipItem();
      items.push({ from, ...reader.counts() });
    }
    const end = reader.at;
    let start = next;
    // From the last to the first, each in front of what follows it, as often as it counts.
    for (const { from, min, max } of items.reverse()) {
      const behind = start;
      for (let count = max; count > 0; count--) {
        reader.at = from;
        const one = this.#item(reader, start);
        start = count > min ? this.#add(0, one, behind) : one;
      }
    }
    reader.at = end;
    return start;
  }

  #item(reader: PatternReader, next: number): number {
    if (!reader.take('(?:')) return this.#add(reader.set(), next, NONE);
    const start = this.#alternatives(reader, next);
    assert(reader.take(')'), 'a pattern of digits lacks a bracket');
    return start;
  }
}

class PatternReader {
  readonly #pattern: string;
  at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.at === this.#pattern.length;
  }

  isAt(text: string): boolean {
    return this.#pattern.startsWith(text, this.at);
  }

  take(text: string): boolean {
    const isThere = this.isAt(text);
    if (isThere) this.at += text.length;
    return isThere;
  }

  /** Goes behind a group or a set. */
  skipItem(): void {
    if (!this.take('(?:')) {
      this.set();
      return;
    }
    for (let depth = 1; depth > 0; ) {
      assert(!this.isAtEnd, 'a pattern of digits lacks a bracket');
      if (this.take('(?:')) depth++;
      else if (this.take(')')) depth--;
      else this.at++;
    }
  }

  /** How often what was read may stand. */
  counts(): { readonly min: number; readonly max: number } {
    if (this.take('?')) return { min: 0, max: 1 };
    const [all, least, most] = /^\{(\d+)(?:,(\d+))?\}/.exec(this.#pattern.slice(this.at)) ?? [];
    if (all === undefined) return { min: 1, max: 1 };
    this.at += all.length;
    return { min: Number(least), max: Number(most ?? least) };
  }

  /** The digits of a set, as bits. */
  set(): number {
    if (this.take('\\d')) return ANY;
    if (!this.take('[')) return 1 << this.#digit();
    let bits = 0;
    while (!this.take(']')) {
      const first = this.#digit();
      const last = this.take('-') ? this.#digit() : first;
      for (let digit = first; digit <= last; digit++) bits |= 1 << digit;
    }
    return bits;
  }

  #digit(): number {
    const digit = this.#pattern.charCodeAt(this.at++) - ZERO;
    assert(digit >= 0 && digit <= 9, 'a pattern of digits holds something else');
    return digit;
  }
}
