/** What a gate says on stdout. */
import type { Finding, Severity } from '../model/finding.ts';
import { oneLine } from '../model/plain.ts';
import type { Report } from '../model/report.ts';
import { counted, countText } from '../report/numbers.ts';
import { paint, SEVERITY_PAINT, type Terminal } from '../report/terminal.ts';
import type { GateResult, PlannedDoor } from './gate.ts';

/** Lines to fix that are shown of one finding. */
const PLACES = 8;
const GAPS = 10;

export interface GateTextOptions {
  readonly failOn: Severity;
  readonly allowGaps: boolean;
  readonly color: boolean;
}

/** `{result, failing, below, doors, report}`; `result` is `pass`, `fail` or `gaps`. */
export function gateJson(
  report: Report,
  result: GateResult,
  doors: readonly PlannedDoor[],
): string {
  const gaps = report.gaps.length + result.missing;
  const verdict = result.failing.length > 0 ? 'fail' : gaps > 0 ? 'gaps' : 'pass';
  return `${JSON.stringify({ result: verdict, ...result, doors, report }, null, 2)}\n`;
}

/** The verdict first, then each place to fix, then what the plan opens, then what was not looked at. */
export function gateTable(
  report: Report,
  result: GateResult,
  doors: readonly PlannedDoor[],
  { failOn, allowGaps, color }: GateTextOptions,
): string {
  const terminal: Terminal = { width: 100, color };
  const blocks = [
    [headline(report, result, allowGaps, terminal)],
    ...report.findings
      .filter(({ id }) => result.failing.includes(id))
      .map((finding) => findingLines(finding, terminal)),
    result.below.length > 0
      ? [
          `${counted(result.below.length, 'finding', 'findings')} below "${failOn}" let through; --format json shows them.`,
        ]
      : [],
    doorLines(doors, terminal),
    gapLines(report, result),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function headline(
  report: Report,
  { failing, missing }: GateResult,
  allowGaps: boolean,
  terminal: Terminal,
): string {
  const read = `${countText(report.coverage.objectsRead)} of ${counted(report.coverage.objectsListed, 'object', 'objects')} read`;
  if (failing.length > 0) {
    const people = counted(report.people, 'person', 'people');
    return paint(
      `STOP: if this were public, ${people} would be exposed (${read}).`,
      'red',
      terminal,
    );
  }
  const unseen = report.gaps.length + missing;
  if (unseen > 0 && !allowGaps) {
    const gaps = counted(unseen, 'place was', 'places were');
    return paint(
      `NOT CLEAR: nothing found, but ${gaps} not looked at (${read}).`,
      'yellow',
      terminal,
    );
  }
  return paint(`PASS: nothing found that would expose people (${read}).`, 'green', terminal);
}

function findingLines(finding: Finding, terminal: Terminal): readonly string[] {
  const { severity, asset, slice, detectors, people, samples } = finding;
  const kinds = detectors.map(({ id, people: count }) => `${id} ${countText(count)}`).join(', ');
  const part = slice === '*' ? '' : `, ${oneLine(slice)}`;
  const count = counted(people.atMost, 'person', 'people');
  const head = `${severity.toUpperCase()}  ${oneLine(asset.name)}${part}: ${count} (${kinds})`;
  const shown = samples
    .slice(0, PLACES)
    .map(({ place, masked, detector }) => `    ${oneLine(place)}: ${detector} ${oneLine(masked)}`);
  const more = samples.length - shown.length;
  return [
    paint(head, SEVERITY_PAINT[severity], terminal),
    ...shown,
    ...(more > 0 ? [`    and ${countText(more)} more; --out FOLDER writes the whole report`] : []),
  ];
}

function doorLines(doors: readonly PlannedDoor[], terminal: Terminal): readonly string[] {
  if (doors.length === 0) return [];
  return [
    paint('The plan opens or leaves unclear:', 'bold', terminal),
    ...doors.flatMap(({ address, uri, created, read, list, because }) => {
      const what = created
        ? 'new, nothing lies there yet'
        : uri === null
          ? 'its name is known only after apply, so it was not looked into'
          : 'looked into';
      return [
        `  ${oneLine(address)}: anyone may read: ${read}, list: ${list} (${what})`,
        ...because.map((one) => `    because ${oneLine(one)}`),
      ];
    }),
  ];
}

function gapLines(report: Report, { missing }: GateResult): readonly string[] {
  if (report.gaps.length + missing === 0) return [];
  const shown = report.gaps.slice(0, GAPS).map(({ asset, what, detail }) => {
    const where = what === null ? asset : `${asset} › ${what}`;
    return `  ${oneLine(where)}: ${oneLine(detail)}`;
  });
  const more = report.gaps.length - shown.length;
  return [
    'Not looked at:',
    ...shown,
    ...(missing > 0
      ? [
          `  ${counted(missing, 'source', 'sources')} of the list not there, or hidden from the credentials`,
        ]
      : []),
    ...(more > 0 ? [`  and ${countText(more)} more; --format json has all`] : []),
  ];
}
