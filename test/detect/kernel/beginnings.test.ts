/** How words of letters and digits may begin: whatever the automaton finds must be among it. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { Automaton } from '../../../src/detect/kernel/automaton.ts';
import { beginnings } from '../../../src/detect/kernel/beginnings.ts';
import { addShape, Nfa } from '../../../src/detect/kernel/nfa.ts';
import { IS_WORD } from '../../../src/detect/kernel/signs.ts';
import { parseShape } from '../../../src/detect/shape.ts';
import { draws } from '../made-table.ts';

const SHAPES = ['l1..2^d6^({0-9A})', 'd4~d4~d4', 'l2d2w11..20', 'd7l', 'ld8', '{A}d3 d3'];
const SIGNS = 12;

const nfa = new Nfa();
const starts = SHAPES.map((shape, number) => addShape(nfa, parseShape(shape), number));
const automaton = new Automaton(nfa, starts);
const table = beginnings(nfa.nodes, starts);

/** Does the table let a word begin a match? */
function mayBegin(text: string): boolean {
  const word = /^[0-9A-Z]*/.exec(text)?.[0].slice(0, SIGNS) ?? '';
  const digits = [...word].reduce((bits, sign, at) => bits | (/\d/.test(sign) ? 1 << at : 0), 0);
  const index = digits | (1 << word.length);
  return ((table[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

test.each([
  ['A123456(3)', true],
  ['AB123456 (3)', true],
  ['1234 5678 9012', true],
  ['12345678', false],
  ['A12345', false],
  ['AB12CD34EF56GH78', true],
  ['AB1CD34EF56GH78', false],
  ['A123 456', true],
  ['1234567Z', true],
  ['1234567ZZ', false],
])('%s: %s', (text, may) => {
  expect(mayBegin(text)).toBe(may);
});

test('whatever is found in random words begins as it may', () => {
  const draw = draws(5);
  let found = 0;
  for (let n = 0; n < 20_000; n++) {
    const letters = 'AB'.slice(0, draw(3));
    const length = 3 + draw(18);
    const signs = Array.from({ length }, () => '0123456789AB -'.charAt(draw(14 - draw(5))));
    const text = letters + signs.join('');
    const bytes = Buffer.from(text);
    if (automaton.run(bytes, 0, bytes.length, IS_WORD) === 0) continue;
    found++;
    expect([text, mayBegin(text)]).toEqual([text, true]);
  }
  expect(found).toBeGreaterThan(20);
});
