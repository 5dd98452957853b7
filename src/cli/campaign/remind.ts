/** `ajar campaign remind`: what is due now, written and noted department by department. */

import { nameOf } from '../../campaign/answer.ts';
import { nudgeLetter } from '../../campaign/letter.ts';
import { dueNudges, nudgeEntry } from '../../campaign/nudge.ts';
import { type CampaignState, settled } from '../../campaign/state.ts';
import { personOf } from '../archive.ts';
import { type Desk, listedIds, postOf, recordsById } from './desk.ts';

export interface Reminded {
  /** A line for each department that was reminded, or whose chain was climbed. */
  readonly lines: readonly string[];
  readonly messages: number;
}

/** Safe to run every hour: what was written once is not written again. */
export async function remindCampaign(
  desk: Desk,
  given: CampaignState,
  by: string | undefined,
): Promise<Reminded> {
  const { archive, config, now } = desk;
  const settings = config.sending.campaign;
  const who = by === undefined ? 'ajar' : personOf({ by });
  const campaign = settled(given, await recordsById(archive, listedIds(given)));
  const due = dueNudges(campaign, config.owners.owners, settings, now);
  if (due.length === 0) return { lines: [], messages: 0 };
  const post = await postOf(desk, campaign);
  const lines: string[] = [];
  let messages = 0;
  for (const nudge of due) {
    const letter = nudgeLetter(post, nudge);
    await archive.append([nudgeEntry(campaign, nudge, who)], letter === null ? [] : [letter]);
    messages += letter === null ? 0 : 1;
    const what = nudge.step === 0 ? 'reminded' : `escalated, step ${nudge.step}`;
    const to = nudge.to.length > 0 ? nudge.to.join(', ') : 'nobody: there is no address';
    const note = letter === null ? ' (no message written: ajar.yaml has no mail channel)' : '';
    lines.push(`${campaign.id} ${nameOf(nudge.list.owner)}: ${what}: ${to}${note}`);
  }
  return { lines, messages };
}
