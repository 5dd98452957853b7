/** What became of a finding, over all runs. */
import type { Finding } from './finding.ts';

/**
 * `new`: seen for the first time in the last run. `open`: seen before, nobody has answered.
 * `acknowledged`: its department knows. `not-ours`: its department says so; back to the office.
 * `accepted`: the risk is, by a person, until a date. `fixed`: a proof found it closed; nothing else
 * closes a finding. `reopened`: seen, or found open by a proof, after it was fixed. `moved`: the same
 * place is another department's by `owners.yaml` now, and another finding stands for it.
 */
export type Status =
  | 'new'
  | 'open'
  | 'acknowledged'
  | 'not-ours'
  | 'accepted'
  | 'fixed'
  | 'reopened'
  | 'moved';

export interface StatusChange {
  readonly from: Status;
  readonly to: Status;
  /** Why, in the person's words, masked; null where none was given. */
  readonly reason: string | null;
  /** Of `accepted`: ISO 8601, when it ends and the finding is open again. */
  readonly until: string | null;
  /** The department (its id) that it is given to by hand; left out where that does not change. */
  readonly owner?: string;
}

/** A finding as it was last seen, and where it stands. */
export interface FindingRecord {
  readonly finding: Finding;
  readonly firstRun: string;
  readonly lastRun: string;
  /** ISO 8601: the start of `lastRun`. */
  readonly lastSeen: string;
  readonly status: Status;
  /** Of the last change of status; the scanner itself is `ajar`. */
  readonly statusBy: string;
  readonly statusAt: string;
  readonly reason: string | null;
  readonly until: string | null;
  /** The department that it was last given to by hand; left out or null: as the finding says. */
  readonly assigned?: string | null;
}

/** Whose turn it is: a department's id; null: the office's orphan queue, where what is `not-ours` lies too. */
export function responsibleFor(
  record: Pick<FindingRecord, 'status' | 'assigned'> & { readonly finding: Pick<Finding, 'owner'> },
): string | null {
  if (record.status === 'not-ours') return null;
  return record.assigned ?? record.finding.owner?.id ?? null;
}

export interface RecordFilter {
  readonly statuses?: readonly Status[];
  /** As {@link responsibleFor} says: department id; null: the orphan queue. */
  readonly owner?: string | null;
  readonly asset?: string;
  readonly ids?: readonly string[];
}

/** Between two runs. Nothing is `gone` that could not be looked at. */
export interface RunDiff {
  readonly before: string;
  readonly after: string;
  readonly added: readonly string[];
  readonly still: readonly string[];
  /** Looked at, and no longer seen: to be proved. */
  readonly gone: readonly string[];
  /** Not looked at this time, and therefore not fixed. */
  readonly unseen: readonly { readonly finding: string; readonly why: string }[];
}
