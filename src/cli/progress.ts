/** Progress and remarks on stderr: one rewritten line on a terminal, plain lines elsewhere. */
import type { Progress } from '../model/event.ts';
import type { Gap } from '../model/gap.ts';

export interface ProgressView {
  show(progress: Progress): void;
  /** A line of its own, above the progress. */
  say(line: string): void;
  end(): void;
}

const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5_000;

const SILENT: ProgressView = { show() {}, say() {}, end() {} };

export async function openProgress(quiet: boolean): Promise<ProgressView> {
  if (quiet) return SILENT;
  const { plainProgress, progressLine } = await import('../report/progress.ts');
  const terminal = process.stderr.isTTY === true;
  const everyMs = terminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS;
  let last = performance.now();
  let drawn = false;
  const clear = (): void => {
    if (drawn) process.stderr.write('\r\x1b[K');
    drawn = false;
  };
  return {
    show(progress) {
      const now = performance.now();
      if (now - last < everyMs) return;
      last = now;
      if (!terminal) {
        process.stderr.write(`${plainProgress(progress)}\n`);
        return;
      }
      clear();
      process.stderr.write(progressLine(progress, (process.stderr.columns ?? 80) - 1));
      drawn = true;
    },
    say(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
    end: clear,
  };
}

/** NO_COLOR (no-color.org) and pipes get none. */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

const GAP_LINES_AT_MOST = 5;

/** The first gap of each asset in a line; the report has them all. */
export function gapLines(gaps: readonly Gap[]): readonly string[] {
  const byAsset = Map.groupBy(gaps, ({ asset }) => asset);
  const lines = [...byAsset].map(([asset, [first, ...more]]) => {
    const what = first?.what ? ` (${first.what})` : '';
    const rest = more.length > 0 ? `; and ${more.length} more gaps there` : '';
    return `Not looked at: ${asset}${what}: ${first?.detail}${rest}`;
  });
  const hidden = lines.length - GAP_LINES_AT_MOST;
  return hidden > 0
    ? [
        ...lines.slice(0, GAP_LINES_AT_MOST),
        `… and gaps in ${hidden} more places; the report has them all.`,
      ]
    : lines;
}
