/**
 * Rows for spreadsheets: RFC 4180, and no cell that runs.
 *
 * Every list, answer sheet and table of figures is opened in one, and any of their texts may come
 * from whoever named a bucket.
 */
import { plain } from './plain.ts';

/** Begins a file: without it, Excel reads UTF-8 as the machine's old code page. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A spreadsheet runs a cell that begins so, full width too. Source: OWASP, CSV Injection. */
const FORMULA = /^[\s\ufffd]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;

/** Would a spreadsheet run it? */
export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** One cell; a leading apostrophe keeps a formula text. A number that is none is empty. */
export function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  // A carriage return of its own would end the row for some readers.
  const text = plain(cell.replace(/\r\n?/g, '\n'));
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row, with its line end. */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
