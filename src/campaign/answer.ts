/** A department's answer: checked as a whole, then the entries it makes. Nothing of a wrong answer is kept. */

import type { AnswerKind, CampaignAnswer } from '../model/campaign.ts';
import { UsageError } from '../model/errors.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { FindingRecord, Status } from '../model/lifecycle.ts';
import { changeStatus } from './lifecycle.ts';
import { answered, type CampaignState, type GivenAnswer, type ListState } from './state.ts';

export interface AnswerOptions {
  readonly by: string;
  readonly now: Date;
  /** When a proof last found a finding open: what is said of it after that is said anew. */
  readonly refuted?: ReadonlyMap<string, string>;
}

/** The status that an answer brings about. `fixed` is a claim: known and, they say, dealt with; only a proof closes. */
const STATUS_OF: Readonly<Record<AnswerKind, Status>> = {
  acknowledged: 'acknowledged',
  fixed: 'acknowledged',
  'not-ours': 'not-ours',
  accepted: 'accepted',
};

export interface Answering {
  readonly entries: readonly NewEntry[];
  /** The list as it stands with this answer. */
  readonly list: ListState;
}

/**
 * The entries of an answer; none where it says nothing that was not said before. Throws UsageError
 * with a line for each thing that is wrong with it.
 */
export function answerEntries(
  campaign: CampaignState,
  given: CampaignAnswer,
  records: ReadonlyMap<string, FindingRecord>,
  { by, now, refuted }: AnswerOptions,
): Answering {
  const list = listOf(campaign, given.owner);
  const problems: string[] = [];
  checkAll(list, given, problems);
  const next = answered(list, given, { at: now.toISOString(), by });
  const listed = new Set(list.findings);
  for (const { finding } of given.answers) {
    if (listed.has(finding)) continue;
    problems.push(`${finding}: not on the list of ${nameOf(list.owner)} in ${campaign.id}`);
  }
  const said = (finding: string, answer: GivenAnswer): boolean => {
    const before = list.answers.get(finding);
    const again = (refuted?.get(finding) ?? '') >= (before?.at ?? '') && answer.at !== before?.at;
    return same(before, answer) && !again;
  };
  const changes: NewEntry[] = [];
  for (const [finding, answer] of next.answers) {
    if (said(finding, answer)) continue;
    const record = records.get(finding);
    if (record === undefined) continue;
    try {
      changes.push(...statusEntries(record, answer, { by, now }));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const nothingNew =
    next.standing === list.standing &&
    [...next.answers].every(([finding, answer]) => said(finding, answer));
  if (nothingNew) return { entries: [], list };
  const entry: NewEntry = {
    kind: 'campaign.answered',
    subject: campaign.id,
    by,
    body: given,
    once: null,
  };
  return { entries: [entry, ...changes], list: next };
}

function checkAll(list: ListState, { all, answers }: CampaignAnswer, problems: string[]): void {
  const who = nameOf(list.owner);
  const empty = list.findings.length === 0;
  if (all === 'nothing-to-report' && !empty) {
    problems.push(
      `nothing-to-report: the list of ${who} has ${list.findings.length} findings (${list.findings.slice(0, 3).join(', ')}${list.findings.length > 3 ? ', …' : ''}); answer each, or all with acknowledged`,
    );
  }
  if (all === 'accepted' || all === 'not-ours') {
    problems.push(
      `${all}: needs a reason for each finding; answer them one by one or by a file with a reason column`,
    );
  }
  if (empty && all !== 'nothing-to-report' && answers.length === 0) {
    problems.push(`the list of ${who} is empty; confirm that with nothing-to-report`);
  }
}

/** Throws UsageError for an owner that has no list in this campaign. */
export function listOf(campaign: CampaignState, owner: string | null): ListState {
  const list = campaign.lists.find((one) => one.owner === owner);
  if (list) return list;
  const known = campaign.lists.map((one) => nameOf(one.owner)).join(', ');
  throw new UsageError(`--owner ${owner}: ${campaign.id} has no list of it; allowed are ${known}`);
}

/** How the orphan queue is called on the command line and in files. */
export const ORPHANS = 'orphans';

export function nameOf(owner: string | null): string {
  return owner ?? ORPHANS;
}

type Said = Pick<CampaignAnswer['answers'][number], 'answer' | 'reason' | 'until'>;

function same(before: Said | undefined, after: Said): boolean {
  return (
    before?.answer === after.answer &&
    before.reason === after.reason &&
    before.until === after.until
  );
}

/** Accepting anew until another day goes by way of open, so that each change says what it changes. */
function statusEntries(
  record: FindingRecord,
  said: Said,
  { by, now }: AnswerOptions,
): readonly NewEntry[] {
  const to = STATUS_OF[said.answer];
  // What a proof has closed stays closed, whatever the department says of it afterwards.
  if (record.status === 'fixed' || record.status === 'moved') return [];
  const options = { by, now, reason: said.reason, until: said.until };
  if (record.status !== to) return [changeStatus(record, to, options)];
  if (to !== 'accepted') return [];
  if (record.until === said.until && record.reason === said.reason) return [];
  const open = { ...record, status: 'open' as const };
  return [changeStatus(record, 'open', options), changeStatus(open, to, options)];
}
