/** `ajar findings` as a person runs it, on a store that two runs have left. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nearest } from '../../src/cli/archive.ts';
import { loadConfig } from '../../src/cli/config.ts';
import { type ChangeWords, changesOf, untilOf } from '../../src/cli/findingchange.ts';
import { jsonOf, runNamed, tableOf } from '../../src/cli/findingslist.ts';
import { plainTable } from '../../src/cli/plaintable.ts';
import type { FindingRecord } from '../../src/model/lifecycle.ts';
import type { Archive, Store } from '../../src/model/store.ts';
import { columns } from '../../src/report/text.ts';
import { openStore } from '../../src/store/open.ts';
import { FINDINGS, madeReport } from '../kit/report.ts';
import { rerun, storeWith } from '../kit/store.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-findings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Made up; the check digit is right (weights 9…2, blank 36).
const HKID = 'Q372145(7)';
const ids = FINDINGS.map((_, index) => `F-00000000000${index + 1}`);
const findings = FINDINGS.map((finding, index) => ({ ...finding, id: ids[index] ?? '' }));
const [first = '', second = '', third = '', , , orphan = ''] = ids;

beforeAll(async () => {
  const before = madeReport({ findings });
  const after = madeReport({ findings: findings.slice(1), gaps: [] });
  const store = await storeWith(join(folder, 'store.db'), before, rerun(after, 'run-later', 7));
  await store.close();
  writeFileSync(
    join(folder, 'owners.yaml'),
    'owners:\n  - { id: registry, name: Civil Registry, jurisdiction: KR, publicBody: true }\n  - { id: health, name: 海角衞生局 }\nrules: []\n',
  );
  writeFileSync(join(folder, 'ajar.yaml'), 'store: store.db\nowners: owners.yaml\n');
});

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function ajar(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stdout, stderr };
}

/** The same store in this process: what needs no program of its own is asked here. */
async function withStore<T>(body: (store: Store & Archive) => Promise<T>): Promise<T> {
  const store = await openStore(join(folder, 'store.db'));
  try {
    return await body(store);
  } finally {
    await store.close();
  }
}

async function all(records: AsyncIterable<FindingRecord>): Promise<readonly FindingRecord[]> {
  const found: FindingRecord[] = [];
  for await (const each of records) found.push(each);
  return found;
}

async function record(id: string): Promise<FindingRecord | undefined> {
  return withStore(async (store) => (await all(store.records({ ids: [id] })))[0]);
}

test('the list is most urgent first, aligned, and no wider than 100 columns with CJK in it', async () => {
  const { stdout, code } = await ajar('findings');
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toMatch(/^FINDING +SEVERITY +STATUS +DEPARTMENT +ASSET +PEOPLE {2}CLOSE BY$/);
  expect(lines.slice(1, 3).every((line) => line.includes('critical'))).toBe(true);
  expect(lines.every((line) => columns(line) <= 100)).toBe(true);
  expect(stdout).toContain('疫苗預約');
  expect(stdout).toContain('6 findings');
  expect(code).toBe(0);
});

test.each<[string, readonly string[], readonly number[]]>([
  ['by severity', ['--severity', 'high,low'], [2, 5, 6]],
  ['the office’s own', ['--owner', 'orphans'], [6]],
  ['by run', ['--run', 'latest', '--status', 'open'], [2, 3, 4, 5, 6]],
])('filters %s', async (_, flags, wanted) => {
  const { stdout } = await ajar('findings', 'list', ...flags, '--format', 'json');
  const records = JSON.parse(stdout) as readonly FindingRecord[];
  expect(records.map(({ finding }) => finding.id).sort()).toEqual(wanted.map((n) => ids[n - 1]));
});

test('a run may be named by its beginning, and one that is none is told with those there are', async () => {
  const named = (name: string) => withStore((store) => runNamed(store, name));
  expect(await named('run-2025')).toBe('run-2025-11-20-1');
  expect(await named('latest')).toBe('run-later');
  await expect(named('x')).rejects.toThrow(
    /no such run; there are run-later \(2025-11-27\), run-2025/,
  );
  await expect(named('run-')).rejects.toThrow(/several runs begin so/);
});

test('nothing that matches says so, and JSON is still JSON', async () => {
  const nothing = (): AsyncIterable<FindingRecord> => Readable.from([]);
  expect(await tableOf(nothing(), 100, new Date())).toBe('No findings match.\n');
  let json = '';
  for await (const piece of jsonOf(nothing())) json += piece;
  expect(json).toBe('[]\n');
});

test('show explains the score line by line, with the sum, the steps, the clocks and the history', async () => {
  const { stdout } = await ajar('findings', 'show', first);
  expect(stdout).toMatch(/\+30 {2}anyone on the internet can read it\n/);
  expect(stdout).toMatch(/60 points: critical/);
  expect(stdout).toMatch(/masked/);
  expect(stdout).toMatch(/\$ aws s3api put-public-access-block --bucket registry-exports/);
  expect(stdout).toMatch(/kr\.pipc .*from 2025-11-20 08:00 UTC/);
  expect(stdout).toMatch(/seen for the first time, critical/);
});

test.each<[string, readonly string[], RegExp]>([
  ['an id that is none', ['show', 'F-000000000009'], /no such finding; did you mean F-00000000000/],
  ['a status that is none', ['--status', 'shut'], /--status shut: allowed are new, open/],
  ['a store that is not there', ['--store', 'none.db'], /none\.db: there is no store; run a scan/],
])('%s is one sentence, and exit code 2', async (_, args, message) => {
  const { code, stdout, stderr } = await ajar('findings', ...args);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect([code, stdout]).toEqual([2, '']);
});

const NOTHING = { by: 'me', reason: undefined, until: undefined, owner: undefined };

test.each<[string, string, Partial<ChangeWords>, RegExp]>([
  ['an id far from any', 'ack', { ids: ['K-1'] }, /K-1: no such finding; see "ajar findings list"/],
  ['a beginning that several have', 'ack', { ids: ['F-0000'] }, /F-0000: no such finding/],
  ['one wrong id among good ones', 'ack', { ids: [first, 'F-x'] }, /F-x: no such finding/],
  ['accepting without an end', 'accept', { reason: 'x' }, /needs an end/],
  ['accepting until yesterday', 'accept', { reason: 'x', until: '2020-01-01' }, /has passed/],
  ['accepting without a reason', 'accept', { until: '2099-01-01' }, /needs a reason/],
  ['giving to nobody known', 'assign', { owner: 'healt' }, /did you mean health\?/],
  ['giving to nobody', 'assign', {}, /needs --owner/],
  ['nobody as the speaker', 'ack', { by: ' ' }, /--by: is empty/],
  ['a speaker on two lines', 'ack', { by: 'a\nb' }, /--by: a name on one line/],
])('%s is refused', async (_, command, words, message) => {
  const config = loadConfig({ config: join(folder, 'ajar.yaml') });
  const given = { ...NOTHING, ids: [first], ...words };
  const change = withStore((store) => changesOf(store, config, command, given));
  await expect(change).rejects.toThrow(message);
});

test('what people say is kept with who, why and until when, masked', async () => {
  const said = await ajar(
    ...['findings', 'accept', second, '--until', '2099-03-31', '--by', '陳大文'],
    ...['--reason', `published by law, ${HKID}`],
  );
  expect(said.stdout).toBe(`${second}: open → accepted\n`);
  const now = await record(second);
  expect(now).toMatchObject({
    status: 'accepted',
    statusBy: '陳大文',
    until: '2099-03-31T23:59:59.999Z',
  });
  expect(now?.reason).toMatch(/^published by law, Q37/);
  expect(now?.reason).not.toContain('2145');
});

test('not ours goes to the office, and from there to whom it is given', async () => {
  await ajar('findings', 'not-ours', third, '--reason', 'the clinic left us');
  const of = (owner: string | null) =>
    withStore(async (store) =>
      (await all(store.records({ owner }))).map(({ finding }) => finding.id),
    );
  expect(await of(null)).toContain(third);
  expect((await ajar('findings', 'assign', third, '--owner', 'registry')).stdout).toBe(
    `${third}: not-ours → open\n`,
  );
  expect(await of('registry')).toContain(third);
});

test('several are answered at once, by the beginning of an id too', async () => {
  const { stdout } = await ajar('findings', 'ack', orphan, 'F-000000000004');
  expect(stdout.split('\n').filter((line) => line.endsWith('→ acknowledged'))).toHaveLength(2);
});

test('diff tells what was not looked at from what is gone', async () => {
  const { stdout } = await ajar('findings', 'diff');
  expect(stdout).toMatch(/Not gone: 1\. Not looked at this time/);
  expect(stdout).toMatch(/Still there: 5/);
});

test('a day is meant to its end, and days are counted from now', () => {
  const now = new Date('2026-01-01T12:00:00Z');
  expect(untilOf('2026-03-31', now)).toBe('2026-03-31T23:59:59.999Z');
  expect(untilOf('90d', now)).toBe('2026-04-01T12:00:00.000Z');
  expect(untilOf('soon', now)).toBe('soon');
});

test('suggestions are near, and few', () => {
  const known = ['F-aaaaaaaaaaaa', 'F-aaaaaaaaaaab', 'F-bbbbbbbbbbbb'];
  expect(nearest('F-aaaaaaaaaaac', known)).toEqual(known.slice(0, 2));
  expect(nearest('something', known)).toEqual([]);
});

test('a table gives way in its texts, never in its figures', () => {
  const [, line = ''] = plainTable(
    [
      { head: 'A', kind: 'text' },
      { head: 'B', kind: 'text' },
      { head: 'N', kind: 'number' },
    ],
    [['x'.repeat(50), 'short', '1,234,567']],
    40,
  );
  expect(columns(line)).toBeLessThanOrEqual(40);
  expect(line).toMatch(/…\s+short\s+1,234,567$/);
});

test('nothing in any output is a raw identifier', async () => {
  const outputs = await Promise.all([
    ajar('findings', 'show', second),
    ajar('findings', '--format', 'csv'),
    ajar('findings', '--format', 'json'),
  ]);
  for (const { stdout } of outputs) expect(stdout).not.toContain(HKID.slice(0, 7));
});
