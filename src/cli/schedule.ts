/**
 * `ajar scan --schedule`: the same scan again and again in one process, and what is worth a line.
 *
 * A run that takes longer than its interval is not overtaken: the next one waits for the next time.
 */
import { UsageError } from '../model/errors.ts';
import type { RunDiff } from '../model/lifecycle.ts';
import type { Report } from '../model/report.ts';

export interface RepeatOptions {
  /** When the next run is due, counted from now; null: never again. */
  readonly next: () => Date | null;
  readonly signal: AbortSignal;
  /** One scan; its failure is told and does not end the schedule. */
  readonly run: () => Promise<void>;
  readonly say: (line: string) => void;
}

/** The times of five cron fields. `timezone`: an IANA name; default the machine's. Throws UsageError. */
export async function cronTimes(
  pattern: string,
  timezone: string | undefined,
): Promise<RepeatOptions['next']> {
  const { Cron } = await import('croner');
  const given = `--schedule "${pattern}"${timezone === undefined ? '' : ` --timezone ${timezone}`}`;
  try {
    const zone = timezone === undefined ? {} : { timezone };
    const job = new Cron(pattern, { ...zone, mode: '5-part', paused: true });
    if (job.nextRun() === null) throw new Error('that time never comes');
    return () => job.nextRun();
  } catch (error) {
    // The library's own message repeats itself.
    const why = (error instanceof Error ? error.message : String(error)).split(/\. |; /)[0];
    throw new UsageError(
      `${given}: ${why}; write five fields, such as "0 2 * * *" for two at night, and a zone such as Asia/Hong_Kong`,
      { cause: error },
    );
  }
}

/** Ends when the signal aborts, after the run that is under way. */
export async function repeat({ next, signal, run, say }: RepeatOptions): Promise<void> {
  for (;;) {
    const at = next();
    if (at === null || !(await sleptUntil(at, signal))) return;
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      // A store that is down tonight may be there tomorrow.
      const why = error instanceof Error ? error.message : String(error);
      say(`${new Date().toISOString()} the run failed: ${why}`);
    }
    if (signal.aborted) return;
  }
}

/** Timers hold 24 days at most, and a laptop sleeps: looked at again each minute. */
const LONGEST_WAIT_MS = 60_000;

async function sleptUntil(at: Date, signal: AbortSignal): Promise<boolean> {
  const { setTimeout: sleep } = await import('node:timers/promises');
  while (Date.now() < at.getTime()) {
    if (signal.aborted) return false;
    const wait = Math.min(LONGEST_WAIT_MS, at.getTime() - Date.now());
    try {
      await sleep(Math.max(1, wait), undefined, { signal });
    } catch {
      return false;
    }
  }
  return !signal.aborted;
}

/** One line where something changed since the run before; null where nothing did. */
function changeLine(report: Report, before: Report | null, diff: RunDiff | null): string | null {
  const at = report.run.startedAt;
  const people = `${report.people} people exposed`;
  if (before === null || diff === null) {
    return `${at} first run: ${report.findings.length} findings, ${people}, ${report.gaps.length} gaps`;
  }
  const parts = [
    diff.added.length > 0 ? `${diff.added.length} new` : '',
    diff.gone.length > 0 ? `${diff.gone.length} no longer seen (ajar prove)` : '',
    diff.unseen.length > 0 ? `${diff.unseen.length} could not be looked at` : '',
    report.people === before.people ? '' : `${people} (before: ${before.people})`,
    report.gaps.length > before.gaps.length
      ? `${report.gaps.length - before.gaps.length} more gaps`
      : '',
    report.run.status === 'complete' ? '' : report.run.status,
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : `${at} ${parts.join('; ')}`;
}

/** What the run before this one found; null where there was none. */
export async function latestReport(storeUrl: string): Promise<Report | null> {
  const { openStore } = await import('../store/open.ts');
  const store = await openStore(storeUrl);
  try {
    return await store.report('latest');
  } finally {
    await store.close();
  }
}

/** {@link changeLine} of a run and the one before it. */
export async function whatChanged(before: Report | null, report: Report): Promise<string | null> {
  const { diffRuns } = await import('../campaign/diff.ts');
  return changeLine(report, before, before === null ? null : diffRuns(before, report));
}
