/** Cards, calendars, YAML and programs: texts whose lines are records. */
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { encode } from '../kit/encode.ts';
import { bytesOf, type Cell, extractBytes } from '../kit/pieces.ts';

function cell(cells: readonly Cell[], text: string): Cell | undefined {
  return cells.find((one) => one.text === text);
}

const CSV = 'name,phone\nAnn,91230001\nBob,91230002\nCid,91230003\n';
const CARDS = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:Ann Lee',
  'N:Lee;Ann;;;',
  'item1.TEL;TYPE=CELL:9123 0001',
  'NOTE:identity card A12',
  ' 3456\\, twice',
  'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ91230009',
  'END:VCARD',
  'BEGIN:VCARD',
  'FN:Bob Ray',
  'TEL;VALUE=uri:tel:+852-9123-0002',
  'END:VCARD',
  '',
].join('\r\n');

test('a card is a row, its properties are columns', async () => {
  expect(recognise(bytesOf(CARDS), 'x')).toBe('cards');
  const { cells, gaps } = await extractBytes(CARDS);
  expect(gaps).toEqual([]);
  expect(cell(cells, '9123 0001')).toMatchObject({ column: 'TEL', label: 'card 1 TEL' });
  expect(cell(cells, 'tel:+852-9123-0002')?.row).toBe(cell(cells, 'Bob Ray')?.row);
  expect(cell(cells, 'Ann Lee')?.row).not.toBe(cell(cells, 'Bob Ray')?.row);
});

test('a folded line is one line, its escapes are signs', async () => {
  expect(cell((await extractBytes(CARDS)).cells, 'identity card A123456, twice')).toBeDefined();
});

test('a portrait is no text', async () => {
  const { cells } = await extractBytes(CARDS);
  expect(cells.some((one) => one.text.includes('91230009'))).toBe(false);
});

test('quoted-printable of a phone is decoded in its charset, over soft line breaks', async () => {
  const name = [...encode('陳大文', 'big5')].map((byte) => `=${byte.toString(16).toUpperCase()}`);
  const source = [
    'BEGIN:VCARD',
    'VERSION:2.1',
    `FN;CHARSET=BIG5;ENCODING=QUOTED-PRINTABLE:${name.slice(0, 3).join('')}=`,
    name.slice(3).join(''),
    'END:VCARD',
    '',
  ].join('\r\n');
  expect(cell((await extractBytes(source)).cells, '陳大文')?.column).toBe('FN');
});

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'SUMMARY:Interview',
  'ATTENDEE;CN="Lee, Ann";RSVP=TRUE:mailto:ann@example.org',
  `ATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=list.csv:${Buffer.from(CSV).toString('base64')}`,
  'BEGIN:VALARM',
  'DESCRIPTION:call 91230005',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

test('an event is a row with its guests, and its alarm another', async () => {
  const { cells } = await extractBytes(CALENDAR);
  expect(cell(cells, 'Lee, Ann')).toMatchObject({
    column: 'ATTENDEE CN',
    label: 'event 1 ATTENDEE CN',
  });
  expect(cell(cells, 'mailto:ann@example.org')?.row).toBe(cell(cells, 'Interview')?.row);
  expect(cell(cells, 'call 91230005')?.label).toBe('alarm 1 DESCRIPTION');
});

test('a file in an event is read as what it is', async () => {
  const { cells } = await extractBytes(CALENDAR, {}, 'a.ics');
  expect(cell(cells, '91230002')).toMatchObject({
    column: 'phone',
    label: 'a.ics › list.csv › row 3 column phone',
  });
});

test('a card that was cut is read as far as it goes', async () => {
  const { cells, gaps } = await extractBytes(CARDS.slice(0, 60));
  expect(cell(cells, 'Ann Lee')).toBeDefined();
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

const YAML = `---
# old phone 91230009
office: desk
people:
  - name: Ann
    phone: 0612345678
    home:
      city: Oslo
  - name: "Bob: jr"
    phone: '91230002'
by_id:
  A1: {name: Cid, phone: 91230003}
  B2: {name: Dee, phone: 91230004}
`;

test('items of a list are rows, keys are columns, digits stay as they are', async () => {
  expect(recognise(bytesOf(YAML), 'x')).toBe('yaml');
  const { cells, gaps } = await extractBytes(YAML);
  expect(gaps).toEqual([]);
  expect(cell(cells, '0612345678')).toMatchObject({
    column: 'people[].phone',
    label: 'line 5 people[].phone',
  });
  expect(cell(cells, 'Oslo')?.row).toBe(cell(cells, 'Ann')?.row);
  expect(cell(cells, 'Bob: jr')?.row).not.toBe(cell(cells, 'Ann')?.row);
});

test('maps of one kind under one parent are rows, and their keys are cells', async () => {
  const { cells } = await extractBytes(YAML);
  expect(cell(cells, '91230003')?.column).toBe('by_id.*.phone');
  expect(cell(cells, 'B2')?.column).toBe('by_id (key)');
  expect(cell(cells, '91230003')?.row).not.toBe(cell(cells, '91230004')?.row);
});

test('comments of YAML are read', async () => {
  const { cells } = await extractBytes(YAML);
  expect(cells.some((one) => one.text.includes('old phone 91230009'))).toBe(true);
});

test('aliases that grow a billionfold are not followed', async () => {
  const laughs = Array.from({ length: 20 }, (_, at) => {
    const before = at === 0 ? 'ha' : `*a${at - 1}`;
    return `a${at}: &a${at} [${Array(10).fill(before).join(', ')}]`;
  });
  const { pieces } = await extractBytes(`---\n${laughs.join('\n')}\nx:\n  phone: 91230001\n`);
  expect(pieces.reduce((sum, piece) => sum + piece.text.length, 0)).toBeLessThan(10_000);
});

test.each([
  'Note: call\nmore words here\n',
  'Ann: hi\nBob: my number is 91230001\n',
  'a: b: c\n  - x\n',
])('%j is text', (source) => {
  expect(recognise(bytesOf(source), 'x.yaml')).toBe('text');
});

test('what only looks like YAML is read as text', async () => {
  const { cells } = await extractBytes('---\na:\n  b: "open\n  phone: 91230001\n- x\n');
  expect(cells.some((one) => one.text.includes('91230001'))).toBe(true);
});

const PROGRAM = `// state of the page
window.__STATE__ = {"people":[{"name":"Ann","phone":"91230001"},
{"name":"Bob","phone":"91230002"}]};
callback([{"phone":"91230003","note":"x"}]);
var loose = {phone: '91230004'};
`;

test('JSON in a program is JSON', async () => {
  expect(recognise(bytesOf(PROGRAM), 'x')).toBe('script');
  const { cells, gaps } = await extractBytes(PROGRAM);
  expect(gaps).toEqual([]);
  expect(cell(cells, '91230002')?.column).toBe('$.people[].phone');
  expect(cell(cells, '91230003')?.column).toBe('$[].phone');
});

test('what is a program’s own is text, with its line', async () => {
  const { pieces } = await extractBytes(PROGRAM);
  const prose = pieces.find((piece) => Buffer.from(piece.text).includes('loose'));
  const at = Buffer.from(prose?.text ?? []).indexOf('91230004');
  expect(prose?.locate(at).label).toBe('line 5');
});
