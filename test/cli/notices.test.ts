/** Notices after a scan, over a real store and a real receiver. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/cli/config.ts';
import { tellOfRun } from '../../src/cli/notices.ts';
import { openStore } from '../../src/store/open.ts';
import { officeReport } from '../campaign/office.ts';
import { seedOffice } from '../campaign/seed.ts';
import { type Receiver, startReceiver, type Turn } from '../notify/receivers.ts';

async function office(...turns: Turn[]): Promise<{ folder: string; receiver: Receiver }> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-notices-'));
  const receiver = await startReceiver(...turns);
  process.env.TEST_HOOK_KEY = 'k';
  onTestFinished(async () => {
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${receiver.port}/`;
  const channel = `ops: { type: webhook, url: "${url}", secretFrom: TEST_HOOK_KEY }`;
  await seedOffice(folder, { yaml: `channels: { ${channel} }\nnotify: [{ channel: ops }]\n` });
  return { folder, receiver };
}

test('a run with news is told once, and told of again sends nothing', async () => {
  const { folder, receiver } = await office(200);
  const config = loadConfig({ config: join(folder, 'ajar.yaml') });
  const lines: string[] = [];
  await tellOfRun(config, officeReport(), (line) => lines.push(line));
  await tellOfRun(config, officeReport(), (line) => lines.push(line));
  expect(receiver.requests).toHaveLength(1);
  expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({ subject: 'ajar: 4 new' });
  expect(lines).toEqual(['run-run-1/ops/1 (ops): sent']);
});

test('a channel that is down keeps its message and fails nothing', async () => {
  const { folder } = await office(400);
  const config = loadConfig({ config: join(folder, 'ajar.yaml') });
  const lines: string[] = [];
  await tellOfRun(config, officeReport(), (line) => lines.push(line));
  expect(lines[0]).toContain('HTTP 400');
  const store = await openStore(config.store);
  onTestFinished(() => store.close());
  expect((await store.messages(['failed'])).map(({ id }) => id)).toEqual(['run-run-1/ops/1']);
});
