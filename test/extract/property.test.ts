/** Random tables, written in every form: each cell must come out, whole and under its column. */
import { expect, test } from 'vitest';
import { encode } from '../kit/encode.ts';
import { extractBytes } from '../kit/pieces.ts';

const WORDS = [
  'Ann',
  'O’Hara',
  '陳大文',
  '田中',
  'x y',
  'a "quoted" b',
  'semi; colon',
  'com, ma',
  'pi|pe',
  'two\nlines',
  'é',
  '',
  ' spaced ',
];
const HEADER = ['id', 'name', 'phone', 'note'];

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function table(seed: number, rows: number): string[][] {
  const next = random(seed);
  const word = () => WORDS[Math.floor(next() * WORDS.length)] ?? '';
  return Array.from({ length: rows }, (_, at) => [
    `K${seed}-${at}`,
    word(),
    String(90_000_000 + Math.floor(next() * 9_999_999)),
    `${word()}${word()}`,
  ]);
}

function written(rows: readonly (readonly string[])[], delimiter: string): string {
  const cell = (value: string) =>
    /["\n\r]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
  return `${[HEADER, ...rows].map((row) => row.map(cell).join(delimiter)).join('\r\n')}\r\n`;
}

function read(text: string): string {
  const plain = text.replace(/\r$/, '');
  return plain.startsWith('"') ? plain.slice(1, -1).replaceAll('""', '"') : plain;
}

const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1);
const delimiters = [',', ';', '\t', '|'] as const;

test.each(seeds)('every cell of a random delimited table is found: seed %i', async (seed) => {
  const rows = table(seed, 200);
  const source = written(rows, delimiters[seed % delimiters.length] ?? ',');
  const { cells, gaps } = await extractBytes(source, { pieceBytes: 500 + seed * 100 });
  expect(gaps).toEqual([]);
  const found = new Map(cells.map((cell) => [`${cell.row}/${cell.column}`, read(cell.text)]));
  for (const [at, row] of rows.entries()) {
    for (const [column, value] of row.entries()) {
      if (value.trim() !== '') expect(found.get(`${at + 2}/${HEADER[column]}`)).toBe(value);
    }
  }
});

test.each(seeds)('every value of random JSON is found: seed %i', async (seed) => {
  const rows = table(seed, 200);
  const records = rows.map((row) =>
    Object.fromEntries(row.map((value, at) => [HEADER[at], value])),
  );
  const lines = seed % 2 === 0;
  const source = lines
    ? records.map((record) => JSON.stringify(record)).join('\n')
    : JSON.stringify({ data: records }, null, seed % 3);
  const { cells, gaps } = await extractBytes(source, { pieceBytes: 500 + seed * 100 });
  expect(gaps).toEqual([]);
  const path = lines ? '$.' : '$.data[].';
  // Records with other keys come in other pieces: labels tell them.
  const record = (label: string) => /(?:line |\[)(\d+)/.exec(label)?.[1];
  const found = new Map(cells.map((cell) => [`${record(cell.label)}/${cell.column}`, cell.text]));
  const together = new Map(cells.map((cell) => [record(cell.label), cell.row]));
  expect(new Set(together.values()).size).toBe(together.size);
  const first = lines ? 1 : 0;
  for (const [at, row] of rows.entries()) {
    for (const [column, value] of row.entries()) {
      const place = `${at + first}/${path}${HEADER[column]}`;
      if (value.trim() !== '') expect(found.get(place)).toBe(value);
    }
  }
});

test.each(['big5', 'gb18030', 'shift_jis', 'euc-jp', 'utf-16le', 'utf-16be'])(
  'a table of names in %s loses no cell',
  async (encoding) => {
    const surnames = ['陳', '林', '王', '田', '高', '李'];
    const given = ['大文', '美玉', '志明', '文英', '明美'];
    const next = random(7);
    const pick = (from: readonly string[]) => from[Math.floor(next() * from.length)] ?? '';
    const rows = Array.from({ length: 300 }, (_, at) => [
      `K${at}`,
      pick(surnames) + pick(given),
      `${91_000_000 + at}`,
      'x',
    ]);
    const { cells } = await extractBytes(encode(written(rows, ','), encoding));
    const found = new Map(cells.map((cell) => [`${cell.row}/${cell.column}`, read(cell.text)]));
    for (const [at, row] of rows.entries()) {
      for (const [column, value] of row.entries()) {
        expect(found.get(`${at + 2}/${HEADER[column]}`)).toBe(value);
      }
    }
  },
);
