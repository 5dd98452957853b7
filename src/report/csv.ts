/**
 * A department's remedy list as CSV, for the spreadsheet that such lists are worked off in.
 *
 * RFC 4180 with a byte order mark: without one, Excel reads UTF-8 as the machine's old code page
 * and every Chinese or Japanese name is broken.
 */
import type { Finding, RemedyStep } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { departmentName, groupsOf } from './figures.ts';
import { plain } from './text.ts';
import { detectorTitle, FORM_NOTE, STATE_LABEL, type Titles, whoCanRead } from './words.ts';

type Cell = string | number;

interface Column {
  readonly head: string;
  readonly cell: (finding: Finding, row: Row) => Cell;
}

interface Row {
  readonly department: string;
  readonly titles: Titles;
}

/** What can be done today stands left, what explains it right. */
const COLUMNS: readonly Column[] = [
  { head: 'deadline', cell: (finding) => finding.deadline },
  { head: 'severity', cell: (finding) => finding.severity },
  { head: 'department', cell: (_, row) => row.department },
  { head: 'provider', cell: (finding) => finding.asset.provider },
  { head: 'asset', cell: (finding) => finding.asset.name },
  { head: 'part', cell: (finding) => finding.slice },
  { head: 'who can read it', cell: (finding) => whoCanRead(finding) },
  { head: 'people at least', cell: (finding) => finding.people.atLeast },
  { head: 'people at most', cell: (finding) => finding.people.atMost },
  { head: 'what lies there', cell: (finding, row) => contents(finding, row.titles) },
  { head: 'samples (masked)', cell: samples },
  { head: 'exposed since', cell: (finding) => finding.since ?? '' },
  { head: 'first known', cell: (finding) => finding.firstKnown },
  { head: 'commands to close it', cell: (finding) => commands(finding, ['close']) },
  { head: 'commands to keep it closed', cell: (finding) => commands(finding, ['guard']) },
  { head: 'commands to take the data away', cell: (finding) => commands(finding, ['remove']) },
  { head: 'proof', cell: (finding) => commands(finding, ['prove']) },
  { head: 'why it is open', cell: (finding) => finding.verdict.because.join('\n') },
  { head: 'reading', cell: (finding) => STATE_LABEL[finding.verdict.read] },
  { head: 'listing', cell: (finding) => STATE_LABEL[finding.verdict.list] },
  { head: 'disagreement', cell: (finding) => finding.verdict.disagreement ?? '' },
  { head: 'confidence', cell: (finding) => finding.confidence },
  { head: 'why this department', cell: (finding) => finding.ownerReason },
  { head: 'asset id', cell: (finding) => finding.asset.id },
  { head: 'finding', cell: (finding) => finding.id },
];

const BYTE_ORDER_MARK = '\ufeff';

/**
 * A spreadsheet runs a cell that begins with one of these as a formula, full width too; a leading
 * apostrophe makes it text. Source: OWASP, CSV Injection.
 */
const FORMULA = /^[\s\ufffd]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;

/** How every list of ajar begins, by which it knows its own files again. */
export const CSV_BEGIN: string = `${BYTE_ORDER_MARK}${COLUMNS.slice(0, 3)
  .map((column) => field(column.head))
  .join(',')},`;

/** One row a finding, the most urgent first; null is the orphan queue. Only the head row when there is nothing. */
export function renderDepartmentCsv(
  report: Report,
  departmentId: string | null,
  titles: Titles = {},
): string {
  const group = groupsOf(report).find(({ department }) => department.id === departmentId);
  const rows = (group?.findings ?? []).map((finding) => {
    const row: Row = { department: group ? departmentName(group.department) : '', titles };
    return COLUMNS.map((column) => column.cell(finding, row));
  });
  const head = COLUMNS.map((column) => column.head);
  const lines = [head, ...rows].map((cells) => cells.map(field).join(','));
  return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('');
}

function contents(finding: Finding, titles: Titles): string {
  return finding.detectors
    .map((each) => {
      const title = detectorTitle(each.id, titles);
      return `${title}: ${each.people} (${FORM_NOTE[each.form]}, ${each.confidence} confidence)`;
    })
    .join('\n');
}

function samples(finding: Finding): string {
  return finding.samples.map((sample) => `${sample.masked} at ${sample.place}`).join('\n');
}

/** What a step does as a shell comment above its command, so that the cell can be pasted whole. */
function commands(finding: Finding, purposes: readonly RemedyStep['purpose'][]): string {
  return finding.remedy
    .filter((step) => purposes.includes(step.purpose))
    .map((step) => `# ${step.what.replaceAll('\n', ' ')}\n${step.command}`.trimEnd())
    .join('\n');
}

function field(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  // A carriage return of its own would end the row for some readers.
  const text = plain(cell.replace(/\r\n?/g, '\n'));
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
