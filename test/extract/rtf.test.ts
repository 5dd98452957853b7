import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { encode } from '../kit/encode.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';

const FONTS =
  '{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset136 PMingLiU;}{\\f2\\fcharset128 Mincho;}}';

function hex(text: string, encoding: string): string {
  return [...encode(text, encoding)].map((byte) => `\\'${byte.toString(16)}`).join('');
}

async function read(body: string, head = '\\ansi\\ansicpg1252\\deff0') {
  const extracted = await extractBytes(`{\\rtf1${head}${FONTS}${body}}`);
  return { ...extracted, text: extracted.cells.map((cell) => cell.text).join('\n') };
}

test('RTF is known by its first bytes', () => {
  expect(recognise(bytesOf('{\\rtf1 x}'), 'letter.txt')).toBe('rtf');
});

test('formatting inside a number leaves it whole', async () => {
  expect((await read('Call 91{\\b 23}\\i 00\\i0 01 now\\par')).text).toContain('Call 91230001 now');
});

test.each([
  ['\\f1 ', '陳大文', 'big5'],
  ['\\f2 ', '田中', 'shift_jis'],
])('characters are in the code page of their font: %s%s', async (font, name, encoding) => {
  expect((await read(`${font}${hex(name, encoding)}\\par`)).text).toContain(name);
});

test('without a font the document’s code page holds', async () => {
  const { text } = await read(`${hex('陳大文', 'big5')}\\par`, '\\ansi\\ansicpg950');
  expect(text).toContain('陳大文');
});

test('a character in Unicode replaces what stands for it elsewhere', async () => {
  const { text } = await read("\\uc1\\u-26195?\\u22823?{\\uc2\\u25991\\'a4\\'e5}!\\par");
  expect(text.trim()).toBe('駭大文!'.replace('駭', String.fromCharCode(65_536 - 26_195)));
});

test('fonts, styles and pictures are no text', async () => {
  const { text } = await read(
    '{\\stylesheet{\\s0 Normal;}}{\\*\\generator G;}{\\pict 89504e47}A\\par',
  );
  expect(text.trim()).toBe('A');
});

test('a table is a table, with its header as columns', async () => {
  const row = (a: string, b: string) =>
    `\\trowd\\cellx1\\cellx2\\pard\\intbl ${a}\\cell ${b}\\cell\\row`;
  const { cells } = await read(`${row('Name', 'Phone')}${row('Ann', '91230001')}\\pard after\\par`);
  expect(cells.find((cell) => cell.text === '91230001')).toMatchObject({
    label: 'table 1 row 2 column Phone',
    column: 'Phone',
  });
  expect(cells.some((cell) => cell.row === null && cell.text.includes('after'))).toBe(true);
});

test('an empty cell keeps its column', async () => {
  const { cells } = await read(
    '\\trowd\\pard\\intbl Name\\cell Town\\cell Phone\\cell\\row\\trowd\\pard\\intbl Ann\\cell\\cell 91230001\\cell\\row',
  );
  expect(cells.find((cell) => cell.text === '91230001')?.column).toBe('Phone');
});

test('a header, a footnote and a comment are places of their own', async () => {
  const { pieces } = await read(
    '{\\header 91230001\\par}Body{\\footnote 91230002} goes on{\\*\\annotation 91230003}\\par',
  );
  const [piece] = pieces;
  const label = (value: string) => piece?.locate(Buffer.from(piece.text).indexOf(value)).label;
  expect(['91230001', '91230002', '91230003'].map(label)).toEqual([
    'header 1',
    'footnote 1',
    'comment 1',
  ]);
});

test('a link’s target is read', async () => {
  const { text } = await read(
    '{\\field{\\*\\fldinst HYPERLINK "mailto:ann%40example.org"}{\\fldrslt write}}\\par',
  );
  expect(text).toContain('mailto:ann@example.org');
});

test('who wrote it is a property', async () => {
  const { cells } = await read('{\\info{\\author Ann Lee}}text\\par');
  expect(cells).toContainEqual(
    expect.objectContaining({ text: 'Ann Lee', label: 'property author', column: 'author' }),
  );
});

test('RTF that was cut is read as far as it goes', async () => {
  const { cells, gaps } = await extractBytes(`{\\rtf1${FONTS}{\\b 9123`);
  expect(cells[0]?.text.trim()).toBe('9123');
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

test('groups nested without end crash nothing', async () => {
  const { text } = await read(`${'{'.repeat(200_000)}deep${'}'.repeat(200_000)}`);
  expect(text).toContain('deep');
});

test('a page that Outlook keeps as RTF is read as the page, with what its tags carry', async () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}
{\*\htmltag19 <html>}{\*\htmltag34 <head>}{\*\htmltag241 <!-- staff 91230001 -->}{\*\htmltag41 </head>}
{\*\htmltag50 <body>}{\*\htmltag64 <p title="H\'e9l\'e8ne">}\htmlrtf \par \htmlrtf0 Call
{\*\htmltag84 <a href="mailto:ann@example.org">}\htmlrtf {\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt\cf1\ul \htmlrtf0 Ann\htmlrtf }}\htmlrtf0 {\*\htmltag92 </a>}
{\*\htmltag72 </p>}{\*\htmltag58 </body>}{\*\htmltag27 </html>}}`;
  const { cells, gaps } = await extractBytes(rtf);
  const text = cells.map((cell) => cell.text).join('\n');
  expect(text).toContain('91230001');
  expect(text).toContain('ann@example.org');
  expect(text).toContain('Hélène');
  expect(text).toMatch(/Call\s*Ann/);
  expect(text).not.toContain('HYPERLINK');
  expect(text).not.toContain('<p');
  expect(gaps).toEqual([]);
});
