/**
 * How words of letters and digits may begin that a shape is to fit: hashes and identifiers of
 * machines mix both as no identity number does, and most are told by their first signs.
 */
import { DIGITS, LETTERS } from '../shape.ts';
import { closureOf, type Node } from './nfa.ts';

/** Signs that are looked at; assembly/scanner.as says the same. */
const SIGNS = 12;
const WORD = DIGITS + LETTERS;

/**
 * May a match begin with a word? As bits, numbered by which of its first twelve signs are digits, with
 * one bit more set behind the last of them: where a word ends before, what follows is no letter or digit.
 */
export function beginnings(nodes: readonly Node[], starts: readonly number[]): Uint8Array {
  const table = new Uint8Array((2 << SIGNS) >> 3);
  const behindDigit = walk(nodes, (sign) => DIGITS.includes(sign));
  const behindLetter = walk(nodes, (sign) => LETTERS.includes(sign));
  const behindOther = walk(nodes, (sign) => !WORD.includes(sign));
  const follow = (from: readonly number[], digits: number, at: number): void => {
    if (from.length === 0) return;
    const mayEnd = from.some((number) => nodes[number]?.kind === 'accept');
    if (at === SIGNS || mayEnd || behindOther(from).length > 0) {
      const index = digits | (1 << at);
      table[index >> 3]! |= 1 << (index & 7);
    }
    if (at === SIGNS) return;
    follow(behindDigit(from), digits | (1 << at), at + 1);
    follow(behindLetter(from), digits, at + 1);
  };
  follow(closureOf(nodes, starts), 0, 0);
  return table;
}

/** The nodes that some of these signs lead to. */
function walk(
  nodes: readonly Node[],
  isOne: (sign: string) => boolean,
): (from: readonly number[]) => readonly number[] {
  // Thousands of nodes read a few dozen sets.
  const known = new Map<string, boolean>();
  const reads = (set: string): boolean => {
    const says = known.get(set) ?? [...set].some(isOne);
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
