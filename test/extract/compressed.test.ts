/** bzip2, xz and LZ4: the streams that the platform has no decompressor for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { extractBytes } from '../kit/pieces.ts';

function source(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'cases', name, 'source'));
}

const PACKINGS = ['bzip2', 'xz', 'lz4', 'zstd'];

test.each(PACKINGS)('%s is known by its bytes and named in places', async (packing) => {
  const bytes = source(`csv-${packing}`);
  expect(recognise(bytes, 'notes.txt')).toBe(packing);
  const { cells } = await extractBytes(bytes, {}, 'list.csv.xz');
  expect(cells.find(({ text }) => text === '91230002')?.label).toBe(
    'list.csv.xz › list.csv › row 5 column phone',
  );
});

test('words that begin like a bzip2 file are words', () => {
  expect(recognise(Buffer.from('BZh1 is how such files begin\n'), '')).toBe('text');
});

test.each(PACKINGS)(
  'streams of %s set one behind the other are read to the last',
  async (packing) => {
    const bytes = source(`csv-${packing}`);
    const { cells, gaps } = await extractBytes(Buffer.concat([bytes, bytes]));
    expect(cells.filter(({ text }) => text === '91230002').length).toBe(2);
    expect(gaps).toEqual([]);
  },
);

test.each(PACKINGS)('%s that is cut off is a gap', async (packing) => {
  const bytes = source(`csv-${packing}`);
  const { gaps } = await extractBytes(bytes.subarray(0, bytes.length - 20));
  expect(gaps.map(({ code }) => code)).toContain('truncated');
});

test('bytes behind a bzip2 stream are padding', async () => {
  const { cells, gaps } = await extractBytes(
    Buffer.concat([source('csv-bzip2'), Buffer.alloc(512)]),
  );
  expect(cells.map(({ text }) => text)).toContain('91230002');
  expect(gaps).toEqual([]);
});

test.each(PACKINGS)('%s stops at expandedBytes and says so', async (packing) => {
  const { gaps } = await extractBytes(source(`csv-${packing}`), { expandedBytes: 100 });
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('expandedBytes (100)');
});

test.each(PACKINGS)('a bit that fell over in %s is never silent', async (packing) => {
  const whole = source(`csv-${packing}`);
  const { cells: expected } = await extractBytes(whole);
  for (let at = 12; at < whole.length; at += 17) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    const { cells, gaps } = await extractBytes(bytes);
    // LZ4's frames here have no checksum of their blocks; the others always notice.
    if (packing !== 'lz4' && gaps.length === 0) expect(cells, `byte ${at}`).toEqual(expected);
  }
});
