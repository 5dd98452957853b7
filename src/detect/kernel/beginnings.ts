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
  const follow = (from: readonly number[], digits: number, at: number): void => {
    if (from.length === 0) return;
    if (at === SIGNS) {
      table[digits] = 1;
      return;
    }
    follow(behind(nodes, from, DIGITS), digits | (1 << at), at + 1);
    follow(behind(nodes, from, LETTERS), digits, at + 1);
  };
  follow(closureOf(nodes, starts), 0, 0);
  return table;
}

/** The nodes that some sign leads to. */
function behind(nodes: readonly Node[], from: readonly number[], signs: string): readonly number[] {
  const next = new Set<number>();
  for (const number of from) {
    const node = nodes[number];
    if (node?.kind !== 'char' || ![...signs].some((sign) => node.set.includes(sign))) continue;
    for (const one of node.next) next.add(one);
  }
  return closureOf(nodes, next);
}
