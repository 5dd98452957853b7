/** The report on a terminal: figures, one row a department, and what to do first. */
import type { Finding } from '../model/finding.ts';
import { oneLine, plain } from '../model/plain.ts';
import type { Report } from '../model/report.ts';
import {
  authorisationText,
  byUrgency,
  departmentFigure,
  departmentName,
  excerptText,
  type Figures,
  figuresOf,
  type Group,
  groupsOf,
  nothingFound,
  plainFigures,
  verdictMatrix,
} from './figures.ts';
import { type Locale, localeOf, type Setting } from './locale.ts';
import {
  grid,
  paint,
  painted,
  SEVERITY_PAINT,
  type TableColumn,
  type Terminal,
} from './terminal.ts';
import { cutTo, wrap } from './text.ts';
import { listText, peopleText, STATES, whoCanRead } from './words.ts';

/** Narrower than this, columns hold nothing readable; the terminal then breaks the lines itself. */
const MIN_WIDTH = 40;

/** The whole run on one screen. Ends with a line break. */
export function renderTable(report: Report, terminal: Terminal, setting: Setting = {}): string {
  const screen: Screen = {
    terminal,
    width: Math.max(MIN_WIDTH, terminal.width),
    locale: localeOf(setting),
  };
  const figures = figuresOf(report);
  const groups = groupsOf(report);
  const blocks = [
    headline(report, figures, screen),
    groups.length > 0 ? departments(groups, figures, screen) : [],
    report.assets.length > 0 ? matrix(report, screen) : [],
    remarks(report, figures, screen),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** The `count` most urgent findings, each with the first command to run. Empty without findings. */
export function renderUrgent(
  report: Report,
  count: number,
  terminal: Terminal,
  setting: Setting = {},
): string {
  const locale = localeOf(setting);
  const screen: Screen = { terminal, width: Math.max(MIN_WIDTH, terminal.width), locale };
  const asOf = figuresOf(report).asOf;
  const urgent = [...report.findings].sort(byUrgency);
  const shown = urgent.slice(0, Math.max(0, count));
  if (shown.length === 0) return '';
  const blocks = shown.map((finding) => urgentBlock(finding, asOf, screen));
  const rest = urgent.length - shown.length;
  if (rest > 0) blocks.push([paint(locale.words.terminal.more(rest), 'dim', terminal)]);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

interface Screen {
  readonly terminal: Terminal;
  readonly width: number;
  readonly locale: Locale;
}

function headline(report: Report, figures: Figures, screen: Screen): readonly string[] {
  const { terminal, width, locale } = screen;
  const { words } = locale;
  const excerpt = excerptText(report, locale);
  const allowed = authorisationText(report, locale);
  const lines: string[] = [
    ...(allowed === null ? [] : painted(allowed, 'dim', width, terminal)),
    ...(excerpt === null ? [] : painted(excerpt, 'yellow', width, terminal)),
  ];
  if (figures.byStatus) {
    lines.push(...painted(plainFigures(figures, locale), 'bold', width, terminal));
  } else if (figures.findings === 0) {
    const color = figures.incomplete ? 'yellow' : 'green';
    lines.push(...painted(nothingFound(figures, locale), color, width, terminal));
  } else {
    const { people, peopleAtLeast, findings } = figures;
    const text = words.terminal.exposed(people, peopleAtLeast, findings);
    lines.push(...painted(text, 'red', width, terminal));
  }
  const looked = words.terminal.lookedAt(report.assets.length, figures.open, figures.unknown);
  const read = words.terminal.readIn(figures.objectsRead, figures.objectsBehindOpenDoors);
  const gap = locale.language === 'en' ? ' ' : '';
  lines.push(...painted(`${looked}${gap}${read}`, 'dim', width, terminal));
  return lines;
}

function departments(
  groups: readonly Group[],
  figures: Figures,
  { terminal, width, locale }: Screen,
): readonly string[] {
  const { words } = locale;
  const worst = groups.map((group) => group.findings[0]?.severity ?? 'low');
  const left = (head: string, cells: readonly string[]): TableColumn => ({
    head,
    align: 'left',
    cells,
  });
  const right = (head: string, cells: readonly string[]): TableColumn => ({
    head,
    align: 'right',
    cells,
  });
  const table: readonly TableColumn[] = [
    left(
      words.terminal.department,
      groups.map((group) => oneLine(departmentName(group.department, locale))),
    ),
    left(
      words.terminal.worst,
      worst.map((severity) => words.code.severity[severity]),
    ),
    right(
      words.terminal.findings,
      groups.map((group) => words.count(group.findings.length)),
    ),
    right(
      words.terminal.people,
      groups.map((group) => departmentFigure(group.department, locale)),
    ),
    left(
      words.terminal.firstDeadline,
      groups.map((group) => deadlineOf(group, figures.asOf, locale)),
    ),
  ];
  return grid(table, width, terminal, (row) => SEVERITY_PAINT[worst[row] ?? 'low']);
}

function deadlineOf(group: Group, asOf: string, { words, language }: Locale): string {
  const deadline = group.findings.map((finding) => finding.deadline).sort()[0];
  if (deadline === undefined) return '';
  const until = words.until(asOf, deadline);
  return language === 'en'
    ? `${words.day(deadline)} (${until})`
    : `${words.day(deadline)}（${until}）`;
}

function matrix(report: Report, { terminal, width, locale }: Screen): readonly string[] {
  const { words } = locale;
  const rows = verdictMatrix(report.assets);
  const used = STATES.filter((state) => rows.some((row) => row.counts[state] > 0));
  const table: readonly TableColumn[] = [
    {
      head: words.terminal.whoCanRead,
      align: 'left',
      cells: rows.map((row) => oneLine(row.provider)),
    },
    ...used.map(
      (state): TableColumn => ({
        head: words.code.reader[state],
        align: 'right',
        cells: rows.map((row) => words.count(row.counts[state])),
      }),
    ),
  ];
  return grid(table, width, terminal, () => null);
}

function remarks(report: Report, figures: Figures, screen: Screen): readonly string[] {
  const { terminal, width, locale } = screen;
  const words = locale.words.terminal;
  const lines: string[] = [];
  if (report.run.status !== 'complete' || !report.coverage.complete) {
    lines.push(...painted(words.interrupted, 'red', width, terminal));
  }
  if (figures.unknown > 0) {
    lines.push(...painted(words.unjudged(figures.unknown), 'yellow', width, terminal));
  }
  if (figures.gaps > 0) lines.push(...painted(words.gaps(figures.gaps), 'yellow', width, terminal));
  return lines;
}

function urgentBlock(finding: Finding, asOf: string, screen: Screen): readonly string[] {
  const { terminal, width, locale } = screen;
  const { words } = locale;
  const { owner: assigned, asset } = finding;
  const owner = assigned ? locale.owner(assigned.id, assigned.name) : words.say.unowned;
  const part = finding.slice === '*' ? '' : ` (${oneLine(finding.slice)})`;
  const severity = words.code.severity[finding.severity].toUpperCase();
  const title = cutTo(
    `${severity}  ${oneLine(owner)}: ${asset.provider} ${oneLine(asset.name)}${part}`,
    width,
  );
  const kinds = [...new Set(finding.detectors.map((each) => locale.title(each.id)))];
  const people = peopleText(finding.people, locale);
  const what = words.terminal.whatLies(people, listText(kinds, 3, locale));
  const until = words.until(asOf, finding.deadline);
  const who = whoCanRead(finding, locale);
  const facts = words.terminal.act(who, what, words.day(finding.deadline), until);
  return [
    paint(title, SEVERITY_PAINT[finding.severity], terminal),
    ...wrap(facts, width - 2).map((line) => `  ${line}`),
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
