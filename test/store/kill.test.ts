/**
 * `kill -9` at random points of a run, then `--resume`, until it ends: nothing lost, nothing doubled.
 *
 * Ten kills on a file; AJAR_KILLS=50 makes more, AJAR_SEED=n others, AJAR_KILL_STORE=postgres on a server.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../localstack/postgres.ts';
import { createPeople } from '../../localstack/seed/people.ts';
import type { Report } from '../../src/model/report.ts';
import { createRandom } from '../../src/sample/random.ts';
import { verifyChains } from '../../src/store/chain.ts';
import { all, using } from './suite/made.ts';

const KILLS = Number(process.env.AJAR_KILLS ?? 10);
const SEED = Number(process.env.AJAR_SEED ?? 1);
const FOLDERS = 24;
/** Long enough that some kills hit the very end, and some come too late. */
const LATER_AT_MOST_MS = 40;
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

const random = createRandom(SEED);
let folder: string;
let targets: readonly string[];
let server: PostgresServer | undefined;

async function storeOf(name: string): Promise<string> {
  if (!server) return join(folder, `${name}.db`);
  return `${await server.database('kill')}?schema=${name}`;
}

beforeAll(async () => {
  if (process.env.AJAR_KILL_STORE === 'postgres') server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'ajar-kill-'));
  const people = createPeople(SEED).make(20 * (FOLDERS + 1), 'english');
  targets = Array.from({ length: FOLDERS }, (_, index) => {
    const path = join(folder, 'data', `share-${index}`);
    mkdirSync(path, { recursive: true });
    // Half of them are in the next share too, so that totals are not sums.
    const rows = people.slice(20 * index, 20 * index + 30).map((one) => `${one.name},${one.hkid}`);
    writeFileSync(join(path, 'list.csv'), `name,HKID\n${rows.join('\n')}\n`);
    writeFileSync(join(path, 'broken.zip'), 'PK\u0003\u0004 no archive at all');
    return path;
  });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  /** Null: it was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

/** So many lines of events later, and then so long. */
interface Point {
  readonly findings: number;
  readonly ms: number;
}

/** Runs `ajar scan`, and kills it at a point, if it gets there. */
async function scan(store: string, flags: readonly string[], at?: Point): Promise<Outcome> {
  const args = ['scan', ...targets, '--store', store, '--key', join(folder, 'key')];
  const out = ['--out', join(folder, 'report'), '--format', 'ndjson'];
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args, ...out, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  let findings = 0;
  let armed = at !== undefined;
  const onLine = (line: string): void => {
    if (line.startsWith('{"type":"finding"')) findings++;
    if (!armed || !at || findings < at.findings) return;
    armed = false;
    setTimeout(() => child.kill('SIGKILL'), at.ms);
  };
  if (child.stdout) createInterface(child.stdout).on('line', onLine);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

/** All that does not depend on when it ran. */
function timeless(report: Report | null): unknown {
  if (!report) return null;
  const when = (text: string | null): string | null => (text === null ? null : 'then');
  return {
    ...report,
    run: { ...report.run, id: 'it', startedAt: 'then', finishedAt: 'then' },
    departments: report.departments.map((each) => ({ ...each, deadline: when(each.deadline) })),
    findings: report.findings.map((each) => ({ ...each, firstKnown: 'then', deadline: 'then' })),
  };
}

async function reportOf(store: string): Promise<Report | null> {
  return using(store, (opened) => opened.report('latest'));
}

/** What a store must hold after one run that ended, however often it was killed before. */
async function expectWhole(store: string, like: unknown): Promise<void> {
  await using(store, async (opened) => {
    const report = await opened.report('latest');
    expect(timeless(report)).toEqual(like);
    const entries = await all(opened.chains());
    expect((await verifyChains(entries)).broken).toBeNull();
    const kinds = entries.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'finding.seen')).toHaveLength(FOLDERS);
    expect(kinds.filter((kind) => kind === 'run.finished')).toHaveLength(1);
    expect(new Set(entries.map(({ once }) => once)).size).toBe(entries.length);
    const records = await all(opened.records());
    expect(records.map(({ status }) => status)).toEqual(records.map(() => 'new'));
    expect(records.map(({ finding }) => finding)).toEqual(report?.findings);
    expect((await opened.runs()).map(({ status }) => status)).toEqual(['complete']);
    expect(await all(opened.checkpoints(report?.run.id ?? ''))).toEqual([]);
  });
}

test(`killed ${KILLS} times at random points, every run ends with the report of an undisturbed one`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const undisturbed = await storeOf('undisturbed');
  expect((await scan(undisturbed, [])).code).toBe(4);
  const like = timeless(await reportOf(undisturbed));
  await expectWhole(undisturbed, like);
  const points: number[] = [];
  for (let killed = 0, round = 0; killed < KILLS; round++) {
    const store = await storeOf(`round_${round}`);
    let begun = false;
    let done = 0;
    for (let over = false; !over; ) {
      const findings = done + random.below(FOLDERS - done + 1);
      const point = { findings, ms: random.below(LATER_AT_MOST_MS) };
      const at = killed < KILLS ? point : undefined;
      const ended = await scan(store, begun ? ['--resume'] : [], at);
      begun = true;
      if (ended.code === null) {
        killed++;
        const [left] = await using(store, (opened) => opened.unfinished());
        // Killed after the last word was written: nothing is left to go on with.
        over = left === undefined;
        done = left?.assets ?? FOLDERS;
        points.push(done);
      } else {
        expect(`${ended.code} ${ended.code === 4 ? '' : ended.stderr}`).toBe('4 ');
        over = true;
      }
    }
    await expectWhole(store, like);
  }
  process.stdout.write(`killed after so many of ${FOLDERS} assets: ${points.join(' ')}\n`);
  // Not all before the first asset, nor all after the last.
  expect(points.some((assets) => assets > 0 && assets < FOLDERS)).toBe(true);
});

test('a killed run is named at the next start, and goes on only under the same options', {
  timeout: 120_000,
}, async () => {
  const store = await storeOf('named');
  expect((await scan(store, [], { findings: 3, ms: 0 })).code).toBeNull();
  const other = await scan(store, ['--resume', '--budget', '1MB']);
  expect(other.code).toBe(2);
  expect(other.stderr).toMatch(/--resume: run \S+ of .* was killed after \d+ assets?, under other/);
  const next = await scan(store, []);
  expect(next.stderr).toMatch(/was killed after \d+ assets?; --resume goes on/);
  const none = await scan(store, ['--resume']);
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/--resume: no killed run of .* in this store; start one without/);
});
