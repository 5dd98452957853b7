/** Archives and files that are cheap to send and dear to open, or that point out of themselves. */
import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytesOf, extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

const MIB = 1024 * 1024;

function total(pieces: readonly { readonly text: Uint8Array }[]): number {
  return pieces.reduce((sum, piece) => sum + piece.text.length, 0);
}

/** Many names in the directory for one member's bytes: what unpacks is their product. */
function overlapping(count: number, data: Uint8Array): Buffer {
  const packed = deflateRawSync(data);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(8, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from('00000000'), packed]);
  const directory = Array.from({ length: count }, (_, at) => [
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    fields,
    Buffer.alloc(14),
    Buffer.from(String(at).padStart(8, '0')),
  ]).flat();
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

test('a zip whose names share one member stops at the limit for all of them together', async () => {
  const bomb = overlapping(2_000, Buffer.alloc(MIB, 'x'));
  expect(bomb.length).toBeLessThan(MIB);
  const { pieces, gaps } = await extractBytes(bomb, { expandedBytes: 32 * MIB });
  expect(gaps.at(-1)).toMatchObject({ code: 'too-large' });
  expect(gaps.length).toBeLessThan(10);
  expect(total(pieces)).toBeLessThan(40 * MIB);
});

test('zips in zips are counted together, and the limit ends all of them', async () => {
  let bomb: Uint8Array = zipOf([{ name: 'x.txt', data: Buffer.alloc(4 * MIB, 'x') }]);
  for (let level = 0; level < 4; level += 1) {
    const data = bomb;
    bomb = zipOf(Array.from({ length: 10 }, (_, at) => ({ name: `${level}-${at}.zip`, data })));
  }
  expect(bomb.length).toBeLessThan(MIB);
  const { pieces, gaps } = await extractBytes(bomb, { expandedBytes: 32 * MIB });
  expect(gaps.some(({ code }) => code === 'too-large')).toBe(true);
  expect(gaps.length).toBeLessThan(100);
  expect(total(pieces)).toBeLessThan(40 * MIB);
});

function tarOf(name: string, type: string, size: string, linked = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(size, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(linked, 157);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

test('links and devices of a tar are passed over, absolute names are names', async () => {
  const data = Buffer.alloc(512);
  data.write('91230001');
  const tar = Buffer.concat([
    tarOf('passwords', '2', '00000000000', '/etc/passwd'),
    tarOf('hard', '1', '00000000000', '/etc/shadow'),
    tarOf('device', '3', '00000000000'),
    tarOf('/etc/cron.d/job', '0', '00000000010'),
    data,
    Buffer.alloc(1024),
  ]);
  const { cells, gaps } = await extractBytes(tar, {}, 'a.tar');
  expect(cells.map(({ text, label }) => [text, label])).toEqual([
    ['91230001', 'a.tar › /etc/cron.d/job › line 1'],
  ]);
  expect(gaps).toEqual([]);
});

test.each(['-0000001000', '-7777777777'])(
  'a tar member of negative size (%s) ends',
  async (size) => {
    const tar = Buffer.concat([tarOf('a.txt', '0', size), Buffer.alloc(2048)]);
    const { gaps } = await extractBytes(tar);
    expect(gaps).toMatchObject([{ code: 'malformed' }]);
  },
);

test('a symbolic link in a zip is its own bytes', async () => {
  const zip = zipOf([{ name: 'link', data: bytesOf('/etc/passwd') }]);
  // External attributes of Unix in the directory: S_IFLNK.
  zip.writeUInt32LE(0xa1ff0000, zip.indexOf('PK\x01\x02') + 38);
  const { cells } = await extractBytes(zip);
  expect(cells.map(({ text }) => text)).toEqual(['/etc/passwd']);
});

/** Objects in compressed object streams: some KB on disk, a million when read. */
function pdfOfObjects(count: number): Buffer {
  const perStream = 10_000;
  const streams = Array.from({ length: count / perStream }, (_, at) => {
    const first = 10 + at * perStream;
    const head = Array.from({ length: perStream }, (_, one) => `${first + one} ${one * 2}`).join(
      ' ',
    );
    const body = '0 '.repeat(perStream);
    const packed = deflateSync(`${head} ${body}`);
    const number = 10 + count + at;
    return Buffer.concat([
      Buffer.from(
        `${number} 0 obj\n<</Type/ObjStm/N ${perStream}/First ${head.length + 1}/Filter/FlateDecode/Length ${packed.length}>>stream\n`,
      ),
      packed,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
  });
  const start = Buffer.from(
    `%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>\nendobj\n4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n5 0 obj\n<</Length 40>>stream\nBT /F 12 Tf 10 10 Td (91230001) Tj ET   \nendstream\nendobj\n`,
  );
  return Buffer.concat([start, ...streams, Buffer.from('trailer\n<</Root 1 0 R>>\n%%EOF\n')]);
}

test('a million objects of a PDF do not hide its page', { timeout: 60_000 }, async () => {
  const { cells } = await extractBytes(pdfOfObjects(1_000_000));
  expect(cells.map(({ text }) => text).join()).toContain('91230001');
});

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

test('a whole picture of 50,000 by 50,000 pixels is not unpacked', async () => {
  const size = Buffer.from('0000c3500000c350010000000000'.slice(0, 26), 'hex');
  // One bit a pixel, all alike: 312 MB in some 300 KB.
  const row = Buffer.alloc(1 + 50_000 / 8);
  const rows = deflateSync(Buffer.concat(Array.from({ length: 50_000 }, () => row)), { level: 1 });
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', size),
    chunk('IDAT', rows),
    chunk('IEND', new Uint8Array(0)),
  ]);
  const before = process.memoryUsage.rss();
  const { gaps } = await extractBytes(png);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toMatch(/^pixels \(100000000\)/);
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MIB);
});

test('a bomb in a bomb of another kind is counted with it', async () => {
  const inner = gzipSync(Buffer.alloc(64 * MIB, 'x'));
  const zip = zipOf([{ name: 'x.gz', data: inner }]);
  const { pieces, gaps } = await extractBytes(zip, { expandedBytes: 16 * MIB });
  expect(gaps[0]).toMatchObject({ code: 'too-large' });
  expect(total(pieces)).toBeLessThan(20 * MIB);
});
