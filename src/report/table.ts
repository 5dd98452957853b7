/** The report on a terminal: figures, one row a department, and what to do first. */
import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import {
  byUrgency,
  departmentName,
  type Figures,
  figuresOf,
  type Group,
  groupsOf,
  nothingFound,
  verdictMatrix,
} from './figures.ts';
import { counted, countText, dayText, untilText } from './numbers.ts';
import { grid, type Paint, paint, painted, type TableColumn, type Terminal } from './terminal.ts';
import { cutTo, oneLine, plain, wrap } from './text.ts';
import { detectorTitle, listText, peopleText, STATE_READER, STATES, whoCanRead } from './words.ts';

const SEVERITY_PAINT: Readonly<Record<Severity, Paint>> = {
  critical: 'red',
  high: 'yellow',
  medium: 'bold',
  low: 'dim',
};

/** Narrower than this, columns hold nothing readable; the terminal then breaks the lines itself. */
const MIN_WIDTH = 40;

/** The whole run on one screen. Ends with a line break. */
export function renderTable(report: Report, terminal: Terminal): string {
  const width = Math.max(MIN_WIDTH, terminal.width);
  const figures = figuresOf(report);
  const groups = groupsOf(report);
  const blocks = [
    headline(report, figures, width, terminal),
    groups.length > 0 ? departments(groups, figures, width, terminal) : [],
    report.assets.length > 0 ? matrix(report, width, terminal) : [],
    remarks(report, figures, width, terminal),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** The `count` most urgent findings, each with the first command to run. Empty without findings. */
export function renderUrgent(report: Report, count: number, terminal: Terminal): string {
  const width = Math.max(MIN_WIDTH, terminal.width);
  const asOf = figuresOf(report).asOf;
  const urgent = [...report.findings].sort(byUrgency);
  const shown = urgent.slice(0, Math.max(0, count));
  if (shown.length === 0) return '';
  const blocks = shown.map((finding) => urgentBlock(finding, asOf, width, terminal));
  const rest = urgent.length - shown.length;
  if (rest > 0) blocks.push([paint(`… and ${countText(rest)} more`, 'dim', terminal)]);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function headline(
  report: Report,
  figures: Figures,
  width: number,
  terminal: Terminal,
): readonly string[] {
  const lines: string[] = [];
  if (figures.findings === 0) {
    const color = figures.incomplete ? 'yellow' : 'green';
    lines.push(...painted(nothingFound(figures), color, width, terminal));
  } else {
    const people = counted(figures.people, 'person', 'people');
    const findings = counted(figures.findings, 'finding', 'findings');
    const text = `${figures.peopleAtLeast ? 'At least ' : ''}${people} exposed, ${findings}.`;
    lines.push(...painted(text, 'red', width, terminal));
  }
  const looked = counted(report.assets.length, 'asset', 'assets');
  const doors = `${countText(figures.open)} open, ${countText(figures.unknown)} unknown`;
  const objects = counted(figures.objectsBehindOpenDoors, 'object', 'objects');
  const text = `${looked} looked at: ${doors}. Read ${countText(figures.objectsRead)} of ${objects} in those.`;
  lines.push(...painted(text, 'dim', width, terminal));
  return lines;
}

function departments(
  groups: readonly Group[],
  figures: Figures,
  width: number,
  terminal: Terminal,
): readonly string[] {
  const worst = groups.map((group) => group.findings[0]?.severity ?? 'low');
  const table: readonly TableColumn[] = [
    {
      head: 'Department',
      align: 'left',
      cells: groups.map((group) => oneLine(departmentName(group.department))),
    },
    { head: 'Worst', align: 'left', cells: worst },
    {
      head: 'Findings',
      align: 'right',
      cells: groups.map((group) => countText(group.findings.length)),
    },
    {
      head: 'People',
      align: 'right',
      cells: groups.map((group) => countText(group.department.people)),
    },
    {
      head: 'First deadline',
      align: 'left',
      cells: groups.map((group) => deadlineOf(group, figures.asOf)),
    },
  ];
  return grid(table, width, terminal, (row) => SEVERITY_PAINT[worst[row] ?? 'low']);
}

function deadlineOf(group: Group, asOf: string): string {
  const deadline = group.findings.map((finding) => finding.deadline).sort()[0];
  return deadline === undefined ? '' : `${dayText(deadline)} (${untilText(asOf, deadline)})`;
}

function matrix(report: Report, width: number, terminal: Terminal): readonly string[] {
  const rows = verdictMatrix(report.assets);
  const used = STATES.filter((state) => rows.some((row) => row.counts[state] > 0));
  const table: readonly TableColumn[] = [
    {
      head: 'Who can read',
      align: 'left',
      cells: rows.map((row) => oneLine(row.provider)),
    },
    ...used.map(
      (state): TableColumn => ({
        head: STATE_READER[state],
        align: 'right',
        cells: rows.map((row) => countText(row.counts[state])),
      }),
    ),
  ];
  return grid(table, width, terminal, () => null);
}

function remarks(
  report: Report,
  figures: Figures,
  width: number,
  terminal: Terminal,
): readonly string[] {
  const lines: string[] = [];
  if (report.run.status !== 'complete' || !report.coverage.complete) {
    const text = 'The run was interrupted: everything above is a lower bound.';
    lines.push(...painted(text, 'red', width, terminal));
  }
  if (figures.unknown > 0) {
    const text = `${counted(figures.unknown, 'asset', 'assets')} could not be judged; unknown is not closed.`;
    lines.push(...painted(text, 'yellow', width, terminal));
  }
  if (figures.gaps > 0) {
    const text = `${counted(figures.gaps, 'gap', 'gaps')}: something was not looked at; the report says what and why.`;
    lines.push(...painted(text, 'yellow', width, terminal));
  }
  return lines;
}

function urgentBlock(
  finding: Finding,
  asOf: string,
  width: number,
  terminal: Terminal,
): readonly string[] {
  const owner = oneLine(finding.owner?.name ?? 'no department yet');
  const part = finding.slice === '*' ? '' : ` (${oneLine(finding.slice)})`;
  const title = cutTo(
    `${finding.severity.toUpperCase()}  ${owner}: ${finding.asset.provider} ${oneLine(finding.asset.name)}${part}`,
    width,
  );
  const kinds = finding.detectors.map((each) => detectorTitle(each.id, terminal.titles ?? {}));
  const what = `${peopleText(finding.people)}: ${listText([...new Set(kinds)], 3)}`;
  const when = `by ${dayText(finding.deadline)}, ${untilText(asOf, finding.deadline)}`;
  const facts = wrap(`${whoCanRead(finding)}. ${what}. Close it ${when}.`, width - 2);
  return [
    paint(title, SEVERITY_PAINT[finding.severity], terminal),
    ...facts.map((line) => `  ${line}`),
    ...closing(finding, width, terminal),
  ];
}

/** Never cut: a command that is cut is a wrong command. */
function closing(finding: Finding, width: number, terminal: Terminal): readonly string[] {
  const first = finding.remedy.find((step) => step.purpose === 'close');
  if (!first) return [];
  if (first.command === '') return wrap(oneLine(first.what), width - 2).map((line) => `  ${line}`);
  return plain(first.command)
    .split('\n')
    .map((line, i) => paint(`  ${i === 0 ? '$ ' : '  '}${line}`, 'bold', terminal));
}
