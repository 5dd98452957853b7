/**
 * What a text can be, told from its looks: digits made one (`0`), letters another (`A`), everything
 * else as it is. Says too much at times, never too little.
 */
import { Buffer } from 'node:buffer';
import { DIGITS, LETTERS } from '../shape.ts';
import { Automaton } from './automaton.ts';
import type { CompiledShape, Group } from './compile.ts';
import { closureOf, Nfa } from './nfa.ts';
import { IS_WORD } from './signs.ts';

const DIGIT = '0';
const LETTER = 'A';
/** Ways to read one text as one shape that are followed. */
const MAX_WAYS = 64;
/** Of letters before an address of mail is too long. */
const LONGEST_WORD = 64;
/** What has more starts over: hostile text. */
const MAX_STATES = 4_000;
/** Tables of one office look alike. */
const LOOKS_KEPT = 2000;

/** A shape that might lie there; offsets half open. */
export interface Possible {
  /** Its number in the compilation. */
  readonly shape: number;
  readonly start: number;
  readonly end: number;
}

/** What a sign looks like, by code. */
export function lookOf(code: number): number {
  if (code >= 48 && code <= 57) return 48;
  const upper = code >= 97 && code <= 122 ? code - 32 : code;
  return upper >= 65 && upper <= 90 ? 65 : code;
}

/** The looks of some signs, a character each. */
export function looksOf(signs: Uint8Array): string {
  return Buffer.from(signs.map(lookOf)).toString('latin1');
}

/** Is the sign part of a number or a word? */
function isWordLook(look: string | undefined): boolean {
  return look === DIGIT || look === LETTER;
}

/** Can a text of these looks hold signs of one set at one place? */
function reads(set: string, look: string): boolean {
  if (look === DIGIT) return holdsAny(set, DIGITS);
  if (look === LETTER) return holdsAny(set, LETTERS);
  return set.includes(look);
}

function holdsAny(set: string, signs: string): boolean {
  for (const sign of signs) if (set.includes(sign)) return true;
  return false;
}

/** What signs of a set look like. */
function looksOfSet(set: string): string {
  const others = [...set].filter((sign) => !(DIGITS + LETTERS).includes(sign)).join('');
  return (reads(set, DIGIT) ? DIGIT : '') + (reads(set, LETTER) ? LETTER : '') + others;
}

/** The shapes of one group on texts by their looks. */
export class Looks {
  readonly #group: Group;
  readonly #shapes: readonly CompiledShape[];
  readonly #reads = new Map<string, Uint8Array>();
  /** The sets of all nodes, each once; what reads nothing has the empty one. */
  readonly #distinctSets: readonly string[];
  /** By node: number of its set. */
  readonly #setNumbers: Uint16Array;
  readonly #known = new Map<string, readonly Possible[]>();
  readonly #sets = new Map<string, readonly string[] | null>();
  readonly #closures: (readonly number[] | undefined)[] = [];
  readonly #starts: ReadonlySet<number>;
  #endsAtDots: boolean | null = null;
  /** The same nodes, reading looks. */
  readonly #nfa = new Nfa();
  readonly #automaton: Automaton;
  readonly #leads = new Map<string, Automaton>();
  readonly #boundary: (rule: number) => string;

  constructor(group: Group, shapes: readonly CompiledShape[], boundary: (rule: number) => string) {
    this.#group = group;
    this.#shapes = shapes;
    this.#boundary = boundary;
    const numbers = new Map<string, number>();
    this.#setNumbers = Uint16Array.from(group.nfa.nodes, ({ set }) => {
      const number = numbers.get(set) ?? numbers.size;
      numbers.set(set, number);
      return number;
    });
    this.#distinctSets = [...numbers.keys()];
    this.#starts = this.#closure(group.starts);
    const looks = new Map(this.#distinctSets.map((set) => [set, looksOfSet(set)]));
    for (const node of group.nfa.nodes) {
      this.#nfa.nodes.push({ ...node, set: looks.get(node.set) ?? '' });
    }
    this.#automaton = new Automaton(this.#nfa, group.starts, MAX_STATES);
  }

  /** By node: can it read this sign? */
  #readers(look: string): Uint8Array {
    let known = this.#reads.get(look);
    if (!known) {
      const bySet = this.#distinctSets.map((set) => (reads(set, look) ? 1 : 0));
      known = Uint8Array.from(this.#setNumbers, (number) => bySet[number] ?? 0);
      this.#reads.set(look, known);
    }
    return known;
  }

  /** All that might match somewhere, with the boundaries that each shape wants. */
  possible(look: string): readonly Possible[] {
    const known = this.#known.get(look);
    if (known) return known;
    if (this.#known.size >= LOOKS_KEPT) this.#known.clear();
    const possible = this.#possible(look);
    this.#known.set(look, possible);
    return possible;
  }

  #possible(look: string): readonly Possible[] {
    const text = Buffer.from(look, 'latin1');
    const found: Possible[] = [];
    for (let start = 0; start < look.length; start++) {
      if (start > 0 && isWordLook(look[start - 1])) continue;
      for (const { shape, end } of this.#ends(this.#automaton, text, start)) {
        if (this.#isBounded(shape, look, start, end)) found.push({ shape, start, end });
      }
    }
    return found.sort((a, b) => a.shape - b.shape);
  }

  #ends(automaton: Automaton, text: Buffer, start: number): { shape: number; end: number }[] {
    const found = automaton.run(text, start, text.length, IS_WORD);
    return Array.from({ length: found }, (_, i) =>
      automaton
        .shapes(automaton.endStates[i] ?? 0)
        .map((shape) => ({ shape, end: automaton.ends[i] ?? 0 })),
    ).flat();
  }

  /**
   * Might a match lie at a cluster of digits that begins at the second sign, or begin before it? Of
   * what stands there only the first sign is known.
   */
  mayHold(look: string): boolean {
    if (this.possible(look).some(({ start }) => start > 0)) return true;
    const text = Buffer.from(look, 'latin1');
    return this.#ends(this.#behind(look.charAt(0)), text, 1).some(({ shape, end }) =>
      // Whatever stands before the match bounds it.
      this.#isBounded(shape, look, 0, end),
    );
  }

  /** The shapes from where a sign leads to that no digit stands before. */
  #behind(sign: string): Automaton {
    const known = this.#leads.get(sign);
    if (known) return known;
    const { nodes } = this.#nfa;
    const seen = new Set<number>(this.#starts);
    const leads = new Set<number>();
    for (const node of seen) {
      const { set = '', next = [] } = nodes[node] ?? {};
      if (set.includes(sign)) for (const one of next) leads.add(one);
      if (set.replace(DIGIT, '') !== '') for (const one of this.#closure(next)) seen.add(one);
    }
    const made = new Automaton(this.#nfa, [...leads], MAX_STATES);
    this.#leads.set(sign, made);
    return made;
  }

  /** Does no match go on from letters over a dot to another letter? */
  get endsAtDots(): boolean {
    this.#endsAtDots ??= this.#saysEndsAtDots();
    return this.#endsAtDots;
  }

  #saysEndsAtDots(): boolean {
    for (let letters = 1; letters < LONGEST_WORD; letters++) {
      if (this.#goesThrough(`${LETTER.repeat(letters)}.${LETTER}`)) return false;
    }
    return true;
  }

  /** May a match begin with a text of these looks? */
  #goesThrough(look: string): boolean {
    const { nodes } = this.#group.nfa;
    let states = this.#starts;
    for (const sign of look) {
      const readers = this.#readers(sign);
      states = this.#closure(
        [...states].flatMap((state) => (readers[state] === 1 ? (nodes[state]?.next ?? []) : [])),
      );
    }
    return states.size > 0;
  }

  #isBounded(shape: number, look: string, start: number, end: number): boolean {
    const signs = this.#boundary(this.#shapes[shape]?.rule ?? -1);
    if (start > 0 && signs.includes(look.charAt(start - 1))) return false;
    if (end === look.length || !signs.includes(look.charAt(end))) return true;
    return look[end] === '.' && look[end + 1] !== DIGIT;
  }

  #closure(from: readonly number[]): ReadonlySet<number> {
    const members = new Set<number>();
    for (const node of from) for (const member of this.#closureOf(node)) members.add(member);
    return members;
  }

  /** The nodes that are reached from one without reading. */
  #closureOf(node: number): readonly number[] {
    const known = this.#closures[node];
    if (known) return known;
    const members = closureOf(this.#group.nfa.nodes, [node]);
    this.#closures[node] = members;
    return members;
  }

  /**
   * For each sign of a match the set that it must be of. Null where the shape reads the same looks
   * in ways of which none allows all that the others do.
   */
  sets(one: Possible, look: string): readonly string[] | null {
    const key = `${one.shape} ${one.start} ${one.end} ${look}`;
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    if (this.#sets.size >= LOOKS_KEPT) this.#sets.clear();
    const made = this.#setsOf(one, look);
    this.#sets.set(key, made);
    return made;
  }

  #setsOf({ shape, start, end }: Possible, look: string): readonly string[] | null {
    const ways: string[][] = [];
    if (!this.#follow(this.#group.starts, shape, look, start, end, [], ways)) return null;
    const widest = ways.find((way) =>
      ways.every((other) => other.every((set, at) => isWithin(set, way[at] ?? ''))),
    );
    return widest ?? null;
  }

  /** Adds each way to read the text from `at` on; false when there are too many. */
  #follow(
    from: readonly number[],
    shape: number,
    look: string,
    at: number,
    end: number,
    sets: readonly string[],
    ways: string[][],
  ): boolean {
    const { nodes } = this.#group.nfa;
    for (const state of from === this.#group.starts ? this.#starts : this.#closure(from)) {
      const node = nodes[state];
      if (at === end) {
        if (node?.kind === 'accept' && node.shape === shape) ways.push([...sets]);
      } else if (node && this.#readers(look.charAt(at))[state] === 1) {
        if (!this.#follow(node.next, shape, look, at + 1, end, [...sets, node.set], ways)) {
          return false;
        }
      }
      if (ways.length > MAX_WAYS) return false;
    }
    return true;
  }
}

/** Does a set hold all that another one does, which comes first? */
export function isWithin(set: string, other: string): boolean {
  for (const sign of set) if (!other.includes(sign)) return false;
  return true;
}
