import { expect, test } from 'vitest';
import { columns, cutTo, pad, wrap } from '../../src/report/text.ts';

test.each([
  ['abc', 3],
  ['海角', 4],
  ['カタカナ', 8],
  ['ｶﾅ', 2],
  ['한국', 4],
  ['ＡＢ', 4],
  ['e\u0301', 1],
  ['𠮷', 2],
  ['（甲）', 6],
  ['…', 1],
])('%s takes %i columns', (text, width) => {
  expect(columns(text)).toBe(width);
});

test('a wide character that does not fit is left out whole', () => {
  expect(cutTo('海角局', 5)).toBe('海角…');
  expect(cutTo('海角局', 4)).toBe('海…');
});

test('padding fills to the width in columns, not in characters', () => {
  expect(pad('海角', 6)).toBe('海角  ');
  expect(pad('7', 3, 'right')).toBe('  7');
});

test('text without spaces is broken where the line ends', () => {
  expect(wrap('海角衞生局', 4)).toEqual(['海角', '衞生', '局']);
});

test('words stay whole where they fit', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
});
