/** Dumps as different servers and programs write them. */
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';

test.each([
  [
    'SQL Server',
    "INSERT [dbo].[Staff] ([Id], [Name], [Phone]) VALUES (1, N'Ann', N'91230001')\nGO\n",
    'dbo.Staff.Phone',
  ],
  [
    'SQLite',
    "CREATE TABLE staff (id int, name text, phone text);\nINSERT INTO staff VALUES(1,'Ann','91230001');\n",
    'staff.phone',
  ],
  [
    'Oracle',
    "Insert into STAFF (ID,HIRED,PHONE) values (1,to_date('01-JAN-20','DD-MON-RR'),'91230001');\n",
    'STAFF.PHONE',
  ],
  [
    'PostgreSQL as CSV',
    'COPY staff (name, phone) FROM stdin WITH (FORMAT csv);\n"Ann, jr",91230001\n\\.\n',
    'staff.phone',
  ],
  [
    'several rows with remarks between them',
    "INSERT INTO staff (name, phone) VALUES\n ('Bob', '1'), -- left\n ('Ann', /* new */ '91230001');\n",
    'staff.phone',
  ],
])('rows of %s have their columns', async (_, dump, column) => {
  expect(recognise(bytesOf(dump), 'x')).toBe('sql');
  const { cells, gaps } = await extractBytes(dump);
  expect(gaps).toEqual([]);
  expect(cells.find((cell) => cell.text.endsWith('91230001'))?.column).toBe(column);
});

test.each(["E'Bo\\'b'", "N'Bo''b'", "_utf8mb4 'Bo\\'b'"])(
  '%s is the string without what says how it is written',
  async (written) => {
    const { cells } = await extractBytes(`INSERT INTO t (name) VALUES (${written});\n`);
    expect(cells[0]?.text).toBe("Bo'b");
  },
);

test('a file in a binary column is read as what it is', async () => {
  const { gzipSync } = await import('node:zlib');
  const rows = Array.from({ length: 40 }, (_, at) => `${at},Ann,${91_230_000 + at * 37}`);
  const packed = Buffer.concat([gzipSync(`id,name,phone\n${rows.join('\n')}\n`), Buffer.alloc(60)]);
  const { cells } = await extractBytes(
    `INSERT INTO files (id, data) VALUES (1, 0x${packed.toString('hex')});\n`,
  );
  expect(cells.find((cell) => cell.text === '91230037')?.column).toBe('phone');
});

test('a remark between two rows is read', async () => {
  const { cells } = await extractBytes(
    "INSERT INTO t (a) VALUES ('x'), -- call 91230009\n('y');\n",
  );
  expect(cells.some((cell) => cell.row === null && cell.text.includes('91230009'))).toBe(true);
});
