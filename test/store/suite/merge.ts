import { expect, test } from 'vitest';
import type { Sketch } from '../../../src/model/store.ts';
import { verifyChains } from '../../../src/store/chain.ts';
import { bytesOf, type Database } from '../../../src/store/database.ts';
import { type MergeResult, mergeStores } from '../../../src/store/merge.ts';
import { openDatabase } from '../../../src/store/open.ts';
import { withOther } from '../../../src/store/other.ts';
import { chains } from '../../../src/store/queries.ts';
import {
  all,
  change,
  type Engine,
  entry,
  finding,
  message,
  type Opened,
  report,
  run,
  seen,
  using,
} from './made.ts';

async function merge(into: string, other: string): Promise<MergeResult> {
  return withOther(other, async (from) => {
    const db = await openDatabase(into);
    return mergeStores(db, from, 'Ann').finally(() => db.close());
  });
}

async function made(engine: Engine, body: (store: Opened) => Promise<unknown>): Promise<string> {
  const url = await engine.fresh();
  await using(url, body);
  return url;
}

function sketch(keyId: string, registers: readonly number[]): Sketch {
  return { subject: 'run', keyId, registers: Uint8Array.from(registers) };
}

export function mergeOf(engine: Engine, elsewhere: Engine): void {
  test('two stores become one that knows what both knew, and their chains hold', async () => {
    const north = await made(engine, async (store) => {
      await seen(store, 2, [finding('F-1', { firstKnown: '2026-01-02T00:00:00.000Z' })]);
      await store.append([entry('F-1')]);
      await store.saveLocator('K-1', new Uint8Array([1]));
    });
    const south = await made(elsewhere, async (store) => {
      await seen(store, 1, [finding('F-1'), finding('F-2')]);
      await store.append([entry('F-2'), entry('F-1')]);
      await store.saveLocator('K-2', new Uint8Array([2]));
      await store.saveReplay('F-2', new Uint8Array([3]));
    });
    const result = await merge(north, south);
    expect(result).toMatchObject({ chains: 1, entries: 2, runs: 1, findings: 1, earlier: 1 });
    await using(north, async (store) => {
      const records = await all(store.records());
      expect(records.map((each) => [each.finding.id, each.firstRun, each.lastRun])).toEqual([
        ['F-1', 'run-1', 'run-2'],
        ['F-2', 'run-1', 'run-1'],
      ]);
      const [first] = records;
      expect(first?.finding.firstKnown).toBe('2026-01-01T00:00:00.000Z');
      expect((await store.known(['F-1'])).get('F-1')).toBe('2026-01-01T00:00:00.000Z');
      expect((await store.runs()).map(({ id }) => id)).toEqual(['run-2', 'run-1']);
      expect((await store.report('run-1'))?.findings).toHaveLength(2);
      expect([...((await store.locator('K-2')) ?? [])]).toEqual([2]);
      expect([...((await store.replay('F-2')) ?? [])]).toEqual([3]);
      expect(await verifyChains(store.chains(), await store.heads())).toMatchObject({
        entries: 4,
        broken: null,
      });
      const [merged] = await all(store.entries({ kinds: ['store.merged'] }));
      expect(merged).toMatchObject({ by: 'Ann', body: { entries: 2 } });
    });
  });

  test('a first knowledge that was earlier elsewhere moves the deadline with it', async () => {
    const late = { firstKnown: '2026-01-05T00:00:00.000Z', deadline: '2026-01-12T00:00:00.000Z' };
    const north = await made(engine, (store) => seen(store, 5, [finding('F-1', late)]));
    const south = await made(elsewhere, (store) => seen(store, 1, [finding('F-1')]));
    await merge(north, south);
    await using(north, async (store) => {
      const [record] = await all(store.records());
      expect(record?.finding.deadline).toBe('2026-01-08T00:00:00.000Z');
    });
  });

  test('merging the same again changes nothing, and what has grown since is taken', async () => {
    const north = await made(engine, (store) => seen(store, 1, [finding('F-1')]));
    const south = await made(elsewhere, (store) => store.append([entry('x')]));
    await merge(north, south);
    expect(await merge(north, south)).toMatchObject({
      chains: 0,
      entries: 0,
      runs: 0,
      findings: 0,
    });
    await using(south, (store) => store.append([entry('y')]));
    expect(await merge(north, south)).toMatchObject({ chains: 1, entries: 1 });
    await using(north, async (store) => {
      expect((await verifyChains(store.chains(), await store.heads())).broken).toBeNull();
      expect(await all(store.entries({ kinds: ['store.merged'] }))).toHaveLength(2);
    });
  });

  test('the last word on a finding counts, whoever’s ledger it is in', async () => {
    const at = (time: string) => ({ now: () => new Date(time) });
    const north = await made(engine, (store) => seen(store, 1, [finding('F-1'), finding('F-2')]));
    const south = await made(elsewhere, (store) =>
      seen(store, 2, [finding('F-1'), finding('F-2')]),
    );
    const say = (url: string, time: string, id: string, to: 'acknowledged' | 'not-ours') =>
      using(url, (store) => store.append([change(id, 'new', to)]), at(time));
    await say(north, '2026-02-01T00:00:00.000Z', 'F-1', 'not-ours');
    await say(north, '2026-02-04T00:00:00.000Z', 'F-2', 'not-ours');
    await say(south, '2026-02-02T00:00:00.000Z', 'F-1', 'acknowledged');
    await say(south, '2026-02-03T00:00:00.000Z', 'F-2', 'acknowledged');
    await merge(north, south);
    await using(north, async (store) => {
      const found = await all(store.records());
      expect(found.map(({ status, statusAt }) => [status, statusAt])).toEqual([
        ['acknowledged', '2026-02-02T00:00:00.000Z'],
        ['not-ours', '2026-02-04T00:00:00.000Z'],
      ]);
    });
  });

  test('sketches of one run merge under one key, and stay apart under two', async () => {
    const ended = report(run(1, 'complete'));
    const withSketch = (one: Sketch) => async (store: Opened) => {
      await store.beginRun(run(1));
      await store.finishRun(ended, [one]);
    };
    const registers = async (url: string): Promise<readonly number[]> => {
      const db = await openDatabase(url);
      const [row] = await db.all('SELECT registers FROM sketches');
      await db.close();
      return [...(bytesOf(row, 'registers') ?? [])];
    };
    const same = await made(engine, withSketch(sketch('k1', [1, 5, 2])));
    await merge(same, await made(elsewhere, withSketch(sketch('k1', [3, 4, 2]))));
    expect(await registers(same)).toEqual([3, 5, 2]);
    const apart = await made(engine, withSketch(sketch('k1', [1, 5, 2])));
    const result = await merge(apart, await made(elsewhere, withSketch(sketch('k2', [3, 4, 2]))));
    expect(result.sketchesApart).toBe(1);
    expect(await registers(apart)).toEqual([1, 5, 2]);
  });

  test('what the other store has yet to send stays with it, and what it has sent is not sent again', async () => {
    const north = await made(engine, (store) => store.append([], [message('both')]));
    const south = await made(elsewhere, async (store) => {
      await store.append([], [message('both'), message('sent'), message('waits')]);
      await store.settle('both', 'sent', null, null);
      await store.settle('sent', 'sent', null, null);
    });
    await merge(north, south);
    await using(north, async (store) => {
      const states = (await store.messages()).map(({ id, state }) => [id, state]).sort();
      expect(states).toEqual([
        ['both', 'sent'],
        ['sent', 'sent'],
      ]);
    });
  });

  test('a run that goes on in the other store shows as interrupted, and as ended once it has', async () => {
    const north = await engine.fresh();
    await using(north, (store) => store.append([entry('x')]));
    const south = await elsewhere.fresh();
    await using(south, async (store) => {
      await store.beginRun(run(1));
      await store.saveFinding('run-1', finding('F-1'));
      await merge(north, south);
      await using(north, async (merged) => {
        expect((await merged.runs())[0]?.status).toBe('interrupted');
        expect(await merged.unfinished()).toEqual([]);
      });
      await store.finishRun(report(run(1, 'complete'), [finding('F-1')]), []);
    });
    await merge(north, south);
    await using(north, async (merged) => {
      expect((await merged.runs())[0]?.status).toBe('complete');
      expect((await merged.report('latest'))?.findings).toHaveLength(1);
      expect(await all(merged.records())).toHaveLength(1);
    });
  });

  test('what is written to the other store meanwhile is left for the next merge', async () => {
    const north = await engine.fresh();
    const south = await made(elsewhere, (store) => store.append([entry('x')]));
    const other = await openDatabase(south);
    const into = await openDatabase(north);
    const result = await using(south, async (writer) => {
      const all: Database['all'] = async (sql, values) => {
        const rows = await other.all(sql, values);
        // Right after where its chains end was asked.
        if (sql === chains) await writer.append([entry('late')]);
        return rows;
      };
      return mergeStores(into, { ...other, all }, 'Ann');
    });
    await Promise.all([other.close(), into.close()]);
    await using(north, async (store) => {
      const holds = await verifyChains(store.chains(), await store.heads());
      expect(holds).toMatchObject({ entries: result.entries + 1, broken: null });
    });
    await merge(north, south);
    await using(north, async (store) => {
      expect((await verifyChains(store.chains(), await store.heads())).broken).toBeNull();
      const subjects = (await all(store.entries({ kinds: ['told'] }))).map((one) => one.subject);
      expect(subjects).toEqual(['x', 'late', 'late']);
    });
  });

  test('a reason with signs that PostgreSQL does not keep, and who a finding was given to, merge', async () => {
    const north = await made(engine, (store) => seen(store, 1, [finding('F-1')]));
    const south = await made(elsewhere, async (store) => {
      await seen(store, 2, [finding('F-1')]);
      const { body, ...given } = change('F-1', 'new', 'open', 'lands');
      await store.append([{ ...given, body: { ...body, reason: 'theirs' } }]);
      const { body: known, ...said } = change('F-1', 'open', 'acknowledged');
      await store.append([{ ...said, body: { ...known, reason: 'seen\0 \ud800' } }]);
    });
    await merge(north, south);
    await using(north, async (store) => {
      const [record] = await all(store.records());
      expect(record).toMatchObject({
        status: 'acknowledged',
        statusBy: 'Ann',
        reason: 'seen\ufffd \ufffd',
        assigned: 'lands',
      });
    });
  });

  test('a store whose ledger does not hold is not merged', async () => {
    const north = await engine.fresh();
    await using(north, (store) => store.append([entry('x')]));
    const south = await made(elsewhere, (store) => store.append([entry('y')]));
    const db = await openDatabase(south);
    await db.run("UPDATE entries SET written_by = 'Bob'");
    await db.close();
    await expect(merge(north, south)).rejects.toThrow(
      /its ledger does not hold .* nothing was merged/,
    );
    await using(north, async (store) => expect(await all(store.entries())).toHaveLength(1));
  });
}
