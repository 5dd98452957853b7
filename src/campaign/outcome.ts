/** The report to the office: who answered, what is proved, what is only said, who is still exposed. */
import type { CampaignOutcome, CampaignRow } from '../model/campaign.ts';
import type { Entry, ProofSummary } from '../model/ledger.ts';
import { responsibleFor } from '../model/lifecycle.ts';
import type { Owner } from '../model/owner.ts';
import { departmentName } from './letter.ts';
import {
  type CountedRecord,
  type CountedReport,
  departmentSets,
  peopleOver,
  peopleOverall,
} from './people.ts';
import type { CampaignSettings } from './settings.ts';
import { TO_BE_ANSWERED } from './start.ts';
import { type CampaignState, isLate, type ListState, settled } from './state.ts';

export interface OutcomeOptions {
  readonly campaign: CampaignState;
  readonly departments: readonly Owner[];
  /** Every record, so that what came after the start is seen too. */
  readonly records: readonly CountedRecord[];
  /** Of the campaign's run. */
  readonly started: CountedReport | null;
  /** Of the last finished run. */
  readonly latest: CountedReport | null;
  readonly settings: CampaignSettings;
  /** When a proof last found each finding open (ISO 8601); findings that none did are absent. */
  readonly refuted: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** As it stands at `now`; what an ended campaign's report said is in its state. */
export function outcomeOf(options: OutcomeOptions): CampaignOutcome {
  const { records, started, latest, now } = options;
  const byId = new Map(records.map((record) => [record.finding.id, record]));
  const campaign = settled(options.campaign, byId);
  const listed = campaign.lists.flatMap(({ findings }) => findings);
  const isListed = new Set(listed);
  const exposed = listed.flatMap((id) => stillOpen(byId.get(id)));
  const atStart = (started?.findings ?? []).filter(({ id }) => isListed.has(id));
  // A finding of an earlier run that this run could not look at is on a list, but not in the report.
  const inReport = new Set(atStart.map(({ id }) => id));
  const earlier = listed.filter((id) => !inReport.has(id)).flatMap((id) => known(byId.get(id)));
  const newer = newerBy(records, isListed);
  return {
    id: campaign.id,
    name: campaign.name,
    run: campaign.run,
    startedAt: campaign.startedAt,
    due: campaign.due,
    endedAt: campaign.endedAt,
    asOf: now.toISOString(),
    rows: campaign.lists.map((list) => rowOf(list, { ...options, campaign, byId, newer })),
    peopleThen: peopleOverall([...atStart, ...earlier], started),
    peopleNow: peopleOverall(exposed, latest),
  };
}

function known(record: CountedRecord | undefined): readonly CountedRecord['finding'][] {
  return record ? [record.finding] : [];
}

/** Only a proof takes people off the count: accepted, claimed and disowned doors stand open. */
function stillOpen(record: CountedRecord | undefined): readonly CountedRecord['finding'][] {
  return record && record.status !== 'fixed' ? [record.finding] : [];
}

type Fate = 'fixed' | 'claimed' | 'open' | 'accepted' | 'notOurs';

interface Known extends OutcomeOptions {
  readonly byId: ReadonlyMap<string, CountedRecord>;
  readonly newer: ReadonlyMap<string | null, number>;
}

function rowOf(list: ListState, options: Known): CampaignRow {
  const { byId, campaign, departments, latest, newer, refuted, settings, now } = options;
  const fates = list.findings.map((id) => fateOf(list, id, byId.get(id), refuted.get(id)));
  const count = (fate: Fate): number => fates.filter((one) => one === fate).length;
  const exposed = list.findings.flatMap((id) => stillOpen(byId.get(id)));
  const steps = list.nudges.map(({ step }) => step);
  return {
    owner: list.owner,
    name: departmentName(departments, list.owner, settings.office.language),
    names: departments.find(({ id }) => id === list.owner)?.names ?? {},
    standing: list.standing,
    answeredAt: list.answeredAt,
    answeredBy: list.answeredBy,
    late: isLate(list, campaign.due, now),
    reminders: steps.filter((step) => step === 0).length,
    escalations: Math.max(0, ...steps),
    findings: list.findings.length,
    fixed: count('fixed'),
    claimed: count('claimed'),
    open: count('open'),
    accepted: count('accepted'),
    notOurs: count('notOurs'),
    newer: newer.get(list.owner) ?? 0,
    peopleThen: list.people,
    peopleNow: peopleOver(exposed, departmentSets(latest)),
  };
}

/** The last time each finding was tried and found open. */
export function refutedBy(proofs: Iterable<Entry>): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const { kind, subject, body, at } of proofs) {
    if (kind === 'finding.proof' && (body as ProofSummary).result === 'open') last.set(subject, at);
  }
  return last;
}

function fateOf(
  list: ListState,
  id: string,
  record: CountedRecord | undefined,
  foundOpen: string | undefined,
): Fate {
  if (record?.status === 'fixed') return 'fixed';
  if (record?.status === 'accepted') return 'accepted';
  // Disowned, or given to another department since.
  const elsewhere = record !== undefined && responsibleFor(record) !== list.owner;
  if (elsewhere || record?.status === 'moved') return 'notOurs';
  const said = list.answers.get(id);
  // Found open after it was said to be fixed: the claim is refuted, not waiting for proof.
  const reopened = record?.status === 'reopened' ? record.statusAt : '';
  const refuted = said !== undefined && (reopened > said.at || (foundOpen ?? '') >= said.at);
  return said?.answer === 'fixed' && !refuted ? 'claimed' : 'open';
}

/** By department: what needs an answer by now and is on no list of this campaign. */
function newerBy(
  records: readonly CountedRecord[],
  listed: ReadonlySet<string>,
): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const record of records) {
    if (listed.has(record.finding.id) || !TO_BE_ANSWERED.includes(record.status)) continue;
    const owner = responsibleFor(record);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}
