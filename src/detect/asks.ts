/**
 * Which shapes of a place in running text are judged whatever stands beside it, and which only where
 * a word speaks for them. Most numbers of most texts are of the second kind.
 */
import type { Detector } from '../model/detector.ts';
import { isQuiet, LOOKS } from './evidence.ts';
import type { Level } from './flags.ts';
import type { CompiledShape } from './kernel/compile.ts';
import type { Places } from './kernel/places.ts';

export interface Plan {
  /** All shapes that are complete there. */
  readonly shapes: readonly CompiledShape[];
  /** Those that are judged in any case; the same list where that is all. */
  readonly always: readonly CompiledShape[];
  /** By index in `shapes`: 1 for those that are not. */
  readonly quiet: Uint8Array;
}

type Plans = (Plan | undefined)[];

export class Asks {
  readonly #rules: readonly Detector[];
  readonly #places: Places;
  /** By least level: what holds where nothing is known to be noise. */
  readonly #shared: Plans[] = [];

  constructor(rules: readonly Detector[], places: Places) {
    this.#rules = rules;
    this.#places = places;
  }

  /** Of one object, in which matches below `least` are not reported. */
  of(least: Level): ObjectAsks {
    this.#shared[least] ??= [];
    return new ObjectAsks(this.#rules, this.#places, least, this.#shared[least]);
  }
}

export class ObjectAsks {
  readonly #rules: readonly Detector[];
  readonly #places: Places;
  readonly #least: Level;
  /** By list × looks + look. */
  #plans: Plans;
  readonly #noise = new Set<number>();

  constructor(rules: readonly Detector[], places: Places, least: Level, plans: Plans) {
    this.#rules = rules;
    this.#places = places;
    this.#least = least;
    this.#plans = plans;
  }

  /** From now on a detector's shapes are noise. */
  mute(rule: number): void {
    this.#noise.add(rule);
    this.#plans = [];
  }

  /** The same for all that have the same shapes quiet, another one when something becomes noise. */
  get version(): object {
    return this.#plans;
  }

  /** For a list of shapes and how the place is written. */
  plan(list: number, look: number): Plan {
    const known = this.#plans[list * LOOKS + look];
    if (known) return known;
    const shapes = this.#places.lists[list] ?? [];
    const quiet = Uint8Array.from(shapes, (shape) => (this.isQuiet(shape, look) ? 1 : 0));
    const always = quiet.includes(1) ? shapes.filter((_, at) => quiet[at] === 0) : shapes;
    const made = { shapes, always, quiet };
    this.#plans[list * LOOKS + look] = made;
    return made;
  }

  /** Does nothing come of a shape's matches so written, unless a word speaks for them? */
  isQuiet({ rule, index, masked }: CompiledShape, look: number): boolean {
    const detector = this.#rules[rule];
    if (!detector || masked) return false;
    return isQuiet(detector, index, look, this.#noise.has(rule), this.#least);
  }
}
