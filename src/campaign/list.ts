/** The list that goes to a department and comes back with its answers, in the department's language. */
import { BYTE_ORDER_MARK, csvRow } from '../model/csv.ts';
import type { Finding, FindingVerdict, RemedyStep } from '../model/finding.ts';
import { nameOf } from './answer.ts';
import type { ListState } from './state.ts';
import { COLUMNS, type Column, type Words } from './words/words.ts';

/** What a list shows of a finding; a hundred thousand whole ones would fill the memory. */
export interface ListedFinding
  extends Pick<
    Finding,
    'id' | 'asset' | 'slice' | 'severity' | 'people' | 'detectors' | 'deadline' | 'remedy'
  > {
  readonly verdict: Pick<FindingVerdict, 'read'>;
}

export function listedFinding(finding: Finding): ListedFinding {
  const { id, asset, slice, severity, people, detectors, deadline, remedy, verdict } = finding;
  return {
    id,
    asset,
    slice,
    severity,
    people,
    detectors,
    deadline,
    remedy: remedy.filter(({ purpose }) => purpose === 'close' || purpose === 'prove'),
    verdict: { read: verdict.read },
  };
}

export interface ListOptions {
  readonly list: ListState;
  /** The list's findings as they were last seen. */
  readonly findings: ReadonlyMap<string, ListedFinding>;
  readonly words: Words;
  /** What a detector is called in the reader's language. */
  readonly title: (detector: string) => string;
}

/** The row of a list without findings: answered with "nothing to report". */
export const EVERYTHING = '*';

/** Head row, then one row a finding, the most urgent first as the list has them. Answers given so far stand in it. */
export function listTable(options: ListOptions): readonly (readonly string[])[] {
  const { list, findings, words } = options;
  const head = COLUMNS.map((column) => words.columns[column]);
  const rows = list.findings.map((id) => {
    const cells = cellsOf(id, findings.get(id), options);
    return COLUMNS.map((column) => cells[column]);
  });
  if (rows.length > 0) return [head, ...rows];
  const empty: Readonly<Partial<Record<Column, string>>> = {
    department: nameOf(list.owner),
    finding: EVERYTHING,
    answer: list.standing === 'answered' ? (words.answers['nothing-to-report'][0] ?? '') : '',
  };
  return [head, COLUMNS.map((column) => empty[column] ?? '')];
}

export function renderList(options: ListOptions): string {
  return BYTE_ORDER_MARK + listTable(options).map(csvRow).join('');
}

function cellsOf(
  id: string,
  finding: ListedFinding | undefined,
  { list, words, title }: ListOptions,
): Readonly<Record<Column, string>> {
  const said = list.answers.get(id);
  return {
    department: nameOf(list.owner),
    finding: id,
    severity: finding ? words.severity[finding.severity] : '',
    place: finding ? placeOf(finding) : '',
    part: finding && finding.slice !== '*' ? finding.slice : '',
    who: finding ? words.readers[finding.verdict.read] : '',
    people: finding ? String(finding.people.atMost) : '',
    contents: finding ? contentsOf(finding, title) : '',
    deadline: finding ? finding.deadline.slice(0, 10) : '',
    close: commands(finding, 'close'),
    prove: commands(finding, 'prove'),
    answer: said ? (words.answers[said.answer][0] ?? said.answer) : '',
    reason: said?.reason ?? '',
    until: said?.until?.slice(0, 10) ?? '',
  };
}

export function placeOf(finding: Pick<Finding, 'asset'>): string {
  return `${finding.asset.provider} ${finding.asset.name}`;
}

/** `Hong Kong identity card 412, e-mail address 398`. */
export function contentsOf(
  finding: Pick<Finding, 'detectors'>,
  title: (detector: string) => string,
): string {
  const most = new Map<string, number>();
  for (const { id, people } of finding.detectors) {
    const name = title(id);
    most.set(name, Math.max(most.get(name) ?? 0, people));
  }
  return [...most].map(([name, people]) => `${name} ${people}`).join(', ');
}

function commands(finding: ListedFinding | undefined, purpose: RemedyStep['purpose']): string {
  return (finding?.remedy ?? [])
    .filter((step) => step.purpose === purpose)
    .map((step) => `# ${step.what.replaceAll('\n', ' ')}\n${step.command}`.trimEnd())
    .join('\n');
}
