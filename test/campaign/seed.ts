/** An office's folder as a scan leaves it: store, owners and configuration, without a scan. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterRun } from '../../src/campaign/lifecycle.ts';
import { dueAfter } from '../../src/campaign/settings.ts';
import { startEntry, startLists } from '../../src/campaign/start.ts';
import type { FindingRecord } from '../../src/model/lifecycle.ts';
import { openStore } from '../../src/store/open.ts';
import { DEPARTMENTS, officeReport } from './office.ts';

export interface Seed {
  /** A campaign of seven days was started so many days ago, and nothing has been sent since. */
  readonly startedDaysAgo?: number;
  /** Further lines of ajar.yaml. */
  readonly yaml?: string;
  /** `postgres://…`; default: a file in the folder. */
  readonly store?: string;
}

export async function seedOffice(
  folder: string,
  { startedDaysAgo, yaml = '', store: url }: Seed = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'owners.yaml'), JSON.stringify({ owners: DEPARTMENTS, rules: [] }));
  writeFileSync(
    join(folder, 'ajar.yaml'),
    `owners: owners.yaml\nstore: ${JSON.stringify(url ?? 'store.db')}\n${yaml}`,
  );
  const report = officeReport();
  const past = new Date(report.run.startedAt);
  const ago = new Date();
  ago.setDate(ago.getDate() - (startedDaysAgo ?? 0));
  const clock = { now: past };
  const store = await openStore(url ?? join(folder, 'store.db'), { now: () => clock.now });
  try {
    await store.beginRun({ ...report.run, status: 'running', finishedAt: null });
    await store.finishRun(report, [], afterRun([], report, past));
    if (startedDaysAgo === undefined) return;
    clock.now = ago;
    const records: FindingRecord[] = [];
    for await (const record of store.records()) records.push(record);
    const started = startLists({
      name: 'autumn',
      due: dueAfter(ago, 7),
      departments: DEPARTMENTS.map(({ id }) => id),
      records,
      report,
    });
    await store.append([startEntry('campaign-autumn', started, 'cio')]);
  } finally {
    await store.close();
  }
}

/** The mail channel at this port of loopback, in the clear. */
export function mailYaml(): string {
  return [
    'channels:',
    '  mail: { type: mail, urlFrom: TEST_SMTP_URL, from: "ajar <ajar@cio.example>", tls: none }',
    'campaign:',
    '  office: { name: CIO Office, email: cio@gov.example }',
    '',
  ].join('\n');
}
