/** Databases and columnar files: what must not run, what must not be lost, what must not fill memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { extractBytes } from '../kit/pieces.ts';

function source(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'cases', name, 'source'));
}

function sqlite(...statements: readonly string[]): Uint8Array {
  const database = new DatabaseSync(':memory:');
  for (const statement of statements) database.exec(statement);
  const bytes = database.serialize();
  database.close();
  return bytes;
}

function parquet(columnData: ColumnSource[], rowGroupSize = 100_000): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));
}

test('a place in a database names table, row and column', async () => {
  const bytes = sqlite(
    'create table people(name text, phone integer)',
    "insert into people values ('Ann', 91230001), ('Bob', 91230002)",
  );
  const { cells, gaps } = await extractBytes(bytes, {}, 'a.bin');
  expect(recognise(bytes, 'a.txt')).toBe('sqlite');
  expect(cells.find(({ text }) => text === '91230002')).toMatchObject({
    label: 'table "people" row 2 column phone',
    column: 'phone',
  });
  expect(gaps).toEqual([]);
});

test('two tables share neither rows nor columns', async () => {
  const bytes = sqlite(
    'create table a(id)',
    'create table b(id)',
    'insert into a values (1)',
    'insert into b values (2)',
  );
  const [first, second] = (await extractBytes(bytes)).cells;
  expect(first?.row).not.toBe(second?.row);
  expect(first?.index).not.toBe(second?.index);
});

test('nothing that a schema defines is run', async () => {
  const bytes = sqlite(
    "create table t(a, ran generated always as (a || ' was run') virtual)",
    "insert into t(a) values ('kept')",
    'create view v as with recursive n(x) as (select 1 union all select x + 1 from n) select * from n',
    'create index i on t(abs(length(a)))',
  );
  const { cells, gaps } = await extractBytes(bytes);
  expect(cells.map(({ text }) => text)).toEqual(['kept']);
  expect(gaps).toEqual([]);
});

test('the file in memory is given back as it was, its write-ahead mark too', async () => {
  const bytes = source('sqlite-wal');
  const before = Buffer.from(bytes);
  await extractBytes(bytes);
  expect(bytes.equals(before)).toBe(true);
  expect([bytes[18], bytes[19]]).toEqual([2, 2]);
});

test('a damaged page costs its table, not the others', async () => {
  const bytes = sqlite(
    'pragma page_size = 512',
    'create table a(x)',
    'create table b(x)',
    "with n(i) as (select 1 union all select i + 1 from n where i < 200) insert into a select 'ann ' || i from n",
    "insert into b values ('bob')",
  );
  const damaged = Buffer.from(bytes);
  damaged.fill(0xff, 512 * 4, 512 * 8);
  const { cells, gaps } = await extractBytes(damaged);
  expect(cells.map(({ text }) => text)).toContain('bob');
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});

test('a database that is cut off is a gap', async () => {
  const bytes = sqlite('create table a(x)', "insert into a values ('ann')");
  const { gaps } = await extractBytes(bytes.subarray(0, 3000));
  expect(gaps.map(({ code }) => code)).toContain('truncated');
});

test('a file in a binary value is read as what it is', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('create table scans(scan blob)');
  const list = gzipSync('name,phone\nAnn,91230001\nBob,91230002\nCid,91230003\n');
  database.prepare('insert into scans values (?)').run(list);
  const { cells } = await extractBytes(database.serialize(), {}, 'a.db');
  expect(cells.find(({ text }) => text === 'Bob')?.label).toBe(
    'a.db › table "scans" row 1 column scan › contents › row 3 column name',
  );
});

test('binary values of unknown kind are counted in one gap, map shapes are not', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('create table t(x blob)');
  const insert = database.prepare('insert into t values (?)');
  const noise = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 151 + 7) % 256));
  const point = Buffer.concat([Buffer.from([1, 1, 0, 0, 0]), Buffer.alloc(16, 0x41), noise]);
  for (const value of [noise, noise, point]) insert.run(value);
  const { gaps } = await extractBytes(database.serialize());
  expect(gaps).toMatchObject([{ code: 'unsupported' }]);
  expect(gaps[0]?.detail).toMatch(/^2 binary values/);
});

test('long tables in small row groups come out whole and in order', async () => {
  const count = 250_000;
  const phones = BigInt64Array.from({ length: count }, (_, at) => BigInt(91_000_000 + at));
  const bytes = parquet(
    [{ name: 'phone', data: phones as unknown as bigint[], type: 'INT64' }],
    60_000,
  );
  const { cells } = await extractBytes(bytes);
  expect(cells.length).toBe(count);
  expect(cells.at(-1)).toMatchObject({ text: '91249999', label: `row ${count} column phone` });
  expect(new Set(cells.map(({ row }) => row)).size).toBe(count);
});

test('a long group of a file is read in slices without loss', async () => {
  const count = 1_200_000;
  const phones = Int32Array.from({ length: count }, (_, at) => 10_000_000 + at);
  const bytes = parquet([{ name: 'n', data: phones as unknown as number[], type: 'INT32' }], count);
  let rows = 0;
  const { extract } = await import('../../src/extract/index.ts');
  const { DEFAULT_LIMITS } = await import('../../src/model/limits.ts');
  const sink = {
    piece: ({ text }: { text: Uint8Array }) => {
      rows += text.filter((byte) => byte === 0x1e).length + 1;
    },
    gap: () => {},
  };
  const parts = [{ start: 0, bytes }];
  await extract({ name: 'a', sizeBytes: bytes.length, parts }, sink, DEFAULT_LIMITS);
  expect(rows).toBe(count);
});

test('a column that is damaged costs itself, not the others', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `Person ${at} of the list`);
  const phones = names.map((_, at) => String(91_230_000 + at));
  const bytes = parquet([
    { name: 'name', data: names, type: 'STRING', codec: 'UNCOMPRESSED' },
    { name: 'phone', data: phones, type: 'STRING', codec: 'UNCOMPRESSED' },
  ]);
  const damaged = Buffer.from(bytes);
  damaged.fill(0xff, 4, 60);
  const { cells, gaps } = await extractBytes(damaged);
  expect(cells.filter(({ column }) => column === 'phone').length).toBe(50);
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});

test('values that repeat without end stop at expandedBytes and say so', async () => {
  const same = Array.from({ length: 300_000 }, () => 'the same long text in each of the many rows');
  const bytes = parquet([{ name: 'x', data: same, type: 'STRING' }]);
  const { gaps } = await extractBytes(bytes, { expandedBytes: 1_000_000 });
  expect(bytes.length).toBeLessThan(20_000);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('expandedBytes (1000000)');
});

test.each(['parquet-zstd', 'avro-deflate', 'feather-lz4', 'arrow-stream', 'sqlite-wal'])(
  '%s cut anywhere ends with a gap and never with an error',
  async (name) => {
    const bytes = source(name);
    for (let part = 1; part < 12; part += 1) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 12));
      const { gaps } = await extractBytes(cut);
      expect(gaps.length, `cut at ${cut.length}`).toBeGreaterThan(0);
    }
  },
);

test('a damaged Avro block costs itself, the next begins behind the sync marker', async () => {
  const bytes = Buffer.from(source('avro-deflate'));
  const mark = Buffer.from('ajar-sync-marker');
  const header = bytes.indexOf(mark) + mark.length;
  bytes.fill(0xff, header + 6, header + 30);
  const { cells, gaps } = await extractBytes(bytes);
  expect(cells.map(({ text }) => text)).toContain('13800138000');
  expect(cells.map(({ text }) => text)).not.toContain('912774186');
  expect(gaps).toMatchObject([{ code: 'malformed' }]);
});

test.each([
  ['ORC', 'ORC\x01\x02'],
  ['old Feather', 'FEA1\x01\x02'],
  ['Access', '\0\x01\0\0Standard ACE DB\0'],
])('%s is told with what to do', async (_, head) => {
  const { gaps } = await extractBytes(Buffer.from(head, 'latin1'));
  expect(gaps).toMatchObject([{ code: 'unsupported' }]);
  expect(gaps[0]?.detail).toMatch(/Export .* scan (that|those)\.$/);
});
