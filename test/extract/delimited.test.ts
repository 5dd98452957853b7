import { expect, test } from 'vitest';
import { extract, recognise } from '../../src/extract/index.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { CELL, ROW } from '../../src/model/piece.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';

const STAFF = 'name,phone,id\n"Chan, Tai Man",91230001,R100\nLee Siu Ming,91230002,R200\n';

test('every byte stays at its offset in the file, only borders change', async () => {
  const source = bytesOf(STAFF);
  const { pieces } = await extractBytes(source);
  expect(pieces).toHaveLength(1);
  const text = pieces[0]?.text ?? new Uint8Array();
  expect(text).toHaveLength(source.length);
  text.forEach((byte, at) => {
    if (byte === CELL) expect(source[at]).toBe(0x2c);
    else if (byte === ROW) expect(source[at]).toBe(0x0a);
    else expect(byte).toBe(source[at]);
  });
});

test('the file given in is left as it was, also when it is a Buffer', async () => {
  const source = Buffer.from(STAFF);
  await extractBytes(source);
  expect(source.toString()).toBe(STAFF);
});

test('a cell names its row as a person counts, and its column', async () => {
  const { cells } = await extractBytes(STAFF);
  const phone = cells.find((cell) => cell.text === '91230002');
  expect(phone).toMatchObject({ label: 'row 3 column phone', row: 3, column: 'phone', index: 1 });
});

test('a delimiter inside quotes is no border', async () => {
  const { cells } = await extractBytes(STAFF);
  expect(cells.map((cell) => cell.text)).toContain('"Chan, Tai Man"');
});

test('a line break inside quotes does not end the row', async () => {
  const { cells } = await extractBytes('id,note,x\n1,"one\ntwo",a\n2,three,b\n3,four,c\n');
  expect(cells.find((cell) => cell.text === '3')?.row).toBe(4);
});

test('doubled quotes stay inside their cell', async () => {
  const { cells } = await extractBytes('id,note\n1,"a ""b"", c"\n2,d\n3,e\n');
  expect(cells.map((cell) => cell.text)).toContain('"a ""b"", c"');
});

test.each([
  [';', 'nom;tel;ville\nA;0600000001;Lyon\nB;0600000002;Nice\n'],
  ['\t', 'nom\ttel\tville\nA\t0600000001\tLyon\nB\t0600000002\tNice\n'],
  ['|', 'nom|tel|ville\nA|0600000001|Lyon\nB|0600000002|Nice\n'],
])('the delimiter %j is found', async (_, source) => {
  const { cells } = await extractBytes(source);
  expect(cells.find((cell) => cell.text === '0600000002')?.column).toBe('tel');
});

test('a byte order mark counts as three bytes and is not part of the first name', async () => {
  const { cells, pieces } = await extractBytes(`\ufeff${STAFF}`);
  expect(pieces[0]?.text).toHaveLength(bytesOf(STAFF).length + 3);
  expect(cells.find((cell) => cell.text === 'Lee Siu Ming')?.column).toBe('name');
});

test('a table without header has columns without names', async () => {
  const { cells } = await extractBytes('91230001,12,7\n91230002,13,8\n91230003,14,9\n');
  expect(cells[0]).toMatchObject({ row: 1, column: '', index: 0, label: 'row 1' });
});

test('title lines above the header are tolerated and counted', async () => {
  const { cells } = await extractBytes(
    '職員名單\n\n姓名,電話,部門\n陳大文,91230001,財務\n李小明,91230002,人事\n',
  );
  const phone = cells.find((cell) => cell.text === '91230001');
  expect(phone).toMatchObject({ label: 'row 4 column 電話', column: '電話' });
});

test('a header of plain words over plain words is known by its words', async () => {
  const { cells } = await extractBytes('first name,city\nAnn,Paris\nBob,Rome\nCid,Oslo\n');
  expect(cells.find((cell) => cell.text === 'Rome')?.column).toBe('city');
});

test.each([
  ['prose with commas', 'Dear Sir, we met.\nThank you, bye.\nSee you soon, perhaps.\n'],
  ['a program', 'int a = 1;\nint b = 2;\nreturn a;\n'],
  ['a log', '10:00 INFO started\n10:01 WARN slow, retrying\n10:02 INFO done\n'],
  ['one line', 'a,b,c\n'],
  ['Chinese prose', '您好，我們見過面。\n謝謝，再見。\n下次見，保重。\n'],
])('%s is no table', (_, source) => {
  expect(recognise(bytesOf(source), 'table.csv')).toBe('text');
});

test('a name is not believed: a table called .bin is a table', () => {
  expect(recognise(bytesOf(STAFF), 'image.bin')).toBe('delimited');
});

test('a large table is cut at row borders, and its rows count on', async () => {
  const rows = Array.from(
    { length: 5000 },
    (_, at) => `N${at},9123${String(at).padStart(4, '0')},x`,
  );
  const source = `name,phone,mark\n${rows.join('\n')}\n`;
  const { pieces, cells } = await extractBytes(source, { pieceBytes: 1000 });
  expect(pieces.length).toBeGreaterThan(50);
  expect(Buffer.concat(pieces.map((piece) => piece.text))).toHaveLength(source.length);
  expect(cells.find((cell) => cell.text === 'N4321')).toMatchObject({ row: 4323, column: 'name' });
  expect(pieces.every((piece) => piece.text.at(-1) === ROW)).toBe(true);
});

test('a lone quote swallows nothing', async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => `${at},"open ${at},9123${at}`);
  const { cells } = await extractBytes(`id,note,phone\n${rows.join('\n')}\n`);
  expect(cells.find((cell) => cell.text === '91231999')).toMatchObject({
    row: 2001,
    column: 'phone',
  });
});

test('quotes that never close do not cost time without end', async () => {
  const rows = Array.from({ length: 200_000 }, (_, at) => `"x${at}\t1\t2`);
  const bytes = bytesOf(`a\tb\tc\n${rows.join('\n')}\n`);
  const object = { name: 'x', sizeBytes: bytes.length, parts: [{ start: 0, bytes }] };
  const started = performance.now();
  await extract(object, { piece() {}, gap() {} }, DEFAULT_LIMITS);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('border bytes in the file itself make no cell', async () => {
  const { cells } = await extractBytes('id,note,z\n1,a\u001fb,q\n2,c\u001ed,r\n3,e,s\n');
  expect(cells.find((cell) => cell.text === 'c d')).toMatchObject({ row: 3, column: 'note' });
});

test('rows that end in a carriage return only are rows', async () => {
  const { cells } = await extractBytes('name,phone,z\rA,91230001,q\rB,91230002,r\r');
  expect(cells.find((cell) => cell.text === '91230002')).toMatchObject({ row: 3, column: 'phone' });
});

test('unquoted commas in an address do not undo the table', async () => {
  const rows = Array.from({ length: 20 }, (_, at) =>
    at % 4 === 0 ? `N${at},9123000${at},Flat 1,Tower 2,Road` : `N${at},9123000${at},Road`,
  );
  const { cells } = await extractBytes(`name,phone,address\n${rows.join('\n')}\n`);
  expect(cells.find((cell) => cell.text === 'N8')).toMatchObject({ column: 'name', row: 10 });
});

test('a quote behind a space opens a cell too', async () => {
  const { cells } = await extractBytes(
    'name, phone, note\nAnn, 91230001, "a, b"\nBob, 91230002, "c, d"\nCid, 91230003, e\n',
  );
  expect(cells.find((cell) => cell.text === ' "c, d"')).toMatchObject({ column: 'note', row: 3 });
});

test('a list under a header is a table of one column', async () => {
  const { cells } = await extractBytes('phone\n91230001\n91230002\n91230003\n');
  expect(cells.at(-1)).toMatchObject({ text: '91230003', column: 'phone', row: 4 });
});

test('a list of values alike is a table without header', async () => {
  const { cells } = await extractBytes('91230001\n91230002\n91230003\n91230004\n91230005\n');
  expect(cells.at(-1)).toMatchObject({ text: '91230005', column: '', row: 5 });
});

test.each([
  [
    'lines of a passport',
    'P<UTOLEE<<ANN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n'.repeat(
      3,
    ),
  ],
  [
    'a letter with numbers',
    'Dear Ann,\nplease call 91230001 today.\nOr write to ann@example.org then.\nYours, Bob 2024\n',
  ],
])('%s is no list', (_, source) => {
  expect(recognise(bytesOf(source), 'x')).toBe('text');
});
