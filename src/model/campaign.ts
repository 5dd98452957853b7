/** A campaign: every department gets its list, even an empty one, and has to answer by a day. */
import type { Language } from './language.ts';

export interface CampaignList {
  /** Department id; null: the orphan queue of the office. */
  readonly owner: string | null;
  /** Finding ids; empty: to be confirmed as empty. */
  readonly findings: readonly string[];
  /** Distinct people over the list; where `peopleAtLeast` is smaller, at most this many. */
  readonly people: number;
  /** Absent: exactly `people`. Sets that overlap are never added up, so a part of a department's list is a range. */
  readonly peopleAtLeast?: number;
}

/** Body of `campaign.started`. */
export interface CampaignStarted {
  readonly name: string;
  /** The run whose findings it is about. */
  readonly run: string;
  /** ISO 8601. */
  readonly due: string;
  readonly lists: readonly CampaignList[];
}

/** What a department says of one finding. */
export type AnswerKind = 'acknowledged' | 'fixed' | 'not-ours' | 'accepted';

/** Body of `campaign.answered`. `fixed` is only a claim until it is proved. */
export interface CampaignAnswer {
  readonly owner: string | null;
  /** Empty list confirmed, or every finding of the list that is not named. */
  readonly all: 'nothing-to-report' | AnswerKind | null;
  readonly answers: readonly {
    readonly finding: string;
    readonly answer: AnswerKind;
    readonly reason: string | null;
    readonly until: string | null;
  }[];
  /** `command`, `file`, `web`. */
  readonly how: string;
}

/** Body of `campaign.reminded` and `campaign.escalated`. */
export interface CampaignNudge {
  readonly owner: string | null;
  /** 0: a reminder; 1, 2, …: that step of the escalation chain. */
  readonly step: number;
  readonly to: string;
}

/** `partly`: some findings of the list are answered, others are not. */
export type Standing = 'waiting' | 'partly' | 'answered';

export interface PeopleRange {
  readonly atLeast: number;
  readonly atMost: number;
}

/** One department in the report to the office. `fixed + claimed + open + accepted + notOurs` are all its findings. */
export interface CampaignRow {
  readonly owner: string | null;
  readonly name: string;
  /** The name in other languages. */
  readonly names: Readonly<Partial<Record<Language, string>>>;
  readonly standing: Standing;
  /** ISO 8601: when the last finding of the list was answered; null while one is not. */
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  /** Answered after the day, or not yet and the day has passed. */
  readonly late: boolean;
  readonly reminders: number;
  /** Steps of the escalation chain that were taken. */
  readonly escalations: number;
  readonly findings: number;
  /** Proved closed. */
  readonly fixed: number;
  /** The department says so; no proof has found it closed. */
  readonly claimed: number;
  readonly open: number;
  readonly accepted: number;
  readonly notOurs: number;
  /** Findings of this department that came after the campaign began; in none of the other figures. */
  readonly newer: number;
  /** Exposed when the campaign began. */
  readonly peopleThen: PeopleRange;
  /** Behind doors of the list that no proof has found closed. */
  readonly peopleNow: PeopleRange;
}

/** The report to the office; body of `campaign.ended`. */
export interface CampaignOutcome {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  /** ISO 8601, as the other three. */
  readonly startedAt: string;
  readonly due: string;
  readonly endedAt: string | null;
  readonly asOf: string;
  readonly rows: readonly CampaignRow[];
  /** Over all lists: people of several departments count once, so it is no sum of the rows. */
  readonly peopleThen: PeopleRange;
  readonly peopleNow: PeopleRange;
}
