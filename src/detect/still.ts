/**
 * Clusters of digits in running text that are known by their looks to come to nothing unless a word
 * stands beside them: dates, addresses of the network, codes. The kernel leaves them out before any
 * automaton runs (kernel/assembly/scanner.as).
 */
import { Buffer } from 'node:buffer';
import type { ObjectAsks } from './asks.ts';
import { writtenAs } from './evidence.ts';
import type { CompiledShape } from './kernel/compile.ts';
import type { Looks } from './kernel/looks.ts';
import type { Machine } from './kernel/machine.ts';
import { SET_WORDS, setOf } from './steps.ts';

/** Bytes of what is known: the set of detectors, counts, starts, ends; assembly/scanner.as says the same. */
const SIZE = 64;
const COUNTS = SET_WORDS * 4;
const STARTS = 34;
const ENDS = 46;
const MAX_STARTS = ENDS - STARTS;
const MAX_ENDS = SIZE - ENDS;
/** Different ones there is room for: of many looks the same is known. */
const ROOM = 256;
/** Looks of which the answer is kept. */
const MOST = 5000;

export class StillPlaces {
  readonly #machine: Machine;
  readonly #shape: (number: number) => CompiledShape;
  readonly #begin: number;
  readonly #known = new Map<string, number>();
  /** By look, as long as the same is asked. */
  readonly #said = new Map<string, number>();
  #version: object | null = null;

  constructor(machine: Machine, shape: (number: number) => CompiledShape) {
    this.#machine = machine;
    this.#shape = shape;
    this.#begin = machine.reserve(SIZE * ROOM);
  }

  /**
   * Address of what is known of a cluster that begins at the second sign of these looks; 0 where
   * something may come of it, or where there is too much to say.
   */
  of(look: string, looks: Looks, asks: ObjectAsks): number {
    if (this.#version !== asks.version || this.#said.size === MOST) {
      this.#said.clear();
      this.#version = asks.version;
    }
    const known = this.#said.get(look);
    if (known !== undefined) return known;
    const said = this.#say(look, looks, asks);
    this.#said.set(look, said);
    return said;
  }

  #say(look: string, looks: Looks, asks: ObjectAsks): number {
    const text = Buffer.from(look, 'latin1');
    // What begins before the cluster the kernel rules out.
    const possible = looks.possible(look).filter(({ start }) => start > 0);
    const isQuiet = possible.every(({ shape, start, end }) =>
      asks.isQuiet(this.#shape(shape), writtenAs(text, start, end)),
    );
    if (!isQuiet) return 0;
    const starts = [...new Set(possible.map(({ start }) => start - 1))];
    const ends = [...new Set(possible.map(({ end }) => end - 1))];
    if (starts.length > MAX_STARTS || ends.length > MAX_ENDS) return 0;
    const bytes = new Uint8Array(SIZE);
    bytes.set(new Uint8Array(setOf(possible.map(({ shape }) => this.#shape(shape).rule)).buffer));
    bytes.set([starts.length, ends.length], COUNTS);
    bytes.set(starts, STARTS);
    bytes.set(ends, ENDS);
    return this.#put(bytes);
  }

  #put(bytes: Uint8Array): number {
    const key = bytes.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size === ROOM) return 0;
    const at = this.#begin + this.#known.size * SIZE;
    this.#machine.put(at, bytes);
    this.#known.set(key, at);
    return at;
  }
}
