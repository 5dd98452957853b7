/** When an authority must hear of a finding: rules as data, and what they say of one finding. */

/** A threshold, or a part of one. Rules name several: any of them is enough. */
export type ClockCondition =
  /** At least so many people. */
  | { readonly people: number }
  /** One of these detectors in full; `*` stands for a country or a name. */
  | { readonly detectors: readonly string[]; readonly what: string }
  /** What no scanner can tell: harm, purpose. In words, to be judged by a person. */
  | { readonly judge: string };

export interface ClockDeadline {
  readonly amount: number;
  readonly unit: 'hours' | 'days';
  /** Where the rule gives a span (3 to 5 days): its end. */
  readonly upTo?: number;
  /** Of days: is the day of knowledge the first one? Then the deadline is a day earlier. */
  readonly firstDayCounts?: boolean;
}

export interface ClockRule {
  /** `jp.ppc.preliminary`: the regulator's id, and the stage where there are several. */
  readonly id: string;
  /** As `ajar ledger told --id` names it: `jp.ppc`. */
  readonly regulator: string;
  /** ISO 3166 code, or `EU`. */
  readonly jurisdiction: string;
  readonly authority: string;
  /** Law and article. */
  readonly law: string;
  readonly stage: 'notification' | 'preliminary' | 'final';
  /** Whom it binds: public bodies are often under a regime of their own. */
  readonly binds: 'everyone' | 'public' | 'private';
  /** `law` must, `guidance` should, `draft` is not decided yet, `none`: no duty is known. */
  readonly duty: 'law' | 'guidance' | 'draft' | 'none';
  /** Any of them; empty: every exposure. */
  readonly conditions: readonly ClockCondition[];
  /** Null: at once, or as soon as practicable, without a number. */
  readonly deadline: ClockDeadline | null;
  readonly from: 'first-known' | 'assessment';
  /** The duty is to assess: an assessment settles it, whatever it says. */
  readonly settledBy?: 'assessment';
  /** Minutes east of UTC, for deadlines that end with a day there. */
  readonly utcOffsetMinutes: number;
  /** ISO 8601 date before which it does not bind; null where it is in force. */
  readonly inForceFrom: string | null;
  readonly note: string;
  /** What was read. */
  readonly source: string;
  /** Was it the law's own text, the regulator's words, or somebody's about them? */
  readonly read: 'text' | 'regulator' | 'commentary';
  /** ISO 8601 date on which `source` was read and said so; null: unverified. */
  readonly verifiedOn: string | null;
}

export type ClockState =
  | 'told'
  | 'told-late'
  /** A person has noted that this authority need not hear of it. */
  | 'not-notifiable'
  | 'running'
  /** The first end of a span has passed, the last has not. */
  | 'due'
  | 'late'
  /** No number: as soon as practicable, and nobody has been told. */
  | 'at-once'
  | 'not-in-force';

/** One rule's clock for one finding. */
export interface Clock {
  readonly rule: ClockRule;
  /** `department`: the law of the department's jurisdiction. `data`: whose identifiers lie there. */
  readonly because: 'department' | 'data';
  /** `met`: by what was counted. `to-judge`: a person must say. `not-met`: by what was counted, it stays below. */
  readonly applies: 'met' | 'to-judge' | 'not-met';
  /** Why, in one sentence each. */
  readonly reasons: readonly string[];
  readonly state: ClockState;
  /** ISO 8601: where the clock runs from. */
  readonly from: string;
  /** False where the rule runs from an assessment and none is noted: then from first knowledge, to be safe. */
  readonly assessed: boolean;
  /** ISO 8601; null where the rule has no number. */
  readonly due: string | null;
  /** ISO 8601: the end of a span, else the same as `due`. */
  readonly latest: string | null;
  readonly told: {
    readonly at: string;
    readonly by: string;
    readonly reference: string | null;
  } | null;
}
