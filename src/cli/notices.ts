/** After a scan: tells the channels of `notify:` what is new, open again or late. Quiet when nothing is. */
import { noticesOf } from '../campaign/notice.ts';
import type { Report } from '../model/report.ts';
import type { Archive } from '../model/store.ts';
import type { Config } from './config.ts';
import { all, sendOutbox, type Tell } from './outbox.ts';

/**
 * Writes the notices of a finished run and sends what is due. A channel that is down keeps its
 * message in the outbox and never fails the scan. Telling of the same run again tells nothing anew.
 */
export async function tellOfRun(config: Config, report: Report, tell: Tell): Promise<void> {
  if (config.sending.notify.length === 0) return;
  const [{ openStore }, { openTitles }] = await Promise.all([
    import('../store/open.ts'),
    import('./campaign/workbook.ts'),
  ]);
  const archive = await openStore(config.store);
  try {
    const notices = noticesOf({
      settings: config.sending.notify,
      report,
      before: await runBefore(archive, report),
      records: await all(archive.records()),
      title: await openTitles(config),
      departments: config.owners.owners,
      now: new Date(report.run.finishedAt ?? Date.now()),
    });
    if (notices.length === 0) return;
    await archive.append([], notices);
    await sendOutbox({ config, archive, tell });
  } finally {
    await archive.close();
  }
}

/** When the run before this one ended, and its notices were written. */
async function runBefore(archive: Archive, { run }: Report): Promise<string | null> {
  const earlier = (await archive.runs()).filter(
    ({ id, startedAt, finishedAt }) =>
      id !== run.id && finishedAt !== null && startedAt < run.startedAt,
  );
  return earlier[0]?.finishedAt ?? null;
}
