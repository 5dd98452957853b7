import { CFB, read, utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

/** Written by exceljs: two sheets, one hidden, with what makes spreadsheets hard. */
async function staffBook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const staff = book.addWorksheet('Staff');
  staff.addRow(['Staff list 2024']);
  staff.addRow([]);
  staff.addRow(['姓名', 'Phone', 'Number', 'Joined']);
  const row = staff.addRow(['陳大文', 91230001, 1234567, new Date(Date.UTC(2020, 4, 17))]);
  row.getCell(3).numFmt = '00000000';
  row.getCell(1).note = 'ask at 91230077';
  staff.addRow(['李小明', { formula: 'B4+1', result: 91230002 }, 987654321012345, null]);
  staff.getCell('A6').value = { text: 'mail', hyperlink: 'mailto:ann@example.org' };
  const hidden = book.addWorksheet('Old', { state: 'veryHidden' });
  hidden.addRow(['name', 'phone']);
  hidden.addRow(['Ann', '91230003']);
  hidden.addRow(['Bob', '91230004']);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function tableBook(bookType: 'xlsx' | 'xls' | 'xlsb' | 'ods' | 'biff5'): Uint8Array {
  const sheet = utils.aoa_to_sheet([
    ['name', 'phone', 'city'],
    ['Ann', '91230001', 'Oslo'],
    ['Bob', 91230002, 'Rome'],
  ]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'People');
  return write(book, { type: 'buffer', bookType }) as Uint8Array;
}

test('a cell names its sheet, its address and the column’s header below a title', async () => {
  const { cells } = await extractBytes(await staffBook());
  expect(cells.find((cell) => cell.text === '陳大文')).toMatchObject({
    label: 'sheet "Staff" A4',
    column: '姓名',
  });
});

test('hidden sheets are read, and share no row and no column with others', async () => {
  const { cells } = await extractBytes(await staffBook());
  const ann = cells.find((cell) => cell.text === '91230003');
  expect(ann).toMatchObject({ label: 'sheet "Old" B2', column: 'phone' });
  const staff = cells.filter((cell) => cell.label.includes('Staff'));
  expect(staff.some((cell) => cell.row === ann?.row || cell.index === ann?.index)).toBe(false);
});

test('leading zeros that the format shows are there', async () => {
  const { cells } = await extractBytes(await staffBook());
  expect(cells.find((cell) => cell.label === 'sheet "Staff" C4')?.text).toBe('01234567');
});

test('a long number is not shown in powers of ten', async () => {
  const { cells } = await extractBytes(await staffBook());
  expect(cells.find((cell) => cell.label === 'sheet "Staff" C5')?.text).toBe('987654321012345');
});

test('a formula’s cached value counts', async () => {
  const { cells } = await extractBytes(await staffBook());
  expect(cells.find((cell) => cell.label === 'sheet "Staff" B5')?.text).toBe('91230002');
});

test('comments and link targets are read beside their cell', async () => {
  const { cells } = await extractBytes(await staffBook());
  expect(cells.find((cell) => cell.label === 'sheet "Staff" A4 comment')?.text).toContain(
    '91230077',
  );
  expect(cells.find((cell) => cell.label === 'sheet "Staff" A6 link')?.text).toBe(
    'mailto:ann@example.org',
  );
});

test('a date is shown as a date', async () => {
  const { cells } = await extractBytes(await staffBook());
  expect(cells.find((cell) => cell.label === 'sheet "Staff" D4')?.text).toMatch(/17/);
});

test.each(['xlsx', 'xls', 'xlsb', 'ods', 'biff5'] as const)(
  '%s is read, whatever it is called',
  async (type) => {
    const bytes = tableBook(type);
    expect(recognise(bytes, 'data.dat')).toBe('workbook');
    const { cells, gaps } = await extractBytes(bytes, {}, 'data.dat');
    expect(gaps).toEqual([]);
    expect(cells.find((cell) => cell.text === '91230002')).toMatchObject({
      label: 'sheet "People" B3',
      column: 'phone',
    });
  },
);

test('a workbook in a zip is opened', async () => {
  const zip = zipOf([{ name: 'staff.xlsx', data: tableBook('xlsx'), stored: true }]);
  expect(recognise(zip, 'x')).toBe('zip');
  const { cells } = await extractBytes(zip, {}, 'a.zip');
  expect(cells.find((cell) => cell.text === '91230001')?.label).toBe(
    'a.zip › staff.xlsx › sheet "People" B2',
  );
});

test('more cells than workbookCells is a gap that names it, the first are read', async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => [`N${at}`, 91230000 + at]);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['name', 'phone'], ...rows]), 'People');
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Uint8Array;
  const { cells: all, gaps } = await extractBytes(bytes, { workbookCells: 1000 });
  const cells = all.filter(({ label }) => label.startsWith('sheet'));
  expect(cells.length).toBeGreaterThan(900);
  expect(cells.length).toBeLessThan(1002);
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
  expect(gaps[0]?.detail).toContain('workbookCells (1000)');
});

test('a workbook that is a bomb is not opened', async () => {
  const sheet = `<worksheet><sheetData>${' '.repeat(30_000_000)}</sheetData></worksheet>`;
  const bytes = zipOf([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    { name: 'xl/workbook.xml', data: Buffer.from('<workbook/>') },
    { name: 'xl/worksheets/sheet1.xml', data: Buffer.from(sheet), claimedSize: 10 },
  ]);
  expect(recognise(bytes, 'x')).toBe('workbook');
  const { gaps } = await extractBytes(bytes, { expandedBytes: 10_000_000 });
  expect(gaps).toMatchObject([{ code: 'too-large' }]);
});

test('a workbook behind a password is a gap', async () => {
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/EncryptionInfo', Buffer.from('x'));
  CFB.utils.cfb_add(file, '/EncryptedPackage', Buffer.from('y'));
  const bytes = CFB.write(file, { type: 'buffer' }) as Uint8Array;
  const { gaps, pieces } = await extractBytes(bytes);
  expect(pieces).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'encrypted' }]);
});

test('of a damaged workbook the parts that unpack are read', async () => {
  const bytes = await staffBook();
  const { cells, gaps } = await extractBytes(bytes.subarray(0, bytes.length - 1500));
  expect(gaps.length).toBeGreaterThan(0);
  expect(cells.length).toBeGreaterThan(0);
});

test('parts that call themselves packed and are not end the opening at once, and the others are read', async () => {
  // Zeros are stored blocks without end to an inflater that does not look where the file ends.
  const zeros = { data: new Uint8Array(500), stored: true };
  const pictures = [1, 2, 3, 4, 5, 6].map((n) => ({ ...zeros, name: `xl/media/${n}.bin` }));
  const sheet = Buffer.from('<worksheet><row><c t="str"><v>91230001</v></c></row></worksheet>');
  const bytes = zipOf([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    ...pictures,
    { name: 'xl/workbook.xml', data: Buffer.from('<workbook/>') },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
  ]);
  // What a part's own header says, which the library goes by; its name stands 30 bytes behind.
  for (const { name } of pictures) bytes.writeUInt16LE(8, bytes.indexOf(name) - 22);
  const before = performance.now();
  const { cells, gaps } = await extractBytes(bytes);
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(gaps[0]?.detail).toBe('The workbook is damaged and could not be opened as one.');
  expect(JSON.stringify(cells)).toContain('91230001');
});

test('every value that was written is found in its column', async () => {
  const header = ['id', 'name', 'phone', 'note'];
  const rows = Array.from({ length: 300 }, (_, at) => [
    `K-${at}`,
    `Name ${at}`,
    91230000 + at,
    `n${at}, "q"`,
  ]);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([header, ...rows]), 'S');
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
  expect(read(bytes).SheetNames).toEqual(['S']);
  const { cells } = await extractBytes(bytes);
  const found = new Set(cells.map((cell) => `${cell.column}=${cell.text}`));
  for (const row of rows) {
    for (const [column, value] of row.entries()) {
      expect(found).toContain(`${header[column]}=${value}`);
    }
  }
});
