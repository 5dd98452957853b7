import { expect, test } from 'vitest';
import { readListing } from '../../../providers/web/listing.ts';
import { decodeSegment, fileUrl } from '../../../providers/web/target.ts';
import { PAGES } from './pages.ts';

const FOLDER = new URL('http://www.example.org/p/');

test.each(PAGES)('$name: the file and the folder are read, nothing else', (page) => {
  const listing = readListing(page.body, FOLDER);
  expect(listing?.form).toBe(page.form);
  expect(listing?.entries.map(({ name, folder }) => `${name}${folder ? '/' : ''}`).sort()).toEqual([
    'a b.csv',
    'sub/',
  ]);
  const file = listing?.entries.find(({ folder }) => !folder);
  expect(file?.sizeBytes).toBe(page.sizeBytes);
  expect(file?.modifiedAt?.toISOString() ?? null).toBe(page.modifiedAt);
});

test.each([
  ['a page with links', '<html><title>Our files</title><ul><li><a href="a.csv">a</a></ul></html>'],
  ['a login', '<html><title>Sign in</title><form action="/login"></form></html>'],
  ['an empty answer', ''],
  ['a record in JSON', '{"id":1,"name":"x"}'],
  ['a list of records in JSON', '[{"id":1,"name":"x"}]'],
])('%s is no listing', (_, body) => {
  expect(readListing(body, FOLDER)).toBeNull();
});

test('an empty nginx folder is a listing without entries', () => {
  const body =
    '<html><head><title>Index of /p/</title></head><body><h1>Index of /p/</h1><hr><pre><a href="../">../</a>\n</pre><hr></body></html>';
  expect(readListing(body, FOLDER)).toEqual({ form: 'nginx', entries: [] });
  expect(readListing('[\n]', FOLDER)).toEqual({ form: 'nginx', entries: [] });
});

test('links that lead elsewhere, up, down or sort are no entries', () => {
  const links = [
    '../',
    '/',
    '/p/',
    '/q/x.csv',
    './',
    '?C=S;O=A',
    'x.csv?raw=1',
    'deep/er.csv',
    '..%2fsecret.csv',
    '%2e%2e/secret.csv',
    'http://other.example.org/p/x.csv',
    'https://www.example.org/p/x.csv',
    'javascript:alert(1)',
    '//other.example.org/p/y.csv',
    'x.csv#top',
  ];
  const rows = links.map((href) => `<a href="${href}">x</a>  05-Nov-2026 07:28  1\n`).join('');
  const body = `<h1>Index of /p/</h1><hr><pre><a href="../">../</a>\n${rows}</pre><hr></body>`;
  expect(readListing(body, FOLDER)?.entries.map(({ name }) => name)).toEqual(['x.csv']);
});

test('a hostile page is read in time that grows with its length', () => {
  const startedAt = Date.now();
  const many = '<title>Index of '.repeat(200_000);
  expect(readListing(many, FOLDER)).toEqual(expect.anything());
  readListing(`<h1>Index of /</h1><hr><pre><a href="../">${'<a href="x'.repeat(100_000)}`, FOLDER);
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

test.each(['名單/個人 資料.csv', 'a+b & c=d%20e?.csv', 'q#h.csv', 'semi;colon:at@.txt', "it's"])(
  'the key %s goes to an address and back',
  (key) => {
    const url = fileUrl('http://h/p/', key);
    const path = url.pathname.slice('/p/'.length);
    expect(path.split('/').map(decodeSegment).join('/')).toBe(key);
    expect(url.search + url.hash).toBe('');
  },
);

test('a name in Big5 bytes keeps its bytes', () => {
  const segment = '%A6W%B3%E6.csv';
  expect(fileUrl('http://h/p/', decodeSegment(segment)).pathname).toBe(`/p/${segment}`);
});
