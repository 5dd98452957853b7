/**
 * How words of letters and digits may begin that a shape is to fit: hashes and identifiers of
 * machines mix both as no identity number does, and most are told by their first signs.
 */
import { DIGITS, LETTERS } from '../shape.ts';
import { bitsOf } from './bits.ts';
import { closureOf, type Node } from './nfa.ts';

/** Signs that are looked at; assembly/scanner.as says the same. */
const SIGNS = 12;
const WORD = DIGITS + LETTERS;

/**
 * May a match begin with a word? As bits, numbered by which of its first twelve signs are digits, with
 * one bit more set behind the last of them: where a word ends before, what follows is no letter or digit.
 */
export function beginnings(nodes: readonly Node[], starts: readonly number[]): Uint8Array {
  const table = new Uint8Array(2 << SIGNS);
  const isDigit = readerOf((sign) => DIGITS.includes(sign));
  const isLetter = readerOf((sign) => LETTERS.includes(sign));
  const isOther = readerOf((sign) => !WORD.includes(sign));
  const reached = (numbers: readonly number[]): Node[] =>
    closureOf(nodes, numbers).flatMap((number) => nodes[number] ?? []);
  const behind = (from: readonly Node[], reads: Reader): Node[] =>
    reached(from.filter(reads).flatMap(({ next }) => next));
  const follow = (from: readonly Node[], digits: number, at: number): void => {
    if (from.length === 0) return;
    const mayEnd = from.some((node) => node.kind === 'accept' || isOther(node));
    if (at === SIGNS || mayEnd) table[digits | (1 << at)] = 1;
    if (at === SIGNS) return;
    follow(behind(from, isDigit), digits | (1 << at), at + 1);
    follow(behind(from, isLetter), digits, at + 1);
  };
  follow(reached(starts), 0, 0);
  return bitsOf(table);
}

/** Can a node read some of these signs? */
type Reader = (node: Node) => boolean;

function readerOf(isOne: (sign: string) => boolean): Reader {
  // Thousands of nodes read a few dozen sets.
  const known = new Map<string, boolean>();
  return ({ kind, set }) => {
    if (kind !== 'char') return false;
    const says = known.get(set) ?? [...set].some(isOne);
    known.set(set, says);
    return says;
  };
}
