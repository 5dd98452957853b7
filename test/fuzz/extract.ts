/**
 * Damaged files through the road of a scan: every case file, damaged by a seed, goes to the isolated
 * processes that extract and detect. What may come of it is hits, nothing, or a gap, in bounded time.
 * A process that crashed, or an error that no reader foresaw, is a failure. One that the pool ended
 * at a limit is a gap like any other; it is told, because a reader that sees it coming costs less.
 *
 *     npm run -s fuzz -- --count 10000 --seed 1 [--only PART] [--at NUMBER] [--processes N]
 *         [--keep FOLDER]
 *
 * `--keep` writes the files that failed there: a seed means other files once cases are added.
 *
 * OCR itself is left out: it gets pixels that were decoded before, never a file's bytes.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { ScanError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/model/limits.ts';
import { createPool, type DetectionPool } from '../../src/scan/pool.ts';
import { damaged, damagedInside, drawing } from './damage.ts';

const CASES = join(import.meta.dirname, '..', 'extract', 'cases');
const MIB = 1024 * 1024;
export const FUZZ_LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  expandedBytes: 64 * MIB,
  archiveMembers: 500,
  ocrPages: 0,
  objectTimeMs: 20_000,
  processMemoryBytes: 1024 * MIB,
};
/** The pool's own clock starts before a process is handed the file, so it may end a little later. */
const GRACE_MS = 5_000;

export interface Source {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The files of all cases; those that are kept packed, unpacked. */
export function sources(): readonly Source[] {
  return readdirSync(CASES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== CASES)
    .filter(({ name }) => !/^expected\.json$|^ids\.json$|\.(py|mjs|md)$/.test(name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      const name = relative(CASES, path);
      return /^source\..+\.gz$/.test(basename(name))
        ? { name, bytes: gunzipSync(bytes) }
        : { name, bytes };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface Damaged {
  /** `pdf-form/source`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The damaged file of that number; the same for the same sources and seed. */
export async function damagedFile(
  all: readonly Source[],
  seed: number,
  at: number,
): Promise<Damaged> {
  const draw = drawing(seed * 1_000_003 + at);
  const source = all[at % all.length];
  const other = all[draw(all.length)];
  if (!source || !other) throw new Error('there are no cases');
  const inside =
    draw(3) > 0 ? await damagedInside(source.bytes, other.bytes, draw).catch(() => null) : null;
  return { name: source.name, bytes: inside ?? damaged(source.bytes, other.bytes, draw) };
}

export interface Failure {
  readonly kind: 'failure' | 'limit';
  readonly at: number;
  readonly name: string;
  readonly problem: string;
}

export interface Result {
  /** Files by what came of them: `hits`, `nothing`, or a gap's code. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  /** Files whose process was ended at its time or memory. */
  readonly ended: readonly Failure[];
}

/** Gaps with these words say that something escaped a reader, which should have told more. */
const ESCAPED = /crashed|could not be parsed to its end|detection failed/;

interface Outcome {
  readonly word: string;
  readonly kind?: Failure['kind'];
  readonly problem?: string;
}

async function outcomeOf(pool: DetectionPool, { name, bytes }: Damaged): Promise<Outcome> {
  const object = { name: basename(name), sizeBytes: bytes.length, parts: [{ start: 0, bytes }] };
  try {
    const { detection, gaps } = await pool.object(object, { minConfidence: 'low' });
    const escaped = gaps.find(({ detail }) => ESCAPED.test(detail));
    if (escaped) return { word: 'failed', kind: 'failure', problem: escaped.detail };
    if (detection.summaries.length > 0) return { word: 'hits' };
    return { word: gaps[0]?.code ?? 'nothing' };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    const { code, detail: problem } = error;
    if (code === 'timeout') return { word: 'ended at its time', kind: 'limit', problem };
    if (code === 'too-large') return { word: 'ended at its memory', kind: 'limit', problem };
    return { word: 'failed', kind: 'failure', problem };
  }
}

export interface FuzzOptions {
  readonly seed: number;
  /** Numbers of the files, half open. */
  readonly from: number;
  readonly to: number;
  readonly processes: number;
  readonly limits?: Limits;
  readonly onFailure?: (failure: Failure, bytes: Buffer) => void;
}

export async function fuzz(all: readonly Source[], options: FuzzOptions): Promise<Result> {
  const { seed, from, to, processes, limits = FUZZ_LIMITS, onFailure } = options;
  const pool = createPool({
    registry: new URL('../../detectors/registry.ts', import.meta.url).href,
    hashKey: new Uint8Array(16),
    limits,
    threads: processes,
  });
  const outcomes: Record<string, number> = {};
  const told: Failure[] = [];
  let next = from;
  async function lane(): Promise<void> {
    for (let at = next++; at < to; at = next++) {
      const file = await damagedFile(all, seed, at);
      const started = performance.now();
      const { word, kind, problem = '' } = await outcomeOf(pool, file);
      const spentMs = performance.now() - started;
      outcomes[word] = (outcomes[word] ?? 0) + 1;
      // What ended a process that had read others is tried once more in a fresh one.
      const late = spentMs > 2 * limits.objectTimeMs + GRACE_MS;
      if (kind === undefined && !late) continue;
      const failure: Failure = {
        kind: late ? 'failure' : (kind ?? 'failure'),
        at,
        name: file.name,
        problem: late ? `${problem} after ${Math.round(spentMs)} ms` : problem,
      };
      told.push(failure);
      onFailure?.(failure, file.bytes);
    }
  }
  await Promise.all(Array.from({ length: processes }, lane)).finally(() => pool.close());
  return {
    outcomes,
    failures: told.filter(({ kind }) => kind === 'failure'),
    ended: told.filter(({ kind }) => kind === 'limit'),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      at: { type: 'string' },
      only: { type: 'string', default: '' },
      processes: { type: 'string', default: '2' },
      keep: { type: 'string' },
    },
  });
  const all = sources().filter(({ name }) => name.includes(values.only));
  const from = Number(values.at ?? 0);
  const to = values.at === undefined ? Number(values.count) : from + 1;
  const started = performance.now();
  const { outcomes, failures } = await fuzz(all, {
    seed: Number(values.seed),
    from,
    to,
    processes: Number(values.processes),
    onFailure(failure, bytes) {
      process.stderr.write(`${JSON.stringify(failure)}\n`);
      if (values.keep === undefined) return;
      mkdirSync(values.keep, { recursive: true });
      writeFileSync(join(values.keep, `${failure.at}-${failure.name.replaceAll('/', '-')}`), bytes);
    },
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  const counted = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  process.stdout.write(
    `${to - from} damaged files of ${all.length}, seed ${values.seed}, ${seconds} s: ${counted.join(', ')}; ${failures.length} failures\n`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) await main();
