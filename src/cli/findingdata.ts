/** What there is to say of one finding, gathered: its record, its entries, its clocks. */
import { type ClockInput, clocksFor, movedFrom } from '../campaign/clocks.ts';
import type { CampaignAnswer, CampaignNudge, CampaignStarted } from '../model/campaign.ts';
import type { Clock } from '../model/clock.ts';
import type { Entry, EntryKind, Told } from '../model/ledger.ts';
import { type FindingRecord, responsibleFor } from '../model/lifecycle.ts';
import type { Owner } from '../model/owner.ts';
import type { Archive } from '../model/store.ts';
import { type OpenArchive, recordsOf } from './archive.ts';
import type { Config } from './config.ts';
import type { FindingPage } from './findingpage.ts';

/**
 * Of this finding and of those that moved to it (who was told then, was told), and of campaigns that
 * had them on a list: when its department was told, reminded, and answered. In the order of time.
 */
export async function entriesOf(archive: Archive, subject: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const asked = new Set<string>();
  let next = [subject];
  while (next.length > 0) {
    const own: Entry[] = [];
    for (const each of next) {
      asked.add(each);
      for await (const entry of archive.entries({ subject: each })) own.push(entry);
    }
    entries.push(...own);
    next = movedFrom(own).filter((each) => !asked.has(each));
  }
  return [...entries, ...(await campaignEntries(archive, asked))].toSorted(inTime);
}

const OF_CAMPAIGNS: readonly EntryKind[] = [
  'campaign.started',
  'campaign.answered',
  'campaign.reminded',
  'campaign.escalated',
  'told',
];

/** Entries about a campaign that concern one of these findings: those of the department that had it. */
async function campaignEntries(
  archive: Archive,
  findings: ReadonlySet<string>,
): Promise<readonly Entry[]> {
  const owners = new Map<string, Set<string | null>>();
  const found: Entry[] = [];
  for await (const entry of archive.entries({ kinds: OF_CAMPAIGNS })) {
    if (entry.kind === 'campaign.started') {
      const { lists } = entry.body as CampaignStarted;
      const having = lists.filter((list) => list.findings.some((id) => findings.has(id)));
      if (having.length > 0) owners.set(entry.subject, new Set(having.map(({ owner }) => owner)));
      continue;
    }
    const of = owners.get(entry.subject);
    if (of && concerns(entry, of, findings)) found.push(entry);
  }
  return found;
}

function concerns(
  { kind, body }: Entry,
  owners: ReadonlySet<string | null>,
  findings: ReadonlySet<string>,
): boolean {
  if (kind === 'told') return owners.has((body as Told).id || null);
  if (kind !== 'campaign.answered') return owners.has((body as CampaignNudge).owner);
  const { owner, all, answers } = body as CampaignAnswer;
  return (
    owners.has(owner) && (all !== null || answers.some(({ finding }) => findings.has(finding)))
  );
}

export function inTime(a: Entry, b: Entry): number {
  return a.at.localeCompare(b.at) || a.chain.localeCompare(b.chain) || a.seq - b.seq;
}

/** The department that it lies with, as the owners file has it; null for the office or an unknown one. */
export function departmentOf(config: Config, record: FindingRecord): Owner | null {
  const id = responsibleFor(record);
  return config.owners.owners.find((owner) => owner.id === id) ?? null;
}

/** Distinct people of all findings of the department in the last run; undefined where that is unknown. */
async function together(archive: Archive, record: FindingRecord): Promise<number | undefined> {
  const report = await archive.report('latest');
  const owner = record.finding.owner?.id ?? null;
  return report?.departments.find(({ id }) => id === owner)?.people;
}

/** The department's people are looked up only where they could reach a threshold that the finding does not. */
async function clocksOf(
  archive: Archive,
  record: FindingRecord,
  input: ClockInput,
): Promise<readonly Clock[]> {
  const clocks = clocksFor(input);
  const { atMost } = input.finding.people;
  const short = clocks.some(({ rule }) =>
    rule.conditions.some((condition) => 'people' in condition && condition.people > atMost),
  );
  return short ? clocksFor({ ...input, together: await together(archive, record) }) : clocks;
}

/** Throws UsageError, with the nearest ids, where there is no such finding. */
export async function findingPage(
  { archive, config }: OpenArchive,
  id: string,
  now: Date,
): Promise<FindingPage> {
  const [record] = await recordsOf(archive, [id]);
  if (!record) throw new Error(`no record of ${id}`);
  const [entries, { loadDetectors }] = await Promise.all([
    entriesOf(archive, record.finding.id),
    import('../../detectors/registry.ts'),
  ]);
  const detectors = await loadDetectors(config.customs.detectors);
  const owner = departmentOf(config, record);
  return {
    record,
    entries,
    clocks: await clocksOf(archive, record, { finding: record.finding, owner, entries, now }),
    titles: Object.fromEntries(detectors.map((each) => [each.id, each.title])),
    department: owner?.name ?? record.finding.owner?.name ?? null,
    now,
  };
}
