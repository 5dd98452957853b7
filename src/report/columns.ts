/**
 * A department's remedy list as rows: the same columns in CSV and XLSX, in the reader's language.
 *
 * What can be done today stands left, what explains it right.
 */
import type { Finding, RemedyStep } from '../model/finding.ts';
import { departmentName, type Group } from './figures.ts';
import type { ColumnKey } from './languages/words.ts';
import { COLUMN_KEYS } from './languages/words.ts';
import type { Locale } from './locale.ts';
import { becauseTexts, ownerReasonText, whoCanRead } from './words.ts';

export type Cell = string | number;

interface Row {
  readonly department: string;
  readonly locale: Locale;
}

const CELLS: Readonly<Record<ColumnKey, (finding: Finding, row: Row) => Cell>> = {
  deadline: (finding) => finding.deadline,
  severity: (finding, { locale }) => locale.words.code.severity[finding.severity],
  department: (_, { department }) => department,
  status: standing,
  provider: (finding) => finding.asset.provider,
  asset: (finding) => finding.asset.name,
  part: (finding) => finding.slice,
  who: (finding, { locale }) => whoCanRead(finding, locale),
  peopleAtLeast: (finding) => finding.people.atLeast,
  peopleAtMost: (finding) => finding.people.atMost,
  contents,
  samples: (finding, { locale }) =>
    finding.samples.map((one) => locale.words.say.sampleAt(one.masked, one.place)).join('\n'),
  since: (finding) => finding.since ?? '',
  firstKnown: (finding) => finding.firstKnown,
  close: (finding) => commands(finding, 'close'),
  guard: (finding) => commands(finding, 'guard'),
  remove: (finding) => commands(finding, 'remove'),
  prove: (finding) => commands(finding, 'prove'),
  why: (finding, { locale }) => becauseTexts(finding, locale).join('\n'),
  reading: (finding, { locale }) => locale.words.code.state[finding.verdict.read],
  listing: (finding, { locale }) => locale.words.code.state[finding.verdict.list],
  disagreement: (finding) => finding.verdict.disagreement ?? '',
  confidence: (finding, { locale }) => locale.words.code.confidence[finding.confidence],
  whyDepartment: (finding, { locale }) => ownerReasonText(finding.ownerReason, locale),
  lapsed: (finding, { locale }) =>
    finding.lapsed === null
      ? ''
      : locale.words.say.lapsed(finding.lapsed.what, locale.words.day(finding.lapsed.on)),
  assetId: (finding) => finding.asset.id,
  finding: (finding) => finding.id,
};

/** The head row. */
export function columnHeads({ words }: Locale): readonly string[] {
  return COLUMN_KEYS.map((key) => words.code.column[key]);
}

/** One row a finding, in the group's order. */
export function* rowsOf(group: Group, locale: Locale): Generator<readonly Cell[]> {
  const row: Row = { department: departmentName(group.department, locale), locale };
  for (const finding of group.findings) yield COLUMN_KEYS.map((key) => CELLS[key](finding, row));
}

function standing(finding: Finding, { locale }: Row): string {
  const known = locale.standings.get(finding.id);
  if (!known) return '';
  const { words } = locale;
  const until = known.until === null ? [] : [words.page.until(words.day(known.until))];
  const reason = known.reason === null ? [] : [known.reason];
  return [words.code.status[known.status], ...until, ...reason].join('; ');
}

function contents(finding: Finding, { locale }: Row): string {
  return finding.detectors
    .map((each) =>
      locale.words.say.contents(locale.title(each.id), each.people, each.form, each.confidence),
    )
    .join('\n');
}

/** What a step does as a shell comment above its command, so that the cell can be pasted whole. */
function commands(finding: Finding, purpose: RemedyStep['purpose']): string {
  return finding.remedy
    .filter((step) => step.purpose === purpose)
    .map((step) => `# ${step.what.replaceAll('\n', ' ')}\n${step.command}`.trimEnd())
    .join('\n');
}
