/** PDF: what stands on the pages, and what hostile files must not do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { type Drawn, layOut } from '../../src/extract/pdflayout.ts';
import { extractBytes } from '../kit/pieces.ts';

function source(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'cases', name, 'source'));
}

/** A PDF of these objects, numbered from 1; the first is the catalog. No table of them: the reader searches. */
function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts = objects.map((object, at) =>
    Buffer.concat([
      Buffer.from(`${at + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]),
  );
  const end = Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n');
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, end]);
}

function stream(text: string | Buffer, words = ''): Buffer {
  const data = Buffer.from(text);
  const head = Buffer.from(`<</Length ${data.length}${words}>>stream\n`);
  return Buffer.concat([head, data, Buffer.from('\nendstream')]);
}

const CATALOG = '<</Type/Catalog/Pages 2 0 R>>';
const FONT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const PAGE =
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>';

function pages(count: number): string {
  return `<</Type/Pages/Count ${count}/Kids[${'3 0 R '.repeat(count)}]>>`;
}

const HELLO = stream(
  'BT /F 12 Tf 10 10 Td (call 91230001 for a permit to keep a boat in the harbour) Tj ET',
);

/** Text on a line, each at its point, ten units high, five wide a letter. */
function line(y: number, ...items: readonly (readonly [x: number, text: string])[]): Drawn[] {
  return items.map(([x, text]) => ({ text, x, y, width: text.length * 5, size: 10 }));
}

test('a PDF is known by its bytes, also behind a few others', () => {
  expect(recognise(source('pdf-cjk'), 'notes.txt')).toBe('pdf');
  expect(recognise(Buffer.concat([Buffer.from('\r\n\0\0'), source('pdf-cjk')]), '')).toBe('pdf');
});

test('strings that touch are one word, however they were drawn', () => {
  const drawn = line(10, [35, '316(0)'], [10, 'K5'], [20, '80'], [30, '']).reverse();
  expect(layOut([...drawn, ...line(40, [10, 'next'])])).toEqual([
    { kind: 'text', text: 'K580 316(0)\nnext\n' },
  ]);
});

test('a string drawn twice for bold is one', () => {
  const drawn = [...line(10, [10, 'K580316(0)']), ...line(10.2, [10.4, 'K580316(0)'])];
  expect(layOut(drawn)).toEqual([{ kind: 'text', text: 'K580316(0)\n' }]);
});

test('a digit in each box of a form is one number', () => {
  const boxes = [...'91230001'].map((digit, at) => [100 + at * 20, digit] as const);
  expect(layOut(line(10, [10, 'Phone'], ...boxes))).toEqual([
    { kind: 'text', text: 'Phone\t91230001\n' },
  ]);
});

test('lines in columns are a table, an empty cell keeps its place', () => {
  const drawn = [
    ...line(10, [10, 'Name'], [100, 'Phone'], [200, 'City']),
    ...line(25, [10, 'Ann'], [200, 'Oslo']),
    ...line(40, [10, 'Bob'], [100, '91230002'], [200, 'Rome']),
  ];
  expect(layOut(drawn)).toEqual([
    {
      kind: 'table',
      rows: [
        ['Name', 'Phone', 'City'],
        ['Ann', '', 'Oslo'],
        ['Bob', '91230002', 'Rome'],
      ],
      starts: [10, 100, 200],
    },
  ]);
});

test('a page is read column by column when prose stands in two', () => {
  const drawn = [0, 1, 2, 3].flatMap((at) =>
    line(
      10 + at * 15,
      [10, `left words of the line ${at}`],
      [300, `right words of the line ${at}`],
    ),
  );
  const [block] = layOut(drawn);
  expect(block?.kind === 'text' && block.text.indexOf('left words of the line 3')).toBeLessThan(
    block?.kind === 'text' ? block.text.indexOf('right words of the line 0') : 0,
  );
});

test('a table that goes on over pages keeps its columns', async () => {
  const { cells } = await extractBytes(source('pdf-table'));
  const numbers = cells.filter(({ column }) => column === 'Identity number');
  expect(new Set(numbers.map(({ index }) => index)).size).toBe(1);
  expect(numbers.at(-1)?.label).toBe('page 2 row 4 column Identity number');
});

test('pdfPages is a gap that names it, the first pages are read', async () => {
  const list = '<</Type/Pages/Count 3/Kids[3 0 R 6 0 R 7 0 R]>>';
  const bytes = pdfOf([CATALOG, list, PAGE, HELLO, FONT, PAGE, PAGE]);
  const { cells, gaps } = await extractBytes(bytes, { pdfPages: 2 });
  expect(cells.map(({ label }) => label)).toEqual(['page 1', 'page 2']);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('pdfPages (2): it has 3 pages');
});

test('half a million objects are no hindrance', async () => {
  const many = Array.from({ length: 500_000 }, (_, at) => String(at));
  const bytes = pdfOf([CATALOG, pages(1), PAGE, HELLO, FONT, ...many]);
  const { cells, gaps } = await extractBytes(bytes);
  expect(cells[0]?.text).toContain('91230001');
  expect(gaps).toEqual([]);
});

test('a form that draws itself ends', async () => {
  const form = stream(
    'BT /F 12 Tf (call 91230001) Tj ET /X Do /X Do',
    '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>',
  );
  const { cells } = await extractBytes(
    pdfOf([CATALOG, pages(1), PAGE, stream('/X Do'), FONT, form]),
  );
  expect(cells[0]?.text).toContain('91230001');
});

test('a list of pages that holds itself does not hide the pages', async () => {
  const loop = '<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>';
  const { cells } = await extractBytes(pdfOf([CATALOG, loop, PAGE, HELLO, FONT]));
  expect(cells.map(({ label }) => label)).toEqual(['unlisted page 1']);
});

test('a page that was deleted and is still in the file is read', async () => {
  const gone = PAGE.replace('4 0 R', '7 0 R');
  const secret = stream('BT /F 12 Tf 10 10 Td (the page that was taken out: 91230009) Tj ET');
  const { cells, gaps } = await extractBytes(
    pdfOf([CATALOG, pages(1), PAGE, HELLO, FONT, gone, secret]),
  );
  expect(cells.at(-1)?.text).toContain('91230009');
  expect(cells.at(-1)?.label).toBe('unlisted page 1');
  expect(gaps).toEqual([]);
});

test('a page with more text than a page holds is cut, and told', async () => {
  const bomb = deflateSync('BT /F 12 Tf 0 1 Td (91230001) Tj ET\n'.repeat(1_000_000));
  const bytes = pdfOf([CATALOG, pages(1), PAGE, stream(bomb, '/Filter/FlateDecode'), FONT]);
  expect(bytes.length).toBeLessThan(200_000);
  const { gaps } = await extractBytes(bytes);
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});

test('time is a gap that names the limit', async () => {
  const bytes = pdfOf([CATALOG, pages(500), PAGE, HELLO, FONT]);
  const { gaps } = await extractBytes(bytes, { objectTimeMs: 1 });
  expect(gaps.map(({ code }) => code)).toContain('timeout');
  expect(gaps[0]?.detail).toContain('objectTimeMs (1)');
});

test('a file that was cut off gives the pages that are there', async () => {
  const whole = source('pdf-table');
  const { cells, gaps } = await extractBytes(whole.subarray(0, whole.lastIndexOf('xref')));
  expect(cells.map(({ text }) => text)).toContain('K580316(0)');
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

test('a file with nothing of a page left is one gap', async () => {
  const { cells, gaps } = await extractBytes(source('pdf-table').subarray(0, 200));
  expect(cells).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

test('random damage never throws', async () => {
  const whole = source('pdf-placed');
  let seed = 7;
  for (let round = 0; round < 40; round += 1) {
    const bytes = Buffer.from(whole);
    for (let at = 0; at < 20; at += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      bytes[8 + (seed % (bytes.length - 8))] = seed >> 8;
    }
    await expect(extractBytes(bytes, { objectTimeMs: 20_000 })).resolves.toBeDefined();
  }
});
