import { expect, test } from 'vitest';
import { parseShape } from '../../src/detect/shape.ts';

test('counts, sets, separators and flags are read', () => {
  expect(parseShape('l1..2^d6({0-9A})').parts).toEqual([
    {
      type: 'run',
      set: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      min: 1,
      max: 2,
      optional: false,
      spaced: false,
    },
    { type: 'free' },
    { type: 'run', set: '0123456789', min: 6, max: 6, optional: false, spaced: false },
    { type: 'run', set: '(', min: 1, max: 1, optional: false, spaced: false },
    { type: 'run', set: '0123456789A', min: 1, max: 1, optional: false, spaced: false },
    { type: 'run', set: ')', min: 1, max: 1, optional: false, spaced: false },
  ]);
  expect(parseShape('+?d7..15*').parts).toMatchObject([
    { set: '+', optional: true },
    { min: 7, max: 15, spaced: true },
  ]);
});

test('a hyphen at either end of a set is itself', () => {
  expect(parseShape('d6{-+}d4').parts[1]).toMatchObject({ set: '+-' });
  expect(parseShape('d6{+-}d4').parts[1]).toMatchObject({ set: '+-' });
});

test('bare punctuation leaves the compact form, sets stay in it', () => {
  const keeps = (shape: string, sign: string): boolean =>
    parseShape(shape).keep[sign.charCodeAt(0)] === 1;
  expect(keeps('d6-d7', '-')).toBe(false);
  expect(keeps('d6{-+}d4', '-')).toBe(true);
  expect(keeps('T?d13', 'T')).toBe(true);
});

test.each([
  ['', 'is empty'],
  ['6d', 'a count without anything to count'],
  ['d6..3', 'bad count'],
  ['d0', 'bad count'],
  ['d*', '* follows a count'],
  ['d6x', '"x" means nothing here'],
  ['{a-z}d3', 'lower-case letter'],
  ['{Z-A}d3', 'bad range'],
  ['{}d3', 'expected {characters}'],
  ['字d6', 'is not ASCII'],
  ['l6', 'nothing to look for'],
  ['d3~{-}d3', 'both a separator and in a set'],
])('the mistake in %j is named', (shape, problem) => {
  expect(() => parseShape(shape)).toThrow(problem);
  expect(() => parseShape(shape)).toThrow(`shape "${shape}"`);
});
