/**
 * A department's remedy list as CSV, for the spreadsheet that such lists are worked off in.
 *
 * RFC 4180 with a byte order mark: without one, Excel reads UTF-8 as the machine's old code page
 * and every Chinese or Japanese name is broken.
 */
import { LANGUAGES } from '../model/language.ts';
import type { Report } from '../model/report.ts';
import { type Cell, columnHeads, rowsOf } from './columns.ts';
import { groupsOf } from './figures.ts';
import { localeOf, type Setting } from './locale.ts';
import { plain } from './text.ts';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * A spreadsheet runs a cell that begins with one of these as a formula, full width too; a leading
 * apostrophe makes it text. Source: OWASP, CSV Injection.
 */
const FORMULA = /^[\s\ufffd]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;

/** How a list of ajar begins in each language, by which it knows its own files again. */
export const CSV_BEGINS: readonly string[] = LANGUAGES.map((language) => {
  const heads = columnHeads(localeOf({ language })).slice(0, 3);
  return `${BYTE_ORDER_MARK}${heads.map(field).join(',')},`;
});

/** One row a finding, the most urgent first; null is the orphan queue. Only the head row when there is nothing. */
export function renderDepartmentCsv(
  report: Report,
  departmentId: string | null,
  setting: Setting = {},
): string {
  const groups = groupsOf(report).filter(({ department }) => department.id === departmentId);
  return [...lines(groups, setting)].join('');
}

/** All departments' lists in one, the most urgent department first. */
export function* csvPieces(report: Report, setting: Setting = {}): Generator<string> {
  yield* lines(groupsOf(report), setting);
}

function* lines(groups: ReturnType<typeof groupsOf>, setting: Setting): Generator<string> {
  const locale = localeOf(setting);
  yield BYTE_ORDER_MARK + line(columnHeads(locale));
  for (const group of groups) for (const cells of rowsOf(group, locale)) yield line(cells);
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(field).join(',')}\r\n`;
}

function field(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  // A carriage return of its own would end the row for some readers.
  const text = plain(cell.replace(/\r\n?/g, '\n'));
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
