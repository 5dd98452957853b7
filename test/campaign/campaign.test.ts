import { expect, test } from 'vitest';
import { answerEntries, listOf } from '../../src/campaign/answer.ts';
import { outcomeOf } from '../../src/campaign/outcome.ts';
import { campaignId } from '../../src/campaign/start.ts';
import { type CampaignState, isLate, settled } from '../../src/campaign/state.ts';
import type {
  CampaignAnswer,
  CampaignOutcome,
  CampaignRow,
  CampaignStarted,
} from '../../src/model/campaign.ts';
import type { StatusChange } from '../../src/model/lifecycle.ts';
import {
  answerAt,
  campaignAfter,
  DEPARTMENTS,
  day,
  FINDINGS,
  noteAt,
  officeReport,
  RECORDS,
  record,
  recordMap,
  SETTINGS,
  started,
} from './office.ts';

const [L1, L2, H1, O1] = FINDINGS;
if (!L1 || !L2 || !H1 || !O1) throw new Error('the office has four findings');

const answer = (given: Partial<CampaignAnswer>): CampaignAnswer => ({
  owner: 'lands',
  all: null,
  answers: [],
  how: 'command',
  ...given,
});
const said = (
  finding: string,
  kind: CampaignAnswer['answers'][number]['answer'],
  reason: string | null = null,
  until: string | null = null,
) => ({ finding, answer: kind, reason, until });
const options = { by: 'clerk', now: day(2) };

function outcome(
  campaign: CampaignState,
  records = RECORDS,
  now = day(3),
  refuted: ReadonlyMap<string, string> = new Map(),
): CampaignOutcome {
  const report = officeReport();
  return outcomeOf({
    campaign,
    departments: DEPARTMENTS,
    records,
    started: report,
    latest: report,
    settings: SETTINGS,
    refuted,
    now,
  });
}

function row(campaign: CampaignState, owner: string | null, records = RECORDS): CampaignRow {
  const found = outcome(campaign, records).rows.find((one) => one.owner === owner);
  if (!found) throw new Error('no such row');
  return found;
}

test('every department has a list, even an empty one, and the office its orphan queue', () => {
  const lists = campaignAfter().lists.map(({ owner, findings }) => [owner, findings]);
  expect(lists).toEqual([
    ['lands', ['F-l1', 'F-l2']],
    ['health', ['F-h1']],
    ['parks', []],
    [null, ['F-o1']],
  ]);
});

test('a list counts people of the merged set, not the sum of its findings', () => {
  expect(listOf(campaignAfter(), 'lands').people).toEqual({ atLeast: 600, atMost: 600 });
});

test('what is fixed or accepted is on no list, and what is disowned is on the office’s', () => {
  const records = [
    record(L1, 'fixed'),
    record(L2, 'accepted'),
    record(H1, 'not-ours'),
    record(O1, 'acknowledged'),
  ];
  const { lists } = started(records).body as CampaignStarted;
  expect(lists.map(({ findings }) => findings)).toEqual([[], [], [], ['F-h1', 'F-o1']]);
});

test('a list that is a part of what its department has counts people within bounds', () => {
  const records = [record(L1, 'accepted'), record(L2), record(H1), record(O1)];
  const { lists } = started(records).body as CampaignStarted;
  expect(lists[0]).toMatchObject({ findings: ['F-l2'], people: 300 });
});

test('a finding that the last run could not look at stays on its list', () => {
  const report = officeReport(FINDINGS.slice(1));
  const { lists } = started(RECORDS, report).body as CampaignStarted;
  expect(lists[0]).toMatchObject({ findings: ['F-l1', 'F-l2'], people: 700, peopleAtLeast: 400 });
});

test('a list is answered when nothing on it is left', () => {
  const first = campaignAfter(answerAt({ answers: [said('F-l1', 'fixed')] }, day(1)));
  expect(listOf(first, 'lands').standing).toBe('partly');
  const both = campaignAfter(
    answerAt({ answers: [said('F-l1', 'fixed')] }, day(1)),
    answerAt({ all: 'acknowledged' }, day(2)),
  );
  expect(listOf(both, 'lands').standing).toBe('answered');
  expect(listOf(both, 'lands').answeredAt).toBe(day(2).toISOString());
});

test('an answer for all the others does not take back what was said of one by name', () => {
  const campaign = campaignAfter(
    answerAt({ answers: [said('F-l1', 'fixed')] }, day(1)),
    answerAt({ all: 'acknowledged' }, day(2)),
  );
  const answers = listOf(campaign, 'lands').answers;
  expect(answers.get('F-l1')?.answer).toBe('fixed');
  expect(answers.get('F-l2')?.answer).toBe('acknowledged');
});

test('an empty list is answered by confirming it, and not by itself', () => {
  expect(listOf(campaignAfter(), 'parks').standing).toBe('waiting');
  const confirmed = campaignAfter(answerAt({ owner: 'parks', all: 'nothing-to-report' }, day(1)));
  expect(listOf(confirmed, 'parks').standing).toBe('answered');
});

test('an answer after the day is late for ever, one before it never', () => {
  const campaign = campaignAfter(
    answerAt({ all: 'acknowledged' }, day(9)),
    answerAt({ owner: 'health', all: 'acknowledged' }, day(1)),
  );
  const late = (owner: string) => isLate(listOf(campaign, owner), campaign.due, day(20));
  expect([late('lands'), late('health'), late('parks')]).toEqual([true, false, true]);
});

test('answers make entries with the change of status that they bring about', () => {
  const until = new Date(2026, 5, 30).toISOString();
  const given = answer({
    answers: [said('F-l1', 'fixed'), said('F-l2', 'accepted', 'moves in May', until)],
  });
  const { entries } = answerEntries(campaignAfter(), given, recordMap(), options);
  expect(entries.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['campaign.answered', 'campaign-autumn'],
    ['finding.status', 'F-l1'],
    ['finding.status', 'F-l2'],
  ]);
  expect(entries.slice(1).map(({ body }) => (body as StatusChange).to)).toEqual([
    'acknowledged',
    'accepted',
  ]);
});

test('the same answer again makes no entry', () => {
  const campaign = campaignAfter(answerAt({ all: 'acknowledged' }, day(1)));
  const again = answerEntries(campaign, answer({ all: 'acknowledged' }), recordMap(), options);
  expect(again.entries).toEqual([]);
});

test('fixed is said anew after a proof found it untrue, and not before', () => {
  const campaign = campaignAfter(answerAt({ answers: [said('F-l1', 'fixed')] }, day(1)));
  const again = answer({ answers: [said('F-l1', 'fixed')] });
  const entries = (foundOpen: Date): number => {
    const refuted = new Map([['F-l1', foundOpen.toISOString()]]);
    return answerEntries(campaign, again, recordMap([record(L1, 'acknowledged'), record(L2)]), {
      ...options,
      refuted,
    }).entries.length;
  };
  expect(entries(day(0))).toBe(0);
  expect(entries(day(1, 18))).toBe(1);
});

test('an answer to what a proof has closed changes no status', () => {
  const records = recordMap([record(L1, 'fixed'), record(L2)]);
  const given = answer({ answers: [said('F-l1', 'acknowledged')] });
  const { entries } = answerEntries(campaignAfter(), given, records, options);
  expect(entries.map(({ kind }) => kind)).toEqual(['campaign.answered']);
});

test('accepting anew until another day goes by way of open', () => {
  const until = new Date(2026, 5, 30).toISOString();
  const before = { until: new Date(2026, 1, 1).toISOString(), reason: 'old' };
  const records = recordMap([record(L1, 'accepted', before), record(L2)]);
  const given = answer({ answers: [said('F-l1', 'accepted', 'new', until)] });
  const { entries } = answerEntries(campaignAfter(), given, records, options);
  expect(entries.slice(1).map(({ body }) => (body as StatusChange).to)).toEqual([
    'open',
    'accepted',
  ]);
});

test.each([
  [answer({ all: 'nothing-to-report' }), /the list of lands has 2 findings/],
  [answer({ owner: 'parks', all: 'acknowledged' }), /the list of parks is empty/],
  [answer({ answers: [said('F-h1', 'fixed')] }), /F-h1: not on the list of lands/],
  [answer({ answers: [said('F-l1', 'not-ours')] }), /F-l1: "not-ours" needs a reason/],
  [answer({ answers: [said('F-l1', 'accepted', 'why')] }), /F-l1: accepting needs an end/],
  [answer({ all: 'accepted' }), /accepted: needs a reason for each/],
  [answer({ owner: 'police' }), /has no list of it; allowed are lands, health, parks, orphans/],
])('a wrong answer is refused as a whole: %#', (given, message) => {
  expect(() => answerEntries(campaignAfter(), given, recordMap(), options)).toThrow(message);
});

test('said fixed is no more than said: the people stay exposed until a proof', () => {
  const campaign = campaignAfter(answerAt({ owner: 'health', all: 'fixed' }, day(1)));
  const claimed = row(campaign, 'health', [
    ...RECORDS.slice(0, 2),
    record(H1, 'acknowledged'),
    record(O1),
  ]);
  expect([claimed.claimed, claimed.fixed, claimed.peopleNow.atMost]).toEqual([1, 0, 50]);
  const proved = row(campaign, 'health', [...RECORDS.slice(0, 2), record(H1, 'fixed'), record(O1)]);
  expect([proved.claimed, proved.fixed, proved.peopleNow.atMost]).toEqual([0, 1, 0]);
});

test('a claim that a proof found untrue is no claim any more, until it is made again', () => {
  const campaign = campaignAfter(answerAt({ answers: [said('F-l1', 'fixed')] }, day(1)));
  const claims = (foundOpen: Date): number | undefined =>
    outcome(campaign, RECORDS, day(3), new Map([['F-l1', foundOpen.toISOString()]])).rows.find(
      ({ owner }) => owner === 'lands',
    )?.claimed;
  expect(claims(day(2))).toBe(0);
  expect(claims(day(0))).toBe(1);
});

test('a claim that was refuted by seeing it open again counts as open', () => {
  const campaign = campaignAfter(answerAt({ owner: 'health', all: 'fixed' }, day(1)));
  const reopened = record(H1, 'reopened', { statusAt: day(2).toISOString() });
  expect(row(campaign, 'health', [reopened]).open).toBe(1);
});

test('people of a part of a list are a range, never a sum that counts somebody twice', () => {
  const records = [record(L1, 'fixed'), record(L2), record(H1), record(O1)];
  const next = outcome(campaignAfter(), records);
  expect(next.rows[0]?.peopleNow).toEqual({ atLeast: 300, atMost: 300 });
  expect(next.peopleThen).toEqual({ atLeast: 610, atMost: 610 });
  // At least the largest list that is left; at most what the lists have together.
  expect(next.peopleNow).toEqual({ atLeast: 300, atMost: 370 });
});

test('each row’s findings are exactly one of proved, said, open, accepted and not ours', () => {
  const campaign = campaignAfter(answerAt({ answers: [said('F-l1', 'fixed')] }, day(1)));
  for (const one of outcome(campaign).rows) {
    const { fixed, claimed, open, accepted, notOurs } = one;
    expect(fixed + claimed + open + accepted + notOurs).toBe(one.findings);
  }
});

test('what came after the start is counted apart', () => {
  const later = record({ ...H1, id: 'F-h2' });
  expect(row(campaignAfter(), 'health', [...RECORDS, later])).toMatchObject({
    findings: 1,
    newer: 1,
  });
});

test('what a proof has closed needs no answer, and what is open again does', () => {
  const statusAt = day(2).toISOString();
  const fixed = recordMap([
    record(L1, 'fixed', { statusAt, statusBy: 'ajar' }),
    record(L2, 'moved', { statusAt: day(1).toISOString() }),
  ]);
  const lands = listOf(settled(campaignAfter(), fixed), 'lands');
  expect(lands).toMatchObject({ standing: 'answered', answeredAt: statusAt, how: 'proof' });
  const reopened = recordMap([record(L1, 'reopened', { statusAt }), record(L2, 'fixed')]);
  expect(listOf(settled(campaignAfter(), reopened), 'lands').standing).toBe('partly');
  expect(listOf(settled(campaignAfter(), recordMap()), 'lands').standing).toBe('waiting');
});

test('reminders and steps are counted', () => {
  const nudge = (step: number) => ({ owner: 'lands', step, to: 'x@lands.example' });
  const campaign = campaignAfter(
    noteAt('campaign.reminded', nudge(0), day(4)),
    noteAt('campaign.escalated', nudge(1), day(8)),
    noteAt('campaign.escalated', nudge(2), day(9)),
  );
  expect(row(campaign, 'lands')).toMatchObject({ reminders: 1, escalations: 2 });
});

test('a name becomes an id in any script', () => {
  expect(campaignId('Autumn  2026!')).toBe('campaign-autumn-2026');
  expect(campaignId('秋季行動')).toBe('campaign-秋季行動');
});
