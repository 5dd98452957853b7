import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputError, UsageError } from '../../src/model/errors.ts';
import { backupStore, restoreStore } from '../../src/store/backup.ts';
import { verifyChains } from '../../src/store/chain.ts';
import { mergeStores } from '../../src/store/merge.ts';
import { openDatabase } from '../../src/store/open.ts';
import { withOther } from '../../src/store/other.ts';
import { all, entry, finding, message, run, seen, using } from './suite/made.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const BY = { by: 'Ann', replace: false };

test('a backup of a store that is written to is whole, and for its owner only', async () => {
  await using(at('s.db'), async (store) => {
    await seen(store, 1, [finding('F-1')]);
    await store.beginRun(run(2));
    backupStore(at('s.db'), at('b.db'));
  });
  expect(statSync(at('b.db')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.startsWith('b.db'))).toEqual(['b.db']);
  await restoreStore(at('b.db'), at('r.db'), BY);
  await using(at('r.db'), async (store) => {
    expect((await store.runs()).map(({ id }) => id)).toEqual(['run-2', 'run-1']);
    expect(await all(store.records())).toHaveLength(1);
  });
});

test('the exact sets of people of a run that goes on are not in a backup', async () => {
  const people = Buffer.alloc(64, 0xa5);
  await using(at('s.db'), async (store) => {
    await store.beginRun(run(1));
    await store.saveOutcome('run-1', [], { asset: 'A-1', body: {}, persons: [people] });
    backupStore(at('s.db'), at('b.db'));
  });
  expect(readFileSync(at('b.db')).includes(people)).toBe(false);
});

test('a backup never overwrites, and a folder that is not there is said', async () => {
  await using(at('s.db'), (store) => seen(store, 1, []));
  writeFileSync(at('b.db'), 'precious');
  expect(() => backupStore(at('s.db'), at('b.db'))).toThrow(/is there already/);
  expect(readFileSync(at('b.db'), 'utf8')).toBe('precious');
  expect(() => backupStore(at('s.db'), at('no/b.db'))).toThrow(OutputError);
  expect(() => backupStore(at('s.db'), at('no/b.db'))).toThrow(/folder is not there/);
});

test('what was waiting to be sent is unsure after a restore', async () => {
  await using(at('s.db'), (store) => store.append([], [message('m')]));
  backupStore(at('s.db'), at('b.db'));
  await restoreStore(at('b.db'), at('r.db'), BY);
  await using(at('r.db'), async (store) => {
    expect(await store.claim(10)).toEqual([]);
    expect((await store.messages()).map(({ state }) => state)).toEqual(['unsure']);
  });
});

test('a restored ledger goes on in a chain of its own, which names where the old one ended', async () => {
  await using(at('s.db'), (store) => store.append([entry('x'), entry('y')]));
  backupStore(at('s.db'), at('b.db'));
  const { chain } = await restoreStore(at('b.db'), at('r.db'), BY);
  await using(at('r.db'), async (store) => {
    const [own, old] = await store.heads();
    expect(own?.chain).toBe(chain);
    const [merged] = await all(store.entries({ kinds: ['store.merged'] }));
    expect(merged).toMatchObject({ chain, subject: old?.chain, by: 'Ann' });
    expect(merged?.body).toEqual({ head: old?.hash, entries: 2 });
    expect((await verifyChains(store.chains(), await store.heads())).broken).toBeNull();
  });
});

test('a restored store and the one that it was copied from can be merged later', async () => {
  await using(at('s.db'), (store) => store.append([entry('x')]));
  backupStore(at('s.db'), at('b.db'));
  await restoreStore(at('b.db'), at('r.db'), BY);
  await using(at('s.db'), (store) => store.append([entry('y')]));
  await using(at('r.db'), (store) => store.append([entry('z')]));
  const result = await withOther(at('s.db'), async (from) => {
    const into = await openDatabase(at('r.db'));
    return mergeStores(into, from, 'Ann').finally(() => into.close());
  });
  expect(result).toMatchObject({ chains: 1, entries: 1 });
  await using(at('r.db'), async (store) => {
    const subjects = (await all(store.entries({ kinds: ['told'] }))).map(({ subject }) => subject);
    expect(subjects.sort()).toEqual(['x', 'y', 'z']);
    expect((await verifyChains(store.chains(), await store.heads())).broken).toBeNull();
  });
});

test('a copy that went its own way without a restore is refused', async () => {
  await using(at('s.db'), (store) => store.append([entry('x')]));
  copyFileSync(at('s.db'), at('copy.db'));
  await using(at('s.db'), (store) => store.append([entry('y')]));
  await using(at('copy.db'), (store) => store.append([entry('z')]));
  const merged = withOther(at('copy.db'), async (from) => {
    const into = await openDatabase(at('s.db'));
    return mergeStores(into, from, 'Ann').finally(() => into.close());
  });
  await expect(merged).rejects.toThrow(/both have written to chain C-\w+ since one was copied/);
});

test('a store that is there is replaced only when asked, and kept', async () => {
  await using(at('s.db'), (store) => seen(store, 1, []));
  backupStore(at('s.db'), at('b.db'));
  await using(at('s.db'), (store) => seen(store, 2, []));
  await expect(restoreStore(at('b.db'), at('s.db'), BY)).rejects.toThrow(/--replace/);
  const { kept } = await restoreStore(at('b.db'), at('s.db'), { by: 'Ann', replace: true });
  await using(at('s.db'), async (store) => expect(await store.runs()).toHaveLength(1));
  await using(kept ?? '', async (store) => expect(await store.runs()).toHaveLength(2));
});

test('a store that cannot be kept is not replaced, and that is said in a sentence', async () => {
  // With what is added to its name when it is kept it would be longer than file systems allow.
  const long = at(`${'s'.repeat(220)}.db`);
  await using(long, (store) => seen(store, 1, []));
  backupStore(long, at('b.db'));
  await using(long, (store) => seen(store, 2, []));
  const replaced = restoreStore(at('b.db'), long, { by: 'Ann', replace: true });
  await expect(replaced).rejects.toThrow(OutputError);
  await using(long, async (store) => expect(await store.runs()).toHaveLength(2));
  expect(readdirSync(folder)).toHaveLength(2);
});

test('a store that a run is writing to is not replaced', async () => {
  await using(at('s.db'), async (store) => {
    await seen(store, 1, []);
    backupStore(at('s.db'), at('b.db'));
    await store.beginRun(run(2));
    const replace = { by: 'Ann', replace: true };
    await expect(restoreStore(at('b.db'), at('s.db'), replace)).rejects.toThrow(/still going on/);
  });
});

test('a damaged backup is refused, and nothing is left of the attempt', async () => {
  await using(at('s.db'), (store) => seen(store, 1, [finding('F-1')]));
  backupStore(at('s.db'), at('b.db'));
  const { size } = statSync(at('b.db'));
  truncateSync(at('b.db'), size - 8_192);
  await expect(restoreStore(at('b.db'), at('r.db'), BY)).rejects.toThrow(UsageError);
  await expect(restoreStore(at('none.db'), at('r.db'), BY)).rejects.toThrow(/no store of ajar/);
  expect(readdirSync(folder).filter((name) => /^\.?r\.db/.test(name))).toEqual([]);
});
