import { expect, test } from 'vitest';
import { csvRow } from '../../src/model/csv.ts';

test.each(['=1+1', '＝x', '+1', '＋1', '-1', '－1', '@SUM(A1)', '＠x', ' =1', '\u0000=1'])(
  'a cell that a spreadsheet would run is text: %j',
  (cell) => {
    expect(csvRow([cell])).toMatch(/^'/);
  },
);

test('a formula behind a tab or a line break is text too', () => {
  expect(csvRow(['\t=1', '\n=1', '\r=1'])).toBe(`"'\t=1","'\n=1","'\n=1"\r\n`);
});

test('what separates cells in any spreadsheet is quoted', () => {
  expect(csvRow(['a"b', 'a,b', 'a;b', 'a\tb'])).toBe('"a""b","a,b","a;b","a\tb"\r\n');
});

test('a carriage return of its own ends no row', () => {
  expect(csvRow(['a\rb', 'c'])).toBe('"a\nb",c\r\n');
});

test('numbers are written as they are, also below nought; what is none is empty', () => {
  expect(csvRow([3, -1.5, Number.NaN, Number.POSITIVE_INFINITY])).toBe('3,-1.5,,\r\n');
});

test('a text that turns the reading direction cannot', () => {
  expect(csvRow(['a\u202eb'])).toBe('a\ufffdb\r\n');
});
