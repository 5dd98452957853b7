/** The report to the office: who answered, what is proved, what is only said, who is still exposed. */
import type { CampaignOutcome, CampaignRow } from '../model/campaign.ts';
import type { Finding } from '../model/finding.ts';
import { type FindingRecord, responsibleFor } from '../model/lifecycle.ts';
import type { Owner } from '../model/owner.ts';
import type { Report } from '../model/report.ts';
import { departmentName } from './letter.ts';
import { departmentSets, peopleOver, peopleOverall } from './people.ts';
import type { CampaignSettings } from './settings.ts';
import { TO_BE_ANSWERED } from './start.ts';
import { type CampaignState, isLate, type ListState } from './state.ts';

export interface OutcomeOptions {
  readonly campaign: CampaignState;
  readonly departments: readonly Owner[];
  /** Every record, so that what came after the start is seen too. */
  readonly records: readonly FindingRecord[];
  /** Of the campaign's run. */
  readonly started: Report | null;
  /** Of the last finished run. */
  readonly latest: Report | null;
  readonly settings: CampaignSettings;
  readonly now: Date;
}

/** As it stands at `now`; what an ended campaign's report said is in its state. */
export function outcomeOf(options: OutcomeOptions): CampaignOutcome {
  const { campaign, records, started, latest, now } = options;
  const byId = new Map(records.map((record) => [record.finding.id, record]));
  const listed = campaign.lists.flatMap(({ findings }) => findings);
  const exposed = listed.flatMap((id) => stillOpen(byId.get(id)));
  const atStart = (started?.findings ?? []).filter(({ id }) => listed.includes(id));
  // A finding of an earlier run that this run could not look at is on a list, but not in the report.
  const inReport = new Set(atStart.map(({ id }) => id));
  const earlier = listed.filter((id) => !inReport.has(id)).flatMap((id) => known(byId.get(id)));
  return {
    id: campaign.id,
    name: campaign.name,
    run: campaign.run,
    startedAt: campaign.startedAt,
    due: campaign.due,
    endedAt: campaign.endedAt,
    asOf: now.toISOString(),
    rows: campaign.lists.map((list) => rowOf(list, byId, options)),
    peopleThen: peopleOverall([...atStart, ...earlier], started),
    peopleNow: peopleOverall(exposed, latest),
  };
}

function known(record: FindingRecord | undefined): readonly Finding[] {
  return record ? [record.finding] : [];
}

/** Only a proof takes people off the count: accepted, claimed and disowned doors stand open. */
function stillOpen(record: FindingRecord | undefined): readonly Finding[] {
  return record && record.status !== 'fixed' ? [record.finding] : [];
}

type Fate = 'fixed' | 'claimed' | 'open' | 'accepted' | 'notOurs';

function rowOf(
  list: ListState,
  records: ReadonlyMap<string, FindingRecord>,
  options: OutcomeOptions,
): CampaignRow {
  const { campaign, departments, latest, settings, now } = options;
  const fates = list.findings.map((id) => fateOf(list, id, records.get(id)));
  const count = (fate: Fate): number => fates.filter((one) => one === fate).length;
  const exposed = list.findings.flatMap((id) => stillOpen(records.get(id)));
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
    newer: newerOf(list, records, options),
    peopleThen: list.people,
    peopleNow: peopleOver(exposed, departmentSets(latest)),
  };
}

function fateOf(list: ListState, id: string, record: FindingRecord | undefined): Fate {
  if (record?.status === 'fixed') return 'fixed';
  if (record?.status === 'accepted') return 'accepted';
  if (record?.status === 'not-ours' || record?.status === 'moved') return 'notOurs';
  const said = list.answers.get(id);
  // Seen open again after it was said to be fixed: the claim is refuted, not waiting for proof.
  const refuted = record?.status === 'reopened' && said !== undefined && record.statusAt > said.at;
  return said?.answer === 'fixed' && !refuted ? 'claimed' : 'open';
}

/** What needs an answer by now and is on no list of this campaign. */
function newerOf(
  list: ListState,
  records: ReadonlyMap<string, FindingRecord>,
  { campaign }: OutcomeOptions,
): number {
  const listed = new Set(campaign.lists.flatMap(({ findings }) => findings));
  return [...records.values()].filter(
    (record) =>
      responsibleFor(record) === list.owner &&
      TO_BE_ANSWERED.includes(record.status) &&
      !listed.has(record.finding.id),
  ).length;
}
