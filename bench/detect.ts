/**
 * How fast detection is, beside ripgrep:
 * `npm run -s bench -- detect [--corpus DIR] [--json] [--more] [--save FILE]`.
 *
 * One line a corpus. `mbPerS` is detection alone on one thread: pieces as extraction makes them →
 * masked hits, confidence, distinct people, with every detector, its check digits and its words.
 * `withExtractionMbPerS` also counts the way from the file's bytes to the pieces. ripgrep looks for
 * twelve bare shapes in the same file. 1 MB is 10^6 bytes; the best of twenty runs each, since JavaScript
 * and WebAssembly are compiled while they run: `firstMbPerS` is the first run's, cold. Seconds are
 * the processor's, of all threads of the process (the collector of garbage too), since a machine
 * that does other work would make either side look slow.
 * `--more` adds hostile texts, each at two sizes, and the same corpora with six detectors only.
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
import { HOSTILE } from './hostile.ts';
import { PATTERNS } from './patterns.ts';

const RUNS = 20;
const HOSTILE_BYTES = 500_000;
/** What the cost of all detectors is held against. */
const SIX = ['hk.hkid', 'sg.nric', 'cn.ric', 'jp.mynumber', 'intl.email', 'intl.phone'];
/** A corpus is one object, however large. */
const LIMITS: Limits = { ...DEFAULT_LIMITS, objectBytes: 2 ** 31, objectTimeMs: 600_000 };

export interface Line {
  readonly corpus: string;
  readonly mbPerS: number;
  /** Of the first run, which pays for the compilers. */
  readonly firstMbPerS: number;
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
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/**
 * Seconds of user and system that the shell's `times` says of its children, in its second line. bash
 * says milliseconds; a plain sh often counts whole hundredths of each and drops what is left, which
 * made ripgrep a tenth faster than it is.
 */
function childSeconds(times: string): number {
  const parts = [...(times.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

/** Null when there is none to run. */
async function ripgrepSeconds(path: string): Promise<number | null> {
  const patterns = PATTERNS.flatMap(([, pattern]) => ['-e', pattern]);
  const args = ['--no-config', '--no-unicode', '-j1', '--count-matches', '-a', ...patterns, path];
  if (spawnSync('rg', ['--version']).error) return null;
  if (spawnSync('bash', ['--version']).error) throw new Error('bash is needed to time ripgrep');
  const script = 'rg "$@" > /dev/null; code=$?; times; exit $code';
  return fastest(() => {
    const { status, stdout } = spawnSync('bash', ['-c', script, 'bash', ...args], {
      encoding: 'utf8',
    });
    // 1: nothing matched.
    if (status !== 0 && status !== 1) throw new Error(`ripgrep ended with ${status} on ${path}`);
    return childSeconds(stdout);
  });
}

export async function measure(kernel: Kernel, path: string, name: string): Promise<Line> {
  const bytes = readFileSync(path);
  const held: Piece[] = [];
  await pieces(name, bytes, (piece) => held.push(piece));
  const { seconds: detecting, first, people } = await detectSeconds(kernel, held);
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
    firstMbPerS: rounded(rate(first)),
    ripgrepMbPerS: ripgrep === null ? null : rounded(rate(ripgrep)),
    ratio: ripgrep === null ? null : hundredths(ripgrep / detecting),
    withExtractionMbPerS: rounded(rate(whole)),
    people,
  };
}

interface More {
  readonly what: string;
  readonly mbPerS: number;
  /** Of hostile text: time of twice the length by the time of the length. Of six detectors: their speed by that of all. */
  readonly ratio: number;
}

/** Seconds that one text takes as it lies, as one object of one piece without places. */
function textSeconds(kernel: Kernel, text: Uint8Array): Promise<number> {
  const locate = () => ({ label: 'text', row: null, column: null });
  return fastest(() =>
    timed(() => {
      const object = kernel.object();
      object.piece({ text, locate });
      object.end();
    }),
  );
}

async function hostile(kernel: Kernel): Promise<More[]> {
  const lines: More[] = [];
  for (const [name, make] of HOSTILE) {
    const once = await textSeconds(kernel, make(HOSTILE_BYTES));
    const twice = await textSeconds(kernel, make(HOSTILE_BYTES * 2));
    const mbPerS = rounded((HOSTILE_BYTES * 2) / 1e6 / twice);
    lines.push({ what: `hostile: ${name}`, mbPerS, ratio: hundredths(twice / once) });
  }
  return lines;
}

/** The corpora with six detectors, beside the lines of all. */
async function withSix(
  six: Kernel,
  files: readonly string[],
  all: readonly Line[],
): Promise<More[]> {
  const lines: More[] = [];
  for (const [number, path] of files.entries()) {
    const bytes = readFileSync(path);
    const held: Piece[] = [];
    await pieces(nameOf(path), bytes, (piece) => held.push(piece));
    const { seconds } = await detectSeconds(six, held);
    const mbPerS = rounded(bytes.length / 1e6 / seconds);
    const ratio = hundredths(mbPerS / (all[number]?.mbPerS ?? mbPerS));
    lines.push({ what: `six detectors: ${nameOf(path)}`, mbPerS, ratio });
  }
  return lines;
}

async function detectSeconds(
  kernel: Kernel,
  held: readonly Piece[],
): Promise<{ seconds: number; first: number; people: number }> {
  let people = 0;
  let first = 0;
  const seconds = await fastest(async () => {
    const took = await timed(() => {
      const object = kernel.object();
      for (const piece of held) object.piece(piece);
      people = object.end().persons.length;
    });
    first ||= took;
    return took;
  });
  return { seconds, first, people };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
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
      more: { type: 'boolean', default: false },
      save: { type: 'string' },
    },
  });
  const detectors = await loadDetectors();
  const hasher = createHasher(new Uint8Array(KEY_BYTES));
  const kernel = createKernel(detectors, hasher);
  const files = corpusFiles(values.corpus);
  const lines: Line[] = [];
  for (const path of files) {
    const line = await measure(kernel, path, nameOf(path));
    lines.push(line);
    process.stdout.write(`${values.json ? JSON.stringify(line) : sentence(line)}\n`);
  }
  if (lines.some(({ ripgrepMbPerS }) => ripgrepMbPerS === null)) {
    process.stderr.write('bench: there is no ripgrep (rg) here; its columns are null\n');
  }
  const more: More[] = [];
  if (values.more) {
    const six = createKernel(
      detectors.filter(({ id }) => SIX.includes(id)),
      hasher,
    );
    more.push(...(await hostile(kernel)), ...(await withSix(six, files, lines)));
    for (const line of more) process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  if (values.save !== undefined) {
    const result = { machine: machine(), detectors: detectors.length, lines, more };
    writeFileSync(values.save, `${JSON.stringify(result, null, 2)}\n`);
  }
  return 0;
}

function sentence({ corpus, mbPerS, ripgrepMbPerS, ratio }: Line): string {
  const beside = ratio === null ? '' : `   ripgrep ${ripgrepMbPerS}   ratio ${ratio}`;
  return `${corpus.padEnd(14)} ${mbPerS} MB/s${beside}`;
}
