/**
 * How fast detection is, beside ripgrep: `npm run -s bench -- detect [--corpus DIR] [--json]`.
 *
 * One line a corpus. `mbPerS` is detection alone on one thread: pieces as extraction makes them →
 * masked hits, confidence, distinct people, with every detector, its check digits and its words.
 * `withExtractionMbPerS` also counts the way from the file's bytes to the pieces. ripgrep looks for
 * twelve bare shapes in the same file. 1 MB is 10^6 bytes; the best of some runs each.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDetectors } from '../detectors/registry.ts';
import { createHasher, createKernel, KEY_BYTES } from '../src/detect/index.ts';
import { extract } from '../src/extract/index.ts';
import type { Kernel } from '../src/model/detector.ts';
import type { Sink } from '../src/model/extraction.ts';
import { DEFAULT_LIMITS, type Limits } from '../src/model/limits.ts';
import type { Piece } from '../src/model/piece.ts';
import { CORPORA, CORPUS_BYTES, makeCorpus } from './corpora.ts';
import { PATTERNS } from './patterns.ts';

const RUNS = 3;
/** A corpus is one object, however large. */
const LIMITS: Limits = { ...DEFAULT_LIMITS, objectBytes: 2 ** 31, objectTimeMs: 600_000 };

export interface Line {
  readonly corpus: string;
  readonly mbPerS: number;
  /** Null where there is no ripgrep. */
  readonly ripgrepMbPerS: number | null;
  readonly ratio: number | null;
  readonly withExtractionMbPerS: number;
  readonly people: number;
}

/** The files to measure: the given folder's, or our own corpora, made once and kept in the temporary folder. */
function corpusFiles(folder: string | undefined): string[] {
  if (folder !== undefined) {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  }
  const made = join(tmpdir(), 'ajar-bench-detect-1');
  mkdirSync(made, { recursive: true });
  return CORPORA.map((corpus) => {
    const path = join(made, corpus.name);
    if (!existsSync(path) || statSync(path).size < CORPUS_BYTES) {
      process.stderr.write(`making ${corpus.name} …\n`);
      writeFileSync(path, makeCorpus(corpus));
    }
    return path;
  });
}

/** Pieces of a file; its own bytes are handed out, so that each run reads afresh. */
async function pieces(name: string, bytes: Uint8Array, sink: Sink['piece']): Promise<void> {
  const object = { name, sizeBytes: bytes.length, parts: [{ start: 0, bytes }] };
  await extract(object, { piece: sink, gap: () => {} }, LIMITS);
}

/** Seconds of the fastest run. */
async function fastest(run: () => Promise<number> | number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) best = Math.min(best, await run());
  return best;
}

async function timed(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Null when there is none to run. */
async function ripgrepSeconds(path: string): Promise<number | null> {
  const patterns = PATTERNS.flatMap(([, pattern]) => ['-e', pattern]);
  const args = ['--no-config', '--no-unicode', '-j1', '--count-matches', '-a', ...patterns, path];
  if (spawnSync('rg', ['--version']).error) return null;
  return fastest(() =>
    timed(() => {
      const { status } = spawnSync('rg', args, { stdio: 'ignore' });
      // 1: nothing matched.
      if (status !== 0 && status !== 1) throw new Error(`ripgrep ended with ${status} on ${path}`);
    }),
  );
}

export async function measure(kernel: Kernel, path: string, name: string): Promise<Line> {
  const bytes = readFileSync(path);
  const held: Piece[] = [];
  await pieces(name, bytes, (piece) => held.push(piece));
  let people = 0;
  const detecting = await fastest(() =>
    timed(() => {
      const object = kernel.object();
      for (const piece of held) object.piece(piece);
      people = object.end().persons.length;
    }),
  );
  held.length = 0;
  const whole = await fastest(() =>
    timed(async () => {
      const object = kernel.object();
      await pieces(name, bytes, (piece) => object.piece(piece));
      object.end();
    }),
  );
  const ripgrep = await ripgrepSeconds(path);
  const rate = (seconds: number): number => bytes.length / 1e6 / seconds;
  return {
    corpus: name,
    mbPerS: rounded(rate(detecting)),
    ripgrepMbPerS: ripgrep === null ? null : rounded(rate(ripgrep)),
    ratio: ripgrep === null ? null : Math.round((ripgrep / detecting) * 100) / 100,
    withExtractionMbPerS: rounded(rate(whole)),
    people,
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What the numbers were measured on. */
export function machine(): Readonly<Record<string, string | number>> {
  const version = spawnSync('rg', ['--version'], { encoding: 'utf8' });
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    ripgrep: version.error ? 'none' : (version.stdout.split('\n')[0] ?? ''),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10),
  };
}

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: 'string' },
      json: { type: 'boolean', default: false },
      save: { type: 'string' },
    },
  });
  const detectors = await loadDetectors();
  const kernel = createKernel(detectors, createHasher(new Uint8Array(KEY_BYTES)));
  const lines: Line[] = [];
  for (const path of corpusFiles(values.corpus)) {
    const line = await measure(kernel, path, path.slice(path.lastIndexOf('/') + 1));
    lines.push(line);
    process.stdout.write(`${values.json ? JSON.stringify(line) : sentence(line)}\n`);
  }
  if (lines.some(({ ripgrepMbPerS }) => ripgrepMbPerS === null)) {
    process.stderr.write('bench: there is no ripgrep (rg) here; its columns are null\n');
  }
  if (values.save !== undefined) {
    const result = { machine: machine(), detectors: detectors.length, lines };
    writeFileSync(values.save, `${JSON.stringify(result, null, 2)}\n`);
  }
  return 0;
}

function sentence({ corpus, mbPerS, ripgrepMbPerS, ratio }: Line): string {
  const beside = ratio === null ? '' : `   ripgrep ${ripgrepMbPerS}   ratio ${ratio}`;
  return `${corpus.padEnd(14)} ${mbPerS} MB/s${beside}`;
}
