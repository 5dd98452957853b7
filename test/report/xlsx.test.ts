import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../src/model/language.ts';
import type { Report } from '../../src/model/report.ts';
import { excerptOf } from '../../src/report/excerpt.ts';
import { localeOf } from '../../src/report/locale.ts';
import { CELL_CHARACTERS_AT_MOST, columnName, sheetNames } from '../../src/report/xlsx/cells.ts';
import { renderXlsx } from '../../src/report/xlsx.ts';
import { FINDINGS, madeFinding, madeReport, OWNERS, quietReport } from '../kit/report.ts';

async function opened(report: Report, language: Language = 'en'): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(renderXlsx(report, { language })).buffer);
  return book;
}

function rowOf(sheet: ExcelJS.Worksheet | undefined, row: number): readonly unknown[] {
  const values = sheet?.getRow(row).values;
  return Array.isArray(values) ? values.slice(1) : [];
}

test('a summary stands first, then a sheet a department, the most urgent first', async () => {
  const book = await opened(madeReport());
  expect(book.worksheets.map(({ name }) => name)).toEqual([
    'Summary',
    'Civil Registry Office',
    '海角衞生局',
    'No department yet',
    '岬港湾管理局',
  ]);
  expect(rowOf(book.worksheets[0], 2).slice(0, 4)).toEqual([
    'Civil Registry Office',
    'critical',
    2,
    32_016,
  ]);
});

test('an excerpt of one department is its sheet alone, fit to be sent', async () => {
  const filter = { owners: ['registry'], severity: null, statuses: null };
  const book = await opened(excerptOf(madeReport(), filter));
  expect(book.worksheets.map(({ name }) => name)).toEqual(['Civil Registry Office']);
});

test('numbers are numbers, days are days, all else is text', async () => {
  const book = await opened(madeReport());
  const sheet = book.getWorksheet('Civil Registry Office');
  const heads = rowOf(sheet, 1).map(String);
  const cell = (head: string): ExcelJS.CellValue | undefined =>
    sheet?.getRow(2).getCell(heads.indexOf(head) + 1).value;
  expect(cell('people at least')).toBe(31_204);
  expect(cell('deadline')).toEqual(new Date(FINDINGS[0]?.deadline ?? ''));
  expect(cell('asset')).toBe('registry-exports');
  expect(String(cell('commands to close it'))).toContain('put-public-access-block');
});

test('the head stays in view, filters are on, and columns have room', async () => {
  const [sheet] = (await opened(madeReport())).worksheets.slice(1);
  expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(sheet?.autoFilter).toBe('A1:AA3');
  expect(sheet?.getColumn(15).width).toBeGreaterThan(40);
  expect(sheet?.pageSetup.orientation).toBe('landscape');
});

test.each(LANGUAGES)('heads and codes are in %s', async (language) => {
  const { words } = localeOf({ language });
  const book = await opened(madeReport(), language);
  const sheet = book.worksheets[1];
  expect(rowOf(sheet, 1).slice(0, 2)).toEqual([
    words.code.column.deadline,
    words.code.column.severity,
  ]);
  expect(rowOf(sheet, 2)[1]).toBe(words.code.severity.critical);
});

test('a report without findings is a summary without rows', async () => {
  const book = await opened(quietReport());
  expect(book.worksheets.map(({ rowCount }) => rowCount)).toEqual([1]);
});

test('a text that is too long for a cell is cut, and says so', async () => {
  const long = 'x'.repeat(CELL_CHARACTERS_AT_MOST + 5);
  const base = {
    id: 'f',
    owner: OWNERS.parks,
    provider: 's3',
    name: 'b',
    severity: 'low',
  } as const;
  const finding = madeFinding({ ...base, people: [1, 1], because: [long], disagreement: long });
  const book = await opened(madeReport({ findings: [finding] }));
  const values = Array.from(rowOf(book.worksheets[0], 2), (value) => String(value ?? ''));
  expect(Math.max(...values.map(({ length }) => length))).toBe(CELL_CHARACTERS_AT_MOST);
  expect(values.filter((value) => value.endsWith('report.json has all of it)'))).toHaveLength(2);
});

test.each([
  [
    ['Lands', 'lands', 'LANDS'],
    ['Lands', 'lands (2)', 'LANDS (3)'],
  ],
  [
    ['a/b:c*[d]?', 'History', '', "'quoted'"],
    ['a b c d', 'History (2)', 'Sheet', 'quoted'],
  ],
  [['部'.repeat(40)], ['部'.repeat(31)]],
  [[`${'x'.repeat(30)}𠮷y`], ['x'.repeat(30)]],
])('departments called %j have sheets called %j', (names, sheets) => {
  expect(sheetNames(names)).toEqual(sheets);
});

test('columns after Z have two letters', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ]);
});

test('the same report gives the same workbook', () => {
  expect(renderXlsx(madeReport()).equals(renderXlsx(madeReport()))).toBe(true);
});
