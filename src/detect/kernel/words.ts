/** The search for words beside a match (assembly/words.as), with the tree of one set of detectors. */
import type { WordTree } from '../steps.ts';
import { Layout } from './layout.ts';
import type { Machine } from './machine.ts';

/** Numbers of one word found: its node in the tree, start and end in the plain form. */
const NUMBERS = 3;

export class WordSearch {
  readonly #machine: Machine;

  /** `kinds`: by UTF-16 unit what it is in the plain form. */
  constructor(machine: Machine, tree: WordTree, kinds: Uint8Array) {
    this.#machine = machine;
    machine.put(Layout.KINDS, kinds);
    const { roots, steps, nodes } = tree;
    machine.put(Layout.ROOTS, new Uint8Array(roots.buffer));
    const stepsAt = machine.reserve(steps.byteLength);
    const nodesAt = machine.reserve(nodes.byteLength);
    machine.words.set(steps, stepsAt >> 2);
    machine.words.set(nodes, nodesAt >> 2);
    machine.words.set([stepsAt, steps.length / 2 - 1, nodesAt], Layout.TREE >> 2);
  }

  /** Looks before an offset of the text at an address; how many words, or -1 where {@link from} to {@link to} must be asked of Unicode. */
  before(address: number, end: number): number {
    return this.#machine.run.wordsBefore(address, end);
  }

  /** The same from an offset on. */
  after(address: number, length: number, from: number): number {
    return this.#machine.run.wordsAfter(address, length, from);
  }

  /** What was looked at, in bytes of the text. */
  get from(): number {
    return this.#machine.words[Layout.WINDOW >> 2]!;
  }

  get to(): number {
    return this.#machine.words[(Layout.WINDOW >> 2) + 1]!;
  }

  /** Of its plain form. */
  get length(): number {
    return this.#machine.words[(Layout.WINDOW >> 2) + 2]!;
  }

  /** The node of the n-th word found. */
  node(n: number): number {
    return this.#machine.words[(Layout.FOUND >> 2) + n * NUMBERS]!;
  }

  start(n: number): number {
    return this.#machine.words[(Layout.FOUND >> 2) + n * NUMBERS + 1]!;
  }

  end(n: number): number {
    return this.#machine.words[(Layout.FOUND >> 2) + n * NUMBERS + 2]!;
  }
}
