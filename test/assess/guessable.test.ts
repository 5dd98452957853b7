import { expect, test } from 'vitest';
import { guessableBy } from '../../src/assess/guessable.ts';

const range = (count: number, name: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => name(n));

/** A small generator with a seed, so that a failure can be met again. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}

function token(next: () => number, alphabet: string, length: number): string {
  return range(length, () => alphabet[Math.floor(next() * alphabet.length)] ?? '').join('');
}

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

test.each<[string, string[], string]>([
  [
    'padded counters',
    range(50, (n) => `scans/scan-${String(n * 3).padStart(6, '0')}.pdf`),
    'counter',
  ],
  ['counters that grow a digit', range(120, (n) => `page${n + 1}.jpg`), 'counter'],
  ['counters glued to a word', range(20, (n) => `IMG${2000 + n}.jpg`), 'counter'],
  ['a number of a batch and one in it', range(30, (n) => `batch-${n % 3}/doc_${n}.txt`), 'counter'],
  ['days', range(20, (n) => `export-202401${String(n + 1).padStart(2, '0')}.csv`), 'date'],
  ['days over the end of a year', ['e/20231230.csv', 'e/20231231.csv', 'e/20240102.csv'], 'date'],
  ['days in three parts', range(9, (n) => `2024/03/0${n + 1}.log`), 'counter'],
  ['two characters', ['r/4f.pdf', 'r/a7.pdf', 'r/9c.pdf', 'r/0b.pdf'], 'short-id'],
  ['counters among a few words', [...range(10, (n) => `f/${n}.pdf`), 'readme.txt'], 'counter'],
])('%s can be counted through', (_, names, by) => {
  expect(guessableBy(names)).toBe(by);
});

test.each<[string, string[]]>([
  ['nothing', []],
  ['one name', ['export-20240131.csv']],
  ['two names', ['scan-1.pdf', 'scan-2.pdf']],
  ['words', ['chan.pdf', 'wong.pdf', 'lee.pdf', 'ho.pdf']],
  ['numbers far apart', range(20, (n) => `case-${(n * 7_919_777_777) % 9_999_999_967}.pdf`)],
  ['numbers too long to count', range(20, (n) => `${String(n).padStart(24, '7')}.pdf`)],
  ['names in folders of their own', range(20, (n) => `${'abcdefghijklmnopqrst'[n]}x/data.csv`)],
])('%s cannot', (_, names) => {
  expect(guessableBy(names)).toBeNull();
});

test('random tokens of 16 characters cannot, whatever the seed', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const next = drawn(seed);
    const names = range(200, () => `u/${token(next, BASE36, 16)}.pdf`);
    expect(guessableBy(names), `seed ${seed}`).toBeNull();
  }
});

test('uuids cannot, whatever the seed', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const next = drawn(seed);
    const part = (length: number): string => token(next, '0123456789abcdef', length);
    const names = range(200, () => [8, 4, 4, 4, 12].map(part).join('-'));
    expect(guessableBy(names), `seed ${seed}`).toBeNull();
  }
});

test('a few numbered pages beside many random names do not make them countable', () => {
  const next = drawn(7);
  const random = range(20, () => `${token(next, BASE36, 20)}.pdf`);
  expect(guessableBy([...random, ...range(5, (n) => `page${n}.html`)])).toBeNull();
});

test('months that do not exist are numbers, not days', () => {
  expect(guessableBy(range(20, (n) => `id-${20_249_901 + n}.pdf`))).toBe('counter');
});

test('a hundred thousand names take well under a second', () => {
  const names = range(100_000, (n) => `registry/2024/scan-${String(n).padStart(8, '0')}.pdf`);
  const started = performance.now();
  expect(guessableBy(names)).toBe('counter');
  expect(performance.now() - started).toBeLessThan(5_000);
});
