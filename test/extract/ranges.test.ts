import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytesOf, type Extracted, extractObject } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

const ROWS = Array.from(
  { length: 1000 },
  (_, at) => `N${at},9123${String(at).padStart(4, '0')},x${at}`,
);
const TABLE = bytesOf(`name,phone,mark\n${ROWS.join('\n')}\n`);

function ranges(
  bytes: Uint8Array,
  ...spans: readonly (readonly [number, number])[]
): Promise<Extracted> {
  const parts = spans.map(([start, end]) => ({ start, bytes: bytes.subarray(start, end) }));
  return extractObject({ name: 'big', sizeBytes: bytes.length, parts });
}

test('a range far in has the head’s columns', async () => {
  const { cells, gaps } = await ranges(TABLE, [0, 500], [9000, 9500]);
  expect(gaps).toEqual([]);
  const far = cells.filter((cell) => cell.label.includes('after byte'));
  expect(far.length).toBeGreaterThan(10);
  expect(far.every((cell) => cell.column !== 'phone' || /^9123\d{4}$/.test(cell.text))).toBe(true);
  expect(far.every((cell) => cell.column !== 'name' || /^N\d+$/.test(cell.text))).toBe(true);
});

test('torn rows at a range’s borders are left out', async () => {
  const { cells } = await ranges(TABLE, [0, 500], [9005, 9507]);
  for (const cell of cells)
    expect(ROWS.join(',').split(',').concat('name', 'phone', 'mark')).toContain(cell.text);
});

test('the last row is kept when the range reaches the end', async () => {
  const { cells } = await ranges(TABLE, [0, 500], [TABLE.length - 100, TABLE.length]);
  expect(cells.at(-1)?.text).toBe('x999');
});

test('rows of two ranges never meet', async () => {
  const { cells } = await ranges(TABLE, [0, 500], [9000, 9500], [15000, 15500]);
  const names = cells.filter((cell) => cell.column === 'name');
  expect(new Set(names.map((cell) => cell.row)).size).toBe(names.length);
});

test('ranges that touch are read as one', async () => {
  const { cells, gaps } = await ranges(TABLE, [0, 777], [777, TABLE.length]);
  expect(gaps).toEqual([]);
  expect(cells.find((cell) => cell.text === 'N999')?.row).toBe(1001);
});

test('ranges of UTF-16 are aligned and cut at its line ends', async () => {
  const wide = Buffer.from(
    `姓名,電話,備考\n${ROWS.map((row) => `陳${row}`).join('\n')}\n`,
    'utf16le',
  );
  const { cells } = await ranges(wide, [0, 2000], [9001, 12001]);
  const far = cells.filter((cell) => cell.label.includes('after byte'));
  expect(far.length).toBeGreaterThan(50);
  for (const cell of far) if (cell.column === '姓名') expect(cell.text).toMatch(/^陳N\d+$/);
});

test('an ASCII head does not decide the encoding of what follows', async () => {
  const head = Buffer.from(`${'id,name,city\n1,Ann,Oslo\n'.repeat(1)}${'2,Bob,Rome\n'.repeat(50)}`);
  // 陳大文 in Big5.
  const line = Buffer.concat([
    Buffer.from('3,'),
    Buffer.from('b3afa46aa4e5', 'hex'),
    Buffer.from(',Oslo\n'),
  ]);
  const bytes = Buffer.concat([head, ...Array.from({ length: 50 }, () => line)]);
  const { cells } = await ranges(bytes, [0, 400], [700, bytes.length]);
  expect(cells.filter((cell) => cell.text === '陳大文').length).toBeGreaterThan(20);
});

test('lines of NDJSON in a range are records', async () => {
  const lines = Array.from({ length: 500 }, (_, at) => JSON.stringify({ id: `R${at}`, n: at }));
  const { cells, gaps } = await ranges(bytesOf(`${lines.join('\n')}\n`), [0, 600], [5000, 6000]);
  expect(gaps).toEqual([]);
  const far = cells.filter((cell) => cell.label.includes('after byte') && cell.column === '$.id');
  expect(far.length).toBeGreaterThan(20);
});

test('records of a JSON array in a range are records', async () => {
  const people = Array.from({ length: 500 }, (_, at) => ({ id: `R${at}`, phone: 91230000 + at }));
  const { cells, gaps } = await ranges(bytesOf(JSON.stringify({ people })), [0, 600], [5000, 6000]);
  expect(gaps).toEqual([]);
  const far = cells.filter((cell) => cell.label.includes('after byte'));
  expect(far.filter((cell) => cell.column?.endsWith('.phone')).length).toBeGreaterThan(20);
  expect(new Set(far.map((cell) => cell.row)).size).toBeGreaterThan(20);
});

test('a zip of which ranges are missing is a gap that names objectBytes', async () => {
  const zip = zipOf([{ name: 'list.csv', data: TABLE }]);
  const { pieces, gaps } = await ranges(zip, [0, 500], [1000, 1500]);
  expect(pieces).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'too-large', what: '' }]);
  expect(gaps[0]?.detail).toContain('objectBytes');
});

test('of a gzip the first range is read', async () => {
  const noise = Array.from({ length: 20000 }, (_, at) => `N${at},${(at * 7919) % 100_003},z`);
  const gzip = gzipSync(`name,phone,mark\n${noise.join('\n')}\n`);
  const { cells, gaps } = await ranges(gzip, [0, 50_000], [60_000, 70_000]);
  expect(cells.length).toBeGreaterThan(1000);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('without the head nothing is guessed', async () => {
  const { gaps } = await ranges(TABLE, [500, 900]);
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});
