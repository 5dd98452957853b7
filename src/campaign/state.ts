/** Where a campaign stands: the fold of its ledger entries. */
import type {
  AnswerKind,
  CampaignAnswer,
  CampaignList,
  CampaignNudge,
  CampaignOutcome,
  CampaignStarted,
  PeopleRange,
  Standing,
} from '../model/campaign.ts';
import type { Entry, EntryKind } from '../model/ledger.ts';
import type { FindingRecord, Status } from '../model/lifecycle.ts';
import { rangeOfList } from './people.ts';

export const CAMPAIGN_KINDS: readonly EntryKind[] = [
  'campaign.started',
  'campaign.answered',
  'campaign.reminded',
  'campaign.escalated',
  'campaign.ended',
];

export interface GivenAnswer {
  readonly answer: AnswerKind;
  readonly reason: string | null;
  readonly until: string | null;
  readonly at: string;
  readonly by: string;
  /** False where it came with "all the others". */
  readonly named: boolean;
}

export interface Nudged {
  /** 0: a reminder. */
  readonly step: number;
  readonly to: string;
  readonly at: string;
}

export interface ListState {
  /** Null: the orphan queue. */
  readonly owner: string | null;
  readonly findings: readonly string[];
  readonly people: PeopleRange;
  /** By finding; of the last word on each. */
  readonly answers: ReadonlyMap<string, GivenAnswer>;
  readonly standing: Standing;
  /** ISO 8601: when nothing was left unanswered for the first time; null before. */
  readonly answeredAt: string | null;
  /** Of the last answer. */
  readonly answeredBy: string | null;
  readonly how: string | null;
  readonly nudges: readonly Nudged[];
}

export interface CampaignState {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly due: string;
  readonly endedAt: string | null;
  /** What the report said when the campaign ended. */
  readonly outcome: CampaignOutcome | null;
  readonly lists: readonly ListState[];
}

/** Campaigns in the order in which they began. Entries of other kinds are passed over. */
export function campaignsOf(entries: Iterable<Entry>): readonly CampaignState[] {
  const campaigns = new Map<string, CampaignState>();
  for (const entry of entries) {
    if (entry.kind === 'campaign.started') {
      // Two stores merged may hold the same start twice; the first counts.
      if (!campaigns.has(entry.subject)) campaigns.set(entry.subject, begun(entry));
      continue;
    }
    const campaign = campaigns.get(entry.subject);
    if (campaign) campaigns.set(entry.subject, after(campaign, entry));
  }
  return [...campaigns.values()];
}

/** As it is when it starts. */
export function begun(entry: Pick<Entry, 'subject' | 'at' | 'by' | 'body'>): CampaignState {
  const started = entry.body as CampaignStarted;
  return {
    id: entry.subject,
    name: started.name,
    run: started.run,
    startedAt: entry.at,
    startedBy: entry.by,
    due: started.due,
    endedAt: null,
    outcome: null,
    lists: started.lists.map((list) => ({
      owner: list.owner,
      findings: list.findings,
      people: rangeOfList(list),
      answers: new Map(),
      // An empty orphan queue is the office's own: it has nobody to confirm it to.
      standing: isIdle(list) ? 'answered' : 'waiting',
      answeredAt: isIdle(list) ? entry.at : null,
      answeredBy: null,
      how: null,
      nudges: [],
    })),
  };
}

function isIdle({ owner, findings }: CampaignList): boolean {
  return owner === null && findings.length === 0;
}

function after(campaign: CampaignState, entry: Entry): CampaignState {
  const change = (owner: string | null, list: (state: ListState) => ListState): CampaignState => ({
    ...campaign,
    lists: campaign.lists.map((one) => (one.owner === owner ? list(one) : one)),
  });
  switch (entry.kind) {
    case 'campaign.answered': {
      const answer = entry.body as CampaignAnswer;
      return change(answer.owner, (list) => answered(list, answer, entry));
    }
    case 'campaign.reminded':
    case 'campaign.escalated': {
      const { owner, step, to } = entry.body as CampaignNudge;
      const nudge = { step, to, at: entry.at };
      return change(owner, (list) => ({ ...list, nudges: [...list.nudges, nudge] }));
    }
    case 'campaign.ended':
      return { ...campaign, endedAt: entry.at, outcome: entry.body as CampaignOutcome };
    default:
      return campaign;
  }
}

/**
 * The list as this answer leaves it. What a department said of one finding by name stays until it
 * names that finding again; "all the others" is for what it never named.
 */
export function answered(
  list: ListState,
  answer: CampaignAnswer,
  { at, by }: Pick<Entry, 'at' | 'by'>,
): ListState {
  const answers = new Map(list.answers);
  const listed = new Set(list.findings);
  for (const { finding, answer: kind, reason, until } of answer.answers) {
    if (!listed.has(finding)) continue;
    answers.set(finding, { answer: kind, reason, until, at, by, named: true });
  }
  const { all } = answer;
  if (all !== null && all !== 'nothing-to-report') {
    for (const finding of list.findings) {
      if (answers.get(finding)?.named) continue;
      answers.set(finding, { answer: all, reason: null, until: null, at, by, named: false });
    }
  }
  const empty = list.findings.length === 0;
  const whole = empty
    ? all !== null || list.standing === 'answered'
    : list.findings.every((id) => answers.has(id));
  const standing = whole ? 'answered' : answers.size > 0 ? 'partly' : list.standing;
  const answeredAt = whole ? (list.answeredAt ?? at) : null;
  return { ...list, answers, standing, answeredAt, answeredBy: by, how: answer.how };
}

/**
 * The campaign with what a proof has closed, or what is another department's by now, as answered by
 * that: nobody is asked about a door that was found shut. What is open again has to be answered.
 */
export function settled(
  campaign: CampaignState,
  records: ReadonlyMap<string, Pick<FindingRecord, 'status' | 'statusAt' | 'statusBy'>>,
): CampaignState {
  const lists = campaign.lists.map((list): ListState => {
    if (list.standing === 'answered') return list;
    const answers = new Map(list.answers);
    for (const finding of list.findings) {
      const record = records.get(finding);
      if (answers.has(finding) || !record) continue;
      const answer = SETTLED[record.status];
      if (answer === undefined) continue;
      const { statusAt: at, statusBy: by } = record;
      answers.set(finding, { answer, reason: null, until: null, at, by, named: true });
    }
    if (answers.size === list.answers.size) return list;
    if (answers.size < list.findings.length) return { ...list, answers, standing: 'partly' };
    const [last] = [...answers.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
    return {
      ...list,
      answers,
      standing: 'answered',
      answeredAt: last?.at ?? null,
      answeredBy: last?.by ?? null,
      how: list.how ?? 'proof',
    };
  });
  return { ...campaign, lists };
}

const SETTLED: Readonly<Partial<Record<Status, AnswerKind>>> = {
  fixed: 'fixed',
  moved: 'not-ours',
};

/** Answered after the day, or not yet and the day has passed. */
export function isLate(list: ListState, due: string, now: Date): boolean {
  return (list.answeredAt === null ? now.getTime() : Date.parse(list.answeredAt)) > Date.parse(due);
}

/** Departments that still owe an answer, in the order of the lists. */
export function unanswered(campaign: CampaignState): readonly ListState[] {
  return campaign.lists.filter(({ standing }) => standing !== 'answered');
}
