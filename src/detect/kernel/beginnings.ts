/**
 * How words of letters and digits may begin that a shape is to fit: hashes and identifiers of
 * machines mix both as no identity number does, and most are told by their first signs.
 */
import { DIGITS, LETTERS } from '../shape.ts';
import { closureOf, type Node } from './nfa.ts';

/** Signs that are looked at; assembly/scanner.as says the same. */
const SIGNS = 8;

/** By which of the first eight signs are digits, as bits, where the others are letters: 1 where a match may begin so. */
export function beginnings(nodes: readonly Node[], starts: readonly number[]): Uint8Array {
  const table = new Uint8Array(1 << SIGNS);
  const behindDigit = walk(nodes, DIGITS);
  const behindLetter = walk(nodes, LETTERS);
  const follow = (from: readonly number[], digits: number, at: number): void => {
    if (from.length === 0) return;
    if (at === SIGNS) {
      table[digits] = 1;
      return;
    }
    follow(behindDigit(from), digits | (1 << at), at + 1);
    follow(behindLetter(from), digits, at + 1);
  };
  follow(closureOf(nodes, starts), 0, 0);
  return table;
}

/** The nodes that some of these signs lead to. */
function walk(
  nodes: readonly Node[],
  signs: string,
): (from: readonly number[]) => readonly number[] {
  // Thousands of nodes read a few dozen sets.
  const known = new Map<string, boolean>();
  const reads = (set: string): boolean => {
    const says = known.get(set) ?? [...signs].some((sign) => set.includes(sign));
    known.set(set, says);
    return says;
  };
  return (from) => {
    const next: number[] = [];
    for (const number of from) {
      const node = nodes[number];
      if (node?.kind === 'char' && reads(node.set)) next.push(...node.next);
    }
    return closureOf(nodes, next);
  };
}
