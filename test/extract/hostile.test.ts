/** Markup that is written to hurt whoever reads it. */
import { expect, test } from 'vitest';
import { bytesOf, extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "hahaha">${Array.from(
  { length: 20 },
  (_, at) => `<!ENTITY a${at + 1} "${`&a${at === 0 ? '' : at};`.repeat(10)}">`,
).join('')}]>`;

function total(pieces: readonly { readonly text: Uint8Array }[]): number {
  return pieces.reduce((sum, piece) => sum + piece.text.length, 0);
}

test('entities that grow a billionfold stay as they are written', async () => {
  const { pieces } = await extractBytes(`${LAUGHS}<l>&a20;</l>`);
  expect(total(pieces)).toBeLessThan(10_000);
});

test('in a document they do neither', async () => {
  const docx = zipOf([
    { name: '[Content_Types].xml', data: bytesOf('<Types/>') },
    {
      name: 'word/document.xml',
      data: bytesOf(
        `${LAUGHS}<w:document><w:p><w:r><w:t>&a20; 91230001</w:t></w:r></w:p></w:document>`,
      ),
    },
  ]);
  const { pieces, cells } = await extractBytes(docx);
  expect(total(pieces)).toBeLessThan(10_000);
  expect(cells.some((cell) => cell.text.includes('91230001'))).toBe(true);
});

test('an external entity opens nothing', async () => {
  const { cells } = await extractBytes(
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/hostname">]><l>&f;</l>',
  );
  expect(cells.find((cell) => cell.column === '/l')?.text).toBe('&f;');
});

test('a document that unpacks without end stops at the limit, and what came before is read', async () => {
  const filler = '<w:p><w:r><w:t>filler</w:t></w:r></w:p>'.repeat(50_000);
  const docx = zipOf([
    { name: '[Content_Types].xml', data: bytesOf('<Types/>') },
    {
      name: 'word/document.xml',
      data: bytesOf(`<w:document><w:p><w:r><w:t>91230001</w:t></w:r></w:p>${filler}`),
    },
  ]);
  const { cells, gaps } = await extractBytes(docx, { expandedBytes: 200_000 });
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(cells.some((cell) => cell.text.includes('91230001'))).toBe(true);
});

test.each(['<a b="', '<!--', '<![CDATA[', '<a '])(
  '%s without end is read to the end',
  async (open) => {
    const { cells } = await extractBytes(`<html><body>${open}91230001`);
    expect(cells.map((cell) => cell.text).join('')).toContain('91230001');
  },
);

test.each([
  ['tables in tables', '<table><tr><td>'],
  ['lists', '<ul><li>'],
  ['brackets of a script', '<script>x = [[['],
  ['brackets of text', 'a=[1 '],
])('%s without end take no time', async (_, part) => {
  const { cells } = await extractBytes(`<html>${part.repeat(50_000)}91230001`);
  expect(cells.map((cell) => cell.text).join('')).toContain('91230001');
});

test('a mail of a hundred thousand parts is cut at the limit, told once', async () => {
  const part = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n';
  const mail = `From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(20_000)}--b--`;
  const { gaps } = await extractBytes(mail, { archiveMembers: 100 });
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('a mailbox of too many mails is cut at the limit, told once', async () => {
  const mail =
    'From a@example.org Mon Jan  1 10:00:00 2024\nFrom: a@example.org\nSubject: x\n\nhello\n\n';
  const { gaps } = await extractBytes(mail.repeat(5_000), { archiveMembers: 100 });
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('a document that closes what nobody opened takes no time', async () => {
  const body = `${'<w:p>'.repeat(2_000)}${'</w:tbl>'.repeat(500_000)}`;
  const docx = zipOf([
    { name: '[Content_Types].xml', data: bytesOf('<Types/>') },
    { name: 'word/document.xml', data: bytesOf(`<w:document>${body}</w:document>`) },
  ]);
  expect((await extractBytes(docx)).cells).toEqual([]);
});

test('an OpenDocument text behind a password is a gap', async () => {
  const odt = zipOf([
    { name: 'mimetype', data: bytesOf('application/vnd.oasis.opendocument.text'), stored: true },
    { name: 'content.xml', data: new Uint8Array(200).fill(0xa7) },
    {
      name: 'META-INF/manifest.xml',
      data: bytesOf(
        '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
      ),
    },
  ]);
  const { pieces, gaps } = await extractBytes(odt);
  expect(pieces).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'encrypted' }]);
});

test('a damaged compound file is told wherever in memory it lies', async () => {
  const bytes = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000, 1)]);
  // Members of archives and messages between processes begin anywhere: at odd addresses too.
  const odd = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
  const { gaps } = await extractBytes(odd);
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});
