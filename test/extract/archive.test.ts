import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

const LIST = bytesOf('name,phone\nAnn,91230001\nBob,91230002\nCid,91230003\n');
const NOTE = bytesOf('call 91230009\nnot later\n');

function nested(levels: number): Uint8Array {
  let inner: Uint8Array = NOTE;
  for (let level = 0; level < levels; level += 1)
    inner = zipOf([{ name: `l${level}`, data: inner }]);
  return inner;
}

test('a zip without an ending in its name is a zip', () => {
  expect(recognise(zipOf([{ name: 'list.csv', data: LIST }]), 'backup')).toBe('zip');
});

test('a place in a zip names zip, member and row', async () => {
  const zip = zipOf([{ name: 'list.csv', data: LIST }]);
  const { cells, gaps } = await extractBytes(zip, {}, 'a.zip');
  expect(cells.find((cell) => cell.text === 'Bob')).toMatchObject({
    label: 'a.zip › list.csv › row 3 column name',
    column: 'name',
  });
  expect(gaps).toEqual([]);
});

test('rows and columns of two members never meet', async () => {
  const zip = zipOf([
    { name: 'a.csv', data: LIST },
    { name: 'b.csv', data: LIST, stored: true },
  ]);
  const { cells } = await extractBytes(zip, {}, 'a.zip');
  const of = (member: string) => cells.filter((cell) => cell.label.includes(member));
  const rows = new Set(of('a.csv').map((cell) => cell.row));
  const columns = new Set(of('a.csv').map((cell) => cell.index));
  expect(of('b.csv').length).toBe(of('a.csv').length);
  expect(of('b.csv').some((cell) => rows.has(cell.row) || columns.has(cell.index))).toBe(false);
});

test('a zip in a zip is opened', async () => {
  const { cells } = await extractBytes(nested(3), {}, 'a.zip');
  expect(cells[0]?.label).toBe('a.zip › l2 › l1 › l0 › line 1');
});

test('deeper than nestingDepth is a gap that names it', async () => {
  const { pieces, gaps } = await extractBytes(nested(5), { nestingDepth: 3 }, 'a.zip');
  expect(pieces).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'too-large', what: 'l4 › l3 › l2' }]);
  expect(gaps[0]?.detail).toContain('nestingDepth (3)');
});

test('an encrypted member is a gap, the others are read', async () => {
  const zip = zipOf([
    { name: 'locked.csv', data: LIST, flags: 1 },
    { name: 'open.csv', data: LIST },
  ]);
  const { cells, gaps } = await extractBytes(zip, {}, 'a.zip');
  expect(cells.some((cell) => cell.text === 'Bob')).toBe(true);
  expect(gaps).toMatchObject([{ code: 'encrypted', what: 'locked.csv' }]);
});

test('an unknown compression method is a gap', async () => {
  const zip = zipOf([{ name: 'x.csv', data: LIST, method: 98 }]);
  const { gaps } = await extractBytes(zip);
  expect(gaps).toMatchObject([{ code: 'unsupported', what: 'x.csv' }]);
});

test.each([
  ['Big5', '名單.csv', 'a6 57 b3 e6 2e 63 73 76'],
  ['Shift_JIS', '名簿一覧.csv', '96 bc 95 eb 88 ea 97 97 2e 63 73 76'],
  ['GBK', '员工名单.csv', 'd4 b1 b9 a4 c3 fb b5 a5 2e 63 73 76'],
])('a name in %s is read', async (_, name, hex) => {
  const raw = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const { cells } = await extractBytes(zipOf([{ name: raw, data: LIST }]), {}, 'a.zip');
  expect(cells[0]?.label).toContain(`a.zip › ${name} › row 1`);
});

test('a bomb stops at expandedBytes and says so', async () => {
  const zip = zipOf([{ name: 'zeros.txt', data: new Uint8Array(30_000_000).fill(48) }]);
  const { gaps } = await extractBytes(zip, { expandedBytes: 5_000_000, expansionRatio: 1e9 });
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('expandedBytes');
});

test('a bomb stops at expansionRatio and says so', async () => {
  const zip = zipOf([{ name: 'zeros.txt', data: new Uint8Array(40_000_000).fill(48) }]);
  const { gaps } = await extractBytes(zip);
  expect(gaps[0]?.detail).toContain('expansionRatio');
});

test('a bomb in many small members is counted together', async () => {
  const part = new Uint8Array(1_000_000).fill(48);
  const files = Array.from({ length: 40 }, (_, at) => ({ name: `p${at}.txt`, data: part }));
  const { gaps } = await extractBytes(zipOf(files), {
    expandedBytes: 10_000_000,
    expansionRatio: 1e9,
  });
  expect(gaps).toHaveLength(1);
  expect(gaps[0]?.detail).toContain('expandedBytes');
});

test('a header that claims a small size hides nothing', async () => {
  const zip = zipOf([{ name: 'list.csv', data: LIST, claimedSize: 5 }]);
  const { cells } = await extractBytes(zip);
  expect(cells.some((cell) => cell.text === 'Cid')).toBe(true);
});

test('a wrong checksum is told, the contents are read', async () => {
  const { cells, gaps } = await extractBytes(
    zipOf([{ name: 'list.csv', data: LIST, claimedCrc: 7 }]),
  );
  expect(cells.some((cell) => cell.text === 'Cid')).toBe(true);
  expect(gaps).toMatchObject([{ code: 'malformed', what: 'list.csv' }]);
});

test('names that climb out of the folder are names, nothing more', async () => {
  const zip = zipOf([
    { name: '../../etc/list.csv', data: LIST },
    { name: '/abs\u0007olute\u202e.csv', data: LIST },
    { name: 'C:\\x\\list.csv', data: LIST },
  ]);
  const { cells, gaps } = await extractBytes(zip, {}, 'a.zip');
  expect(gaps).toEqual([]);
  expect(cells.filter((cell) => cell.text === 'Bob').map((cell) => cell.label)).toEqual([
    'a.zip › ../../etc/list.csv › row 3 column name',
    'a.zip › /abs olute .csv › row 3 column name',
    'a.zip › C:/x/list.csv › row 3 column name',
  ]);
});

test('more members than archiveMembers is a gap, the first are read', async () => {
  const files = Array.from({ length: 20 }, (_, at) => ({ name: `${at}.csv`, data: LIST }));
  const { cells, gaps } = await extractBytes(zipOf(files), { archiveMembers: 5 });
  expect(cells.filter((cell) => cell.text === 'Bob')).toHaveLength(5);
  expect(gaps[0]?.detail).toContain('archiveMembers (5)');
});

test('of a zip that was cut, what is there is read', async () => {
  const noise = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7919) % 251));
  const zip = zipOf([
    { name: 'list.csv', data: LIST },
    { name: 'long.txt', data: Buffer.from(noise.toString('base64').replace(/.{60}/g, '$&\n')) },
  ]);
  const { cells, gaps } = await extractBytes(zip.subarray(0, zip.length - 4000), {}, 'a.zip');
  expect(cells.some((cell) => cell.text === 'Cid')).toBe(true);
  expect(cells.some((cell) => cell.label.includes('long.txt'))).toBe(true);
  expect(gaps.map((gap) => gap.code)).toContain('truncated');
});

test('gzip is looked through', async () => {
  const { cells, gaps } = await extractBytes(gzipSync(LIST), {}, 'list.csv.gz');
  expect(cells.at(-1)).toMatchObject({ text: '91230003', column: 'phone', row: 4 });
  expect(cells.at(-1)?.label).toBe('list.csv.gz › list.csv › row 4 column phone');
  expect(gaps).toEqual([]);
});

test('Zstandard is looked through', async () => {
  const { cells } = await extractBytes(zstdCompressSync(LIST), {}, 'list.csv.zst');
  expect(cells.at(-1)?.text).toBe('91230003');
});

test('a long table in gzip streams through with its rows intact', async () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => `N${at},9123${at},"remark, ${at}"`);
  const { cells, pieces, gaps } = await extractBytes(
    gzipSync(`name,phone,note\n${rows.join('\n')}\n`),
    {},
    'x.gz',
  );
  expect(gaps).toEqual([]);
  expect(pieces.length).toBeGreaterThan(2);
  expect(cells).toHaveLength(180_003);
  expect(cells.find((cell) => cell.text === 'N59999')).toMatchObject({
    row: 60_001,
    column: 'name',
  });
});

test('of a gzip that was cut, what came out is read', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `N${at},9123${at}`);
  const gzip = gzipSync(`name,phone\n${rows.join('\n')}\n`);
  const { cells, gaps } = await extractBytes(gzip.subarray(0, gzip.length >> 1), {}, 'x.gz');
  expect(cells.length).toBeGreaterThan(1000);
  expect(gaps).toMatchObject([{ code: 'truncated', what: '' }]);
});

test('a gzip bomb stops at the limit, what came before is read', async () => {
  const gzip = gzipSync(Buffer.alloc(60_000_000, 'name 91230001\n'));
  const { pieces, gaps } = await extractBytes(gzip, { expandedBytes: 20_000_000 });
  expect(pieces.length).toBeGreaterThan(5);
  expect(gaps[0]).toMatchObject({ code: 'too-large' });
});

test('lines of JSON in gzip stream through as records', async () => {
  const lines = Array.from({ length: 120_000 }, (_, at) => JSON.stringify({ id: `R${at}`, n: at }));
  lines[50_000] = 'oops 91230001';
  const { cells, gaps } = await extractBytes(gzipSync(`${lines.join('\n')}\n`), {}, 'x.json.gz');
  expect(cells.find((cell) => cell.text === 'R119999')?.label).toBe(
    'x.json.gz › x.json › line 120000 $.id',
  );
  expect(cells.find((cell) => cell.text.startsWith('oops'))?.label).toContain('line 50001');
  expect(gaps).toMatchObject([{ code: 'malformed', what: 'x.json' }]);
  expect(new Set(cells.map((cell) => cell.index)).size).toBe(3);
});

/** One tar member. */
function tarOf(name: string, data: Uint8Array, size = data.length): Buffer {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write(`0000644\x000000000\x000000000\x00${size.toString(8).padStart(11, '0')}\x00`, 100);
  header.write('00000000000\x00        0', 136);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\x00 `, 148);
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

test('a tar that was cut is read to the cut', async () => {
  const whole = Buffer.concat([tarOf('a.csv', LIST), tarOf('b.csv', LIST, 100_000)]);
  const tar = whole.subarray(0, 1024 + 512 + LIST.length);
  const { cells, gaps } = await extractBytes(tar, {}, 'x');
  expect(cells.filter((cell) => cell.text === 'Bob')).toHaveLength(2);
  expect(gaps).toMatchObject([{ code: 'truncated', what: 'b.csv' }]);
});

test('a tar header that does not add up ends the reading, and that is told', async () => {
  const broken = tarOf('b.csv', LIST);
  broken[0] = 1;
  const tar = Buffer.concat([tarOf('a.csv', LIST), broken, Buffer.alloc(1024)]);
  const { cells, gaps } = await extractBytes(tar, {}, 'x');
  expect(cells.filter((cell) => cell.text === 'Bob')).toHaveLength(1);
  expect(gaps).toMatchObject([{ code: 'malformed', what: '' }]);
});
