/** One finding on a terminal: why it matters so much, what lies there, what to do, what was done. */
import type { Clock } from '../model/clock.ts';
import type { Finding, RemedyStep } from '../model/finding.ts';
import type { Entry } from '../model/ledger.ts';
import { type FindingRecord, responsibleFor } from '../model/lifecycle.ts';
import { plain } from '../model/plain.ts';
import { counted, countText } from '../report/numbers.ts';
import { clockLines, hanging } from './clockwords.ts';
import { dateText, entryText, instantText } from './entrywords.ts';
import { partText, pointsText, sumText } from './scorewords.ts';

export interface FindingPage {
  readonly record: FindingRecord;
  /** The ledger's, of this finding. */
  readonly entries: readonly Entry[];
  readonly clocks: readonly Clock[];
  /** Detector id → what it is called. */
  readonly titles: Readonly<Record<string, string>>;
  /** The department's name in the owners file; null where it lies with the office. */
  readonly department: string | null;
  readonly now: Date;
}

/** Lines of at most `width` columns; commands are never broken. */
export function renderFindingPage(page: FindingPage, width: number): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Score', scoreLines(page.record.finding, width)],
    ['Why it is open', whyLines(page.record.finding, width)],
    ['What lies there', contentLines(page, width)],
    ['What to do', remedyLines(page.record.finding, width)],
    ['Clocks (a person decides; ajar reminds)', clockSection(page, width)],
    ['History', historyLines(page, width)],
  ];
  const blocks = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([head, lines]) => [head, ...lines].join('\n'));
  return `${[headLines(page, width).join('\n'), ...blocks].join('\n\n')}\n`;
}

function headLines({ record, department }: FindingPage, width: number): readonly string[] {
  const { finding, status, statusBy, statusAt, reason, until } = record;
  const part = finding.slice === '*' ? '' : `, ${finding.slice}`;
  const owner = responsibleFor(record);
  const whose =
    owner === null
      ? `the office (${status === 'not-ours' ? 'its department says it is not theirs' : 'nobody’s yet'})`
      : `${department ?? owner} (${record.assigned ? 'given by hand' : finding.ownerReason})`;
  const end = until === null ? '' : ` until ${dateText(until)}`;
  const why = reason === null ? '' : `: ${reason}`;
  return [
    `${finding.id}  ${finding.severity.toUpperCase()}  ${status}`,
    ...hanging(`${finding.asset.id}${part}`, 2, width),
    ...hanging(`With ${whose}`, 2, width),
    ...hanging(`${status}${end} by ${statusBy}, ${instantText(statusAt)}${why}`, 2, width),
    ...hanging(`Close it by ${instantText(finding.deadline)}`, 2, width),
  ];
}

function scoreLines(finding: Finding, width: number): readonly string[] {
  const parts = finding.score.flatMap((part) => {
    const [first = '', ...rest] = hanging(partText(part, finding), 9, width);
    return [`  ${pointsText(part.points)}  ${first.trimStart()}`, ...rest];
  });
  return [...parts, `  ${sumText(finding)}; docs/severity.md has the weights`];
}

function whyLines({ verdict }: Finding, width: number): readonly string[] {
  const states = `reading: ${verdict.read}; listing: ${verdict.list}`;
  const doubt = verdict.disagreement === null ? [] : [`But: ${verdict.disagreement}`];
  return [states, ...verdict.because, ...doubt].flatMap((text) =>
    hanging(`- ${text}`, 2, width, 2),
  );
}

function contentLines({ record, titles }: FindingPage, width: number): readonly string[] {
  const { finding } = record;
  const { atLeast, atMost } = finding.people;
  const people =
    atLeast === atMost
      ? counted(atMost, 'person', 'people')
      : `${countText(atLeast)} to ${counted(atMost, 'person', 'people')}`;
  const since = finding.since === null ? '' : `, since ${dateText(finding.since)} or longer`;
  const kinds = finding.detectors.map(({ id, form, hits, people: values, confidence }) => {
    const masked = form === 'full' ? '' : `, ${form}`;
    return `- ${titles[id] ?? id} (${id}${masked}): ${counted(values, 'value', 'values')}, ${counted(hits, 'hit', 'hits')}, confidence ${confidence}`;
  });
  const samples = finding.samples.map(
    ({ masked, place, ref }) =>
      `- ${masked} in ${place}${ref === '' ? '' : ` (ajar locate ${ref})`}`,
  );
  return [
    `${people}${since}`,
    ...kinds,
    ...(samples.length > 0 ? ['Masked samples:'] : []),
    ...samples,
  ].flatMap((text) => hanging(text, 2, width, 2));
}

const PURPOSE: Readonly<Record<RemedyStep['purpose'], string>> = {
  close: 'Close it',
  guard: 'Keep it closed',
  remove: 'Take the data away',
  prove: 'Prove it',
};

function remedyLines({ remedy }: Finding, width: number): readonly string[] {
  return remedy.flatMap((step, index) => [
    ...hanging(`${index + 1}. ${PURPOSE[step.purpose]}: ${step.what}`, 2, width, 3),
    // Never cut or wrapped: a broken command is a wrong command.
    ...(step.command === ''
      ? []
      : plain(step.command)
          .split('\n')
          .map((line, i) => `     ${i === 0 ? '$ ' : '  '}${line}`)),
  ]);
}

function clockSection({ record, clocks, now }: FindingPage, width: number): readonly string[] {
  const { finding, status } = record;
  const done = status === 'fixed';
  const late = !done && now.toISOString() > finding.deadline;
  const office = `${done ? 'fixed' : late ? 'LATE' : 'running'}  the office  to be closed by ${instantText(finding.deadline)}`;
  const none =
    clocks.length === 0
      ? hanging(
          'No regulator is known for it: owners.yaml gives its department no jurisdiction (see docs/clocks.md).',
          2,
          width,
        )
      : [];
  return [
    ...hanging(office, 2, width),
    ...clocks.flatMap((clock) => clockLines(clock, width)),
    ...none,
  ];
}

function historyLines({ entries, record }: FindingPage, width: number): readonly string[] {
  return entries.flatMap((entry) => {
    const as = entry.subject === record.finding.id ? '' : `, as ${entry.subject}`;
    const text = `${entryText(entry)} (${entry.by}${as})`;
    const [first = '', ...rest] = hanging(text, 24, width);
    return [`  ${instantText(entry.at).padEnd(20)}  ${first.trimStart()}`, ...rest];
  });
}
