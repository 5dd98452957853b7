/** Findings over all runs: the record of each as it was last seen, and its status, folded from the ledger's entries. */
import { UsageError } from '../model/errors.ts';
import { type Finding, SEVERITIES } from '../model/finding.ts';
import type { Entry } from '../model/ledger.ts';
import type { FindingRecord, RecordFilter, Status, StatusChange } from '../model/lifecycle.ts';
import { keepable, must, type Row, type Session, text } from './database.ts';
import * as sql from './queries.ts';
import { among, type Condition, equals, insertMany, listed, PAGE } from './statement.ts';

const PEOPLE_AT_MOST = 999_999_999_999;
const PEOPLE_DIGITS = 12;

/** Sorts as text: most severe first, then most people, then by id. */
export function urgencyOf({ id, severity, people }: Finding): string {
  const fewer = PEOPLE_AT_MOST - Math.min(PEOPLE_AT_MOST, people.atMost);
  return `${SEVERITIES.indexOf(severity)} ${String(fewer).padStart(PEOPLE_DIGITS, '0')} ${id}`;
}

/** The same finding with an earlier first knowledge; what follows from it moves along. */
function firstKnownAt(finding: Finding, firstKnown: string): Finding {
  if (finding.firstKnown === firstKnown) return finding;
  const allowedMs = Date.parse(finding.deadline) - Date.parse(finding.firstKnown);
  const deadline = new Date(Date.parse(firstKnown) + allowedMs).toISOString();
  return { ...finding, firstKnown, deadline };
}

export function unique(findings: readonly Finding[]): readonly Finding[] {
  // In the order of ids: two scans that write the same findings then wait for each other in turn.
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function saveSightings(
  session: Session,
  runId: string,
  findings: readonly Finding[],
): Promise<void> {
  const sorted = unique(findings);
  await insertMany(session, sql.insertFinding, sorted, ({ id, asset, firstKnown }) => [
    id,
    asset.id,
    firstKnown,
    runId,
  ]);
  await insertMany(session, sql.insertSighting, sorted, (finding) => [
    runId,
    finding.id,
    JSON.stringify(finding),
  ]);
}

export interface Seen {
  readonly run: string;
  /** ISO 8601: the run's start. */
  readonly seenAt: string;
  /** When the status `new` of those seen for the first time began. */
  readonly now: string;
}

export async function saveRecords(
  session: Session,
  { run, seenAt, now }: Seen,
  findings: readonly Finding[],
): Promise<void> {
  await insertMany(session, sql.insertRecord, unique(findings), (finding) => [
    finding.id,
    finding.asset.id,
    finding.firstKnown,
    run,
    run,
    seenAt,
    urgencyOf(finding),
    finding.owner?.id ?? null,
    JSON.stringify(finding),
    'new',
    'ajar',
    now,
  ]);
}

function recordOf(row: Row): FindingRecord {
  const finding = JSON.parse(must(row, 'body')) as Finding;
  return {
    finding: firstKnownAt(finding, must(row, 'first_known')),
    firstRun: must(row, 'first_run'),
    lastRun: must(row, 'last_run'),
    lastSeen: must(row, 'last_seen'),
    status: must(row, 'status') as Status,
    statusBy: must(row, 'status_by'),
    statusAt: must(row, 'status_at'),
    reason: text(row, 'status_reason'),
    until: text(row, 'status_until'),
    assigned: text(row, 'assigned'),
  };
}

function conditions({ statuses, owner, asset, ids }: RecordFilter): readonly Condition[] {
  const found: Condition[] = [];
  if (statuses) found.push(among('status', statuses));
  if (owner !== undefined) found.push(equals(sql.responsible, owner));
  if (asset !== undefined) found.push(equals('asset', asset));
  if (ids && ids.length <= PAGE) found.push(among('id', ids));
  return found;
}

/** A page at a time. A record whose urgency changes meanwhile may come twice or not at all. */
export async function* readRecords(
  db: Pick<Session, 'all'>,
  filter: RecordFilter,
): AsyncGenerator<FindingRecord, void, void> {
  const wanted = filter.ids && filter.ids.length > PAGE ? new Set(filter.ids) : null;
  const asked = conditions(filter);
  let after = '';
  for (;;) {
    const rows = await sql.recordPage(db, after, asked);
    for (const row of rows) {
      if (wanted === null || wanted.has(must(row, 'id'))) yield recordOf(row);
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = must(last, 'urgency');
  }
}

/** Status of these findings; those without a record are absent. */
export async function statusesOf(
  session: Session,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await listed(session, sql.statuses, [...new Set(ids)]);
  return new Map(
    rows.flatMap((row) => {
      const status = text(row, 'status');
      return status === null
        ? []
        : [[must(row, 'id'), { status, at: text(row, 'status_at') ?? '' }] as const];
    }),
  );
}

export interface Standing {
  readonly status: string;
  /** ISO 8601, since when. */
  readonly at: string;
}

/** Whether the change starts from a status that no longer holds: somebody was faster. */
export function isStale(change: StatusChange, stands: Standing | undefined): stands is Standing {
  return stands !== undefined && stands.status !== change.from;
}

export function staleError(finding: string, change: StatusChange, stands: Standing): UsageError {
  return new UsageError(
    `finding ${finding}: it is "${stands.status}" since ${stands.at}, no longer "${change.from}"; ` +
      'somebody changed it meanwhile, look again and repeat',
  );
}

/** What of a ledger's entry the record shows. */
export interface StatusEntry extends Pick<Entry, 'subject' | 'by' | 'at'> {
  readonly body: StatusChange;
}

export async function applyStatus(session: Session, entry: StatusEntry): Promise<void> {
  const { to, reason, until, owner = null } = entry.body;
  const said = reason === null ? null : keepable(reason);
  const values = [to, entry.by, entry.at, said, until, owner, entry.subject];
  await session.run(sql.setStatus, values);
}
