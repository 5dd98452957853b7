/** What the tables of a check say is what its function says, sign by sign. */
import { expect, test, vi } from 'vitest';
import { ASKED, automataOf, mod11by10Step, PASSES, type Step } from '../../detectors/automaton.ts';
import { mod11by10 } from '../../detectors/kit.ts';
import { bare } from '../../src/detect/kernel/slotmemory.ts';
import type { CheckAutomaton } from '../../src/model/detector.ts';

/** How it ends: 1 passes, 2 is refused, 0 is neither. */
function endOf({ steps, classes, width, accepts }: CheckAutomaton, text: string): number {
  let state = 1;
  for (const sign of text) {
    state = steps[state * width + (classes[sign.charCodeAt(0)] ?? 0)] ?? 0;
  }
  return accepts[state] ?? 0;
}

/** The same by the rows of sixteen that forms of nothing but digits have. */
function bareEndOf(automaton: CheckAutomaton, digits: string): number {
  const { steps, accepts } = bare(automaton);
  let state = 1;
  for (const digit of digits) state = steps[state * 16 + Number(digit)] ?? 0;
  return accepts[state] ?? 0;
}

const THREE: readonly string[] = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));

/** The first two digits add up to the last one; beginning with 7 it is refused, ending with 9 asked about. */
const step: Step = (sum, sign, at) => {
  const digit = Number(sign);
  if (at === 0 && digit === 7) return null;
  if (at < 2) return (sum + digit) % 10;
  return digit !== sum ? null : digit === 9 ? ASKED : PASSES;
};

/** What is said of a number by the function above. */
function expected(text: string): number {
  const [first = 0, second = 0, last = 0] = [...text].map(Number);
  if (first === 7 || (first + second) % 10 !== last) return 2;
  return last === 9 ? 0 : 1;
}

test('what passes, what is refused and what is asked about end in different states', () => {
  const automaton = automataOf(step)(3);
  for (const text of THREE) {
    expect([text, endOf(automaton, text)]).toEqual([text, expected(text)]);
    expect([text, bareEndOf(automaton, text)]).toEqual([text, expected(text)]);
  }
});

test('where nothing is asked about, what is refused ends nowhere', () => {
  const strict: Step = (sum, sign, at, length) => {
    const next = step(sum, sign, at, length);
    return at === 2 && next === ASKED ? null : next;
  };
  const automaton = automataOf(strict)(3);
  for (const text of THREE) {
    const end = expected(text) === 1 ? 1 : 0;
    expect([text, endOf(automaton, text)]).toEqual([text, end]);
    expect([text, bareEndOf(automaton, text)]).toEqual([text, end]);
  }
});

test('signs that it does not know are refused, and such as do the same share a class', () => {
  const parity: Step = (state, sign, at) => {
    const odd = (state + Number(sign)) % 2;
    return at < 2 ? odd : odd === 0 ? PASSES : null;
  };
  const automaton = automataOf(parity)(3);
  expect(automaton.width).toBe(3);
  expect([endOf(automaton, '112'), endOf(automaton, '1A2'), endOf(automaton, '111')]).toEqual([
    1, 0, 0,
  ]);
});

test('it is made once a length, and not before it is wanted', () => {
  const spy = vi.fn(step);
  const automata = automataOf(spy);
  expect(spy).not.toHaveBeenCalled();
  const automaton = automata(3);
  const calls = spy.mock.calls.length;
  expect(automata(3)).toBe(automaton);
  expect(spy.mock.calls.length).toBe(calls);
});

test('a check that remembers too much is a mistake, not a big table', () => {
  const all: Step = (state, sign, at) => (at < 5 ? state * 10 + Number(sign) : PASSES);
  expect(() => automataOf(all)(6)).toThrow('too many states');
});

test('MOD 11,10 finds each wrong digit', () => {
  const automaton = automataOf(mod11by10Step)(11);
  const right = '48206157349';
  expect([mod11by10(right), endOf(automaton, right)]).toEqual([true, 1]);
  for (let at = 0; at < 11; at++) {
    for (let digit = 0; digit < 10; digit++) {
      const text = right.slice(0, at) + digit + right.slice(at + 1);
      expect([text, endOf(automaton, text)]).toEqual([text, text === right ? 1 : 0]);
    }
  }
});
