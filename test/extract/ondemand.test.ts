/** Objects too large to be read whole: what is read of them, and what that costs over the wire. */
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { ScanError } from '../../src/model/errors.ts';
import { bytesOf, extractObject } from '../kit/pieces.ts';
import { type Stretch, serve } from '../kit/virtual.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const LIST = bytesOf('name,phone\nAnn,91230001\nBob,91230002\nCid,91230003\n');

async function workbook(rows: number): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  const lines = Array.from({ length: rows }, (_, at) => [`R${at}`, `N${at}`, 91_230_000 + at]);
  const sheet = utils.aoa_to_sheet([['id', 'name', 'phone'], ...lines]);
  utils.book_append_sheet(book, sheet, 'People');
  return Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
}

interface StoredFile {
  readonly name: string;
  readonly data: Stretch;
}

/** A zip of stored files with a directory of the 64-bit kind, as one of 20 GB needs. */
function largeZip(files: readonly StoredFile[]): readonly Stretch[] {
  const result: Stretch[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const size = typeof data === 'number' ? data : data.length;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(45, 0);
    fields.writeUInt32LE(typeof data === 'number' ? 0 : crc32(data), 10);
    fields.writeUInt32LE(0xffffffff, 14);
    fields.writeUInt32LE(0xffffffff, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name)]);
    const wide = Buffer.alloc(28);
    wide.writeUInt16LE(1, 0);
    wide.writeUInt16LE(24, 2);
    for (const [at, value] of [size, size, offset].entries()) {
      wide.writeBigUInt64LE(BigInt(value), 4 + at * 8);
    }
    fields.writeUInt16LE(wide.length, 24);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(0xffffffff, 10);
    directory.push(
      Buffer.from('PK\x01\x02\x2d\x00', 'latin1'),
      fields,
      place,
      Buffer.from(name),
      wide,
    );
    result.push(local, data);
    offset += local.length + size;
  }
  const central = Buffer.concat(directory);
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  for (const [at, value] of [files.length, files.length, central.length, offset].entries()) {
    record.writeBigUInt64LE(BigInt(value), 24 + at * 8);
  }
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + central.length), 8);
  const end = Buffer.alloc(22, 0xff);
  end.write('PK\x05\x06', 'latin1');
  end.fill(0, 4, 8);
  end.writeUInt16LE(0, 20);
  return [...result, central, record, locator, end];
}

test('a zip of 20 GB costs less than a megabyte: its directory, and the small files in it', async () => {
  const files = [
    { name: 'film.bin', data: 12 * GIB },
    { name: 'list.csv', data: LIST },
    { name: 'more.bin', data: 8 * GIB },
    { name: 'people.xlsx', data: await workbook(500) },
  ];
  await using served = await serve(largeZip(files), 'backup.zip');
  const { cells, gaps } = await extractObject(served.object);
  const labels = cells.map(({ label }) => label);
  expect(labels).toContain('backup.zip › list.csv › row 3 column name');
  expect(labels.some((label) => label.includes('people.xlsx › sheet "People" C501'))).toBe(true);
  expect(gaps.at(-1)).toMatchObject({ code: 'too-large', what: '' });
  expect(gaps.at(-1)?.detail).toContain('of its 4 files 2 were read');
  expect(served.sentBytes()).toBeLessThan(MIB);
});

test('a large zip that lies unpacked in another is read by its own directory', async () => {
  const inner = largeZip([
    { name: 'film.bin', data: 100 * MIB },
    { name: 'list.csv', data: LIST },
  ]);
  const size = inner.reduce<number>(
    (sum, one) => sum + (typeof one === 'number' ? one : one.length),
    0,
  );
  // Its stretches stand where the outer one's data would.
  const outer = largeZip([{ name: 'inner.zip', data: size }]);
  const file = outer.flatMap((one) => (one === size ? inner : [one]));
  await using served = await serve(file, 'outer.zip');
  const { cells } = await extractObject(served.object);
  expect(cells.map(({ label }) => label)).toContain(
    'outer.zip › inner.zip › list.csv › row 3 column name',
  );
  expect(served.sentBytes()).toBeLessThan(2 * MIB);
});

test('of a large workbook the sheets are read, and not the films that lie in it', async () => {
  const { members } = await (await import('../../src/extract/zip.ts')).zipDirectory(
    await workbook(2_000),
    100,
  );
  const { inflateRawSync } = await import('node:zlib');
  const parts = members.map(({ rawName, data, method }) => ({
    name: Buffer.from(rawName).toString(),
    data: method === 8 ? inflateRawSync(data) : data,
  }));
  const film = { name: 'xl/media/film.mp4', data: 2 * GIB };
  await using served = await serve(largeZip([...parts, film]), 'big.xlsx');
  const { cells, gaps } = await extractObject(served.object);
  expect(cells.some(({ text, label }) => text === 'N1999' && label.includes('B2001'))).toBe(true);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(served.sentBytes()).toBeLessThan(2 * MIB);
});

test('a long sheet is read to where the limit cuts it', async () => {
  const bytes = await workbook(40_000);
  await using served = await serve([bytes], 'long.xlsx');
  const more = { ...served.object.more, sample: [{ start: 0, end: 700_000 }] };
  const { cells, gaps } = await extractObject({ ...served.object, more } as typeof served.object);
  const rows = cells.filter(({ column }) => column === 'name').length;
  expect(rows).toBeGreaterThan(1_000);
  expect(rows).toBeLessThan(40_000);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('of a large Parquet file the first rows of some groups are read', async () => {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const count = 400_000;
  const noise = (at: number): string => ((at * 2_654_435_761) % 4_294_967_296).toString(36);
  const columnData = [
    { name: 'name', data: Array.from({ length: count }, (_, at) => `N${at}`) },
    { name: 'note', data: Array.from({ length: count }, (_, at) => noise(at) + noise(at + 7)) },
  ];
  const bytes = Buffer.from(
    parquetWriteBuffer({ columnData, rowGroupSize: 50_000, pageSize: 65_536 }),
  );
  await using served = await serve([bytes], 'people.parquet');
  const { cells, gaps } = await extractObject(served.object);
  expect(cells.some(({ text, label }) => text === 'N5' && label.includes('row 6'))).toBe(true);
  expect(cells.some(({ text }) => text === 'N350005')).toBe(true);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('4000 rows of 4 of its 8 row groups');
  expect(served.sentBytes()).toBeLessThan(bytes.length * 0.4);
});

/** One page of text, and an attachment of any size between it and the list of objects. */
function largePdf(attachmentBytes: number): readonly Stretch[] {
  const text = 'BT /F 12 Tf 20 100 Td (Phone 91230001) Tj ET';
  const objects: readonly (readonly Stretch[])[] = [
    [Buffer.from('<</Type/Catalog/Pages 2 0 R>>')],
    [Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>')],
    [
      Buffer.from(
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>',
      ),
    ],
    [Buffer.from('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>')],
    [Buffer.from(`<</Length ${text.length}>>stream\n${text}\nendstream`)],
    [
      Buffer.from(`<</Length ${attachmentBytes}>>stream\n`),
      attachmentBytes,
      Buffer.from('\nendstream'),
    ],
  ];
  const file: Stretch[] = [Buffer.from('%PDF-1.7\n')];
  const size = (): number =>
    file.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : one.length), 0);
  let list = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  // The large one first, so that the page stands far behind the head.
  for (const number of [6, 1, 2, 3, 4, 5]) {
    file.push(
      Buffer.from(`${number} 0 obj\n`),
      ...(objects[number - 1] ?? []),
      Buffer.from('\nendobj\n'),
    );
  }
  let at = 9;
  const offsets = new Map<number, number>();
  for (const number of [6, 1, 2, 3, 4, 5]) {
    offsets.set(number, at);
    const lengths = (objects[number - 1] ?? []).map((one) =>
      typeof one === 'number' ? one : one.length,
    );
    at += 8 + lengths.reduce((sum, one) => sum + one, 0) + 8;
  }
  for (let number = 1; number <= objects.length; number += 1) {
    list += `${String(offsets.get(number)).padStart(10, '0')} 00000 n \n`;
  }
  const trailer = `trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n${size()}\n%%EOF\n`;
  return [...file, Buffer.from(list + trailer)];
}

test('a PDF of 5 GB costs what its pages take', async () => {
  await using served = await serve(largePdf(5 * GIB), 'large.pdf');
  const { cells } = await extractObject(served.object);
  expect(cells.map(({ text }) => text).join()).toContain('91230001');
  expect(served.sentBytes()).toBeLessThan(2 * MIB);
});

test('text is read where the sample drew', async () => {
  const line = Buffer.from('N1,91230001\n'.repeat(10_000));
  await using served = await serve(
    [Buffer.from('name,phone\n'), ...Array(700).fill(line)],
    'x.csv',
  );
  const { cells, gaps } = await extractObject(served.object);
  expect(gaps).toEqual([]);
  expect(cells.some(({ label }) => label.includes('after byte'))).toBe(true);
  expect(served.requests()).toBe(17);
});

test('a compressed stream is read from its beginning, and says so', async () => {
  const { gzipSync } = await import('node:zlib');
  const rows = Array.from({ length: 300_000 }, (_, at) => `N${at},${(at * 7919) % 1_000_003}`);
  const bytes = gzipSync(`name,mark\n${rows.join('\n')}\n`);
  await using served = await serve([bytes], 'x.csv.gz');
  const more = { ...served.object.more, sample: [{ start: 0, end: 900_000 }] };
  const { cells, gaps } = await extractObject({ ...served.object, more } as typeof served.object);
  expect(cells.length).toBeGreaterThan(100_000);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('of a tar the first files are read, and that is no damage', async () => {
  const { execFileSync } = await import('node:child_process');
  const { mkdtempSync, readFileSync, rmSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = mkdtempSync(join(tmpdir(), 'ajar-tar-'));
  writeFileSync(join(folder, 'a.csv'), LIST);
  execFileSync('tar', ['-cf', 'a.tar', 'a.csv'], { cwd: folder });
  const tar = readFileSync(join(folder, 'a.tar'));
  rmSync(folder, { recursive: true });
  await using served = await serve([tar.subarray(0, 1024), GIB], 'a.tar');
  const { cells, gaps } = await extractObject(served.object);
  expect(cells.some(({ text }) => text === 'Bob')).toBe(true);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('a transfer that fails is the gap that it is', async () => {
  await using served = await serve(largeZip([{ name: 'film.bin', data: GIB }]), 'x.zip');
  const read = (): Promise<Uint8Array> =>
    Promise.reject(new ScanError('throttled', 'the server asked to wait'));
  const more = { sample: [], read };
  const { gaps } = await extractObject({ ...served.object, more });
  expect(gaps).toMatchObject([{ code: 'throttled', detail: 'the server asked to wait' }]);
});
