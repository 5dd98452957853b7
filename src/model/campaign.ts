/** A campaign: every department gets its list, even an empty one, and has to answer by a day. */

export interface CampaignList {
  /** Department id; null: the orphan queue of the office. */
  readonly owner: string | null;
  /** Finding ids; empty: to be confirmed as empty. */
  readonly findings: readonly string[];
  /** Distinct people over the list. */
  readonly people: number;
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
