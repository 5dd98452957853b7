import { expect, test } from 'vitest';
import { afterRun, changeStatus, giveTo, reopen } from '../../src/campaign/lifecycle.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { NewEntry } from '../../src/model/ledger.ts';
import { responsibleFor, type Status } from '../../src/model/lifecycle.ts';
import { madeRecord } from '../kit/records.ts';
import { madeFinding, madeReport, OWNERS } from '../kit/report.ts';

const finding = madeFinding({
  id: 'F-0123456789ab',
  owner: OWNERS.registry,
  provider: 's3',
  name: 'registry-exports',
  severity: 'critical',
  people: [10, 10],
});
const now = new Date('2025-11-20T12:00:00Z');
const by = 'Amal (CIO office)';
const ALL: readonly Status[] = [
  'new',
  'open',
  'acknowledged',
  'not-ours',
  'accepted',
  'fixed',
  'reopened',
  'moved',
];

const full = { by, reason: 'because', until: '2026-03-31', now };

function allowedFor(as: 'person' | 'proof' | 'scan', from: Status): readonly Status[] {
  return ALL.filter((to) => {
    try {
      changeStatus(madeRecord(finding, from), to, { ...full, as });
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      return false;
    }
  });
}

test.each<[Status, readonly Status[]]>([
  ['new', ['acknowledged', 'not-ours', 'accepted']],
  ['open', ['acknowledged', 'not-ours', 'accepted']],
  ['reopened', ['acknowledged', 'not-ours', 'accepted']],
  ['acknowledged', ['open', 'not-ours', 'accepted']],
  ['not-ours', ['open', 'acknowledged', 'accepted']],
  ['accepted', ['open', 'acknowledged', 'not-ours', 'accepted']],
  ['fixed', ['reopened']],
  ['moved', ['open']],
])('a person can make of "%s" only %j', (from, to) => {
  expect([...allowedFor('person', from)].sort()).toEqual([...to].sort());
});

test('a proof closes whatever is not closed, and opens what was', () => {
  for (const from of ALL) {
    expect(allowedFor('proof', from)).toEqual([from === 'fixed' ? 'reopened' : 'fixed']);
  }
});

test('a scan closes nothing', () => {
  expect(ALL.filter((from) => allowedFor('scan', from).includes('fixed'))).toEqual([]);
});

test('a person who says fixed is told to prove it', () => {
  expect(() => changeStatus(madeRecord(finding), 'fixed', full)).toThrow(/run "ajar prove"/);
});

test('accepting a risk needs who, why and a day that has not passed', () => {
  const record = madeRecord(finding);
  const accept = (over: object) => () => changeStatus(record, 'accepted', { ...full, ...over });
  expect(accept({ by: ' ' })).toThrow(/--by is empty/);
  expect(accept({ reason: null })).toThrow(/needs a reason/);
  expect(accept({ until: null })).toThrow(/needs an end/);
  expect(accept({ until: '2025-11-20T11:59:00Z' })).toThrow(/has passed/);
  expect(accept({ until: 'soon' })).toThrow(/is no date/);
  expect(accept({})()).toEqual({
    kind: 'finding.status',
    subject: finding.id,
    by,
    body: { from: 'open', to: 'accepted', reason: 'because', until: '2026-03-31' },
    once: null,
  });
});

test('a refusal names what the finding can become', () => {
  expect(() => changeStatus(madeRecord(finding, 'fixed'), 'acknowledged', full)).toThrow(
    'F-0123456789ab: what is fixed does not become acknowledged; it can become reopened',
  );
});

test('reopening makes open, and reopened of what was fixed', () => {
  const to = (from: Status): unknown => reopen(madeRecord(finding, from), full).body;
  expect(to('accepted')).toMatchObject({ to: 'open' });
  expect(to('fixed')).toMatchObject({ to: 'reopened' });
});

test('what is not ours lies with the office until it is given to somebody', () => {
  const record = madeRecord(finding, 'not-ours');
  expect(responsibleFor(madeRecord(finding))).toBe('registry');
  expect(responsibleFor(record)).toBeNull();
  const entry = giveTo(record, 'health', full);
  expect(entry.body).toMatchObject({ from: 'not-ours', to: 'open', owner: 'health' });
  expect(responsibleFor(madeRecord(finding, 'open', { assigned: 'health' }))).toBe('health');
});

test('a finding is not given to who has it, and not when it is fixed', () => {
  expect(() => giveTo(madeRecord(finding), 'registry', full)).toThrow(/lies with registry already/);
  expect(() => giveTo(madeRecord(finding, 'fixed'), 'health', full)).toThrow(/it is fixed/);
});

const report = madeReport({ findings: [finding] });
const statuses = (entries: readonly NewEntry[]): readonly unknown[] =>
  entries.filter(({ kind }) => kind === 'finding.status').map(({ body }) => body);

test('the first sight is told once, with the run', () => {
  const entries = afterRun([], report, now);
  expect(entries.map(({ kind }) => kind)).toEqual(['finding.seen', 'run.finished']);
  expect(entries[0]).toMatchObject({
    subject: finding.id,
    by: 'ajar',
    once: `seen/${report.run.id}/${finding.id}`,
    body: { run: report.run.id, again: false, owner: 'registry' },
  });
});

test('records that this run itself has written count as not there', () => {
  const written = madeRecord(finding, 'new', { firstRun: report.run.id, lastRun: report.run.id });
  expect(afterRun([written], report, now)).toEqual(afterRun([], report, now));
});

test('what this run saw first and another one has told in between is told no second time', () => {
  const told = madeRecord(finding, 'new', { firstRun: report.run.id, lastRun: 'run-other' });
  const kinds = afterRun([told], report, now).map(({ kind }) => kind);
  expect(kinds).not.toContain('finding.seen');
});

test('the second sight makes new open, and says no more', () => {
  const entries = afterRun([madeRecord(finding, 'new')], report, now);
  expect(statuses(entries)).toMatchObject([{ from: 'new', to: 'open' }]);
  expect(entries.filter(({ kind }) => kind === 'finding.seen')).toEqual([]);
});

test('what was fixed and is seen again is reopened, and first known again', () => {
  const entries = afterRun([madeRecord(finding, 'fixed')], report, now);
  expect(entries.map(({ kind }) => kind)).toEqual([
    'finding.seen',
    'finding.status',
    'run.finished',
  ]);
  expect(entries[0]).toMatchObject({ body: { again: true } });
  expect(statuses(entries)).toMatchObject([{ from: 'fixed', to: 'reopened' }]);
});

test('what is not seen this time keeps its status', () => {
  const elsewhere = ALL.map((status) =>
    madeRecord({ ...finding, id: `F-other-${status}`, slice: `${status}/*` }, status, {
      until: '2026-03-31',
    }),
  );
  expect(statuses(afterRun(elsewhere, report, now))).toEqual([]);
});

test('an acceptance ends on its day, seen or not', () => {
  const until = '2025-11-20T00:00:00Z';
  const seen = madeRecord(finding, 'accepted', { until });
  const unseen = madeRecord({ ...finding, id: 'F-other', slice: 'other/*' }, 'accepted', { until });
  expect(statuses(afterRun([seen, unseen], report, now))).toMatchObject([
    { from: 'accepted', to: 'open' },
    { from: 'accepted', to: 'open' },
  ]);
  const later = madeRecord(finding, 'accepted', { until: '2025-11-21' });
  expect(statuses(afterRun([later], report, now))).toEqual([]);
});

test('people have the last word: acknowledged, not ours and accepted stay what they are when seen', () => {
  for (const status of ['acknowledged', 'not-ours', 'open', 'reopened'] as const) {
    expect(statuses(afterRun([madeRecord(finding, status)], report, now))).toEqual([]);
  }
});

const place = { asset: finding.asset, slice: finding.slice };
const theirs = (id: string, status: Status, firstKnown = '2025-01-02T00:00:00.000Z') =>
  madeRecord({ ...finding, ...place, id, firstKnown }, status);
const sighted = (entries: readonly NewEntry[]): unknown =>
  entries.find(({ kind }) => kind === 'finding.seen')?.body;

test('a place that changed hands by the owners file moves, and was known all the while', () => {
  const entries = afterRun([theirs('F-before', 'acknowledged')], report, now);
  expect(statuses(entries)).toEqual([
    { from: 'acknowledged', to: 'moved', reason: `it is ${finding.id} now`, until: null },
  ]);
  expect(sighted(entries)).toMatchObject({
    again: false,
    before: { finding: 'F-before', firstKnown: '2025-01-02T00:00:00.000Z' },
  });
});

test('what was fixed stays fixed when the place changes hands, and the new finding is known anew', () => {
  const entries = afterRun([theirs('F-before', 'fixed')], report, now);
  expect(statuses(entries)).toEqual([]);
  expect(sighted(entries)).not.toHaveProperty('before');
});

test('over several hands the earliest knowledge holds, unless it was fixed in between', () => {
  const first = theirs('F-first', 'moved', '2024-01-01T00:00:00.000Z');
  const open = afterRun([first, theirs('F-second', 'open')], report, now);
  expect(sighted(open)).toMatchObject({ before: { finding: 'F-first' } });
  const fixed = afterRun([first, theirs('F-second', 'fixed')], report, now);
  expect(sighted(fixed)).not.toHaveProperty('before');
});

test('a place that comes back to its department is open there again', () => {
  const entries = afterRun([madeRecord(finding, 'moved')], report, now);
  expect(statuses(entries)).toMatchObject([{ from: 'moved', to: 'open' }]);
});

test('a finding beside it, of a department that shares the asset, is no successor', () => {
  const beside = madeRecord(finding, 'open');
  expect(statuses(afterRun([theirs('F-shared', 'open'), beside], report, now))).toEqual([]);
});

test('nothing moves where something was not looked at', () => {
  const before = [theirs('F-before', 'open')];
  const gap = { code: 'denied', asset: finding.asset.id, what: 'a', detail: 'b' } as const;
  const gaps = madeReport({ findings: [finding], gaps: [gap] });
  const interrupted = madeReport({ findings: [finding], gaps: [], status: 'interrupted' });
  expect(statuses(afterRun(before, gaps, now))).toEqual([]);
  expect(statuses(afterRun(before, interrupted, now))).toEqual([]);
});

test('another part of the same asset is another place', () => {
  const elsewhere = madeRecord({ ...finding, id: 'F-part', slice: 'private/*' }, 'open');
  expect(statuses(afterRun([elsewhere], report, now))).toEqual([]);
});

test('every entry of a run has a `once`, no two the same', () => {
  const keys = afterRun([madeRecord(finding, 'fixed')], report, now).map(({ once }) => once);
  expect(keys).not.toContain(null);
  expect(new Set(keys).size).toBe(keys.length);
});

test('an interrupted run says so', () => {
  const entries = afterRun([], madeReport({ findings: [finding], status: 'interrupted' }), now);
  expect(entries.at(-1)).toMatchObject({ kind: 'run.finished', body: { status: 'interrupted' } });
});
