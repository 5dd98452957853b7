import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';

function json(value: unknown): string {
  return JSON.stringify(value);
}

test('a leaf is a cell whose column is its path and whose label has the indices', async () => {
  const { cells } = await extractBytes(json({ people: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }));
  expect(cells.map((cell) => [cell.text, cell.label, cell.column])).toEqual([
    ['a', '$.people[0].id', '$.people[].id'],
    ['b', '$.people[1].id', '$.people[].id'],
    ['c', '$.people[2].id', '$.people[].id'],
  ]);
});

test('a record is one row, also across the records nested in it', async () => {
  const { cells } = await extractBytes(
    json([{ name: 'Ann', visits: [{ at: 'x' }, { at: 'y' }], phone: '91230001' }]),
  );
  const row = (text: string) => cells.find((cell) => cell.text === text)?.row;
  expect(row('Ann')).toBe(row('91230001'));
  expect(new Set([row('Ann'), row('x'), row('y')]).size).toBe(3);
});

test('an object inside a record belongs to its row', async () => {
  const { cells } = await extractBytes(json([{ name: 'Ann', home: { city: 'Oslo' } }]));
  expect(cells[0]?.row).toBe(cells[1]?.row);
});

test('each line of NDJSON is a row and names its line', async () => {
  const { cells } = await extractBytes('{"id":"a","n":1}\n{"id":"b","n":2}\n\n{"id":"c","n":3}\n');
  expect(cells.find((cell) => cell.text === 'c')).toMatchObject({
    label: 'line 4 $.id',
    column: '$.id',
  });
  expect(new Set(cells.map((cell) => cell.row)).size).toBe(3);
});

test('a line that is no JSON is read as text and told as a gap', async () => {
  const { cells, gaps } = await extractBytes('{"id":"a"}\n{"id":"b"}\noops 91230001\n{"id":"c"}\n');
  expect(cells.map((cell) => cell.text.trim())).toEqual(
    expect.arrayContaining(['a', 'b', 'c', 'oops 91230001']),
  );
  expect(gaps.map((gap) => gap.code)).toEqual(['malformed']);
});

test('features of GeoJSON are rows', async () => {
  const feature = (name: string) => ({
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [114.1, 22.3],
          [114.2, 22.4],
        ],
      ],
    },
    properties: { name },
  });
  const { cells } = await extractBytes(
    json({ type: 'FeatureCollection', features: [feature('A'), feature('B')] }),
  );
  const a = cells.find((cell) => cell.text === 'A');
  expect(a).toMatchObject({
    label: '$.features[0].properties.name',
    column: '$.features[].properties.name',
  });
  const b = cells.find((cell) => cell.text === 'B');
  expect(cells.filter((cell) => cell.row === b?.row).map((cell) => cell.text)).toContain('114.2');
});

test('strings are decoded', async () => {
  const { cells } = await extractBytes(
    '[{"a":"\\u9673\\u5927\\u6587 \\ud83d\\ude00 \\"x\\" \\/"}, {"a":"\\ud800!"}]',
  );
  expect(cells.map((cell) => cell.text)).toEqual(['陳大文 😀 "x" /', '?!']);
});

test('numbers keep all their digits', async () => {
  const { cells } = await extractBytes('[{"n":123456789012345678901},{"n":-1.50e3}]');
  expect(cells.map((cell) => cell.text)).toEqual(['123456789012345678901', '-1.50e3']);
});

test('a key that is data is a cell, and no column of its own', async () => {
  const { cells } = await extractBytes(
    json({ index: { 'R100200(3)': { name: 'Ann' }, 'R300400(5)': { name: 'Bob' } } }),
  );
  expect(cells.map((cell) => cell.text)).toEqual(['R100200(3)', 'Ann', 'R300400(5)', 'Bob']);
  expect(cells[0]?.row).toBe(cells[1]?.row);
  expect(cells[1]).toMatchObject({ column: '$.index.*.name', label: '$.index.*{0}.name' });
  expect(cells[3]?.index).toBe(cells[1]?.index);
});

test('very many keys are taken for data', async () => {
  const map = Object.fromEntries(
    Array.from({ length: 2000 }, (_, at) => [`n-${at.toString(36)}`, 'v']),
  );
  const { cells } = await extractBytes(json(map));
  expect(new Set(cells.map((cell) => cell.index)).size).toBeLessThan(400);
  expect(cells.some((cell) => cell.text === 'n-1jj')).toBe(true);
});

test('values in a list of their own are rows of their own', async () => {
  const { cells } = await extractBytes(json({ ids: ['R1', 'R2', 'R3'] }));
  expect(new Set(cells.map((cell) => cell.row)).size).toBe(3);
});

test('a table written as arrays has a column for each position', async () => {
  const { cells } = await extractBytes(
    json({
      rows: [
        ['R1', 'Ann'],
        ['R2', 'Bob'],
      ],
    }),
  );
  expect(cells[3]).toMatchObject({ text: 'Bob', label: '$.rows[1][1]', column: '$.rows[][1]' });
  expect(cells[2]?.row).toBe(cells[3]?.row);
});

test('what stands before the cut is read, and the cut is a gap', async () => {
  const { cells, gaps } = await extractBytes('[{"id":"a1"},{"id":"b2","name":"An');
  expect(cells.map((cell) => cell.text)).toEqual(['a1', 'b2', 'An']);
  expect(gaps).toMatchObject([{ code: 'truncated', what: '' }]);
});

test('broken JSON is read to the break, the rest as text', async () => {
  const { cells, gaps } = await extractBytes('[{"id":"a1"},{"id":"b2"},{"id" "c3"},{"id":"d4"}]');
  expect(cells.map((cell) => cell.text).join(' ')).toMatch(/a1.*b2.*c3.*d4/s);
  expect(gaps.map((gap) => gap.code)).toEqual(['malformed']);
});

test('a gap holds nothing of the file', async () => {
  const { gaps } = await extractBytes('[{"id":"a1"},{"id":"b2"},{"id" "c3secret"}]');
  expect(JSON.stringify(gaps)).not.toContain('secret');
});

test.each([
  '{\n  // a comment\n  "id": "a1"\n}\n',
  '[INFO] started\n[WARN] slow\n',
  '[1] a note\n',
])('%j is text', (source) => {
  expect(recognise(bytesOf(source), 'x.json')).toBe('text');
});

test('nesting as deep as a file allows crashes nothing', async () => {
  const deep = `${'['.repeat(200_000)}"x"${']'.repeat(200_000)}`;
  const { gaps } = await extractBytes(deep);
  expect(gaps.length).toBeGreaterThan(0);
  const objects = await extractBytes(`[{"id":"a1"},${'{"a":'.repeat(100_000)}`);
  expect(objects.cells[0]?.text).toBe('a1');
});

test('a large array comes in pieces, each row whole', async () => {
  const records = Array.from({ length: 3000 }, (_, at) => ({ id: `R${at}`, phone: `9123${at}` }));
  const { pieces, cells } = await extractBytes(json(records), { pieceBytes: 2000 });
  expect(pieces.length).toBeGreaterThan(20);
  expect(cells.find((cell) => cell.text === 'R2999')).toMatchObject({
    label: '$[2999].id',
    row: 3000,
  });
});

test('a line of text among lines of JSON is whole, also where it begins with a number', async () => {
  const { cells, gaps } = await extractBytes(
    '{"id":"a"}\n{"id":"b"}\n138 1234 5678 called\n"quoted" and more\n42\n "alone" \n{"id":"c"}\n',
  );
  const texts = cells.map(({ text }) => text.trim());
  expect(texts).toContain('42');
  expect(texts).toContain('alone');
  expect(texts.join('|')).toContain('138 1234 5678 called');
  expect(texts.join('|')).toContain('"quoted" and more');
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});
