/**
 * The rough automaton: the shapes of the digit automaton with every set made coarse (any digit, any
 * letter, a sign), from every place where a match may begin at once, one step for a run of digits
 * or letters. It accepts wherever the exact one does, and seldom elsewhere.
 *
 * Made lazily and started over when there are too many states, like the exact one.
 */
import { DIGITS, LETTERS } from '../shape.ts';
import { Layout } from './layout.ts';
import type { Machine } from './machine.ts';
import { closureOf, type Nfa } from './nfa.ts';

const ACCEPTS = 0x8000;
const SYMBOLS = 128;
const MAX_STATES = 2_048;
/** Kinds of characters that a node reads; the signs follow. */
const LETTER = 1;
/** A symbol up to this is a run of as many digits, up to twice this one of letters, above it a sign. */
const LONGEST_RUN = 40;

export class Rough {
  readonly #machine: Machine;
  readonly #nfa: Nfa;
  /** By node: whether it reads digits, letters, each of the signs. */
  readonly #reads: readonly Uint8Array[];
  readonly #starts: readonly number[];
  /** What may be read before a cluster's digits, by its last sign: letters or the number of a sign. */
  readonly #leads = new Map<number, Set<number>>();
  readonly #closed: ReadonlySet<string>;
  readonly #signs: readonly string[];
  /** By sign: may a match begin behind it? */
  readonly #opens: readonly boolean[];
  readonly #known = new Map<string, number>();
  #members: (readonly number[])[] = [];

  /**
   * `signs`: what is neither letter nor digit and may stand inside; `closed`: behind which nothing
   * begins; `lead`: most characters of a match before its cluster's digits.
   */
  constructor(
    machine: Machine,
    nfa: Nfa,
    starts: readonly number[],
    signs: readonly string[],
    closed: ReadonlySet<string>,
    lead: number,
  ) {
    this.#closed = closed;
    this.#machine = machine;
    this.#nfa = nfa;
    this.#signs = signs;
    this.#opens = signs.map((sign) => !closed.has(sign));
    const kinds = [DIGITS, LETTERS, ...signs];
    // Nodes are thousands, sets some dozens.
    const readsOf = new Map<string, Uint8Array>();
    this.#reads = nfa.nodes.map(({ set }) => {
      const known = readsOf.get(set);
      if (known) return known;
      const reads = Uint8Array.from(kinds, (kind) => (holdsAny(set, kind) ? 1 : 0));
      readsOf.set(set, reads);
      return reads;
    });
    this.#starts = this.#closure(starts);
    this.#readLeads(lead);
    this.#putSymbols();
    this.#reset();
  }

  #putSymbols(): void {
    const table = new Uint8Array(256).fill(255);
    for (const sign of DIGITS) table[sign.charCodeAt(0)] = 0;
    for (const sign of LETTERS + LETTERS.toLowerCase()) table[sign.charCodeAt(0)] = LONGEST_RUN;
    this.#signs.forEach((sign, number) => {
      table[sign.charCodeAt(0)] = LONGEST_RUN * 2 + number;
    });
    this.#machine.put(Layout.SYMBOLS, table);
  }

  #reset(): void {
    this.#known.clear();
    this.#members = [];
    this.#members.push([]);
    this.#machine.bytes.fill(0, Layout.ROUGH, Layout.ROUGH + MAX_STATES * SYMBOLS * 2);
    this.#machine.bytes.fill(0, Layout.ROUGH_STARTS, Layout.ROUGH_STARTS + 512);
    // 0 in the table is not yet built; the scanner knows 1 as the end of all matches and 2 as the start.
    this.#stateOf([]);
    this.#stateOf(this.#starts);
  }

  /** Follows what may stand before a cluster, where only sets that hold letters read digits. */
  #readLeads(lead: number): void {
    const after = new Map<number, readonly number[]>();
    let front = new Set<number>(this.#starts);
    for (let read = 0; read < lead && front.size > 0; read++) {
      const next = new Set<number>();
      for (const node of front) {
        const reads = this.#reads[node]!;
        const first = reads[LETTER] === 1 ? 0 : LETTER;
        if (!reads.includes(1, first)) continue;
        const targets = after.get(node) ?? this.#closure(this.#nfa.nodes[node]!.next);
        after.set(node, targets);
        for (let kind = first; kind < reads.length; kind++) {
          if (reads[kind] === 1) this.#lead(kind, targets, next);
        }
      }
      front = next;
    }
  }

  /** Notes where a lead may end; what was not there before goes on. */
  #lead(kind: number, targets: readonly number[], next: Set<number>): void {
    const found = this.#leads.get(kind) ?? new Set();
    this.#leads.set(kind, found);
    for (const target of targets) {
      if (!found.has(target)) next.add(target);
      found.add(target);
    }
  }

  /** The state before a cluster's first digit, by the code of the sign before that. */
  startBehind(code: number): number {
    const sign = String.fromCharCode(code >= 97 && code <= 122 ? code - 32 : code);
    const isLetter = LETTERS.includes(sign);
    const number = this.#signs.indexOf(sign);
    const kinds = DIGITS.includes(sign)
      ? [...this.#leads.keys()]
      : isLetter || number >= 0
        ? [isLetter ? LETTER : LETTER + 1 + number]
        : [];
    const members = new Set(kinds.flatMap((kind) => [...(this.#leads.get(kind) ?? [])]));
    if (!isLetter && !this.#closed.has(sign)) for (const start of this.#starts) members.add(start);
    if (this.#members.length >= MAX_STATES) this.#reset();
    const state = this.#stateOf([...members].sort((a, b) => a - b));
    const at = Layout.ROUGH_STARTS + code * 2;
    this.#machine.bytes[at] = state & 255;
    this.#machine.bytes[at + 1] = state >> 8;
    return state;
  }

  /** The entry for what a symbol leads to from a state; 0x8000 in it where that accepts. */
  step(state: number, symbol: number): number {
    const isSign = symbol > LONGEST_RUN * 2;
    const kind = isSign ? symbol - LONGEST_RUN * 2 + 1 : symbol > LONGEST_RUN ? 1 : 0;
    const length = isSign ? 1 : symbol > LONGEST_RUN ? symbol - LONGEST_RUN : symbol;
    let members = this.#members[state] ?? [];
    for (let i = 0; i < length && members.length > 0; i++) members = this.#read(members, kind);
    if (isSign && this.#opens[kind - 2]) {
      members = [...new Set([...members, ...this.#starts])].sort((a, b) => a - b);
    }
    const before = this.#members.length;
    if (before >= MAX_STATES && !this.#known.has(members.join())) {
      this.#reset();
      return this.#entry(this.#stateOf(members));
    }
    const entry = this.#entry(this.#stateOf(members));
    const at = Layout.ROUGH + (state * SYMBOLS + symbol) * 2;
    this.#machine.bytes[at] = entry & 255;
    this.#machine.bytes[at + 1] = entry >> 8;
    return entry;
  }

  #entry(state: number): number {
    const accepts = this.#members[state]?.some((node) => this.#nfa.nodes[node]?.kind === 'accept');
    return accepts ? state | ACCEPTS : state;
  }

  #stateOf(members: readonly number[]): number {
    const key = members.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const state = this.#members.push(members) - 1;
    this.#known.set(key, state);
    return state;
  }

  #read(members: readonly number[], kind: number): readonly number[] {
    const targets = members.flatMap((node) =>
      this.#reads[node]?.[kind] === 1 ? (this.#nfa.nodes[node]?.next ?? []) : [],
    );
    return this.#closure(targets);
  }

  /** The nodes that read or accept and are reached without reading, ascending. */
  #closure(nodes: readonly number[]): readonly number[] {
    return closureOf(this.#nfa.nodes, nodes).sort((a, b) => a - b);
  }
}

function holdsAny(set: string, signs: string): boolean {
  return [...signs].some((sign) => set.includes(sign));
}
