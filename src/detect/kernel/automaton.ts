/**
 * All shapes of a group as one deterministic automaton, made lazily: a state is built when text
 * first leads to it, so 60 detectors cost at each byte what one costs. Like RE2 it starts over
 * when hostile text has made too many states; memory stays bounded and each byte costs one lookup.
 *
 * Bytes are folded codes (fold.ts); the class table folds letter case.
 */
import { closureOf, type Nfa } from './nfa.ts';

const DEAD = 0;
const START = 1;
/** A run that could end in more places is hostile. */
export const MAX_ENDS = 512;
/** Table entries: not yet built, and leading nowhere. The scanner knows them too. */
const UNKNOWN = 0;
const NOWHERE = 1;
/**
 * Some 50 classes × 4 bytes and the members of each: a few MB. Ordinary text makes some 300 states,
 * random signs 2,000. Must exceed the longest match, which one run may need.
 */
export const MAX_STATES: number = 10_000;

export class Automaton {
  /** Tells the automata of one compilation apart: 0, 1, 2… */
  readonly id: number;
  /** Counts up when the states are made anew: a state's number then means another one. */
  generation = 0;
  /** Folded code → class; class 0 is in no set. */
  readonly classes: Uint8Array = new Uint8Array(256);
  readonly classCount: number;
  readonly #nfa: Nfa;
  readonly maxStates: number;
  readonly #start: number[];
  /** By NFA node: which classes it reads, as a lookup. */
  readonly #reads: (Uint8Array | null)[];
  readonly #closures: (Int32Array | null)[];
  /** By state × classes + class: twice the row of the state it leads to, one more where that accepts. */
  table: Int32Array;
  startEntry = 0;
  #states = new Map<string, number>();
  #members: Int32Array[] = [];
  #accepts: (readonly number[])[] = [];
  /** First bytes that can begin a match. */
  readonly first: Uint8Array = new Uint8Array(256);
  /** Bytes stepped over so far: what bounds the work on hostile text. */
  steps = 0;
  /** Where the last run could have ended (exclusive), ascending, and the state there. */
  ends: Int32Array = new Int32Array(MAX_ENDS);
  endStates: Int32Array = new Int32Array(MAX_ENDS);
  /** Told of each new state and the shapes that are complete there. */
  readonly #noted: (state: number, shapes: readonly number[]) => void;

  constructor(
    nfa: Nfa,
    starts: readonly number[],
    maxStates: number = MAX_STATES,
    id = 0,
    noted: (state: number, shapes: readonly number[]) => void = () => {},
  ) {
    this.id = id;
    this.#noted = noted;
    this.#nfa = nfa;
    this.maxStates = maxStates;
    this.#start = [...starts];
    const sets = [...new Set(nfa.nodes.map((node) => node.set))];
    const representatives = classify(sets, this.classes);
    this.classCount = representatives.length;
    const readsOf = new Map(
      sets.map((set) => [
        set,
        Uint8Array.from(representatives, (code) =>
          set.includes(String.fromCharCode(code)) ? 1 : 0,
        ),
      ]),
    );
    this.#reads = nfa.nodes.map((node) => readsOf.get(node.set) ?? null);
    this.#closures = nfa.nodes.map(() => null);
    this.table = new Int32Array(256 * this.classCount);
    this.#reset();
    const startState = this.#members[START]!;
    for (let code = 0; code < 256; code++) {
      const reads = this.classes[code]!;
      for (const node of startState) {
        if (this.#reads[node]![reads] === 1 && reads !== 0) this.first[code] = 1;
      }
    }
  }

  /** Runs from `start` until nothing can match; returns how many ends were noted (accepting, with no letter or digit after). */
  run(text: Uint8Array, start: number, length: number, isWord: Uint8Array): number {
    const { classes } = this;
    let { table } = this;
    let entry = this.startEntry;
    let at = start;
    let found = 0;
    while (at < length) {
      const reads = classes[text[at]!]!;
      let next = table[(entry >> 1) + reads]!;
      if (next === UNKNOWN) {
        next = this.step(entry >> 1, reads);
        table = this.table;
        // The table was started over: this run is repeated on the empty one.
        if (next === UNKNOWN) return this.run(text, start, length, isWord);
      }
      if (next === NOWHERE) break;
      entry = next;
      at++;
      if ((entry & 1) === 1 && found < MAX_ENDS && (at >= length || isWord[text[at]!] === 0)) {
        this.ends[found] = at;
        this.endStates[found++] = (entry >> 1) / this.classCount;
      }
    }
    this.steps += at - start + 1;
    return found;
  }

  /** Words that the table may come to need. */
  get tableSize(): number {
    return this.maxStates * this.classCount;
  }

  /** Goes on in another table, which is as large as it may come to be and empty or a copy of this one. */
  moveTo(table: Int32Array): void {
    // Without length it was a view of memory that has grown, and its words lie in the new one.
    if (this.table.length > 0) table.set(this.table.subarray(0, table.length));
    this.table = table;
  }

  /** Numbers of the shapes that are complete in a state. */
  shapes(state: number): readonly number[] {
    return this.#accepts[state]!;
  }

  #reset(): void {
    this.generation++;
    this.#states = new Map();
    this.#accepts = [];
    this.table.fill(UNKNOWN, 0, this.#members.length * this.classCount);
    this.#members = [];
    this.#add(new Int32Array(0));
    this.startEntry = this.#entry(this.#add(this.#closure(this.#start)));
  }

  #entry(state: number): number {
    const accepts = this.#accepts[state]!.length > 0 ? 1 : 0;
    return state === DEAD ? NOWHERE : state * this.classCount * 2 + accepts;
  }

  /** The entry for what follows a row of the table, made now; 0 when that started the table over. */
  step(row: number, reads: number): number {
    const state = row / this.classCount;
    const targets: number[] = [];
    if (reads !== 0) {
      for (const node of this.#members[state]!) {
        if (this.#reads[node]![reads] === 1) targets.push(this.#nfa.nodes[node]!.next[0]!);
      }
    }
    const members = this.#closure(targets);
    const known = this.#states.get(members.join());
    if (known === undefined && this.#members.length >= this.maxStates) {
      this.#reset();
      return UNKNOWN;
    }
    const next = this.#entry(known ?? this.#add(members));
    this.table[row + reads] = next;
    return next;
  }

  #add(members: Int32Array): number {
    const state = this.#members.length;
    if ((state + 1) * this.classCount > this.table.length) {
      const bigger = new Int32Array(this.table.length * 2);
      bigger.set(this.table);
      this.table = bigger;
    }
    this.#states.set(members.join(), state);
    const accepts: number[] = [];
    const readers: number[] = [];
    for (const node of members) {
      if (this.#nfa.nodes[node]!.kind === 'accept') accepts.push(this.#nfa.nodes[node]!.shape);
      else readers.push(node);
    }
    this.#members.push(Int32Array.from(readers));
    this.#accepts.push(accepts.sort((a, b) => a - b));
    this.#noted(state, accepts);
    return state;
  }

  /** The char and accept nodes reachable without reading, ascending, each once. */
  #closure(nodes: readonly number[]): Int32Array {
    const seen = new Set<number>();
    for (const node of nodes) for (const member of this.#closureOf(node)) seen.add(member);
    return Int32Array.from(seen).sort();
  }

  #closureOf(node: number): Int32Array {
    const known = this.#closures[node];
    if (known) return known;
    const closure = Int32Array.from(closureOf(this.#nfa.nodes, [node]));
    this.#closures[node] = closure;
    return closure;
  }
}

/** Fills the class table; returns one representative code a class. Codes in the same sets share a class. */
function classify(sets: readonly string[], classes: Uint8Array): number[] {
  const bySignature = new Map<string, number>();
  const representatives: number[] = [0];
  for (let code = 1; code < 256; code++) {
    if (code >= 97 && code <= 122) continue;
    const char = String.fromCharCode(code);
    const signature = sets.map((set) => (set.includes(char) ? '1' : '0')).join('');
    if (!signature.includes('1')) continue;
    let number = bySignature.get(signature);
    if (number === undefined) {
      number = representatives.push(code) - 1;
      bySignature.set(signature, number);
    }
    classes[code] = number;
  }
  for (let code = 97; code <= 122; code++) classes[code] = classes[code - 32]!;
  return representatives;
}
