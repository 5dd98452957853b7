/** How far a scan is, on one line. */
import type { Progress } from '../model/event.ts';
import { bytesText, counted, countText, durationText } from './numbers.ts';
import { columns, cutTo } from './text.ts';

/** Below this, a rate is noise and a time left would jump about. */
const RATE_NEEDS_MS = 2_000;

/** A line for a terminal of `width` columns; what matters least falls away first on narrow ones. */
export function progressLine(progress: Progress, width: number): string {
  const parts = [
    bar(progress),
    counted(progress.findings, 'finding', 'findings'),
    timeLeft(progress),
    bytesPart(progress),
    objectsPart(progress),
    assetsPart(progress),
  ].filter((part) => part !== '');
  let line = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    const longer = `${line} · ${part}`;
    if (columns(longer) > width) break;
    line = longer;
  }
  return cutTo(line, width);
}

/** The whole of it, for a log file or a pipe: no bar, nothing cut. */
export function plainProgress(progress: Progress): string {
  return [
    assetsPart(progress),
    objectsPart(progress),
    bytesPart(progress),
    counted(progress.findings, 'finding', 'findings'),
    `${durationText(progress.elapsedMs)} so far`,
    timeLeft(progress),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Done share, 0..1: by bytes, which cost the time; by objects or assets while no bytes are planned. */
function shareDone(progress: Progress): number {
  const { bytesRead, bytesPlanned, objectsRead, objectsPlanned, assetsDone, assetsFound } =
    progress;
  const [done, all] =
    bytesPlanned > 0
      ? [bytesRead, bytesPlanned]
      : objectsPlanned > 0
        ? [objectsRead, objectsPlanned]
        : [assetsDone, assetsFound];
  return all > 0 ? Math.min(1, done / all) : 0;
}

function bar(progress: Progress): string {
  const cells = 12;
  const share = shareDone(progress);
  // Rounded down: full means done.
  const full = Math.floor(share * cells);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${percent} %`;
}

function assetsPart({ assetsDone, assetsFound }: Progress): string {
  return `${countText(assetsDone)} of ${counted(assetsFound, 'asset', 'assets')}`;
}

function objectsPart({ objectsRead, objectsPlanned }: Progress): string {
  return `${countText(objectsRead)} of ${counted(objectsPlanned, 'object', 'objects')}`;
}

function bytesPart({ bytesRead, bytesPlanned }: Progress): string {
  return `${bytesText(bytesRead)} of ${bytesText(bytesPlanned)}`;
}

/** Empty while it cannot be told. The plan grows while assets are still being found, hence "about". */
function timeLeft(progress: Progress): string {
  const share = shareDone(progress);
  if (share >= 1 || share <= 0 || progress.elapsedMs < RATE_NEEDS_MS) return '';
  return `about ${durationText((progress.elapsedMs * (1 - share)) / share)} left`;
}
