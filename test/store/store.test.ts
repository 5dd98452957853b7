import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../src/model/errors.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Report, RunInfo } from '../../src/model/report.ts';
import { keysFrom, loadKeys } from '../../src/store/key.ts';
import { openStore } from '../../src/store/open.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(id: string, status: RunInfo['status'] = 'running'): RunInfo {
  const finishedAt = status === 'running' ? null : `2026-01-0${id}T01:00:00.000Z`;
  const startedAt = `2026-01-0${id}T00:00:00.000Z`;
  return { id, startedAt, finishedAt, version: '0', targets: [], status, seed: 1 };
}

function finding(firstKnown: string): Finding {
  return {
    id: 'F-1',
    asset: { id: 's3:a/b', provider: 's3', name: 'b' },
    slice: '*',
    detectors: [],
    people: { atLeast: 3, atMost: 3 },
    confidence: 'high',
    severity: 'high',
    verdict: { read: 'open', list: 'open', because: [], reasons: [], disagreement: null },
    score: [],
    lapsed: null,
    owner: null,
    ownerReason: '',
    ownerConfidence: 'none',
    samples: [],
    remedy: [],
    firstKnown,
    since: null,
    deadline: firstKnown,
  };
}

function report(info: RunInfo): Report {
  const zero = { objectsListed: 0, objectsRead: 0, bytesListed: 0, bytesRead: 0 };
  return {
    schema: 'ajar-report/2',
    run: info,
    coverage: { assets: [], targets: 1, assetsFound: 0, ...zero, gaps: 0, complete: true },
    people: 3,
    departments: [],
    assets: [],
    findings: [],
    gaps: [],
  };
}

const file = (): string => join(folder, 'deep', 'store.db');

test('a second run knows when the first saw a finding', async () => {
  const first = await openStore(file());
  await first.beginRun(run('1'));
  await first.saveFinding('1', finding('2026-01-01T00:00:00.000Z'));
  await first.finishRun(report(run('1', 'complete')), []);
  await first.close();

  const second = await openStore(file());
  await second.beginRun(run('2'));
  expect(await second.known(['F-1', 'F-2'])).toEqual(
    new Map([['F-1', '2026-01-01T00:00:00.000Z']]),
  );
  await second.saveFinding('2', finding('2026-01-02T00:00:00.000Z'));
  expect((await second.known(['F-1'])).get('F-1')).toBe('2026-01-01T00:00:00.000Z');
  await second.close();
});

test('a finding saved twice in a run counts once', async () => {
  const store = await openStore(file());
  await store.beginRun(run('1'));
  await store.saveFinding('1', finding('2026-01-01T00:00:00.000Z'));
  await store.saveFinding('1', finding('2026-01-01T00:00:00.000Z'));
  await store.finishRun(report(run('1', 'complete')), []);
  expect(await store.findings()).toHaveLength(1);
  await store.close();
});

test('two processes may write at once', async () => {
  const [a, b] = await Promise.all([openStore(file()), openStore(file())]);
  await Promise.all([a.beginRun(run('1')), b.beginRun(run('2'))]);
  await a.saveFinding('1', finding('2026-01-01T00:00:00.000Z'));
  await b.saveFinding('2', finding('2026-01-02T00:00:00.000Z'));
  expect((await b.known(['F-1'])).get('F-1')).toBe('2026-01-01T00:00:00.000Z');
  await a.close();
  await b.close();
});

test('a store of a newer ajar is refused with a sentence and left as it was', async () => {
  await (await openStore(file())).close();
  const db = new DatabaseSync(file());
  db.exec('PRAGMA user_version = 99');
  db.close();
  await expect(openStore(file())).rejects.toThrow(/written by a newer ajar \(schema 99/);
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
