/**
 * `report.xlsx`: one sheet a department, each with the columns of its CSV, and a summary first
 * where there are several. An excerpt of one department is that department's sheet alone: fit to
 * be sent to it.
 */
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { rowsOf } from './columns.ts';
import { departmentName, figuresOf, type Group, groupsOf } from './figures.ts';
import { COLUMN_KEYS, type ColumnKey } from './languages/words.ts';
import { type Locale, localeOf, type Setting } from './locale.ts';
import type { CellStyle, SheetCell } from './xlsx/cells.ts';
import { type Sheet, type SheetColumn, writeWorkbook } from './xlsx/workbook.ts';

/** In characters; commands and places want room, codes do not. */
const WIDTHS: Readonly<Record<ColumnKey, number>> = {
  deadline: 22,
  severity: 11,
  department: 24,
  status: 18,
  provider: 12,
  asset: 28,
  part: 18,
  who: 36,
  peopleAtLeast: 12,
  peopleAtMost: 12,
  contents: 42,
  samples: 42,
  since: 22,
  firstKnown: 22,
  close: 60,
  guard: 60,
  remove: 60,
  prove: 60,
  why: 50,
  reading: 18,
  listing: 18,
  disagreement: 36,
  confidence: 11,
  whyDepartment: 30,
  lapsed: 24,
  assetId: 36,
  finding: 18,
};

const TIMES: ReadonlySet<ColumnKey> = new Set(['deadline', 'since', 'firstKnown']);
const COMMANDS: ReadonlySet<ColumnKey> = new Set(['close', 'guard', 'remove', 'prove']);

export function renderXlsx(report: Report, setting: Setting = {}): Buffer {
  const locale = localeOf(setting);
  const groups = groupsOf(report);
  const sheets = groups.map((group) => listSheet(group, locale));
  return writeWorkbook({
    title: locale.words.page.title,
    createdAt: figuresOf(report).asOf,
    language: locale.language,
    sheets: groups.length === 1 ? sheets : [summarySheet(groups, locale), ...sheets],
    cut: locale.words.letter.cellCut,
  });
}

/** One department's list as a workbook of its own; a head row only where it has nothing to do. */
export function renderDepartmentXlsx(group: Group, asOf: string, setting: Setting = {}): Buffer {
  const locale = localeOf(setting);
  return writeWorkbook({
    title: departmentName(group.department, locale),
    createdAt: asOf,
    language: locale.language,
    sheets: [listSheet(group, locale)],
    cut: locale.words.letter.cellCut,
  });
}

function listSheet(group: Group, locale: Locale): Sheet {
  return {
    name: departmentName(group.department, locale),
    columns: COLUMN_KEYS.map(
      (key): SheetColumn => ({ head: locale.words.code.column[key], width: WIDTHS[key] }),
    ),
    rows: listRows(group, locale),
  };
}

function* listRows(group: Group, locale: Locale): Generator<readonly SheetCell[]> {
  let index = 0;
  for (const row of rowsOf(group, locale)) {
    const finding = group.findings[index];
    index += 1;
    yield row.map((value, i) => sheetCell(COLUMN_KEYS[i], value, finding));
  }
}

function sheetCell(
  key: ColumnKey | undefined,
  value: string | number,
  finding: Finding | undefined,
): SheetCell {
  if (typeof value === 'number') return { value, style: 'number' };
  if (key !== undefined && TIMES.has(key)) {
    const at = new Date(value);
    if (!Number.isNaN(at.getTime())) return { value: at, style: 'time' };
  }
  return { value, style: textStyle(key, finding) };
}

function textStyle(key: ColumnKey | undefined, finding: Finding | undefined): CellStyle {
  if (key === 'severity' && finding) return finding.severity;
  return key !== undefined && COMMANDS.has(key) ? 'code' : 'text';
}

/** People are distinct within a department and never added up, so the summary has no total. */
function summarySheet(groups: readonly Group[], locale: Locale): Sheet {
  const { words } = locale;
  const columns: readonly SheetColumn[] = [
    { head: words.terminal.department, width: 40 },
    { head: words.terminal.worst, width: 12 },
    { head: words.terminal.findings, width: 12 },
    { head: words.terminal.people, width: 12 },
    { head: '≥', width: 5 },
    { head: words.terminal.firstDeadline, width: 22 },
    { head: words.page.contact.replace(/[:：]$/, ''), width: 36 },
  ];
  const rows = groups.map(({ department, findings }): readonly SheetCell[] => {
    const worst = findings[0]?.severity ?? 'low';
    const deadline = findings.map((finding) => finding.deadline).sort()[0] ?? '';
    return [
      { value: departmentName(department, locale), style: 'text' },
      { value: words.code.severity[worst], style: worst },
      { value: findings.length, style: 'number' },
      { value: department.people, style: 'number' },
      { value: department.atLeast === true ? '≥' : '', style: 'text' },
      { value: new Date(deadline), style: 'time' },
      { value: department.contact ?? '', style: 'text' },
    ];
  });
  return { name: words.letter.summary, columns, rows };
}
