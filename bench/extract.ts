/**
 * How fast files are read beside what a user would otherwise run: `npm run -s bench -- extract
 * [--json] [--only FORMAT]`.
 *
 * Each is a process of its own from its start to its end, so what a runtime takes to start is in it;
 * the best of some runs, with the resident memory of that one at its most. MB/s are of the file's
 * bytes, 10^6 each, by seconds of processor time of all threads: what else the machine does is not in
 * it. The results go to bench/results/extract.json.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FORMATS, type Format } from './documents.ts';
import { PEERS, type Peer } from './peers.ts';

const RUNS = 2;
const RUN_TIME_MS = 120_000;
const ONE = join(import.meta.dirname, 'extractone.ts');
const RESULT = join(import.meta.dirname, 'results', 'extract.json');

/** Runs the command, then prints its seconds of processor time and the most memory any process of it took, in KiB. */
const WRAPPER = `import resource,subprocess,sys
done=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE,stderr=subprocess.PIPE)
sys.stderr.write(done.stderr[-300:].decode('utf-8','replace'))
used=resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime+used.ru_stime, used.ru_maxrss)
sys.exit(done.returncode)`;

export interface Run {
  readonly name: string;
  readonly mbPerS: number;
  readonly peakMb: number;
}

export interface Line {
  readonly format: string;
  readonly fileMb: number;
  readonly ajar: Run;
  readonly peers: readonly Run[];
  /** Peers that are not installed here, or did not end in time. */
  readonly missing: readonly string[];
  /** ajar's speed by that of the fastest peer; null without one. */
  readonly ratio: number | null;
}

const rounded = (value: number, places = 1): number => Number(value.toFixed(places));

/** Null when it could not run. */
function measure(name: string, words: readonly string[], sizeBytes: number): Run | null {
  let best: Run | null = null;
  for (let run = 0; run < RUNS; run += 1) {
    const { status, stdout } = spawnSync('python3', ['-c', WRAPPER, ...words], {
      encoding: 'utf8',
      timeout: RUN_TIME_MS,
    });
    if (status !== 0) return null;
    const [seconds = 0, kib = 0] = (stdout.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    const mbPerS = rounded(sizeBytes / 1e6 / seconds, 2);
    if (best === null || mbPerS > best.mbPerS) {
      best = { name, mbPerS, peakMb: Math.round((kib * 1024) / 1e6) };
    }
  }
  return best;
}

function peerRun(peer: Peer, path: string, sizeBytes: number): Run | null {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-peer-'));
  try {
    const words = peer.words.map((word) =>
      word.replaceAll('FOLDER', folder).replaceAll('FILE', path),
    );
    return measure(peer.name, words, sizeBytes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Made once and kept in the temporary folder. */
async function fileOf(format: Format): Promise<string> {
  const folder = join(tmpdir(), 'ajar-bench-extract-2');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `people.${format.name}`);
  if (!existsSync(path)) {
    process.stderr.write(`making people.${format.name} …\n`);
    writeFileSync(path, await format.make(format.rows));
  }
  return path;
}

/** What is missing or wrong with the file is an error, not a speed. */
function checked(path: string): void {
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', ONE, path], {
    encoding: 'utf8',
  });
  const { textBytes, gaps } = JSON.parse(stdout) as { textBytes: number; gaps: string[] };
  if (textBytes < 100_000 || gaps.length > 0) {
    throw new Error(`${path}: ${textBytes} bytes of text, gaps: ${gaps.join('; ')}`);
  }
}

async function line(format: Format): Promise<Line> {
  const path = await fileOf(format);
  checked(path);
  const { size } = statSync(path);
  const ajar = measure('ajar', [process.execPath, '--no-warnings', ONE, path], size);
  if (ajar === null) throw new Error(`${path}: python3 is needed to measure`);
  const tried = (PEERS[format.name] ?? []).map((peer) => ({
    name: peer.name,
    run: peerRun(peer, path, size),
  }));
  const peers = tried.flatMap(({ run }) => (run ? [run] : []));
  const fastest = Math.max(0, ...peers.map(({ mbPerS }) => mbPerS));
  return {
    format: format.name,
    fileMb: rounded(size / 1e6, 2),
    ajar,
    peers,
    missing: tried.filter(({ run }) => run === null).map(({ name }) => name),
    ratio: fastest === 0 ? null : rounded(ajar.mbPerS / fastest, 2),
  };
}

function version(program: string, ...words: string[]): string | null {
  const { stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  return error ? null : ((stdout || stderr).split('\n')[0] ?? '').trim();
}

function machine(): Readonly<Record<string, string | number | null>> {
  return {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    python: version('python3', '--version'),
    pdftotext: version('pdftotext', '-v'),
    libreoffice: version('soffice', '--version'),
    date: new Date().toISOString().slice(0, 10),
  };
}

function shown({ format, fileMb, ajar, peers, missing, ratio }: Line): string {
  const one = ({ name, mbPerS, peakMb }: Run): string => `${name} ${mbPerS} MB/s ${peakMb} MB`;
  const others = [
    ...peers.map(one),
    ...missing.map((name) => `${name} not installed, or too slow`),
  ].join('; ');
  const verdict = ratio === null ? '' : ratio >= 1 ? `ahead ${ratio}×` : `behind ${ratio}×`;
  return [format.padEnd(8), `${fileMb} MB`.padStart(9), one(ajar), others, verdict].join('  ');
}

/** With the lines of formats that were not measured this time. */
function merged(lines: readonly Line[]): readonly Line[] {
  const known: readonly Line[] = existsSync(RESULT)
    ? (JSON.parse(readFileSync(RESULT, 'utf8')) as { lines: Line[] }).lines
    : [];
  return FORMATS.flatMap(({ name }) => {
    const own = [...lines, ...known].find(({ format }) => format === name);
    return own ? [own] : [];
  });
}

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const lines: Line[] = [];
  for (const format of FORMATS) {
    if (values.only !== undefined && format.name !== values.only) continue;
    const found = await line(format);
    lines.push(found);
    if (!values.json) process.stdout.write(`${shown(found)}\n`);
  }
  const result = { machine: machine(), runs: RUNS, lines: merged(lines) };
  writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}
