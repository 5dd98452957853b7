/**
 * What is written once and never changed: who knew what when, and every change a person made.
 *
 * Status, campaigns and clocks are folds over these entries (src/campaign); the store keeps them in
 * order and chains them, so that taking one out or changing it shows.
 */

export type EntryKind =
  /** Subject: a run. Body: {@link RunFinished}. */
  | 'run.finished'
  /** The scanner saw it: for the first time, or again after it was fixed. Subject: a finding. Body: {@link FindingSeen}. */
  | 'finding.seen'
  /** Subject: a finding. Body: StatusChange of lifecycle.ts. */
  | 'finding.status'
  /** Subject: a finding. Body: {@link ProofSummary}. */
  | 'finding.proof'
  /** A person judged whether an authority must hear of it. Subject: a finding. Body: {@link Assessed}. */
  | 'finding.assessed'
  /** Somebody outside ajar learned of it. Subject: a finding, or a campaign. Body: {@link Told}. */
  | 'told'
  /** Subject of all these: a campaign. Bodies: campaign.ts. */
  | 'campaign.started'
  | 'campaign.answered'
  | 'campaign.reminded'
  | 'campaign.escalated'
  | 'campaign.ended'
  /** Subject: a message. Body: `{about, channel, to}`; addresses of officials only. */
  | 'message.sent'
  | 'message.failed'
  | 'message.unsure'
  /** Subject: the other store's chain. Body: `{head, entries}`. */
  | 'store.merged';

export interface RunFinished {
  readonly status: 'complete' | 'interrupted';
  readonly assets: number;
  readonly findings: number;
  readonly people: number;
  readonly gaps: number;
}

export interface FindingSeen {
  readonly run: string;
  readonly asset: string;
  readonly severity: string;
  readonly people: { readonly atLeast: number; readonly atMost: number };
  readonly owner: string | null;
  /** True where it had been proved fixed before. */
  readonly again: boolean;
  /** The same place was known before, as a finding of another department. */
  readonly before?: { readonly finding: string; readonly firstKnown: string };
}

export type ProofResult = 'closed' | 'open' | 'unknown';

export interface ProofSummary {
  readonly result: ProofResult;
  /** Unsigned requests replayed, and how many of them got through. */
  readonly requests: number;
  readonly answered: number;
  /** SHA-256 of the signed statement, hex. */
  readonly statement: string;
}

export interface Assessed {
  /** Regulator id (`sg.pdpc`). */
  readonly regulator: string;
  readonly notifiable: boolean;
  /** In the person's words, masked. */
  readonly reason: string | null;
}

export interface Told {
  readonly whom: 'owner' | 'privacy-officer' | 'regulator';
  /** Department id, or regulator id (`hk.pcpd`). */
  readonly id: string;
  /** `mail`, `webhook`, `letter`, `phone`, `form`: the person's word. */
  readonly channel: string;
  /** A file number; null without. */
  readonly reference: string | null;
  /** ISO 8601: when, as the person says, where it is noted later than it was done. Left out: when it was noted. */
  readonly toldAt?: string;
}

export interface NewEntry {
  readonly kind: EntryKind;
  readonly subject: string;
  /** Who: a person's name or address as given with `--by`, `ajar` for the scanner itself. */
  readonly by: string;
  /** Plain JSON without raw identifiers. */
  readonly body: object;
  /** Appending the same `once` again changes nothing and gives the first entry back; null: always append. */
  readonly once: string | null;
}

export interface Entry extends NewEntry {
  /** Which store wrote it first: a store made by merging holds several chains. */
  readonly chain: string;
  /** 1, 2, 3 … within the chain. */
  readonly seq: number;
  /** ISO 8601; never before the entry before it: a clock set back stands still here. */
  readonly at: string;
  /** The machine's own clock where it said something earlier than `at`; else null. */
  readonly clock: string | null;
  /** SHA-256, hex, of the entry before it; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256, hex, of all other fields as canonical JSON (keys sorted, no blanks). */
  readonly hash: string;
}

/** How far a chain has got: noted elsewhere, it shows later whether the end was cut off. */
export interface ChainHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

export interface EntryFilter {
  readonly kinds?: readonly EntryKind[];
  readonly subject?: string;
}
