import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { encode } from '../kit/encode.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';

const MYSQL = `-- dump of staff
DROP TABLE IF EXISTS \`staff\`;
CREATE TABLE \`staff\` (
  \`id\` int(11) NOT NULL,
  \`name\` varchar(50) DEFAULT NULL,
  \`phone\` decimal(10,2),
  PRIMARY KEY (\`id\`)
);
INSERT INTO \`staff\` VALUES (1,'Ann O''Neil','91230001'),(2,'Bob, (jr) \\'x\\'',NULL);
INSERT INTO \`visit\` (\`who\`, \`tel\`) VALUES
('Cid','91230003'),
('Dan','91230004');
`;

test('rows of INSERT are rows, by the names of the table’s definition', async () => {
  const { cells, gaps } = await extractBytes(MYSQL);
  expect(gaps).toEqual([]);
  expect(cells.find((cell) => cell.text === '91230001')).toMatchObject({
    column: 'staff.phone',
    label: 'line 9 column staff.phone',
  });
  expect(cells.map((cell) => cell.text)).toEqual(
    expect.arrayContaining(["Ann O'Neil", "Bob, (jr) 'x'"]),
  );
});

test('names in the INSERT itself are taken', async () => {
  const { cells } = await extractBytes(MYSQL);
  expect(cells.find((cell) => cell.text === '91230004')).toMatchObject({
    column: 'visit.tel',
    label: 'line 12 column visit.tel',
  });
  const row = cells.find((cell) => cell.text === 'Dan')?.row;
  expect(cells.filter((cell) => cell.row === row)).toHaveLength(2);
});

test('the rest of a dump is text', async () => {
  const { cells } = await extractBytes(MYSQL);
  expect(cells.some((cell) => cell.text.includes('dump of staff') && cell.row === null)).toBe(true);
});

test('rows of COPY are rows', async () => {
  const dump =
    'SET x = 1;\nCOPY public.staff (id, name, phone) FROM stdin;\n1\tAnn\t91230001\n2\tBob\t\\N\n\\.\n\nSELECT 1;\n';
  expect(recognise(bytesOf(dump), 'x')).toBe('sql');
  const { cells, gaps } = await extractBytes(dump);
  expect(gaps).toEqual([]);
  expect(cells.find((cell) => cell.text === '91230001')).toMatchObject({
    column: 'public.staff.phone',
    label: 'line 3 column public.staff.phone',
  });
});

test('a dump that was cut is read as far as it goes', async () => {
  const { cells, gaps } = await extractBytes(MYSQL.slice(0, -8));
  expect(cells.some((cell) => cell.text.startsWith('91230'))).toBe(true);
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

const TABLE = 'name,phone\nAnn,91230001\nBob,91230002\nCid,91230003\n';
const MAIL = [
  'From: =?big5?B?s6+kaqTl?= <desk@example.org>',
  'To: ann@example.org',
  'Subject: =?UTF-8?Q?List_of_=E5=90=8D?=',
  'Date: Mon, 1 Jan 2024 10:00:00 +0800',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=big5',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  `${[...encode('陳大文', 'big5')].map((byte) => `=${byte.toString(16).toUpperCase()}`).join('')} 9123=`,
  '0007',
  '--b1',
  'Content-Type: application/octet-stream; name="x.bin"',
  'Content-Disposition: attachment; filename="list.csv"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(TABLE).toString('base64'),
  '--b1--',
  '',
].join('\r\n');

test('a mail’s headers, body and attachments are read', async () => {
  expect(recognise(bytesOf(MAIL), 'x')).toBe('mail');
  const { cells, gaps } = await extractBytes(MAIL, {}, 'a.eml');
  expect(gaps).toEqual([]);
  const all = cells.map((cell) => cell.text).join('\n');
  expect(cells).toContainEqual(
    expect.objectContaining({
      text: '陳大文 <desk@example.org>',
      label: 'header from',
      column: 'from',
    }),
  );
  expect(all).toContain('List of 名');
  expect(all).toContain('陳大文 91230007');
  expect(cells.find((cell) => cell.text === '91230002')).toMatchObject({
    label: 'a.eml › list.csv › row 3 column phone',
    column: 'phone',
  });
});

test('a mailbox is read mail by mail', async () => {
  const mbox = `From desk Mon Jan  1 10:00:00 2024\n${MAIL}\nFrom desk Tue Jan  2 10:00:00 2024\n${MAIL}`;
  const { cells } = await extractBytes(mbox, {}, 'a.mbox');
  const labels = cells.filter((cell) => cell.text === '91230002').map((cell) => cell.label);
  expect(labels).toEqual([
    'a.mbox › message 1 › list.csv › row 3 column phone',
    'a.mbox › message 2 › list.csv › row 3 column phone',
  ]);
});

test('a mail that was cut is read as far as it goes', async () => {
  const { cells, gaps } = await extractBytes(
    MAIL.slice(0, MAIL.indexOf('--b1\r\nContent-Type: application')),
  );
  expect(cells.some((cell) => cell.text.includes('91230007'))).toBe(true);
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});
