/** `ajar store`, as a person runs it. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChains } from '../../src/store/chain.ts';
import { all, entry, finding, seen, using } from '../store/suite/made.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
let folder: string;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function ajar(...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder }, (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-store-cli-'));
  for (const [name, id] of [
    ['north', 'F-1'],
    ['south', 'F-2'],
  ] as const) {
    await using(join(folder, `${name}.db`), async (store) => {
      await seen(store, name === 'north' ? 1 : 2, [finding(id)]);
      await store.append([entry(id), entry(id)]);
    });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('two departments’ stores become one, and what they knew is one list', async () => {
  const first = await ajar('store', 'merge', 'north.db', '--store', 'office.db', '--by', 'Ann');
  expect(first.stdout).toBe(
    'north.db into office.db:\n' +
      '  runs      1 new\n' +
      '  findings  1 new, 0 known earlier than here\n' +
      '  ledger    2 new entries in 1 chains\n',
  );
  await ajar('store', 'merge', 'south.db', '--store', 'office.db', '--by', 'Ann');
  await using(join(folder, 'office.db'), async (office) => {
    expect(await all(office.records())).toHaveLength(2);
    const merged = await all(office.entries({ kinds: ['store.merged'] }));
    expect(merged.map(({ by }) => by)).toEqual(['Ann', 'Ann']);
  });
});

test('a backup restores what was lost, and says what is in doubt', async () => {
  const backup = await ajar('store', 'backup', 'b.db', '--store', 'north.db');
  expect(backup.stdout).toMatch(/^b\.db: [\d,]+ bytes, checked\n$/);
  const restored = await ajar('store', 'restore', 'b.db', '--store', 'new.db');
  expect(restored.stdout).toMatch(
    /^new\.db: restored; its ledger goes on in chain C-[0-9a-f]{16}\n/,
  );
  expect(restored.stdout).toContain('Messages that were waiting are unsure now');
});

test('two scans that start at once where nothing is yet share the key and the store', async () => {
  const place = join(folder, 'fresh');
  mkdirSync(join(place, 'people'), { recursive: true });
  // Made up; the check digit is right.
  writeFileSync(join(place, 'people', 'list.csv'), 'Name,HKID\nPerson,Q372145(7)\n');
  const args = ['scan', 'fresh/people', '--store', 'fresh/s.db', '--key', 'fresh/key', '--quiet'];
  const ended = await Promise.all(
    ['a', 'b'].map((out) => ajar(...args, '--out', join('fresh', out))),
  );
  expect(ended.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(['1', '1']);
  await using(join(place, 's.db'), async (store) => {
    expect((await store.runs()).map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(await all(store.entries({ kinds: ['finding.seen'] }))).toHaveLength(1);
    expect(await all(store.entries({ kinds: ['run.finished'] }))).toHaveLength(2);
    const [record] = await all(store.records());
    // The same key: what both saw is one person.
    expect(record?.finding.people.atMost).toBe(1);
    expect((await verifyChains(store.chains(), await store.heads())).broken).toBeNull();
  });
});

test('wrong use is one sentence that says what to do', { timeout: 60_000 }, async () => {
  const wrong = [
    [['store'], /say what to do with it: backup, restore, restored or merge/],
    [['store', 'backup', 'x.db', '--store', 'no.db'], /--store no\.db: there is no store/],
    [
      ['store', 'restore', 'south.db', '--store', 'north.db'],
      /there is a store already; with --replace/,
    ],
    [['store', 'backup', 'x.db', '--store', 'postgres://a:b@h/d'], /pg_dump .*docs\/store\.md/],
    [['scan', '.', '--store', '/proc/x/y'], /cannot be opened as an ajar store/],
    [['scan', '.', '--store', 'north.db', '--key', '/proc/x/y'], /--key \/proc\/x\/y: cannot be/],
  ] as const;
  for (const [args, why] of wrong) {
    const { code, stderr } = await ajar(...args);
    expect(stderr).toMatch(why);
    expect(`${args.join(' ')}: ${code}`).toBe(`${args.join(' ')}: 2`);
  }
  expect(existsSync(join(folder, 'x.db'))).toBe(false);
});
