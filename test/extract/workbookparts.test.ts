/** What a workbook holds besides its cells. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { zipDirectory } from '../../src/extract/zip.ts';
import { bytesOf, type Extracted, extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

/** A workbook of one cell, with more parts; `sheet` stands behind its cells. */
async function read(
  parts: Readonly<Record<string, string | Uint8Array>>,
  sheet = '',
): Promise<Extracted> {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['a']]), 'One');
  const made = Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
  const { members } = await zipDirectory(made, 100);
  const own = members.map(({ rawName, data, method }) => {
    const name = Buffer.from(rawName).toString();
    const plain = method === 8 ? inflateRawSync(data) : Buffer.from(data);
    const text = plain.toString().replace('</sheetData>', `</sheetData>${sheet}`);
    return { name, data: name.endsWith('sheet1.xml') ? Buffer.from(text) : plain };
  });
  const more = Object.entries(parts).map(([name, data]) => ({ name, data: bytesOf(data) }));
  return extractBytes(zipOf([...own, ...more]), {}, 'a.xlsx');
}

function places({ cells }: Extracted): readonly string[] {
  return cells.map(({ label, text }) => `${label}: ${text}`);
}

test('headers, footers, lists to choose from and their prompts are read, without their layout', async () => {
  const found = await read(
    {},
    '<dataValidations><dataValidation prompt="ask 91230004"><formula1>"91230001,91230002"</formula1></dataValidation></dataValidations><headerFooter><oddHeader>&amp;C&amp;"Arial,Bold"Staff 91230003</oddHeader></headerFooter>',
  );
  const all = places(found);
  expect(all).toContain('sheet 1 list of choices: 91230001 91230002');
  expect(all).toContain('sheet 1 header: Staff 91230003');
  expect(all).toContain('sheet 1 prompt: ask 91230004');
  expect(found.gaps).toEqual([]);
});

test('what a pivot table keeps of its source is read, its indices are not', async () => {
  const record =
    '<pivotCacheRecords><r><s v="Ann 91230001"/><x v="12345678"/></r></pivotCacheRecords>';
  const all = places(await read({ 'xl/pivotCache/pivotCacheRecords1.xml': record }));
  expect(all).toContain('pivot table value 1: Ann 91230001');
  expect(all.join()).not.toContain('12345678');
});

test('text boxes and document properties are read', async () => {
  const box =
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>call 9123</a:t></a:r><a:r><a:t>0001</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>';
  const core =
    '<cp:coreProperties xmlns:dc="x"><dc:creator>Ann Example</dc:creator></cp:coreProperties>';
  const all = places(await read({ 'xl/drawings/drawing1.xml': box, 'docProps/core.xml': core }));
  expect(all).toContain('drawing 1: call 91230001\n');
  expect(all.some((one) => one.includes('Ann Example'))).toBe(true);
});

test('a picture in a workbook goes the way of pictures', { timeout: 60_000 }, async () => {
  const picture = readFileSync(join(import.meta.dirname, 'cases', 'ocr', 'english.png'));
  const all = places(await read({ 'xl/media/image1.png': picture }));
  expect(all.some((one) => /image1\.png › image: [\s\S]*K580316\(0\)/.test(one))).toBe(true);
});

test('a file in a workbook is opened', async () => {
  const list = 'name,phone\nAnn,91230001\nBob,91230002\n';
  const all = places(await read({ 'xl/embeddings/list.csv': list }));
  expect(all).toContain('a.xlsx › list.csv › row 2 column phone: 91230001');
});
