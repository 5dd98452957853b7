/**
 * Workbooks (xlsx, xlsm, xlsb, xls, ods) → cells as a person sees them: every sheet, hidden ones
 * too, values as cached, comments and link targets beside their cell.
 */
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import type { Column } from '../model/piece.ts';
import { CellTable, RowBuffer } from './cells.ts';
import { type Context, reportGap } from './context.ts';
import { columnName, headerRow } from './header.ts';
import { inflate } from './inflate.ts';
import type { ReadWhole } from './member.ts';
import { openTail, readWorkbookParts, type SheetTail } from './workbookparts.ts';
import { platformZlib } from './workbookzlib.ts';
import { decompressor, zipDirectory } from './zip.ts';

const HEADER_ROWS = 60;
const CELL_MARK: Buffer = Buffer.from('<c ');
const ROW_MARK: Buffer = Buffer.from('<row');

/** Where in a cell something stood. */
const VALUE = 0;
const COMMENT = 1;
const LINK = 2;

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (CellObject | undefined)[] | undefined)[];
  readonly names: readonly string[];
  readonly firstColumn: number;
}

/** True when the workbook was read; false when its zip is damaged and should be read as a zip. */
export async function readWorkbook(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<boolean> {
  const tails: SheetTail[] = [];
  const rowLimit = await weigh(context, bytes, tails);
  if (rowLimit === null) return true;
  if (rowLimit === 'damaged') {
    reportGap(context, 'malformed', 'The workbook is damaged and could not be opened as one.');
    return false;
  }
  const book = await parse(context, bytes, rowLimit);
  if (book === null) return false;
  if (book === 'encrypted') {
    reportGap(context, 'encrypted', 'The workbook is protected with a password; it was not read.');
    return true;
  }
  writeSheets(context, book);
  await readWorkbookParts(context, bytes, tails, readWhole);
  return true;
}

/**
 * Unpacks a zip-based workbook once without keeping it: the library trusts what headers say about
 * size, and gives all of it up where one part is damaged, so damage is found here. Returns the rows of
 * a sheet to read, 0 for all; null when it must not be opened.
 */
async function weigh(
  context: Context,
  bytes: Uint8Array,
  tails: SheetTail[],
): Promise<number | 'damaged' | null> {
  if (bytes[0] !== 0x50) return 0;
  const { members } = await zipDirectory(bytes, context.limits.archiveMembers);
  let cells = 0;
  let rows = 0;
  for (const member of members) {
    const through = decompressor(member);
    if (through === null || through === 'stored') continue;
    const name = Buffer.from(member.rawName).toString('latin1');
    const sheet = /sheet\d*\.xml$/i.test(name);
    const tail = sheet ? openTail(name) : null;
    if (tail) tails.push(tail);
    const { limit, damage } = await inflate(context, through, member.data, (chunk) => {
      if (!tail) return;
      tail.push(chunk);
      cells += count(chunk, CELL_MARK);
      rows += count(chunk, ROW_MARK);
    });
    if (limit !== null) {
      reportGap(context, 'too-large', `${limit}. The workbook was not opened.`);
      return null;
    }
    if (damage !== null) return 'damaged';
  }
  const most = context.limits.workbookCells;
  return cells > most ? Math.max(1, Math.ceil((most * rows) / cells)) : 0;
}

function count(chunk: Uint8Array, mark: Buffer): number {
  const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let found = 0;
  for (let at = buffer.indexOf(mark); at !== -1; at = buffer.indexOf(mark, at + 3)) found += 1;
  return found;
}

async function parse(
  context: Context,
  bytes: Uint8Array,
  sheetRows: number,
): Promise<WorkBook | 'encrypted' | null> {
  const library = await import('@e965/xlsx');
  library.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  library.CFB.utils.use_zlib(platformZlib(context.limits.expandedBytes));
  try {
    return library.read(bytes, {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellNF: true,
      sheetRows,
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    if (/password|encrypt/i.test(words)) return 'encrypted';
    reportGap(context, 'malformed', 'The workbook is damaged and could not be opened as one.');
    return null;
  }
}

function writeSheets(context: Context, book: WorkBook): void {
  const sheets: Sheet[] = [];
  const columns: Column[] = [];
  const table = new CellTable(context, {
    column: (at) => columns[at] ?? { index: at, name: '' },
    label: ({ node, tuple }, column, mark) => {
      const sheet = sheets[node];
      const letters = columnLetters(column - (sheet?.firstColumn ?? 0));
      const what = mark === COMMENT ? ' comment' : mark === LINK ? ' link' : '';
      return `sheet "${sheet?.name ?? ''}" ${letters}${tuple[0] ?? 0}${what}`;
    },
  });
  const base = context.ids.nextColumn;
  let left = context.limits.workbookCells;
  for (const name of book.SheetNames) {
    const sheet = openSheet(name, book.Sheets[name], columns, base);
    sheets.push(sheet);
    left = writeRows(table, sheet, sheets.length - 1, left);
    if (left < 0) break;
  }
  context.ids.nextColumn = base + columns.length;
  table.flush();
  if (left < 0 || cutShort(book)) {
    const detail = `workbookCells (${context.limits.workbookCells}): it has more cells than that; the first were read. Save it as CSV and scan that.`;
    reportGap(context, 'too-large', detail);
  }
}

/** With `sheetRows` the library notes the sheet's full range where it left rows out. */
function cutShort(book: WorkBook): boolean {
  return Object.values(book.Sheets).some((sheet) => sheet['!fullref'] !== undefined);
}

function openSheet(
  name: string,
  sheet: WorkSheet | undefined,
  columns: Column[],
  base: number,
): Sheet {
  const data: unknown = sheet?.['!data'];
  const rows = Array.isArray(data) ? (data as Sheet['rows']) : [];
  const texts = Array.from({ length: Math.min(rows.length, HEADER_ROWS) }, (_, row) =>
    Array.from(rows[row] ?? [], (cell) => (cell ? shown(cell) : '')),
  );
  const filled = texts.filter((row) => row.some((cell) => cell !== ''));
  const widest = Math.max(0, ...filled.map((row) => row.filter((cell) => cell !== '').length));
  const header = headerRow(filled, widest);
  const names = header === -1 ? [] : (filled[header] ?? []).map(columnName);
  const firstColumn = columns.length;
  let width = 0;
  for (const row of rows) width = Math.max(width, row?.length ?? 0);
  for (let at = 0; at < width; at += 1) {
    columns.push({ index: base + columns.length, name: names[at] ?? '' });
  }
  return { name, rows, names, firstColumn };
}

function writeRows(table: CellTable, sheet: Sheet, node: number, cellsLeft: number): number {
  const row = new RowBuffer();
  let left = cellsLeft;
  for (let at = 0; at < sheet.rows.length && left >= 0; at += 1) {
    row.clear();
    const cells = sheet.rows[at] ?? [];
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column];
      if (!cell) continue;
      left -= 1;
      if (left < 0) break;
      writeCell(row, cell, sheet.firstColumn + column);
    }
    table.append(row, node, [at + 1]);
  }
  return left;
}

function writeCell(row: RowBuffer, cell: CellObject, column: number): void {
  const text = shown(cell);
  if (text !== '') {
    row.open(column, VALUE);
    row.text(text);
  }
  for (const comment of cell.c ?? []) {
    if (!comment.t) continue;
    row.open(column, COMMENT);
    row.text(comment.t);
  }
  const target = cell.l?.Target ?? '';
  if (target !== '' && !target.startsWith('#') && target !== text) {
    row.open(column, LINK);
    row.text(decoded(target));
  }
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target; // a stray percent sign: the target as it stands
  }
}

/**
 * What the cell shows, unless that hides digits: `1.23E+11` and `1,234,567` are 123… in full, and a
 * format's leading zeros and hyphens are part of an identifier.
 */
function shown(cell: CellObject): string {
  if (cell.v === undefined || cell.v === null || cell.t === 'b' || cell.t === 'e') return '';
  if (cell.t !== 'n' || typeof cell.v !== 'number') return String(cell.w ?? cell.v).trim();
  const text = (cell.w ?? '').trim();
  if (/[ymdhs年月日]/i.test(String(cell.z ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]|general/gi, ''))) {
    return text;
  }
  const plain = Number.isInteger(cell.v) ? BigInt(cell.v).toString() : String(cell.v);
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const same = digits === plain.replace(/\D/g, '').replace(/^0+/, '');
  return text !== '' && same && !/[,%]/.test(text) ? text : plain;
}

function columnLetters(at: number): string {
  let letters = '';
  for (let left = at + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return letters;
}
