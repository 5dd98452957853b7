/**
 * Parsed shapes → one nondeterministic automaton for all of them. Each `~` choice is a branch of
 * its own, so that a number written `1234-5678 9012` is none; a line break may stand for one
 * separator where the rest of the match shows that separators are being used.
 */
import type { ParsedShape, Part, Run } from '../shape.ts';
import { SEPARATORS } from '../shape.ts';

/** `char`: reads one of `set`, goes to the first of `next`. `split`: goes to all. `accept`: a shape is complete. */
export interface Node {
  readonly kind: 'char' | 'split' | 'accept';
  readonly set: string;
  next: number[];
  /** For `accept`: the caller's number of the shape. */
  readonly shape: number;
}

const BLANK = ' ';
const SPACE_OR_HYPHEN = (SEPARATORS[0] ?? '') + (SEPARATORS[1] ?? '');

/** The choice that `~` made earlier in the match: not yet, no separator, or one of SEPARATORS. */
type Choice = 'open' | '' | string;

export class Nfa {
  readonly nodes: Node[] = [];

  char(set: string, next: number): number {
    return this.nodes.push({ kind: 'char', set, next: [next], shape: -1 }) - 1;
  }

  split(next: number[]): number {
    if (next.length === 1 && next[0] !== undefined) return next[0];
    return this.nodes.push({ kind: 'split', set: '', next, shape: -1 }) - 1;
  }

  accept(shape: number): number {
    return this.nodes.push({ kind: 'accept', set: '', next: [], shape }) - 1;
  }

  /** A line end with an indent after it: the only line break an identifier may hold. */
  lineBreak(next: number): number {
    let after = next;
    for (let i = 0; i < 4; i++) after = this.split([this.char(BLANK, after), next]);
    const feed = this.char('\n', after);
    const end = this.split([this.char('\r', feed), feed]);
    return this.split([this.char(BLANK, end), end]);
  }
}

/** The char and accept nodes that are reached from some without reading, each once. */
export function closureOf(nodes: readonly Node[], from: Iterable<number>): number[] {
  const seen = new Set<number>();
  const stack = [...from];
  const members: number[] = [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { kind, next: targets } = nodes[next] ?? { kind: 'accept', next: [] };
    if (kind === 'split') stack.push(...targets);
    else members.push(next);
  }
  return members;
}

/** Adds one shape; returns the node where it starts. */
export function addShape(nfa: Nfa, shape: ParsedShape, number: number): number {
  return new Builder(nfa, shape, number).from(0, 'open', false);
}

class Builder {
  readonly #nfa: Nfa;
  readonly #parts: readonly Part[];
  readonly #pairs: readonly string[] | undefined;
  readonly #number: number;
  readonly #known = new Map<string, number>();

  constructor(nfa: Nfa, { parts, pairs }: ParsedShape, number: number) {
    this.#nfa = nfa;
    this.#parts = parts;
    this.#pairs = pairs;
    this.#number = number;
  }

  /** The node that matches from part `at` on. `broken`: the one line break is used. */
  from(at: number, choice: Choice, broken: boolean): number {
    const key = `${at} ${choice} ${broken}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = this.#build(at, choice, broken);
    this.#known.set(key, node);
    return node;
  }

  #build(at: number, choice: Choice, broken: boolean): number {
    const part = this.#parts[at];
    if (!part) return this.#nfa.accept(this.#number);
    if (part.type === 'run') return this.#run(part, at, choice, broken);
    if (part.type === 'same') return this.#same(at, choice, broken);
    if (part.type === 'free') return this.#free(at, choice, broken);
    return this.#nfa.lineBreak(this.from(at + 1, choice, broken));
  }

  #same(at: number, choice: Choice, broken: boolean): number {
    const branches: number[] = [];
    const choices = choice === 'open' ? ['', ...SEPARATORS] : [choice];
    const more = this.#parts.slice(at + 1).some((part) => part.type === 'same');
    for (const one of choices) {
      if (one === '') {
        branches.push(this.from(at + 1, '', broken));
        continue;
      }
      branches.push(this.#nfa.char(one, this.from(at + 1, one, broken)));
      if (broken) continue;
      const after = this.#nfa.lineBreak(this.from(at + 1, one, true));
      // Without another separator in the match, two lines of numbers would become one.
      if (choice !== 'open' || more) branches.push(after);
      if (one.startsWith('-')) branches.push(this.#nfa.char(one, after));
    }
    return this.#nfa.split(branches);
  }

  #free(at: number, choice: Choice, broken: boolean): number {
    const next = this.from(at + 1, choice, broken);
    const one = this.#nfa.char(SPACE_OR_HYPHEN, next);
    const branches = [next, one, this.#nfa.char(SPACE_OR_HYPHEN, one)];
    if (!broken) {
      const after = this.#nfa.lineBreak(this.from(at + 1, choice, true));
      branches.push(this.#nfa.char(SEPARATORS[1] ?? '', after));
      const following = this.#parts[at + 1];
      // A bracket opening the next line belongs to something before it.
      if (following?.type === 'run' && /^[([]$/.test(following.set)) branches.push(after);
    }
    return this.#nfa.split(branches);
  }

  #run(run: Run, at: number, choice: Choice, broken: boolean): number {
    const start = run.spaced
      ? this.#spaced(run, at, choice, 0, false, broken, new Map())
      : this.#plain(run, at, choice, broken);
    return run.optional ? this.#nfa.split([start, this.from(at + 1, choice, broken)]) : start;
  }

  #plain(run: Run, at: number, choice: Choice, broken: boolean): number {
    const next = this.from(at + 1, choice, broken);
    if (at === 0 && this.#pairs) return this.#paired(this.#pairs, next);
    let node = next;
    for (let count = run.max; count > 0; count--) {
      node = this.#nfa.char(run.set, node);
      if (count - 1 >= run.min) node = this.#nfa.split([node, next]);
    }
    return node;
  }

  /** One of some pairs of letters: what follows is the same for all of them. */
  #paired(pairs: readonly string[], next: number): number {
    const seconds = new Map<string, string>();
    for (const pair of pairs) {
      const first = pair.charAt(0);
      seconds.set(first, (seconds.get(first) ?? '') + pair.charAt(1));
    }
    return this.#nfa.split(
      [...seconds].map(([first, set]) => this.#nfa.char(first, this.#nfa.char(set, next))),
    );
  }

  /** After `count` characters, `separated` when a separator has been seen among them. */
  #spaced(
    run: Run,
    at: number,
    choice: Choice,
    count: number,
    separated: boolean,
    broken: boolean,
    known: Map<string, number>,
  ): number {
    const key = `${count} ${separated} ${broken}`;
    const made = known.get(key);
    if (made !== undefined) return made;
    const branches: number[] = [];
    if (count >= run.min) branches.push(this.from(at + 1, choice, broken));
    if (count < run.max) {
      const step = (isSeparated: boolean, isBroken: boolean): number =>
        this.#nfa.char(
          run.set,
          this.#spaced(run, at, choice, count + 1, isSeparated, isBroken, known),
        );
      branches.push(step(separated, broken));
      if (count > 0) {
        const spaced = step(true, broken);
        branches.push(this.#nfa.char(SPACE_OR_HYPHEN, spaced));
        if (separated && !broken) branches.push(this.#nfa.lineBreak(step(true, true)));
      }
    }
    const node = this.#nfa.split(branches);
    known.set(key, node);
    return node;
  }
}
