/**
 * What is due now to a department that has not answered: a reminder, or the next step of the
 * escalation chain.
 *
 * Asked every hour or once after three days of silence, it gives the same departments the same
 * number of letters: of reminders that were missed only the last is sent, and the chain is climbed
 * one step a day.
 */
import type { CampaignNudge } from '../model/campaign.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { Owner } from '../model/owner.ts';
import type { CampaignSettings, ReminderPoint } from './settings.ts';
import type { CampaignState, ListState } from './state.ts';
import { unanswered } from './state.ts';

export interface DueNudge {
  readonly list: ListState;
  /** 0: a reminder; 1, 2, …: that step of the chain. */
  readonly step: number;
  /** The same for the same letter: `remind-2`, `escalate-1`. */
  readonly key: string;
  /** Addresses it goes to. */
  readonly to: readonly string[];
  /** Of an escalation: the address of this step; the others get it to know of it. */
  readonly chief: string | null;
}

/** The chain that stands behind a department, nearest first; the office itself is its end. */
function chainOf(owner: Owner | null, settings: CampaignSettings): readonly string[] {
  if (owner === null) return [];
  return [...new Set([...(owner.escalation ?? []), ...settings.office.to.slice(0, 1)])];
}

/** Where a department's letters go. The office gets the orphan queue's, and those that nobody could be sent. */
export function addressesOf(owner: Owner | null, settings: CampaignSettings): readonly string[] {
  if (owner === null) return settings.office.to;
  const own = [
    ...(owner.contact === undefined ? [] : [owner.contact]),
    ...(owner.contacts ?? []).map(({ email }) => email),
  ].filter((address) => address.includes('@'));
  return own.length > 0 ? [...new Set(own)] : settings.office.to;
}

/** Local time of that reminder. */
export function reminderAt(
  point: ReminderPoint,
  campaign: Pick<CampaignState, 'startedAt' | 'due'>,
  settings: CampaignSettings,
): Date {
  const due = new Date(campaign.due);
  if ('daysBefore' in point) return dayAt(due, -point.daysBefore, settings);
  const start = Date.parse(campaign.startedAt);
  return new Date(start + (due.getTime() - start) * point.share);
}

/** What is due at `now`, for each list that is not answered in full. */
export function dueNudges(
  campaign: CampaignState,
  departments: readonly Owner[],
  settings: CampaignSettings,
  now: Date,
): readonly DueNudge[] {
  if (campaign.endedAt !== null) return [];
  return unanswered(campaign).flatMap((list) => {
    const owner = departments.find(({ id }) => id === list.owner) ?? null;
    const nudge =
      now.getTime() > Date.parse(campaign.due)
        ? escalation(campaign, list, owner, settings, now)
        : reminder(campaign, list, owner, settings, now);
    return nudge === null ? [] : [nudge];
  });
}

function reminder(
  campaign: CampaignState,
  list: ListState,
  owner: Owner | null,
  settings: CampaignSettings,
  now: Date,
): DueNudge | null {
  const times = settings.remind.map((point) => reminderAt(point, campaign, settings).getTime());
  const passed = times.filter(
    (time) => time <= now.getTime() && time > Date.parse(campaign.startedAt),
  );
  if (passed.length === 0) return null;
  const last = Math.max(...passed);
  const since = list.nudges.filter(({ step, at }) => step === 0 && Date.parse(at) >= last);
  if (since.length > 0) return null;
  const number = times.indexOf(last) + 1;
  const to = addressesOf(owner, settings);
  return { list, step: 0, key: `remind-${number}`, to, chief: null };
}

function escalation(
  campaign: CampaignState,
  list: ListState,
  owner: Owner | null,
  settings: CampaignSettings,
  now: Date,
): DueNudge | null {
  const chain = chainOf(owner, settings);
  const taken = list.nudges.filter(({ step }) => step > 0);
  const step = Math.max(0, ...taken.map((one) => one.step)) + 1;
  const chief = chain[step - 1];
  if (chief === undefined) return null;
  const last = taken.at(-1)?.at;
  const earliest = dayAt(new Date(last ?? campaign.due), 1, settings);
  if (now < earliest) return null;
  const to = [...new Set([chief, ...addressesOf(owner, settings)])];
  return { list, step, key: `escalate-${step}`, to, chief };
}

/** That time of day, so many local days from this one. */
function dayAt(date: Date, days: number, { timeMinutes }: CampaignSettings): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, timeMinutes);
}

export function nudgeEntry(campaign: CampaignState, nudge: DueNudge, by: string): NewEntry {
  const { list, step, key } = nudge;
  const to = nudge.chief ?? nudge.to.join(', ');
  const body: CampaignNudge = { owner: list.owner, step, to };
  return {
    kind: step === 0 ? 'campaign.reminded' : 'campaign.escalated',
    subject: campaign.id,
    by,
    body,
    once: `${campaign.id}/${list.owner ?? '-'}/${key}`,
  };
}
