/** A campaign over a team's store: the wall that lets messages out lets the store's server be reached too. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startPostgres } from '../../localstack/postgres.ts';
import { atDesk, outcomeNow, sendNow } from '../../src/cli/campaign/desk.ts';
import { startCampaign } from '../../src/cli/campaign/start.ts';
import { mailYaml, seedOffice } from '../campaign/seed.ts';
import { startMailServer } from '../notify/receivers.ts';

// Real processes one after the other, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

test('a campaign over PostgreSQL sends its lists and notes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-campaign-'));
  const [postgres, mail] = await Promise.all([startPostgres(), startMailServer()]);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([postgres.stop(), mail.close()]);
  });
  vi.stubEnv('TEST_SMTP_URL', `smtp://127.0.0.1:${mail.port}`);
  await seedOffice(folder, { yaml: mailYaml(), store: await postgres.database('office') });
  const flags = { config: join(folder, 'ajar.yaml'), store: undefined };
  const outcome = await atDesk(flags, async (open) => {
    const desk = { ...open, tell: () => undefined };
    const start = { due: '7d', name: 'autumn', by: 'cio' };
    const { campaign, messages } = await startCampaign(desk, start);
    await sendNow(desk, true, messages);
    expect(await desk.archive.messages(['sent'])).toHaveLength(4);
    const noted: string[] = [];
    for await (const { subject } of desk.archive.entries({ kinds: ['message.sent'] })) {
      noted.push(subject);
    }
    expect(noted).toHaveLength(4);
    return outcomeNow(desk, campaign);
  });
  expect(mail.mails).toHaveLength(4);
  expect(outcome.peopleThen).toEqual({ atLeast: 610, atMost: 610 });
});
