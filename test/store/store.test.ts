import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputError, UsageError } from '../../src/model/errors.ts';
import { keysFrom, loadKeys } from '../../src/store/key.ts';
import { openDatabase, openStore } from '../../src/store/open.ts';
import { all, finding, run, seen, using } from './suite/made.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'deep', 'store.db');

test('a store of schema 1 is brought forward and loses nothing', async () => {
  const path = join(folder, 'v1.db');
  const old = new DatabaseSync(path);
  old.exec(readFileSync(join(import.meta.dirname, 'fixtures', 'v1.sql'), 'utf8'));
  const tables = ['runs', 'assets', 'findings', 'sightings', 'gaps', 'sketches', 'locators'];
  const counts = (db: DatabaseSync): readonly unknown[] =>
    tables.map((table) => db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.n);
  const before = counts(old);
  old.close();
  await using(path, async (store) => {
    const records = await all(store.records());
    expect(
      records.map(({ finding: { id, people }, firstRun, lastRun, status, statusAt }) => [
        ...[id, people.atMost, firstRun, lastRun, status, statusAt],
      ]),
    ).toEqual([
      ['F-3', 1, 'run-2', 'run-2', 'new', '2026-01-02T00:00:00.000Z'],
      ['F-2', 5, 'run-1', 'run-1', 'new', '2026-01-01T00:00:00.000Z'],
      ['F-1', 4, 'run-1', 'run-2', 'new', '2026-01-01T00:00:00.000Z'],
    ]);
    expect(records[0]?.finding).toMatchObject({
      score: [],
      lapsed: null,
      verdict: { reasons: [] },
    });
    expect((await store.runs()).map(({ id, status }) => [id, status])).toEqual([
      ['run-3', 'interrupted'],
      ['run-2', 'complete'],
      ['run-1', 'complete'],
    ]);
    expect((await store.known(['F-4'])).get('F-4')).toBe('2026-01-03T00:00:00.000Z');
    expect((await store.findings()).map(({ id }) => id)).toEqual(['F-1', 'F-3']);
    expect([...((await store.locator('K-1')) ?? [])]).toEqual([0, 255]);
    await seen(store, 4, [finding('F-1')]);
    expect((await all(store.records({ ids: ['F-1'] })))[0]?.firstRun).toBe('run-1');
  });
  const after = new DatabaseSync(path);
  const [runs, assets, ...rest] = counts(after);
  expect([runs, assets]).toEqual([Number(before[0]) + 1, before[1]]);
  expect(rest).toEqual([before[2], Number(before[3]) + 1, ...before.slice(4)]);
  after.close();
});

test('the store and its neighbours are for its owner only', async () => {
  await using(file(), (store) => seen(store, 1, [finding('F-1')]));
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
});

test('what was kept of finished assets is not even in the file any more when the run has ended', async () => {
  const people = new Uint8Array(64).fill(0xa5);
  await using(file(), async (store) => {
    await store.beginRun(run(1));
    await store.saveOutcome('run-1', [], { asset: 'A-1', body: {}, persons: [people] });
  });
  expect(readFileSync(file()).includes(Buffer.from(people))).toBe(true);
  // The other one is given up, since this one has seen all of it.
  await using(file(), (store) => seen(store, 2, []));
  expect(readFileSync(file()).includes(Buffer.from(people))).toBe(false);
});

test('a full disk is said, and what was begun is undone', async () => {
  const db = await openDatabase(file());
  await db.script('PRAGMA max_page_count = 60');
  const much = db.transaction(async (session) => {
    for (let i = 0; i < 100; i++) {
      await session.run('INSERT INTO locators (ref, sealed) VALUES (?, ?)', [
        `K-${i}`,
        new Uint8Array(10_000),
      ]);
    }
  });
  await expect(much).rejects.toThrow(OutputError);
  await expect(much).rejects.toThrow(/cannot be written: the disk is full; free some space/);
  expect(await db.all('SELECT ref FROM locators')).toEqual([]);
  await db.run('INSERT INTO locators (ref, sealed) VALUES (?, ?)', ['K', new Uint8Array(1)]);
  await db.close();
});

test('a path where nothing can be made is refused at once', async () => {
  await expect(openStore('/proc/x/y/store.db')).rejects.toThrow(/--store \/proc\/x\/y\/store.db/);
  expect(() => loadKeys('/proc/x/y/key')).toThrow(
    /--key \/proc\/x\/y\/key: cannot be read or made/,
  );
  expect(existsSync('/proc/x')).toBe(false);
});

test('a file that is no store is refused with a sentence', async () => {
  const path = join(folder, 'x.db');
  writeFileSync(path, 'this is no database at all, '.repeat(100));
  await expect(openStore(path)).rejects.toThrow(UsageError);
});

test('a locator is sealed: the key does not stand in the store file', async () => {
  const keys = loadKeys(join(folder, 'key'));
  const store = await openStore(file());
  await store.saveLocator('K-1', keys.seal('scans/Q000000(0).pdf'));
  const sealed = await store.locator('K-1');
  await store.close();
  expect(readFileSync(file()).includes('Q000000')).toBe(false);
  expect(keys.unseal(sealed ?? new Uint8Array())).toBe('scans/Q000000(0).pdf');
});

test('a locator under another key file is refused with a sentence', () => {
  const sealed = keysFrom(new Uint8Array(32).fill(1)).seal('a');
  expect(() => keysFrom(new Uint8Array(32).fill(2)).unseal(sealed)).toThrow(/another key file/);
});

test('the key file is made once, for its owner only, and must be a key', () => {
  const path = join(folder, 'keys', 'key');
  const first = loadKeys(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(loadKeys(path).hash).toEqual(first.hash);
  writeFileSync(path, 'short');
  expect(() => loadKeys(path)).toThrow(/not an ajar key file/);
});
