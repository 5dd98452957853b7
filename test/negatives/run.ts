/**
 * What is found where nothing should be: `npm run -s test:negatives -- FOLDER [--show]`, over a
 * folder that make.ts assembled. Runs as `ajar classify` does, in this process.
 *
 * Counts hits by detector and confidence, and for each 100 MB. E-mail addresses and telephone
 * numbers do occur in change logs and licences, so contacts are summed apart. `--show` prints each
 * hit, masked, with its reasons. Ends with code 1 where identifiers exceed the goal: one hit of
 * high confidence in 100 MB, one of medium in 20 MB.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hit } from '../../src/model/detector.ts';
import { ScanError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { createPool, type DetectionPool } from '../../src/scan/pool.ts';

const HUNDRED_MB = 1e8;
const HIGH_PER_100_MB = 1;
const MEDIUM_PER_100_MB = 5;
const THREADS = 2;
const REGISTRY = pathToFileURL(join(import.meta.dirname, '../../detectors/registry.ts')).href;

interface Tally {
  bytes: number;
  files: number;
  unread: number;
  readonly hits: Map<string, { high: number; medium: number; contact: boolean }>;
}

function count(tally: Tally, { detector, confidence, kind, form }: Hit): void {
  const name = form === 'full' ? detector : `${detector} (${form})`;
  const counts = tally.hits.get(name) ?? { high: 0, medium: 0, contact: kind === 'contact' };
  if (confidence === 'high') counts.high++;
  else counts.medium++;
  tally.hits.set(name, counts);
}

function perHundred(hits: number, bytes: number): string {
  return ((hits * HUNDRED_MB) / bytes).toFixed(2);
}

/** Reads and detects one file. */
async function classify(pool: DetectionPool, path: string, tally: Tally): Promise<readonly Hit[]> {
  const bytes = new Uint8Array(readFileSync(path));
  tally.files++;
  tally.bytes += bytes.length;
  const object = {
    name: basename(path),
    sizeBytes: bytes.length,
    parts: [{ start: 0, bytes }],
  };
  try {
    const { detection, gaps } = await pool.object(object, {
      minConfidence: 'medium',
      collectHits: true,
    });
    if (gaps.length > 0) tally.unread++;
    for (const hit of detection.hits) count(tally, hit);
    return detection.hits;
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    tally.unread++;
    return [];
  }
}

function print(tally: Tally): boolean {
  const { bytes, files, unread } = tally;
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  say(`${files} files, ${(bytes / 1e6).toFixed(0)} MB, ${unread} not wholly read`);
  const sums = { identifiers: [0, 0], contacts: [0, 0] };
  for (const [name, { high, medium, contact }] of [...tally.hits].sort()) {
    say(
      `  ${name.padEnd(24)} high ${String(high).padStart(5)}  medium ${String(medium).padStart(5)}`,
    );
    const sum = contact ? sums.contacts : sums.identifiers;
    sum[0] = (sum[0] ?? 0) + high;
    sum[1] = (sum[1] ?? 0) + medium;
  }
  for (const [name, [high = 0, medium = 0]] of Object.entries(sums)) {
    say(
      `${name} for each 100 MB: high ${perHundred(high, bytes)}, medium ${perHundred(medium, bytes)}`,
    );
  }
  const [high = 0, medium = 0] = sums.identifiers;
  return (
    high <= (bytes / HUNDRED_MB) * HIGH_PER_100_MB &&
    medium <= (bytes / HUNDRED_MB) * MEDIUM_PER_100_MB
  );
}

const flags = process.argv.slice(2);
const folder = flags.find((flag) => !flag.startsWith('--'));
if (folder === undefined) {
  process.stderr.write('test:negatives: name the folder that test/negatives/make.ts made\n');
  process.exit(2);
}
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => statSync(path).size > 0)
  .sort();
const pool = createPool({
  registry: REGISTRY,
  hashKey: new Uint8Array(16).fill(3),
  limits: { ...DEFAULT_LIMITS, objectBytes: 512 * 1024 * 1024 },
  threads: THREADS,
});
const tally: Tally = { bytes: 0, files: 0, unread: 0, hits: new Map() };
let next = 0;
const drain = async (): Promise<void> => {
  for (let path = files[next++]; path !== undefined; path = files[next++]) {
    for (const hit of await classify(pool, path, tally)) {
      if (!flags.includes('--show')) continue;
      const { detector, form, confidence, masked, place, column, because } = hit;
      const named = [detector, form, confidence, masked, column ?? '-', because.join(' ')].join(
        '\t',
      );
      process.stdout.write(`${named}\t${relative(folder, path)}\t${place}\n`);
    }
  }
};
await Promise.all(Array.from({ length: THREADS * 2 }, drain));
await pool.close();
process.exit(print(tally) ? 0 : 1);
