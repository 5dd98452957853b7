import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { Automaton } from '../../../src/detect/kernel/automaton.ts';
import { addShape, Nfa } from '../../../src/detect/kernel/nfa.ts';
import { IS_WORD } from '../../../src/detect/kernel/signs.ts';
import { parseShape } from '../../../src/detect/shape.ts';

const SHAPES = ['d12', 'd4~d4~d4', 'l1..2^d6^({0-9A})', 'd6..9*', 'l2^d2^w5..10*'];

function build(maxStates?: number): Automaton {
  const nfa = new Nfa();
  const starts = SHAPES.map((shape, i) => addShape(nfa, parseShape(shape), i));
  return new Automaton(nfa, starts, maxStates);
}

function ends(automaton: Automaton, text: string): string {
  const bytes = Buffer.from(text);
  const found = automaton.run(bytes, 0, bytes.length, IS_WORD);
  return Array.from(
    { length: found },
    (_, i) => `${automaton.ends[i]}:${automaton.shapes(automaton.endStates[i] ?? 0).join()}`,
  ).join(' ');
}

test('all ends with no letter or digit after them are given, with the shapes complete there', () => {
  expect(ends(build(), '1234 5678 9012')).toBe('9:3 14:1');
  expect(ends(build(), '123456789012 x')).toBe('12:0,1');
  expect(ends(build(), 'A123456 (7)')).toBe('11:2');
});

test('starting over when there are too many states changes no result', () => {
  const roomy = build();
  const cramped = build(60);
  for (let i = 0; i < 500; i++) {
    const text = `${['', 'A', 'GB'][i % 3]}${i * 7919}${[' ', '-', '.', '/', ''][i % 5]}${i * 104_729} ${i}`;
    expect(ends(cramped, text)).toBe(ends(roomy, text));
  }
});

test('letter case makes no difference', () => {
  expect(ends(build(), 'gb12abcdef')).toBe(ends(build(), 'GB12ABCDEF'));
});
