/** `ajar ledger` as a person runs it, on a store that a run has left. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenArchive } from '../../src/cli/archive.ts';
import { clocksTable } from '../../src/cli/clockslist.ts';
import { loadConfig } from '../../src/cli/config.ts';
import { draftOf } from '../../src/cli/draftdata.ts';
import { ledgerTable, rulesText, verified } from '../../src/cli/ledgerread.ts';
import { assessEntries, type ToldWords, toldEntries } from '../../src/cli/ledgerwrite.ts';
import type { Entry } from '../../src/model/ledger.ts';
import { columns } from '../../src/report/text.ts';
import { openStore } from '../../src/store/open.ts';
import { FINDINGS, madeReport } from '../kit/report.ts';
import { storeWith } from '../kit/store.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Made up; the check digit is right (weights 9…2, blank 36).
const HKID = 'Q372145(7)';
const first = 'F-00000000000a';
const [one] = FINDINGS;
const store = join(folder, 'store.db');

beforeAll(async () => {
  if (!one) throw new Error('no finding was made');
  const opened = await storeWith(store, madeReport({ findings: [{ ...one, id: first }] }));
  await opened.close();
  writeFileSync(
    join(folder, 'owners.yaml'),
    'owners:\n  - { id: registry, name: Civil Registry, jurisdiction: SG }\nrules: []\n',
  );
  writeFileSync(join(folder, 'ajar.yaml'), 'store: store.db\nowners: owners.yaml\n');
});

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function ajar(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, 'ledger', ...args], { cwd: folder });
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

async function entries(): Promise<readonly Entry[]> {
  const opened = await openStore(store);
  const all: Entry[] = [];
  for await (const entry of opened.chains()) all.push(entry);
  await opened.close();
  return all;
}

test('wrong use is one sentence, and exit code 2', async () => {
  const { code, stdout, stderr } = await ajar('verify', '--head', 'abc');
  expect(stderr).toMatch(/^ajar: --head abc: a head as "ajar ledger verify" prints it .*\n$/);
  expect([code, stdout]).toEqual([2, '']);
});

async function withStore<T>(body: (open: OpenArchive) => Promise<T>): Promise<T> {
  const archive = await openStore(store);
  try {
    return await body({ archive, config: loadConfig({ config: join(folder, 'ajar.yaml') }) });
  } finally {
    await archive.close();
  }
}

const TELLING = { ids: [first], by: 'me', channel: 'form', reference: undefined, at: undefined };

test.each<[string, Partial<ToldWords>, RegExp]>([
  ['whom', { id: 'sg.pdpc' }, /needs --whom, one of owner/],
  [
    'a regulator that is none',
    { whom: 'regulator', id: 'sg.pdcp' },
    /--id sg\.pdcp: no regulator that ajar knows; did you mean sg\.pdpc\?/,
  ],
  [
    'a department that is none',
    { whom: 'owner', id: 'registri' },
    /none of the departments; there are registry/,
  ],
  ['how', { whom: 'owner', id: 'registry', channel: '' }, /--channel : one word for how/],
  ['a time to come', { whom: 'owner', id: 'registry', at: '2999-01-01' }, /lies in the future/],
  [
    'a time before anybody knew',
    { whom: 'owner', id: 'registry', at: '2020-01-01' },
    /nobody was told before/,
  ],
  ['what is no time', { whom: 'owner', id: 'registry', at: 'noon' }, /--at noon: is no time/],
])('telling is not noted without %s', async (_, words, message) => {
  const given = { whom: undefined, id: undefined, ...TELLING, ...words };
  const noted = withStore(({ archive, config }) => toldEntries(archive, config, given));
  await expect(noted).rejects.toThrow(message);
});

test('silence needs a reason, a draft somebody to write to, a list of rules a jurisdiction', async () => {
  const silent = { ids: [first], by: 'me', regulator: 'sg.pdpc', notifiable: 'no' } as const;
  await expect(
    withStore(({ archive, config }) =>
      assessEntries(archive, config, { ...silent, reason: undefined }),
    ),
  ).rejects.toThrow(/--notifiable no needs --reason/);
  await expect(withStore((open) => draftOf(open, first, undefined, 'en'))).rejects.toThrow(
    /needs --regulator; .*perhaps sg\.pdpc, hk\.pcpd/,
  );
  expect(() => rulesText('XX', 'table', 100)).toThrow(/no rules; there are HK/);
});

test('all clocks are listed, the department’s own before what only may apply', async () => {
  const { stdout } = await ajar('clocks');
  expect(stdout).toMatch(
    /^STATE +BY +RULE +FINDING +DEPARTMENT\nLATE +2025-11-23 15:59 UTC +sg\.pdpc/,
  );
  expect(stdout).toMatch(/\nAT ONCE, if it applies +as soon as possible +hk\.pcpd +F-00000000000a/);
  expect(stdout.split('\n').every((line) => columns(line) <= 100)).toBe(true);
  expect(clocksTable([], 100)).toBe('No clock is running.\n');
});

test('what is noted is in the ledger with who and when, masked, and in its list', async () => {
  const { stdout } = await ajar(
    ...['told', first, '--whom', 'regulator', '--id', 'sg.pdpc', '--channel', 'form'],
    ...['--reference', `case ${HKID}`, '--by', '陳大文'],
  );
  expect(stdout).toMatch(/^F-00000000000a: told regulator sg\.pdpc by form \(case Q37/);
  expect(stdout).not.toContain(HKID);
  const list = await withStore(({ archive }) =>
    ledgerTable(archive.entries({ subject: first }), 100),
  );
  expect(list).toMatch(/seen for the first time/);
  expect(list).toMatch(/陳大文 +told regulator sg\.pdpc/);
  expect(list.split('\n').every((line) => columns(line) <= 100)).toBe(true);
  expect(JSON.stringify(await entries())).not.toContain(HKID);
});

test('an assessment starts the clock that runs from it', async () => {
  const { stdout } = await ajar(
    ...['assess', first, '--regulator', 'sg.pdpc', '--notifiable', 'yes', '--by', 'officer'],
  );
  expect(stdout).toBe(`${first}: assessed: to be told to sg.pdpc (officer)\n`);
  const draft = (await ajar('export', first, '--regulator', 'sg.pdpc', '--language', 'zh-Hant'))
    .stdout;
  expect(draft).toMatch(/^# 草稿：個人資料外洩事故通報/);
  expect(draft).not.toMatch(/由首次知悉起計/);
});

test('a ledger that holds says so, with a head to keep, and holds against it next time', async () => {
  const { stdout, code } = await ajar('verify');
  expect(stdout).toMatch(/^The ledger holds: \d+ entries/);
  const head = /^ {2}(\S+)$/m.exec(stdout)?.[1] ?? '';
  expect(code).toBe(0);
  expect((await ajar('verify', '--head', head)).code).toBe(0);
  expect((await ajar('verify', '--head', head.slice(-64))).code).toBe(0);
});

test('what was exported is verified without the store, and a changed line is found', async () => {
  const { stdout } = await ajar('list', '--format', 'ndjson');
  const file = join(folder, 'ledger.ndjson');
  writeFileSync(file, stdout);
  expect((await ajar('verify', '--file', 'ledger.ndjson')).code).toBe(0);
  writeFileSync(file, stdout.replace('"severity":"critical"', '"severity":"low"'));
  const changed = await ajar('verify', '--file', 'ledger.ndjson');
  expect(changed.stdout).toMatch(/^The ledger does not hold: /);
  expect(changed.stdout).toMatch(/\nchanged, in chain C-\w+ at 1/);
  expect(changed.code).toBe(1);
});

test('a cut end, an entry taken out and a hash that nothing has are told', async () => {
  const all = await entries();
  const last = all.at(-1);
  if (!last) throw new Error('no entries');
  const head = `${last.chain}:${last.seq}:${last.hash}`;
  const holds = async (list: readonly Entry[], known: readonly string[] = []) =>
    (await verified(() => list, known)).holds;
  expect(await holds(all, [head])).toBe(true);
  expect(await holds(all.slice(0, -1), [head])).toBe(false);
  expect(await holds(all.slice(0, -1), [last.hash])).toBe(false);
  expect(await holds([...all.slice(0, 1), ...all.slice(2)])).toBe(false);
});

test('the rules are listed with the day on which their source was read', () => {
  const table = rulesText(undefined, 'table', 100);
  expect(table).toMatch(/sg\.pdpc +private +2026-11-22 +3 days \(assessment\)/);
  expect(table).toMatch(/tw\.moda +public +unverified/);
  expect(table.split('\n').every((line) => columns(line) <= 100)).toBe(true);
});
