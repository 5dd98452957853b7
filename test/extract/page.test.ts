/** What a page holds beside its words. */
import { expect, test } from 'vitest';
import { type Cell, extractBytes } from '../kit/pieces.ts';

function page(body: string) {
  return extractBytes(`<!DOCTYPE html><html><body>\n${body}\n</body></html>`, {}, 'a.html');
}

function cell(cells: readonly Cell[], text: string): Cell | undefined {
  return cells.find((one) => one.text === text);
}

test.each(['application/json', 'application/ld+json', 'text/javascript'])(
  'state in a script of type %s is JSON with its columns',
  async (type) => {
    const { cells } = await page(
      `<script type="${type}">{"people":[{"name":"Ann","phone":"91230001"},{"name":"Bob","phone":"91230002"}]}</script>`,
    );
    expect(cell(cells, '91230002')?.column).toBe('$.people[].phone');
  },
);

test('JSON in an attribute is JSON', async () => {
  const { cells } = await page(
    '<div data-user="{&quot;name&quot;:&quot;Ann&quot;,&quot;phone&quot;:&quot;91230001&quot;}"></div>',
  );
  expect(cell(cells, '91230001')?.column).toBe('$.phone');
});

test('a file in a data: URL is read as what it is', async () => {
  const csv = 'name,phone\nAnn,91230001\nBob,91230002\nCid,91230003\n';
  const { cells } = await page(
    `<a href="data:text/csv;base64,${Buffer.from(csv).toString('base64')}">list</a>`,
  );
  expect(cell(cells, '91230002')).toMatchObject({
    column: 'phone',
    label: 'a.html › line 2 a href › row 3 column phone',
  });
});

test('percent-encoding of a link is taken off', async () => {
  const { cells } = await page('<a href="/show?mail=ann%40example.org&amp;name=%E9%99%B3">x</a>');
  expect(cell(cells, '/show?mail=ann@example.org&name=陳')?.column).toBe('a href');
});

test('a style sheet is no text, its comments are', async () => {
  const { cells } = await page('<style>a{width:91230001px}/* call 91230002 */</style>');
  const text = cells.map((one) => one.text).join('\n');
  expect(text).not.toContain('91230001');
  expect(text).toContain('91230002');
});

test('a table in a table has its own columns', async () => {
  const { cells } = await page(
    '<table><tr><td>layout</td><td><table><tr><th>Name</th><th>Phone</th></tr><tr><td>Ann</td><td>91230001</td></tr></table></td></tr></table>',
  );
  expect(cell(cells, '91230001')).toMatchObject({
    column: 'Phone',
    label: 'table 2 row 2 column Phone',
  });
});

test('cells that nobody closed are cells', async () => {
  const { cells } = await page('<table><tr><th>Name<th>Phone<tr><td>Ann<td>91230001</table>');
  expect(cell(cells, '91230001')?.column).toBe('Phone');
});

test('a wide cell keeps its neighbours in their columns', async () => {
  const { cells } = await page(
    '<table><tr><th>A</th><th>B</th><th>Phone</th></tr><tr><td colspan=2>x</td><td>91230001</td></tr></table>',
  );
  expect(cell(cells, '91230001')?.column).toBe('Phone');
});

test('every named character is that character', async () => {
  const { cells } = await page('<p>C&eacute;line &amp; D&aring;g &#x9673;</p>');
  expect(cells.some((one) => one.text.includes('Céline & Dåg 陳'))).toBe(true);
});

test('a photograph written as base64 in XML is no text, a list is read', async () => {
  const csv = `id,name,phone\n${Array.from({ length: 20 }, (_, at) => `${at},Ann,9123${1000 + at}`).join('\n')}\n`;
  const packed = (await import('node:zlib')).gzipSync(csv);
  const xml = `<?xml version="1.0"?><x><file>${Buffer.concat([packed, Buffer.alloc(200)]).toString('base64')}</file></x>`;
  const { cells } = await extractBytes(xml, {}, 'a.xml');
  expect(cell(cells, '91231007')?.column).toBe('phone');
});
