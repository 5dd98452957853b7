/**
 * `ajar scan --schedule`: the same scan again and again in one process, and what is worth a line.
 *
 * A run that takes longer than its interval is not overtaken: the next one waits for the next time.
 */
import { UsageError } from '../model/errors.ts';
import type { RunDiff } from '../model/lifecycle.ts';
import type { Report } from '../model/report.ts';

export interface ScheduleOptions {
  /** Five fields of cron. */
  readonly pattern: string;
  /** An IANA name; default the machine's. */
  readonly timezone?: string | undefined;
  readonly signal: AbortSignal;
  /** One scan; its failure is told and does not end the schedule. */
  readonly run: () => Promise<void>;
  readonly say: (line: string) => void;
}

/** Ends when the signal aborts, after the run that is under way. Throws UsageError for a bad pattern. */
export async function runOnSchedule(options: ScheduleOptions): Promise<void> {
  const { pattern, timezone, signal, run, say } = options;
  const { Cron } = await import('croner');
  let job: InstanceType<typeof Cron>;
  const zone = timezone === undefined ? {} : { timezone };
  try {
    job = new Cron(pattern, { ...zone, mode: '5-part', paused: true });
    job.nextRun();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--schedule "${pattern}"${timezone === undefined ? '' : ` --timezone ${timezone}`}: ${why}; write five fields, such as "0 2 * * *" for two at night`,
      { cause: error },
    );
  }
  const next = job.nextRun();
  if (next === null) throw new UsageError(`--schedule "${pattern}": that time never comes`);
  say(`Scheduled: ${pattern}; next run ${next.toISOString()}. Ctrl-C ends it.`);
  for (;;) {
    const at = job.nextRun();
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
export function changeLine(
  report: Report,
  before: Report | null,
  diff: RunDiff | null,
): string | null {
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
