/** Findings as a list: which of them, and in which form. */
import { BYTE_ORDER_MARK, csvRow } from '../model/csv.ts';
import { UsageError } from '../model/errors.ts';
import type { Severity } from '../model/finding.ts';
import {
  type FindingRecord,
  type RecordFilter,
  responsibleFor,
  type Status,
} from '../model/lifecycle.ts';
import type { Archive } from '../model/store.ts';
import { counted, countText } from '../report/numbers.ts';
import { dateText } from './entrywords.ts';
import { type PlainColumn, plainTable } from './plaintable.ts';

export interface ListFilter extends RecordFilter {
  readonly severities?: readonly Severity[];
}

export async function* listed(
  archive: Archive,
  filter: ListFilter,
): AsyncGenerator<FindingRecord, void, void> {
  const { severities, ...stored } = filter;
  for await (const record of archive.records(stored)) {
    if (!severities || severities.includes(record.finding.severity)) yield record;
  }
}

/** A run by its id or the beginning of one, `latest` for the last one that ended. Throws UsageError. */
export async function runNamed(archive: Archive, name: string): Promise<string> {
  const ended = (await archive.runs()).filter(({ finishedAt }) => finishedAt !== null);
  const [last] = ended;
  if (!last) throw new UsageError(`run ${name}: the store has no run that has ended`);
  if (name === 'latest') return last.id;
  const found = ended.filter(({ id }) => id === name || id.startsWith(name));
  const [only, ...others] = found;
  if (only && others.length === 0) return only.id;
  const some = (only ? found : ended).slice(0, 5);
  const shown = some.map(({ id, startedAt }) => `${id} (${dateText(startedAt)})`).join(', ');
  throw new UsageError(
    `run ${name}: ${only ? 'several runs begin so' : 'there is no such run'}; there are ${shown}`,
  );
}

const HEADS: readonly PlainColumn[] = [
  { head: 'FINDING', kind: 'fixed' },
  { head: 'SEVERITY', kind: 'fixed' },
  { head: 'STATUS', kind: 'fixed' },
  { head: 'DEPARTMENT', kind: 'text' },
  { head: 'ASSET', kind: 'text' },
  { head: 'PEOPLE', kind: 'number' },
  { head: 'CLOSE BY', kind: 'fixed' },
];

function peopleFigure({ finding }: FindingRecord): string {
  const { atLeast, atMost } = finding.people;
  return `${atLeast === atMost ? '' : '≥ '}${countText(atLeast)}`;
}

/** Nobody's deadline runs. */
const SETTLED: readonly Status[] = ['fixed', 'accepted', 'moved'];

function row(record: FindingRecord, now: Date): readonly string[] {
  const { finding, status, until } = record;
  const part = finding.slice === '*' ? '' : ` ${finding.slice}`;
  // The next run opens it; until then the list must not look quiet.
  const over = status === 'accepted' && until !== null && until <= now.toISOString();
  const late = (over || !SETTLED.includes(status)) && now.toISOString() > finding.deadline;
  return [
    finding.id,
    finding.severity,
    over ? 'accepted, over' : status,
    responsibleFor(record) ?? '(the office)',
    `${finding.asset.id}${part}`,
    peopleFigure(record),
    `${dateText(finding.deadline)}${late ? ' LATE' : ''}`,
  ];
}

/** Aligned, within `width` columns; one line that says so where there is nothing. */
export async function tableOf(
  records: AsyncIterable<FindingRecord>,
  width: number,
  now: Date,
): Promise<string> {
  const rows: (readonly string[])[] = [];
  for await (const record of records) rows.push(row(record, now));
  if (rows.length === 0) return 'No findings match.\n';
  const ending = `${counted(rows.length, 'finding', 'findings')}; "ajar findings show ID" explains one`;
  return `${[...plainTable(HEADS, rows, width), '', ending].join('\n')}\n`;
}

const CSV_HEADS = [
  'finding',
  'severity',
  'status',
  'department',
  'provider',
  'asset',
  'part',
  'people at least',
  'people at most',
  'first known',
  'deadline',
  'last seen',
  'status by',
  'status at',
  'reason',
  'until',
] as const;

/** As {@link tableOf}, whole, for a spreadsheet; with a byte order mark, so that Excel reads UTF-8. */
export async function* csvOf(records: AsyncIterable<FindingRecord>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRow(CSV_HEADS);
  for await (const record of records) {
    const { finding, status, statusBy, statusAt, reason, until, lastSeen } = record;
    yield csvRow([
      finding.id,
      finding.severity,
      status,
      responsibleFor(record) ?? '',
      finding.asset.provider,
      finding.asset.id,
      finding.slice,
      finding.people.atLeast,
      finding.people.atMost,
      finding.firstKnown,
      finding.deadline,
      lastSeen,
      statusBy,
      statusAt,
      reason ?? '',
      until ?? '',
    ]);
  }
}

/** One JSON array, a record a line, so that any number streams. */
export async function* jsonOf(records: AsyncIterable<FindingRecord>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const record of records) {
    yield `${before}${JSON.stringify({ ...record, responsible: responsibleFor(record) })}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

export const STATUSES: readonly Status[] = [
  'new',
  'open',
  'acknowledged',
  'not-ours',
  'accepted',
  'fixed',
  'reopened',
  'moved',
];
