/**
 * How a finding changes its status: which changes there are, who may make them, what they need.
 *
 * Nothing is stored here: a change is a ledger entry, the record's status is what the last one says
 * (docs/lifecycle.md). A scan never closes anything: what it no longer sees may only not have been
 * looked at (diff.ts), so only a proof makes `fixed`.
 */
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingSeen, NewEntry, RunFinished } from '../model/ledger.ts';
import {
  type FindingRecord,
  responsibleFor,
  type Status,
  type StatusChange,
} from '../model/lifecycle.ts';
import type { Report } from '../model/report.ts';

/** Who makes a change: a person with a name, a proof (`ajar prove`), or a scan that saw it. */
export type Actor = 'person' | 'proof' | 'scan';

export interface Transition {
  readonly from: readonly Status[];
  readonly to: Status;
  readonly who: readonly Actor[];
  readonly needs: readonly ('reason' | 'until')[];
  /** For the page that is written from this table. */
  readonly when: string;
}

const WAITING: readonly Status[] = ['new', 'open', 'reopened'];

/** Every change there is; docs/lifecycle.md shows this table. */
export const TRANSITIONS: readonly Transition[] = [
  {
    from: ['new', 'moved'],
    to: 'open',
    who: ['scan'],
    needs: [],
    when: 'a later run sees it again',
  },
  {
    from: [...WAITING, 'not-ours', 'accepted'],
    to: 'acknowledged',
    who: ['person'],
    needs: [],
    when: 'its department knows of it and will close it',
  },
  {
    from: [...WAITING, 'acknowledged', 'accepted'],
    to: 'not-ours',
    who: ['person'],
    needs: ['reason'],
    when: 'its department says whose it is not; it goes back to the office',
  },
  {
    from: [...WAITING, 'acknowledged', 'not-ours', 'accepted'],
    to: 'accepted',
    who: ['person'],
    needs: ['reason', 'until'],
    when: 'somebody answers for the risk until a day',
  },
  {
    from: ['accepted'],
    to: 'open',
    who: ['scan'],
    needs: [],
    when: 'the day until which it was accepted has passed',
  },
  {
    from: ['acknowledged', 'not-ours', 'accepted', 'moved'],
    to: 'open',
    who: ['person'],
    needs: ['reason'],
    when: 'what was said of it no longer holds',
  },
  {
    from: [...WAITING, 'acknowledged', 'not-ours', 'accepted'],
    to: 'moved',
    who: ['scan'],
    needs: [],
    when: 'the same place is another department’s now, as another finding',
  },
  {
    from: [...WAITING, 'acknowledged', 'not-ours', 'accepted', 'moved'],
    to: 'fixed',
    who: ['proof'],
    needs: [],
    when: 'the unsigned requests that found it open were all refused',
  },
  {
    from: ['fixed'],
    to: 'reopened',
    who: ['scan', 'proof'],
    needs: [],
    when: 'it was seen, or found open, again',
  },
  {
    from: ['fixed'],
    to: 'reopened',
    who: ['person'],
    needs: ['reason'],
    when: 'somebody knows better',
  },
];

export interface ChangeOptions {
  /** A person's name as given with `--by`; `ajar` for the scanner itself. */
  readonly by: string;
  /** Default `person`. */
  readonly as?: Actor;
  /** Masked by the caller. */
  readonly reason?: string | null;
  /** ISO 8601, in the future; of `accepted`. */
  readonly until?: string | null;
  /** Default null: a person may say the same twice. */
  readonly once?: string | null;
  /** Default: now. */
  readonly now?: Date;
}

/**
 * The ledger entry for one change of status. Throws UsageError, one sentence, where there is no such
 * change, where this actor may not make it, or where what it needs is missing.
 */
export function changeStatus(record: FindingRecord, to: Status, options: ChangeOptions): NewEntry {
  const { by, as = 'person', reason = null, until = null, now = new Date() } = options;
  const { id } = record.finding;
  const from = record.status;
  const known = TRANSITIONS.filter((row) => row.to === to && row.from.includes(from));
  const row = known.find(({ who }) => who.includes(as));
  if (!row) throw new UsageError(`${id}: ${whyNot(from, to, known)}`);
  if (by.trim() === '') throw new UsageError(`${id}: --by is empty; say who decides this`);
  if (row.needs.includes('reason') && (reason ?? '').trim() === '') {
    throw new UsageError(`${id}: "${to}" needs a reason; say why with --reason`);
  }
  if (row.needs.includes('until')) checkUntil(id, until, now);
  const body: StatusChange = {
    from,
    to,
    reason,
    until: row.needs.includes('until') ? until : null,
  };
  return { kind: 'finding.status', subject: id, by, body, once: options.once ?? null };
}

function whyNot(from: Status, to: Status, known: readonly Transition[]): string {
  if (from === to) return `it is ${from} already`;
  if (to === 'fixed') return 'only a proof closes a finding; run "ajar prove" with its id';
  if (to === 'new') return 'a finding is new once, when it is first seen';
  if (known.length > 0) {
    const who = [...new Set(known.flatMap((row) => row.who))].join(' or ');
    return `only a ${who} makes "${to}" of "${from}"`;
  }
  const next = TRANSITIONS.filter((row) => row.from.includes(from) && row.who.includes('person'));
  const allowed = [...new Set(next.map((row) => row.to))].join(', ');
  return `what is ${from} does not become ${to}; it can become ${allowed}`;
}

function checkUntil(id: string, until: string | null, now: Date): void {
  if (until === null) {
    throw new UsageError(`${id}: accepting needs an end; say until when with --until 2027-03-31`);
  }
  const time = Date.parse(until);
  if (Number.isNaN(time)) {
    throw new UsageError(`${id}: --until ${until} is no date; write it as 2027-03-31`);
  }
  if (time <= now.getTime()) {
    throw new UsageError(`${id}: --until ${until} has passed; give a day in the future`);
  }
}

/** Open again: `reopened` where it had been fixed, else `open`. */
export function reopen(record: FindingRecord, options: ChangeOptions): NewEntry {
  return changeStatus(record, record.status === 'fixed' ? 'reopened' : 'open', options);
}

/**
 * Gives a finding to a department by hand: it is open and theirs, whatever `owners.yaml` says, until
 * the next such change. Throws UsageError for one that is fixed, or is theirs already.
 */
export function giveTo(record: FindingRecord, owner: string, options: ChangeOptions): NewEntry {
  const { by, reason = null } = options;
  const { id } = record.finding;
  if (record.status === 'fixed') {
    throw new UsageError(`${id}: it is fixed; nobody has to do anything`);
  }
  if (responsibleFor(record) === owner) {
    throw new UsageError(`${id}: it lies with ${owner} already`);
  }
  if (by.trim() === '') throw new UsageError(`${id}: --by is empty; say who decides this`);
  const body: StatusChange = { from: record.status, to: 'open', reason, until: null, owner };
  return { kind: 'finding.status', subject: id, by, body, once: options.once ?? null };
}

/**
 * What the ledger learns from a run that has ended: the run itself, what was seen for the first time
 * or again after it was fixed, what is open because nobody has answered, and what is no longer
 * accepted. `once` is made of run and finding, so that a run that is concluded twice says it once.
 *
 * `before` are the records as they were, or as the run has left them: those that only this run has
 * seen count as not there.
 */
export function afterRun(
  before: readonly FindingRecord[],
  report: Report,
  now: Date = new Date(),
): readonly NewEntry[] {
  const { run } = report;
  const seen = new Map(report.findings.map((finding) => [finding.id, finding]));
  const changes: NewEntry[] = [];
  const reopened = new Set<string>();
  // Another run may have ended between this one's first look at a finding and its end.
  const earlier = before.filter(
    ({ firstRun, lastRun }) => firstRun !== run.id || lastRun !== run.id,
  );
  const known = new Set(earlier.map(({ finding }) => finding.id));
  const places = successorsIn(report, known);
  const predecessors = new Map<string, FindingRecord[]>();
  for (const record of earlier) {
    const { id } = record.finding;
    const successor = seen.has(id) ? undefined : places.get(placeOf(record.finding));
    if (successor !== undefined) {
      predecessors.set(successor, [...(predecessors.get(successor) ?? []), record]);
    }
    const to = next(record, seen.has(id), successor, now);
    if (to === null) continue;
    if (to === 'reopened') reopened.add(id);
    const once = `status/${run.id}/${id}`;
    const reason = to === 'moved' ? `it is ${successor} now` : null;
    changes.push(changeStatus(record, to, { by: 'ajar', as: 'scan', reason, once, now }));
  }
  const sightings = report.findings
    .filter(({ id }) => !known.has(id) || reopened.has(id))
    .map((finding) => sighting(run.id, finding, reopened, predecessors.get(finding.id) ?? []));
  return [...sightings, ...changes, finished(report)];
}

/** The same in every run, whoever's it is. */
export function placeOf({ asset, slice }: Pick<Finding, 'asset' | 'slice'>): string {
  return `${asset.id}\n${slice}`;
}

/**
 * Places with a finding that is new in this run: what stood for the place before has moved there.
 * One that was known already stands beside it (two departments share an asset by prefix), and where
 * something was not looked at, the old one may still be there.
 */
function successorsIn(report: Report, known: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (report.run.status === 'interrupted') return new Map();
  const gaps = new Set(report.gaps.map(({ asset }) => asset));
  const fresh = report.findings.filter(({ id, asset }) => !known.has(id) && !gaps.has(asset.id));
  return new Map(fresh.map((finding) => [placeOf(finding), finding.id]));
}

/** What a run makes of a record by itself; null: nothing. */
function next(
  record: FindingRecord,
  seen: boolean,
  successor: string | undefined,
  now: Date,
): Status | null {
  if ((record.status === 'new' || record.status === 'moved') && seen) return 'open';
  if (successor !== undefined && record.status !== 'fixed' && record.status !== 'moved') {
    return 'moved';
  }
  if (record.status === 'fixed' && seen) return 'reopened';
  const over = record.until !== null && Date.parse(record.until) <= now.getTime();
  return record.status === 'accepted' && over ? 'open' : null;
}

function sighting(
  run: string,
  finding: Finding,
  reopened: ReadonlySet<string>,
  predecessors: readonly FindingRecord[],
): NewEntry {
  const before = knownAs(predecessors);
  const body: FindingSeen = {
    run,
    asset: finding.asset.id,
    severity: finding.severity,
    people: finding.people,
    owner: finding.owner?.id ?? null,
    again: reopened.has(finding.id),
    ...(before ? { before } : {}),
  };
  const once = `seen/${run}/${finding.id}`;
  return { kind: 'finding.seen', subject: finding.id, by: 'ajar', body, once };
}

/**
 * Who knew of it knew, whichever department it was. A place that was fixed in between is known anew,
 * but for what nobody had fixed.
 */
function knownAs(predecessors: readonly FindingRecord[]): FindingSeen['before'] {
  const wasFixed = predecessors.some(({ status }) => status === 'fixed');
  const [earliest] = predecessors
    .filter(({ status }) => status !== 'fixed' && !(wasFixed && status === 'moved'))
    .map(({ finding }) => ({ finding: finding.id, firstKnown: finding.firstKnown }))
    .sort((a, b) => (a.firstKnown < b.firstKnown ? -1 : 1));
  return earliest;
}

function finished({ run, assets, findings, people, gaps }: Report): NewEntry {
  const body: RunFinished = {
    status: run.status === 'interrupted' ? 'interrupted' : 'complete',
    assets: assets.length,
    findings: findings.length,
    people,
    gaps: gaps.length,
  };
  return { kind: 'run.finished', subject: run.id, by: 'ajar', body, once: `finished/${run.id}` };
}
