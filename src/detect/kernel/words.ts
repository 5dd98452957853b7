/** The search for words beside a match (assembly/words.as), with the tree of one set of detectors. */
import type { WordTree } from '../steps.ts';
import { bitsOf } from './bits.ts';
import { Layout } from './layout.ts';
import type { Machine } from './machine.ts';

/** Numbers of one word found: its node in the tree, start and end in the plain form. */
const NUMBERS = 3;

/** Of the set of pairs; assembly/words.as says the same. */
const PAIR_FACTOR = 40_503;
const PAIR_COUNT = 0x8000;
/** Numbers of a node in the tree, and which of them is the length of the word that ends there. */
const NODE_NUMBERS = 2;
const LENGTH = 0;

const SPACE = 32;
const DIGITS = codesOf('0123456789');
/** What may follow a word as its plural or number. */
const ENDINGS = [...codesOf('S'), ...DIGITS];
/** The lower five bits of ASCII tell letters apart, small ones and capitals alike; 0 is where a word ends. */
const SIGN_COUNT = 32;
const WORD_ENDS = 0;

/** By the lower five bits of each of three signs of ASCII: may a word begin so? */
export function openingsOf({ roots, steps, nodes }: WordTree): Uint8Array {
  const openings = new Uint8Array(SIGN_COUNT ** 3);
  const next = new Map<number, [unit: number, to: number][]>();
  eachStep(steps, (from, unit, to) => {
    const all = next.get(from);
    if (all) all.push([unit, to]);
    else next.set(from, [[unit, to]]);
  });
  // `size`: how many openings begin as this one does.
  const follow = (node: number, first: number, size: number): void => {
    if (size === 1) {
      openings[first] = 1;
      return;
    }
    const rest = size / SIGN_COUNT;
    const fill = (sign: number): void => {
      const from = first + (sign % SIGN_COUNT) * rest;
      openings.fill(1, from, from + rest);
    };
    if (nodes[node * NODE_NUMBERS + LENGTH] !== 0) {
      fill(WORD_ENDS);
      for (const sign of ENDINGS) fill(sign);
    }
    for (const [unit, to] of next.get(node) ?? []) {
      if (unit === SPACE) fill(WORD_ENDS);
      else if (unit < 128) follow(to, first + (unit % SIGN_COUNT) * rest, rest);
    }
  };
  for (let unit = 0; unit < 128; unit++) {
    const node = roots[unit] ?? 0;
    const size = SIGN_COUNT ** 2;
    if (node !== 0) follow(node, (unit % SIGN_COUNT) * size, size);
  }
  return openings;
}

function codesOf(signs: string): number[] {
  return [...signs].map((sign) => sign.charCodeAt(0));
}

/** By UTF-16 unit: is it a word by itself? For a set of pairs that would be every pair. */
function singlesOf({ roots, nodes }: WordTree): Uint8Array {
  return Uint8Array.from(roots, (node) =>
    node !== 0 && nodes[node * NODE_NUMBERS + LENGTH] !== 0 ? 1 : 0,
  );
}

/** By a number made of two units: may a word begin with them? */
function pairsOf({ roots, steps }: WordTree): Uint8Array {
  const pairs = new Uint8Array(PAIR_COUNT);
  const units = new Map<number, number>();
  roots.forEach((node, unit) => {
    if (node === 0) return;
    units.set(node, unit);
  });
  for (let slot = 0; slot < steps.length; slot += 2) {
    const key = steps[slot]!;
    const unit = units.get(key >>> 16);
    if (unit !== undefined && steps[slot + 1] !== 0) pairs[pairOf(unit, key & 0xffff)] = 1;
  }
  return pairs;
}

/** By a number made of three units: may a longer word begin with them? */
function triplesOf({ roots, steps }: WordTree): Uint8Array {
  const triples = new Uint8Array(PAIR_COUNT);
  const firsts = new Map<number, number>();
  roots.forEach((node, unit) => {
    if (node !== 0) firsts.set(node, unit);
  });
  const pairs = new Map<number, number>();
  eachStep(steps, (from, unit, to) => {
    const first = firsts.get(from);
    if (first !== undefined) pairs.set(to, pairOf(first, unit));
  });
  eachStep(steps, (from, unit) => {
    const pair = pairs.get(from);
    if (pair !== undefined) triples[pairOf(pair, unit)] = 1;
  });
  return triples;
}

/** By a number made of two units: are they a word by themselves? */
function shortsOf({ roots, steps, nodes }: WordTree): Uint8Array {
  const shorts = new Uint8Array(PAIR_COUNT);
  const isWord = (node: number): boolean => nodes[node * NODE_NUMBERS + LENGTH] !== 0;
  const firsts = new Map<number, number>();
  roots.forEach((node, unit) => {
    if (node !== 0) firsts.set(node, unit);
  });
  eachStep(steps, (from, unit, to) => {
    const first = firsts.get(from);
    if (first !== undefined && isWord(to)) shorts[pairOf(first, unit)] = 1;
  });
  return shorts;
}

function eachStep(
  steps: Int32Array,
  visit: (from: number, unit: number, to: number) => void,
): void {
  for (let slot = 0; slot < steps.length; slot += 2) {
    const key = steps[slot]!;
    const to = steps[slot + 1]!;
    if (to !== 0) visit(key >>> 16, key & 0xffff, to);
  }
}

function pairOf(unit: number, next: number): number {
  return (Math.imul(unit, PAIR_FACTOR) ^ next) & (PAIR_COUNT - 1);
}

/** Writes truths as bits; returns their address. */
function putBits(machine: Machine, truths: Uint8Array): number {
  const bits = bitsOf(truths);
  const at = machine.reserve(bits.length);
  machine.put(at, bits);
  return at;
}

export class WordSearch {
  readonly #machine: Machine;

  /** `kinds`: by UTF-16 unit what it is in the plain form. */
  constructor(machine: Machine, tree: WordTree, kinds: Uint8Array) {
    this.#machine = machine;
    machine.put(Layout.KINDS, kinds);
    const { roots, steps, nodes, speaks } = tree;
    machine.put(Layout.ROOTS, new Uint8Array(roots.buffer));
    const stepsAt = machine.reserve(steps.byteLength);
    const nodesAt = machine.reserve(nodes.byteLength);
    machine.words.set(steps, stepsAt >> 2);
    const speaksAt = machine.reserve(speaks.byteLength);
    machine.words.set(speaks, speaksAt >> 2);
    machine.words.set(nodes, nodesAt >> 2);
    const voicesAt = machine.reserve(tree.voices.length);
    machine.put(voicesAt, tree.voices);
    const openingsAt = putBits(machine, openingsOf(tree));
    const pairsAt = putBits(machine, pairsOf(tree));
    const singlesAt = putBits(machine, singlesOf(tree));
    const shortsAt = putBits(machine, shortsOf(tree));
    const triplesAt = putBits(machine, triplesOf(tree));
    machine.words.set(
      [
        stepsAt,
        steps.length / 2 - 1,
        nodesAt,
        openingsAt,
        pairsAt,
        shortsAt,
        triplesAt,
        singlesAt,
        speaksAt,
        voicesAt,
        tree.detectors,
        DIGITS.some((digit) => roots[digit] !== 0) ? -1 : 0,
      ],
      Layout.TREE >> 2,
    );
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
