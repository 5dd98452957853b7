/**
 * How words of letters and digits may begin that a shape is to fit: hashes and identifiers of
 * machines mix both as no identity number does, and most are told by their first signs.
 */
import { DIGITS, LETTERS } from '../shape.ts';
import type { Node } from './nfa.ts';

/** Signs that are looked at; assembly/scanner.as says the same. */
const SIGNS = 8;

/** By which of the first eight signs are digits, as bits, where the others are letters: 1 where a match may begin so. */
export function beginnings(nodes: readonly Node[], starts: readonly number[]): Uint8Array {
  const table = new Uint8Array(1 << SIGNS);
  const follow = (from: ReadonlySet<number>, digits: number, at: number): void => {
    if (from.size === 0) return;
    if (at === SIGNS) {
      table[digits] = 1;
      return;
    }
    follow(behind(nodes, from, DIGITS), digits | (1 << at), at + 1);
    follow(behind(nodes, from, LETTERS), digits, at + 1);
  };
  follow(closure(nodes, starts), 0, 0);
  return table;
}

/** The nodes that some sign leads to. */
function behind(
  nodes: readonly Node[],
  from: ReadonlySet<number>,
  signs: string,
): ReadonlySet<number> {
  const next = new Set<number>();
  for (const number of from) {
    const node = nodes[number];
    if (node?.kind !== 'char' || ![...signs].some((sign) => node.set.includes(sign))) continue;
    for (const one of node.next) next.add(one);
  }
  return closure(nodes, next);
}

/** The nodes that are reached without reading. */
function closure(nodes: readonly Node[], from: Iterable<number>): ReadonlySet<number> {
  const reached = new Set<number>(from);
  for (const number of reached) {
    const node = nodes[number];
    if (node?.kind === 'split') for (const one of node.next) reached.add(one);
  }
  return reached;
}
