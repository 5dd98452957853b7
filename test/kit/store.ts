/** A store as scans would have left it, made from reports. */
import { afterRun } from '../../src/campaign/lifecycle.ts';
import type { FindingRecord } from '../../src/model/lifecycle.ts';
import type { Report } from '../../src/model/report.ts';
import type { Archive, Store } from '../../src/model/store.ts';
import { openStore } from '../../src/store/open.ts';

/** The same report as another run, that many days later. */
export function rerun(report: Report, id: string, days: number): Report {
  const later = (iso: string): string =>
    new Date(Date.parse(iso) + days * 86_400_000).toISOString();
  const { startedAt, finishedAt } = report.run;
  const run = {
    ...report.run,
    id,
    startedAt: later(startedAt),
    finishedAt: finishedAt === null ? null : later(finishedAt),
  };
  return { ...report, run };
}

/** Runs these, in this order; the store is the caller's to close. */
export async function storeWith(
  file: string,
  ...reports: readonly Report[]
): Promise<Store & Archive> {
  const store = await openStore(file);
  for (const report of reports) {
    const before: FindingRecord[] = [];
    for await (const record of store.records()) before.push(record);
    await store.beginRun({ ...report.run, status: 'running', finishedAt: null });
    const at = new Date(report.run.finishedAt ?? report.run.startedAt);
    await store.finishRun(report, [], afterRun(before, report, at));
  }
  return store;
}
