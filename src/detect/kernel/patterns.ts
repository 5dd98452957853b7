/** Patterns over compact forms (`[2-9]\d{7}`) as one table of steps, as the WebAssembly of tables reads it. */
import { Automaton } from './automaton.ts';
import { Nfa } from './nfa.ts';

const DIGITS = '0123456789';
/** A table beyond this is no help. */
const MAX_STATES = 4000;

export interface PatternTable {
  /** By state × classes + class: the next state; 0 is none, 1 the beginning. */
  readonly steps: Uint16Array;
  readonly classes: Uint8Array;
  readonly width: number;
  /** By state: number of the first pattern that is complete there, from one; 0 for none. */
  readonly accepts: Uint8Array;
}

/**
 * Knows characters, `\d`, sets, groups, `|`, and the counts `?`, `{n}`, `{n,m}`; throws at
 * anything else. A pattern is of the whole form.
 */
export function patternTable(patterns: readonly string[]): PatternTable {
  const key = patterns.join('\n');
  const known = tables.get(key);
  if (known) return known;
  const made = makeTable(patterns);
  tables.set(key, made);
  return made;
}

/** By patterns, which detectors have a few of. */
const tables = new Map<string, PatternTable>();

function makeTable(patterns: readonly string[]): PatternTable {
  const nfa = new Nfa();
  const starts = patterns.map((pattern, number) =>
    new PatternReader(nfa, pattern).start(nfa.accept(number)),
  );
  const automaton = new Automaton(nfa, starts, MAX_STATES);
  const width = automaton.classCount;
  const steps: number[] = [];
  const accepts: number[] = [];
  // The automaton numbers its states as they are made: none first, then the beginning.
  let last = 1;
  for (let state = 0; state <= last; state++) {
    if (state >= MAX_STATES) throw new Error('the patterns make too many states');
    const [first = -1] = state === 0 ? [] : automaton.shapes(state);
    accepts.push(first + 1);
    for (let reads = 0; reads < width; reads++) {
      const entry = state === 0 ? 0 : automaton.step(state * width, reads);
      const next = Math.floor((entry >> 1) / width);
      last = Math.max(last, next);
      steps.push(next);
    }
  }
  return {
    steps: Uint16Array.from(steps),
    classes: automaton.classes.slice(),
    width,
    accepts: Uint8Array.from(accepts),
  };
}

class PatternReader {
  readonly #nfa: Nfa;
  readonly #text: string;
  #at = 0;

  constructor(nfa: Nfa, text: string) {
    this.#nfa = nfa;
    this.#text = text;
  }

  /** The node where the pattern begins that goes on at `next`. */
  start(next: number): number {
    const build = this.#choice();
    if (this.#at < this.#text.length) this.#fail();
    return build(next);
  }

  #fail(): never {
    throw new Error(`pattern "${this.#text}", position ${this.#at}: not understood`);
  }

  #choice(): Build {
    const branches = [this.#row()];
    while (this.#text[this.#at] === '|') {
      this.#at++;
      branches.push(this.#row());
    }
    return (next) => this.#nfa.split(branches.map((branch) => branch(next)));
  }

  #row(): Build {
    const parts: Build[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#text.charAt(this.#at))) {
      parts.push(this.#counted(this.#atom()));
    }
    return (next) => parts.reduceRight((behind, part) => part(behind), next);
  }

  #atom(): Build {
    const char = this.#text.charAt(this.#at);
    if (this.#text.startsWith('(?:', this.#at)) {
      this.#at += 3;
      const inner = this.#choice();
      if (this.#text[this.#at++] !== ')') this.#fail();
      return inner;
    }
    let set = char;
    if (this.#text.startsWith('\\d', this.#at)) {
      set = DIGITS;
      this.#at += 2;
    } else if (char === '[') {
      const end = this.#text.indexOf(']', this.#at);
      if (end < 0) this.#fail();
      set = expand(this.#text.slice(this.#at + 1, end));
      this.#at = end + 1;
    } else if (this.#text.startsWith('\\+', this.#at)) {
      set = '+';
      this.#at += 2;
    } else if (/[A-Z0-9-]/.test(char)) {
      this.#at++;
    } else {
      this.#fail();
    }
    return (next) => this.#nfa.char(set, next);
  }

  #counted(part: Build): Build {
    const found = /^(?:([?*+])|\{(\d+)(,?)(\d*)\})/.exec(this.#text.slice(this.#at));
    if (!found) return part;
    this.#at += found[0].length;
    const [, sign, least, comma, most] = found;
    if (sign === '*' || sign === '+' || (comma && most === '')) this.#fail();
    const min = sign === '?' ? 0 : Number(least);
    const max = sign === '?' ? 1 : comma ? Number(most) : min;
    return (next) => {
      let node = next;
      for (let count = max; count > 0; count--) {
        node = part(node);
        if (count - 1 >= min) node = this.#nfa.split([node, next]);
      }
      return min === 0 && max === 0 ? next : node;
    };
  }
}

/** A part of a pattern, given the node behind it. */
type Build = (next: number) => number;

function expand(body: string): string {
  const signs = new Set<string>();
  const ranges = body.replaceAll('\\d', '0-9');
  for (const [, from = '', to = from] of ranges.matchAll(/([A-Z0-9])(?:-([A-Z0-9]))?/g)) {
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) {
      signs.add(String.fromCharCode(code));
    }
  }
  return [...signs].join('');
}
