import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

const PAGE = `<!DOCTYPE html>
<html><head><title>Staff</title><meta name="author" content="Ann Lee"></head>
<body><!-- old phone 91230009 -->
<p>Call 9123<b>0001</b> now &amp; ask</p>
<form><input type="hidden" name="hkid" value="R100200"></form>
<a href="mailto:ann%40example.org">write</a>
<table><tr><th>Name</th><th>Phone</th></tr>
<tr><td>Bob</td><td>91230002</td></tr>
<tr><td>C&eacute;cile &#38; Dan</td><td><span>9123</span>0003</td></tr></table>
<script>var data = {"phone": "91230004"};</script>
</body></html>`;

function text(cells: readonly { readonly text: string }[]): string {
  return cells.map((cell) => cell.text).join('\n');
}

test('tags inside a number leave it whole', async () => {
  expect(text((await extractBytes(PAGE)).cells)).toContain('Call 91230001 now & ask');
});

test('a table of a page is a table', async () => {
  const { cells } = await extractBytes(PAGE);
  expect(cells.find((cell) => cell.text === '91230003')).toMatchObject({
    label: 'table 1 row 3 column Phone',
    column: 'Phone',
  });
  const row = cells.filter((cell) => cell.row === cells.find((one) => one.text === 'Bob')?.row);
  expect(row.map((cell) => cell.text)).toEqual(['Bob', '91230002']);
});

test('a hidden input is a cell named as its field', async () => {
  const { cells } = await extractBytes(PAGE);
  expect(cells.find((cell) => cell.text === 'R100200')).toMatchObject({
    column: 'hkid',
    label: 'line 5 hkid',
  });
});

test.each(['91230009', '91230004', 'ann@example.org', 'Ann Lee'])(
  '%s, which no reader sees, is read',
  async (value) => {
    expect(text((await extractBytes(PAGE)).cells)).toContain(value);
  },
);

test('running text of a page names the line of its source', async () => {
  const { pieces } = await extractBytes(PAGE);
  const piece = pieces.find((one) => Buffer.from(one.text).includes('91230001'));
  expect(piece?.locate(Buffer.from(piece.text).indexOf('91230001')).label).toBe('line 4');
});

const PEOPLE = `<?xml version="1.0" encoding="UTF-8"?>
<people source="desk">
  <person id="R1"><name>Ann</name><home><city>Oslo</city></home></person>
  <person id="R2"><name>Bob &amp; Co</name><home><city>Rome</city></home></person>
</people>`;

test('an element that repeats is a row, what lies in it belongs to it', async () => {
  const { cells, gaps } = await extractBytes(PEOPLE);
  expect(gaps).toEqual([]);
  const rome = cells.find((cell) => cell.text === 'Rome');
  expect(rome).toMatchObject({
    column: '/people/person/home/city',
    label: 'line 4 /people/person/home/city',
  });
  expect(cells.filter((cell) => cell.row === rome?.row).map((cell) => cell.text)).toEqual([
    'R2',
    'Bob & Co',
    'Rome',
  ]);
});

test('attributes are cells', async () => {
  const { cells } = await extractBytes(PEOPLE);
  expect(cells.find((cell) => cell.text === 'R1')?.column).toBe('/people/person/@id');
});

test('XML that was cut is read as far as it goes', async () => {
  const { cells, gaps } = await extractBytes(PEOPLE.slice(0, -40));
  expect(text(cells)).toContain('Bob & Co');
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

test('XML nested without end crashes nothing', async () => {
  const { cells } = await extractBytes(`<?xml version="1.0"?>${'<a>'.repeat(100_000)}deep`);
  expect(text(cells)).toContain('deep');
});

test('text with a stray angle bracket is text', () => {
  expect(recognise(bytesOf('<- see above\nand below\n'), 'x.html')).toBe('text');
});

test('a docx is read by paragraphs and tables, words whole', async () => {
  const run = (value: string) => `<w:r><w:rPr><w:b/><w:odd/></w:rPr><w:t>${value}</w:t></w:r>`;
  const cell = (value: string) => `<w:tc><w:p>${run(value)}</w:p></w:tc>`;
  const body = `<w:p>${run('Letter')}</w:p><w:p>${run('Phone 9123')}${run('0005')}</w:p>
    <w:tbl><w:tr>${cell('Name')}${cell('Phone')}</w:tr><w:tr>${cell('Ann')}${cell('91230006')}</w:tr></w:tbl>`;
  const docx = zipOf([
    { name: '[Content_Types].xml', data: bytesOf('<Types/>') },
    {
      name: 'word/document.xml',
      data: bytesOf(`<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`),
    },
  ]);
  expect(recognise(docx, 'x')).toBe('document');
  const { cells, gaps, pieces } = await extractBytes(docx, {}, 'a.docx');
  const prose = pieces.find((piece) => Buffer.from(piece.text).includes('Phone 91230005'));
  const at = Buffer.from(prose?.text ?? []).indexOf('91230005');
  expect(prose?.locate(at).label).toBe('paragraph 2');
  expect(cells.find((one) => one.text === '91230006')).toMatchObject({
    column: 'Phone',
    label: 'table 1 row 2 column Phone',
  });
  expect(gaps).toEqual([]);
});
