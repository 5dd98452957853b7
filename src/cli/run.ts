/** Runs one scan for a person: progress, report files, a clean end on Ctrl-C. Used by scan and demo. */
import { OutputError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { Archive } from '../model/store.ts';
import type { Config } from './config.ts';
import { openProgress } from './progress.ts';
import { stopOnSignal } from './stop.ts';

export interface RunOptions {
  readonly config: Config;
  readonly quiet: boolean;
  /** Print each event as a JSON line on stdout instead of the table at the end. */
  readonly ndjson: boolean;
  /** A gate: who would be exposed if this were public? */
  readonly ifPublic?: boolean;
  /** Go on with the newest killed run of these targets. */
  readonly resume?: boolean;
  /** False: no files. */
  readonly write?: boolean;
}

export interface RunResult {
  readonly report: Report;
  readonly titles: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  /** Why the files could not be written; to be thrown once the result was shown. */
  readonly unwritten: OutputError | null;
}

/** Throws UsageError or OutputError before anything is sent, when the report could not be written anyway. */
export async function runScan(options: RunOptions): Promise<RunResult> {
  const { config, quiet, ndjson, ifPublic = false, write = true, resume = false } = options;
  const [{ scan }, { checkWritable }, { prepare }] = await Promise.all([
    import('../scan/scan.ts'),
    import('../report/write.ts'),
    import('./root.ts'),
  ]);
  if (write) await checkWritable(config.out);
  const progress = await openProgress(quiet);
  for (const notice of config.notices) progress.say(notice);
  const stopping = stopOnSignal(progress.say);
  let close: (() => Promise<void>) | undefined;
  try {
    const prepared = await prepare(config, stopping.signal, { resume });
    close = prepared.close;
    const { job, store, titles, notices } = prepared;
    for (const notice of notices) progress.say(notice);
    let report: Report | undefined;
    for await (const event of scan(ifPublic ? { ...job, ifPublic } : job)) {
      if (event.type === 'progress') progress.show(event.progress);
      if (event.type === 'report') report = event.report;
      else if (ndjson) process.stdout.write(`${JSON.stringify(event)}\n`);
    }
    progress.end();
    if (!report) throw new Error('the scan ended without a report');
    if (!write) return { report, titles, files: [], unwritten: null };
    try {
      return {
        report,
        titles,
        files: await writeFiles(report, config, titles, store),
        unwritten: null,
      };
    } catch (error) {
      // Hours of scanning are not thrown away for a full disk: the result is still shown, then the error.
      if (!(error instanceof OutputError)) throw error;
      return { report, titles, files: [], unwritten: error };
    }
  } finally {
    progress.end();
    stopping.done();
    await close?.();
  }
}

/** With where each finding stands and what earlier runs found. Throws OutputError. */
async function writeFiles(
  report: Report,
  config: Config,
  titles: RunResult['titles'],
  archive: Archive,
): Promise<readonly string[]> {
  const [{ writeReport }, { languagesOf, settingFrom, settingOf }] = await Promise.all([
    import('../report/write.ts'),
    import('./reporting.ts'),
  ]);
  const ids = report.findings.map(({ id }) => id);
  const setting = await settingFrom(settingOf(config, titles), archive, ids);
  const { out, formats } = config;
  return writeReport(report, out, { setting, formats, languages: languagesOf(config) });
}
