/**
 * Places of running text where shapes could end, a few numbers each, until they are judged in order.
 * Most of them come to nothing, so they cost no object.
 */
import type { Automaton } from './automaton.ts';
import type { CompiledShape } from './compile.ts';

/** Ends kept before the earlier ones are worked off. Working in turns with the search would cost both their caches. */
const PENDING = 4096;
/** The scanner goes back at most this far for a start. */
const REACH = 512;
/** Ends moved past for each end on average, in one batch. */
const MOVED = 16;
/** Numbers of one end: start, end, which shapes. */
const NUMBERS = 3;
/** Words of one that the kernel is done with; assembly/forms.as says the same. */
const DONE_WORDS = 8;

/** What an automaton tells of its last run. */
type Run = Pick<Automaton, 'id' | 'generation' | 'maxStates' | 'ends' | 'endStates' | 'shapes'>;

/** The numbers of the lists that are complete in the states of one automaton. */
interface States {
  generation: number;
  readonly lists: Int32Array;
}

export class Places {
  readonly #shapes: readonly CompiledShape[];
  /** Shapes that are complete together, each list once. */
  readonly lists: (readonly CompiledShape[])[] = [[]];
  readonly #numbers = new Map<string, number>();
  readonly #states: States[] = [];
  /** By start, then the longer first, once they are worked off. */
  ends: Int32Array = new Int32Array(PENDING * 2 * NUMBERS);
  #count = 0;
  #limit = PENDING;
  /** Of places that are done with: number and hash, three words each. */
  #done: Int32Array = new Int32Array(PENDING * NUMBERS);
  #doneCount = 0;

  constructor(shapes: readonly CompiledShape[]) {
    this.#shapes = shapes;
  }

  /** Forgets what is pending: a text that an error cut short. */
  clear(): void {
    this.#count = 0;
    this.#doneCount = 0;
    this.#limit = PENDING;
  }

  /** Adds places that are done with, which lie in a list: start, end, number, nothing, hash; true when it is time to work off. */
  addDone(words: Int32Array, from: number, count: number): boolean {
    if ((this.#count + count) * NUMBERS > this.ends.length) this.#grow(count);
    const more = (this.#doneCount + count) * NUMBERS;
    if (more > this.#done.length) this.#done = grown(this.#done, more);
    for (let i = 0; i < count; i++) {
      const one = from + i * DONE_WORDS;
      const at = this.#count++ * NUMBERS;
      const done = this.#doneCount++;
      this.ends[at] = words[one]!;
      this.ends[at + 1] = words[one + 1]!;
      this.ends[at + 2] = -1 - done;
      this.#done[done * NUMBERS] = words[one + 2]!;
      this.#done[done * NUMBERS + 1] = words[one + 4]!;
      this.#done[done * NUMBERS + 2] = words[one + 5]!;
    }
    return this.#count >= this.#limit;
  }

  /** Is the n-th done with? */
  isDone(n: number): boolean {
    return this.ends[n * NUMBERS + 2]! < 0;
  }

  /** Of one that is done with: the number under which it is recorded; its hash goes `into` two words. */
  done(n: number, into: Uint32Array): number {
    const at = (-1 - this.ends[n * NUMBERS + 2]!) * NUMBERS;
    into[0] = this.#done[at + 1]!;
    into[1] = this.#done[at + 2]!;
    return this.#done[at]!;
  }

  /** Adds what an automaton found at a start; true when it is time to work off. */
  add(automaton: Run, start: number, found: number): boolean {
    const lists = this.#listsOf(automaton);
    const { ends, endStates } = automaton;
    if ((this.#count + found) * NUMBERS > this.ends.length) this.#grow(found);
    let at = this.#count * NUMBERS;
    for (let i = found - 1; i >= 0; i--) {
      const state = endStates[i]!;
      this.ends[at] = start;
      this.ends[at + 1] = ends[i]!;
      this.ends[at + 2] = lists[state]! || this.#listOf(automaton, state, lists);
      at += NUMBERS;
    }
    this.#count += found;
    return this.#count >= this.#limit;
  }

  /** Which list is complete in a state. */
  listAt(automaton: Run, state: number): number {
    const lists = this.#listsOf(automaton);
    return lists[state]! || this.#listOf(automaton, state, lists);
  }

  #grow(more: number): void {
    this.ends = grown(this.ends, (this.#count + more) * NUMBERS);
  }

  #listsOf({ id, generation, maxStates }: Run): Int32Array {
    let states = this.#states[id];
    if (!states) {
      states = { generation, lists: new Int32Array(maxStates) };
      this.#states[id] = states;
    }
    if (states.generation !== generation) {
      states.generation = generation;
      states.lists.fill(0);
    }
    return states.lists;
  }

  #listOf(automaton: Run, state: number, lists: Int32Array): number {
    const shapes = automaton.shapes(state);
    const key = shapes.join();
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.lists.push(shapes.map((shape) => this.#shapes[shape]!)) - 1;
      this.#numbers.set(key, number);
    }
    lists[state] = number;
    return number;
  }

  /**
   * Gives the ends by start, the longer first: all of those with one start at a time, as a range of
   * {@link ends}. Not `all`: only those before which nothing that is still to come can start.
   */
  workOff(all: boolean, take: (from: number, to: number) => void): void {
    const count = this.#count;
    if (count === 0) return;
    sort(this.ends, count);
    const limit = all ? Number.POSITIVE_INFINITY : this.ends[(count - 1) * NUMBERS]! - REACH;
    let from = 0;
    while (from < count) {
      const start = this.ends[from * NUMBERS]!;
      if (start >= limit) break;
      let to = from + 1;
      while (to < count && this.ends[to * NUMBERS] === start) to++;
      take(from, to);
      from = to;
    }
    this.ends.copyWithin(0, from * NUMBERS, count * NUMBERS);
    this.#count = count - from;
    this.#keepDone();
    // Where hostile text crowds places within the reach, sorting at each one would be quadratic.
    this.#limit = Math.max(PENDING, this.#count * 2);
  }

  /** Forgets what was said of places that are gone. */
  #keepDone(): void {
    const old = this.#done;
    const kept: number[] = [];
    for (let n = 0; n < this.#count; n++) {
      const list = n * NUMBERS + 2;
      const at = (-1 - this.ends[list]!) * NUMBERS;
      if (at < 0) continue;
      this.ends[list] = -1 - kept.length / NUMBERS;
      kept.push(old[at]!, old[at + 1]!, old[at + 2]!);
    }
    this.#done.set(kept);
    this.#doneCount = kept.length / NUMBERS;
  }

  start(n: number): number {
    return this.ends[n * NUMBERS]!;
  }

  end(n: number): number {
    return this.ends[n * NUMBERS + 1]!;
  }

  list(n: number): number {
    return this.ends[n * NUMBERS + 2]!;
  }
}

function grown(words: Int32Array, least: number): Int32Array {
  const bigger = new Int32Array(Math.max(words.length * 2, least));
  bigger.set(words);
  return bigger;
}

/** They come nearly in order: few are moved, and those not far. Hostile text is sorted anew. */
function sort(ends: Int32Array, count: number): void {
  let moved = 0;
  for (let i = 1; i < count; i++) {
    const start = ends[i * NUMBERS]!;
    const end = ends[i * NUMBERS + 1]!;
    let at = i;
    while (at > 0 && isBehind(ends, at - 1, start, end)) at--;
    if (at === i) continue;
    moved += i - at;
    if (moved > count * MOVED) {
      sortAnew(ends, count);
      return;
    }
    const list = ends[i * NUMBERS + 2]!;
    ends.copyWithin((at + 1) * NUMBERS, at * NUMBERS, i * NUMBERS);
    ends[at * NUMBERS] = start;
    ends[at * NUMBERS + 1] = end;
    ends[at * NUMBERS + 2] = list;
  }
}

function sortAnew(ends: Int32Array, count: number): void {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => {
    const byStart = ends[a * NUMBERS]! - ends[b * NUMBERS]!;
    return byStart || ends[b * NUMBERS + 1]! - ends[a * NUMBERS + 1]!;
  });
  const old = ends.slice(0, count * NUMBERS);
  order.forEach((from, to) => {
    ends.set(old.subarray(from * NUMBERS, (from + 1) * NUMBERS), to * NUMBERS);
  });
}

function isBehind(ends: Int32Array, n: number, start: number, end: number): boolean {
  const other = ends[n * NUMBERS]!;
  return other > start || (other === start && ends[n * NUMBERS + 1]! < end);
}
