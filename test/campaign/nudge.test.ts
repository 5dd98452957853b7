import { expect, test } from 'vitest';
import { dueNudges, nudgeEntry, reminderAt } from '../../src/campaign/nudge.ts';
import type { CampaignState } from '../../src/campaign/state.ts';
import type { Entry } from '../../src/model/ledger.ts';
import { answerAt, campaignAfter, DEPARTMENTS, DUE, day, entryAt, SETTINGS } from './office.ts';

const due = (campaign: CampaignState, now: Date) =>
  dueNudges(campaign, DEPARTMENTS, SETTINGS, now).map(({ list, key, to }) => [
    list.owner,
    key,
    to[0],
  ]);

/** Asks every hour from the start and writes what is due, as cron does. */
function everyHour(
  hours: number,
  answers: readonly Entry[] = [],
  stepHours = 1,
): readonly string[] {
  const notes: Entry[] = [...answers];
  const keys: string[] = [];
  for (let hour = 0; hour <= hours; hour += stepHours) {
    const now = new Date(2025, 10, 21, 10 + hour);
    const past = notes.filter(({ at }) => at <= now.toISOString());
    const campaign = campaignAfter(...past);
    for (const nudge of dueNudges(campaign, DEPARTMENTS, SETTINGS, now)) {
      keys.push(`${nudge.list.owner}/${nudge.key}`);
      notes.push(entryAt(nudgeEntry(campaign, nudge, 'ajar'), now));
    }
  }
  return keys;
}

test('nothing is due before half the time has passed', () => {
  expect(due(campaignAfter(), day(3))).toEqual([]);
});

test('reminders fall due at half the time, the day before and on the day, at the time of day', () => {
  const times = SETTINGS.remind.map((point) => reminderAt(point, campaignAfter(), SETTINGS));
  expect(times[1]).toEqual(day(6, 9));
  expect(times[2]).toEqual(day(7, 9));
  expect(times[0]?.getTime()).toBe((day(0, 10).getTime() + DUE.getTime()) / 2);
});

test('only who has not answered in full is reminded', () => {
  const campaign = campaignAfter(
    answerAt({ all: 'acknowledged' }, day(1)),
    answerAt({ owner: 'parks', all: 'nothing-to-report' }, day(1)),
  );
  expect(due(campaign, day(4)).map(([owner]) => owner)).toEqual(['health', null]);
});

test('a department without an address is reminded by way of the office', () => {
  const health = due(campaignAfter(), day(4)).find(([owner]) => owner === 'health');
  expect(health).toEqual(['health', 'remind-1', 'cio@gov.example']);
});

test('asked every hour, each reminder and each step comes once', () => {
  const lands = everyHour(24 * 12).filter((key) => key.startsWith('lands/'));
  expect(lands).toEqual([
    'lands/remind-1',
    'lands/remind-2',
    'lands/remind-3',
    'lands/escalate-1',
    'lands/escalate-2',
    'lands/escalate-3',
  ]);
});

test('of reminders that were missed only the last is sent, and the chain is climbed one step a day', () => {
  // Nobody asked for the first six days; then once a day.
  const campaign = campaignAfter();
  expect(due(campaign, day(7, 10)).find(([owner]) => owner === 'lands')?.[1]).toBe('remind-3');
  const late = dueNudges(campaign, DEPARTMENTS, SETTINGS, day(12));
  expect(late.find(({ list }) => list.owner === 'lands')?.key).toBe('escalate-1');
});

test('the next step waits for the next day at the time of day', () => {
  const [first] = dueNudges(campaignAfter(), DEPARTMENTS, SETTINGS, day(8, 9));
  if (!first) throw new Error('nothing is due');
  const note = entryAt(nudgeEntry(campaignAfter(), first, 'ajar'), day(8, 9));
  const after = campaignAfter(note);
  expect(due(after, day(8, 23)).some(([owner]) => owner === 'lands')).toBe(false);
  expect(due(after, day(9, 8)).some(([owner]) => owner === 'lands')).toBe(false);
  expect(due(after, day(9, 9)).find(([owner]) => owner === 'lands')).toEqual([
    'lands',
    'escalate-2',
    'secretary@gov.example',
  ]);
});

test('an escalation goes to the chain, and the department gets it too', () => {
  const lands = dueNudges(campaignAfter(), DEPARTMENTS, SETTINGS, day(8)).find(
    ({ list }) => list.owner === 'lands',
  );
  expect(lands?.to).toEqual([
    'head@lands.example',
    'records@lands.example',
    'privacy@lands.example',
  ]);
  expect(lands?.chief).toBe('head@lands.example');
});

test('the office is the end of every chain, and nothing comes after it', () => {
  const parks = everyHour(24 * 14).filter((key) => key.startsWith('parks/escalate'));
  expect(parks).toEqual(['parks/escalate-1']);
});

test('who answers in time is never escalated', () => {
  const answered = [answerAt({ all: 'acknowledged' }, day(5))];
  const lands = everyHour(24 * 12, answered).filter((key) => key.startsWith('lands/'));
  expect(lands).toEqual(['lands/remind-1']);
});

test('a campaign that has ended asks for nothing', () => {
  const ended = { ...campaignAfter(), endedAt: day(7).toISOString() };
  expect(due(ended, day(9))).toEqual([]);
});
