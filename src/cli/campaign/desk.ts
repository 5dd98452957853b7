/** What every campaign command works with: the configuration, the store and the campaigns in it. */
import { listOf, nameOf, ORPHANS } from '../../campaign/answer.ts';
import type { Post } from '../../campaign/letter.ts';
import { type ListedFinding, listedFinding, renderList } from '../../campaign/list.ts';
import { addressesOf } from '../../campaign/nudge.ts';
import { outcomeOf, refutedBy } from '../../campaign/outcome.ts';
import {
  type CountedRecord,
  type CountedReport,
  counted,
  countedReport,
} from '../../campaign/people.ts';
import {
  CAMPAIGN_KINDS,
  type CampaignState,
  campaignsOf,
  settled,
  unanswered,
} from '../../campaign/state.ts';
import { WORDS } from '../../campaign/words/index.ts';
import type { CampaignOutcome } from '../../model/campaign.ts';
import { UsageError } from '../../model/errors.ts';
import type { RecordFilter } from '../../model/lifecycle.ts';
import type { Archive } from '../../model/store.ts';
import { shownStore } from '../../store/address.ts';
import { type ArchiveFlags, withArchive } from '../archive.ts';
import type { Config } from '../config.ts';
import { all, sendOutbox, type Tell } from '../outbox.ts';

export interface Desk {
  readonly config: Config;
  readonly archive: Archive;
  readonly campaigns: readonly CampaignState[];
  readonly now: Date;
  /** A line on stderr. */
  readonly tell: Tell;
}

/** Opens the store, does the work, closes it whatever happens. */
export async function atDesk<T>(flags: ArchiveFlags, work: (desk: Desk) => Promise<T>): Promise<T> {
  return withArchive(flags, async ({ archive, config }) =>
    work({
      config,
      archive,
      campaigns: campaignsOf(await all(archive.entries({ kinds: CAMPAIGN_KINDS }))),
      now: new Date(),
      tell: (line) => process.stderr.write(`${line}\n`),
    }),
  );
}

/** As {@link pick}; where none runs, the last one: for what only looks. */
export function pickAny(desk: Desk, id: string | undefined): CampaignState {
  const last = desk.campaigns.at(-1);
  const running = desk.campaigns.some(({ endedAt }) => endedAt === null);
  return id === undefined && !running && last ? last : pick(desk, id);
}

/** The campaign of this id or name; without one the only one that runs. Throws UsageError naming those there are. */
export function pick(desk: Desk, id: string | undefined): CampaignState {
  const { campaigns, config } = desk;
  if (id !== undefined) {
    const found =
      campaigns.find((one) => one.id === id) ??
      campaigns.find((one) => one.id === `campaign-${id}` || one.name === id);
    if (found) return found;
    const known = campaigns.map((one) => one.id).join(', ') || 'none';
    throw new UsageError(
      `campaign ${id}: the store ${shownStore(config.store)} has no such one; it has ${known}`,
    );
  }
  const running = campaigns.filter(({ endedAt }) => endedAt === null);
  const [only] = running;
  if (only && running.length === 1) return only;
  if (running.length > 1) {
    throw new UsageError(
      `several campaigns run: say which of ${running.map((one) => one.id).join(', ')}`,
    );
  }
  const last = campaigns.at(-1);
  throw new UsageError(
    last
      ? `no campaign runs; ${last.id} was the last, "ajar campaign report ${last.id}" shows it`
      : 'no campaign runs; "ajar campaign start --due 7d" starts one',
  );
}

/** Throws UsageError for one that has ended. */
export function stillRunning(campaign: CampaignState): CampaignState {
  if (campaign.endedAt === null) return campaign;
  throw new UsageError(
    `${campaign.id} ended at ${campaign.endedAt}; nothing is added to it any more`,
  );
}

export async function recordsById(
  archive: Archive,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CountedRecord>> {
  const records = ids.length === 0 ? [] : await countedRecords(archive, { ids });
  return new Map(records.map((record) => [record.finding.id, record]));
}

export function listedIds(campaign: CampaignState): readonly string[] {
  return campaign.lists.flatMap(({ findings }) => findings);
}

/** What letters are written from. */
export async function postOf(desk: Desk, campaign: CampaignState): Promise<Post> {
  // The workbook's renderer is a part of the reports, and only letters want it.
  const { answerWorkbook, openTitles } = await import('./workbook.ts');
  const { archive, config } = desk;
  const ids = listedIds(campaign);
  const findings = new Map<string, ListedFinding>();
  if (ids.length > 0) {
    for await (const { finding } of archive.records({ ids })) {
      findings.set(finding.id, listedFinding(finding));
    }
  }
  return {
    campaign,
    departments: config.owners.owners,
    findings,
    title: await openTitles(config),
    workbook: answerWorkbook,
    settings: config.sending.campaign,
  };
}

export async function countedRun(archive: Archive, run: string): Promise<CountedReport | null> {
  const report = await archive.report(run);
  return report && countedReport(report);
}

export async function countedRecords(
  archive: Archive,
  filter: RecordFilter = {},
): Promise<readonly CountedRecord[]> {
  const records: CountedRecord[] = [];
  for await (const record of archive.records(filter)) records.push(counted(record));
  return records;
}

/** As it stands now; of one that has ended, as it stood then. */
export async function outcomeNow(desk: Desk, campaign: CampaignState): Promise<CampaignOutcome> {
  if (campaign.outcome !== null) return { ...campaign.outcome, endedAt: campaign.endedAt };
  const { archive, config, now } = desk;
  return outcomeOf({
    campaign,
    refuted: refutedBy(await all(archive.entries({ kinds: ['finding.proof'] }))),
    departments: config.owners.owners,
    records: await all(archive.records()),
    started: await countedRun(archive, campaign.run),
    latest: await archive.report('latest'),
    settings: config.sending.campaign,
    now,
  });
}

/** Sends what is due, unless the person or the configuration says otherwise. */
export async function sendNow(
  desk: Desk,
  send: boolean | undefined,
  written: number,
): Promise<void> {
  const { archive, config, tell } = desk;
  if (Object.keys(config.sending.channels).length === 0) return;
  if (send === false) {
    if (written > 0) tell(`${written} messages wait in the outbox; "ajar outbox send" sends them.`);
    return;
  }
  const tally = await sendOutbox({ config, archive, tell });
  const parts = [
    tally.sent > 0 ? `${tally.sent} sent` : '',
    tally.waiting > 0 ? `${tally.waiting} to be tried again` : '',
    tally.failed > 0 ? `${tally.failed} failed` : '',
    tally.unsure > 0 ? `${tally.unsure} unsure` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) tell(`Messages: ${parts.join(', ')}. "ajar outbox list" shows them.`);
}

/** What happens next, and to whom. */
export async function waitingLines(
  { archive, config }: Desk,
  campaign: CampaignState,
): Promise<readonly string[]> {
  if (campaign.endedAt !== null) return [];
  const open = unanswered(settled(campaign, await recordsById(archive, listedIds(campaign))));
  if (open.length === 0) return ['Every list is answered; "ajar campaign end" ends it.'];
  const settings = config.sending.campaign;
  return open.map((list) => {
    const owner = config.owners.owners.find(({ id }) => id === list.owner) ?? null;
    const to = addressesOf(owner, settings).join(', ') || 'no address';
    const left = list.findings.filter((id) => !list.answers.has(id)).length;
    const what =
      list.findings.length === 0 ? 'to confirm' : `${left} of ${list.findings.length} open`;
    const last = list.nudges.at(-1);
    const nudged = last
      ? `, last ${last.step === 0 ? 'reminded' : `step ${last.step}`} ${last.at}`
      : '';
    return `  ${nameOf(list.owner)}: ${what}, ${to}${nudged}`;
  });
}

/** The file that a department gets. */
export async function listCsv(desk: Desk, campaign: CampaignState, owner: string): Promise<string> {
  const list = listOf(campaign, owner === ORPHANS ? null : owner);
  const { departments, findings, settings, title } = await postOf(desk, campaign);
  const language =
    departments.find(({ id }) => id === list.owner)?.language ?? settings.office.language;
  return renderList({
    list,
    findings,
    words: WORDS[language],
    title: (detector) => title(detector, language),
  });
}
