/** `ajar campaign start`: every department gets its list, in one transaction with the entry that says so. */

import { nameOf } from '../../campaign/answer.ts';
import { listLetter } from '../../campaign/letter.ts';
import { addressesOf } from '../../campaign/nudge.ts';
import { dueAfter, endOfDay } from '../../campaign/settings.ts';
import { campaignId, startEntry, startLists, TO_BE_ANSWERED } from '../../campaign/start.ts';
import { begun, type CampaignState } from '../../campaign/state.ts';
import { UsageError } from '../../model/errors.ts';
import { shownStore } from '../../store/address.ts';
import { personOf } from '../archive.ts';
import { parseDays } from '../yaml.ts';
import { countedRecords, countedRun, type Desk, postOf } from './desk.ts';

export interface StartFlags {
  readonly due: string | undefined;
  readonly name: string | undefined;
  readonly by: string | undefined;
}

export interface Started {
  readonly campaign: CampaignState;
  readonly messages: number;
}

/** Starting again what runs already starts nothing: the same lists, the same messages. */
export async function startCampaign(desk: Desk, flags: StartFlags): Promise<Started> {
  const { archive, campaigns, config, now, tell } = desk;
  const by = personOf(flags);
  const report = await countedRun(archive, 'latest');
  if (report === null) {
    throw new UsageError(
      `campaign start: the store ${shownStore(config.store)} has no finished run; scan first, or name its store (--store)`,
    );
  }
  const name = flags.name?.trim() ?? report.run.startedAt.slice(0, 10);
  const id = campaignId(name);
  if (id === 'campaign-' || id.length > 80) {
    throw new UsageError(`--name ${name}: give a short name with letters or digits`);
  }
  const there = campaigns.find((one) => one.id === id);
  if (there) return goOn(there, tell);
  const other = campaigns.find(({ endedAt }) => endedAt === null);
  if (other && flags.name === undefined) {
    throw new UsageError(
      `campaign start: ${other.id} runs until ${other.due}; end it ("ajar campaign end ${other.id}"), or give the second one a --name`,
    );
  }
  const started = startLists({
    name,
    due: dueOf(flags.due, config.sending.campaign.dueDays, now),
    departments: config.owners.owners.map((owner) => owner.id),
    records: await countedRecords(archive, { statuses: TO_BE_ANSWERED }),
    report,
  });
  const entry = startEntry(id, started, by);
  const campaign = begun({ ...entry, at: now.toISOString() });
  const post = await postOf(desk, campaign);
  const messages = campaign.lists
    .map((list) => listLetter(post, list))
    .filter((one) => one !== null);
  await archive.append([entry], messages);
  warn(desk, campaign, messages.length);
  return { campaign, messages: messages.length };
}

function goOn(campaign: CampaignState, tell: Desk['tell']): Started {
  if (campaign.endedAt !== null) {
    throw new UsageError(
      `campaign start: ${campaign.id} ended at ${campaign.endedAt}; give the new one another --name`,
    );
  }
  tell(
    `${campaign.id} runs since ${campaign.startedAt}, due ${campaign.due}; nothing is started anew.`,
  );
  return { campaign, messages: 0 };
}

/** `7d` from today, or a day; both end with that day. */
function dueOf(given: string | undefined, days: number, now: Date): Date {
  if (given === undefined) return dueAfter(now, days);
  const count = parseDays(given);
  const due = count === undefined ? endOfDay(given) : dueAfter(now, count);
  if (due === undefined) {
    throw new UsageError(
      `--due ${given}: allowed is a number of days such as 7d, or a day such as 2027-03-31`,
    );
  }
  if (due <= now) throw new UsageError(`--due ${given}: that day has passed`);
  return due;
}

/** What the person has to do by hand. */
function warn(desk: Desk, campaign: CampaignState, messages: number): void {
  const { config, tell } = desk;
  const settings = config.sending.campaign;
  if (settings.channel === null) {
    tell(
      'No message is written: ajar.yaml has no mail channel (see docs/notifications.md). Hand the lists over yourself: "ajar campaign list OWNER" prints them.',
    );
    return;
  }
  if (!settings.addressed) {
    tell(`${messages} lists written; they go out by ${settings.channel}.`);
    return;
  }
  const bare = { ...settings, office: { ...settings.office, to: [] } };
  const mute = campaign.lists
    .map(({ owner }) => config.owners.owners.find(({ id }) => id === owner) ?? { owner })
    .flatMap((owner) => {
      if ('id' in owner) return addressesOf(owner, bare).length === 0 ? [owner.id] : [];
      return owner.owner === null ? [] : [owner.owner];
    });
  if (mute.length > 0) {
    const where =
      settings.office.to.length > 0
        ? `their lists went to ${settings.office.to.join(', ')}`
        : 'nobody gets their lists: name campaign.office.email, or their contacts';
    tell(`Without an address in owners.yaml: ${mute.join(', ')}; ${where}.`);
  }
  if (settings.office.to.length === 0) {
    tell(
      `campaign.office.email is not set: the list of ${nameOf(null)} and the report at the end are not sent.`,
    );
  }
  const departments = campaign.lists.length - 1;
  tell(`${messages} lists written, for ${departments} departments and the orphan queue.`);
}
