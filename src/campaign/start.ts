/** The lists a campaign begins with: one a department, even an empty one, and the office's orphan queue. */
import type { CampaignList, CampaignStarted } from '../model/campaign.ts';
import type { NewEntry } from '../model/ledger.ts';
import { responsibleFor, type Status } from '../model/lifecycle.ts';
import { type CountedRecord, type CountedReport, departmentSets, peopleOver } from './people.ts';

/** What somebody still has to act on. `not-ours` is the office's: it has to find the owner. */
export const TO_BE_ANSWERED: readonly Status[] = [
  'new',
  'open',
  'reopened',
  'acknowledged',
  'not-ours',
];

export interface StartOptions {
  readonly name: string;
  readonly due: Date;
  /** Of the owner book; those without findings get an empty list. */
  readonly departments: readonly string[];
  /** Those to be answered and others; the others are left out. */
  readonly records: readonly CountedRecord[];
  /** The last finished run. */
  readonly report: CountedReport;
}

/** Departments in the order of the owner book, then those that only records know, the orphan queue last. */
export function startLists(options: StartOptions): CampaignStarted {
  const { name, due, departments, records, report } = options;
  const open = records.filter(({ status }) => TO_BE_ANSWERED.includes(status));
  const byOwner = Map.groupBy(open, responsibleFor);
  const known = open.map(responsibleFor).filter((owner) => owner !== null);
  const owners = [...new Set([...departments, ...known])];
  const lists = [...owners, null].map((owner): CampaignList => {
    const findings = (byOwner.get(owner) ?? []).map(({ finding }) => finding);
    const people = peopleOver(findings, departmentSets(report));
    return {
      owner,
      findings: findings.map(({ id }) => id),
      people: people.atMost,
      ...(people.atLeast < people.atMost ? { peopleAtLeast: people.atLeast } : {}),
    };
  });
  return { name, run: report.run.id, due: due.toISOString(), lists };
}

/** `Autumn 2026` → `autumn-2026`: the name of a campaign as a part of ids and file names. */
export function campaignId(name: string): string {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `campaign-${slug}`;
}

/** `once`, so that starting the same campaign twice, or again after a crash, starts it once. */
export function startEntry(id: string, started: CampaignStarted, by: string): NewEntry {
  return {
    kind: 'campaign.started',
    subject: id,
    by,
    body: started,
    once: `${id}/started`,
  };
}
