/** `ajar campaign end`: the report to the office, kept with the entry that ends the campaign. */
import { Buffer } from 'node:buffer';
import { endLetter } from '../../campaign/letter.ts';
import type { CampaignState } from '../../campaign/state.ts';
import type { CampaignOutcome } from '../../model/campaign.ts';
import type { Attachment } from '../../model/message.ts';
import { personOf } from '../archive.ts';
import { type Desk, outcomeNow } from './desk.ts';

/** Ending again what has ended gives the same report and sends nothing. */
export async function endCampaign(
  desk: Desk,
  campaign: CampaignState,
  by: string | undefined,
): Promise<{ outcome: CampaignOutcome; messages: number }> {
  const who = personOf({ by });
  if (campaign.outcome !== null) {
    return { outcome: await outcomeNow(desk, campaign), messages: 0 };
  }
  const endedAt = desk.now.toISOString();
  const outcome = { ...(await outcomeNow(desk, campaign)), endedAt };
  const settings = desk.config.sending.campaign;
  const letter = endLetter({ campaign, settings }, outcome, await reportFiles(desk, outcome));
  await desk.archive.append(
    [
      {
        kind: 'campaign.ended',
        subject: campaign.id,
        by: who,
        body: outcome,
        once: `${campaign.id}/ended`,
      },
    ],
    letter === null ? [] : [letter],
  );
  return { outcome, messages: letter === null ? 0 : 1 };
}

async function reportFiles(desk: Desk, outcome: CampaignOutcome): Promise<readonly Attachment[]> {
  const { renderCampaignCsv, renderCampaignHtml } = await import('../../report/campaign/files.ts');
  const { language } = desk.config.sending.campaign.office;
  const name = outcome.id.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const file = (kind: string, type: string, text: string): Attachment => ({
    name: `${name}.${kind}`,
    type,
    base64: Buffer.from(text).toString('base64'),
  });
  return [
    file('html', 'text/html; charset=utf-8', renderCampaignHtml(outcome, language)),
    file('csv', 'text/csv; charset=utf-8', renderCampaignCsv(outcome, language)),
  ];
}
