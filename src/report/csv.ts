/** A department's remedy list as CSV, for the spreadsheet that such lists are worked off in. */
import { BYTE_ORDER_MARK, csvCell, csvRow } from '../model/csv.ts';
import { LANGUAGES } from '../model/language.ts';
import type { Report } from '../model/report.ts';
import { columnHeads, rowsOf } from './columns.ts';
import { groupsOf } from './figures.ts';
import { localeOf, type Setting } from './locale.ts';

/** How a list of ajar begins in each language, by which it knows its own files again. */
export const CSV_BEGINS: readonly string[] = LANGUAGES.map((language) => {
  const heads = columnHeads(localeOf({ language })).slice(0, 3);
  return `${BYTE_ORDER_MARK}${heads.map(csvCell).join(',')},`;
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
  yield BYTE_ORDER_MARK + csvRow(columnHeads(locale));
  for (const group of groups) for (const cells of rowsOf(group, locale)) yield csvRow(cells);
}
