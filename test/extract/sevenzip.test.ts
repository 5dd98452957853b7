/** 7z, LZMA and the filter for programs, damaged or hostile; whole ones are cases (make-archives.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openX86 } from '../../src/extract/bcj.ts';
import { unpackLzma2 } from '../../src/extract/lzma.ts';
import { type Folder, type Header, readHeader } from '../../src/extract/sevenzipheader.ts';
import { extractBytes } from '../kit/pieces.ts';

function source(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'cases', name, 'source'));
}

/** As make-archives.py makes it. */
function calls(): Buffer {
  const out: number[] = [];
  for (let state = 1; out.length < 20_000; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out.push(
      state >>> 24,
      0xe8 + ((state >>> 20) & 1),
      (state >>> 8) & 255,
      (state >>> 16) & 255,
      0,
    );
    out.push(((state >>> 21) & 1) === 1 ? 255 : 0);
  }
  return Buffer.from(out);
}

function unpacked(bytes: Buffer, { coders, start, packedBytes }: Folder, filter: boolean): Buffer {
  const chunks: Uint8Array[] = [];
  const x86 = openX86((chunk) => chunks.push(chunk));
  const coder = coders.at(-1);
  unpackLzma2(coder?.settings[0] ?? 0, bytes.subarray(start, start + packedBytes), (chunk) => {
    if (filter) x86.push(chunk);
    else chunks.push(chunk);
  });
  x86.end();
  return Buffer.concat(chunks);
}

function headerOf(bytes: Buffer): Header {
  const start = 32 + Number(bytes.readBigUInt64LE(12));
  const size = Number(bytes.readBigUInt64LE(20));
  const found = readHeader(bytes.subarray(start, start + size));
  return 'files' in found ? found : (readHeader(unpacked(bytes, found, false)) as Header);
}

test('the filter for programs is undone to the byte', () => {
  const bytes = source('7z-x86');
  const [folder] = headerOf(bytes).folders;
  if (!folder) throw new Error('a folder was expected');
  const whole = unpacked(bytes, folder, true);
  const expected = calls();
  expect(whole.subarray(-expected.length).equals(expected)).toBe(true);
  expect(unpacked(bytes, folder, false).equals(whole)).toBe(false);
});

test('the filter gives the same whatever the pieces are', () => {
  const filtered = calls();
  const run = (pieceBytes: number): Buffer => {
    const chunks: Uint8Array[] = [];
    const filter = openX86((chunk) => chunks.push(Buffer.from(chunk)));
    for (let at = 0; at < filtered.length; at += pieceBytes) {
      filter.push(filtered.subarray(at, at + pieceBytes));
    }
    filter.end();
    return Buffer.concat(chunks);
  };
  const once = run(filtered.length);
  for (const size of [1, 2, 3, 5, 7, 4096]) expect(run(size).equals(once), `${size}`).toBe(true);
});

test.each(['7z-lzma', '7z-lzma2', '7z-x86'])('%s that was cut is a gap', async (name) => {
  const bytes = source(name);
  const { gaps } = await extractBytes(bytes.subarray(0, bytes.length - 20));
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

test('damage anywhere in a 7z ends as cells or gaps', async () => {
  for (const name of ['7z-lzma', '7z-lzma2', '7z-x86', '7z-bzip2']) {
    const whole = source(name);
    for (let round = 0; round < 25; round += 1) {
      const bytes = Buffer.from(whole);
      const at = (round * 7919) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (round & 7));
      const { cells, gaps } = await extractBytes(bytes);
      expect(cells.length + gaps.length, `${name} ${round}`).toBeGreaterThan(0);
    }
  }
});

test('a 7z of more files than archiveMembers is cut at the limit', async () => {
  const { cells, gaps } = await extractBytes(source('7z-lzma2'), { archiveMembers: 1 });
  expect(cells.some(({ text }) => text === 'Ann Example')).toBe(true);
  expect(gaps[0]?.detail).toContain('archiveMembers (1)');
});

test('a 7z stops at expandedBytes and at nestingDepth', async () => {
  const small = await extractBytes(source('7z-lzma2'), { expandedBytes: 100 });
  expect(small.gaps[0]?.detail).toContain('expandedBytes (100)');
  const deep = await extractBytes(source('7z-lzma2'), { nestingDepth: 0 });
  expect(deep.gaps[0]?.detail).toContain('nestingDepth (0)');
});

test('an LZMA file that was cut gives what is there', async () => {
  const { cells, gaps } = await extractBytes(source('csv-lzma').subarray(0, 120));
  expect(cells.map(({ text }) => text).join()).toContain('F231482076');
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});
