import { expect, test } from 'vitest';
import type { FindingRecord, RecordFilter } from '../../../src/model/lifecycle.ts';
import {
  all,
  change,
  type Engine,
  entry,
  finding,
  type Opened,
  report,
  run,
  seen,
  using,
} from './made.ts';

const ids = (records: readonly FindingRecord[]): readonly string[] =>
  records.map((record) => record.finding.id);

async function idsOf(store: Opened, filter?: RecordFilter): Promise<readonly string[]> {
  return ids(await all(store.records(filter)));
}

export function recordsOf(engine: Engine): void {
  test('a finding seen for the first time is new, by ajar', async () => {
    await using(await engine.fresh(), async (store) => {
      await seen(store, 1, [finding('F-1')]);
      const [record] = await all(store.records());
      expect(record).toMatchObject({
        firstRun: 'run-1',
        lastRun: 'run-1',
        lastSeen: '2026-01-01T00:00:00.000Z',
        status: 'new',
        statusBy: 'ajar',
        reason: null,
        until: null,
      });
    });
  });

  test('records come by severity, then people, over many pages', async () => {
    await using(await engine.fresh(), async (store) => {
      const many = Array.from({ length: 1_203 }, (_, i) =>
        finding(`F-${i}`, {
          severity: i % 2 === 0 ? 'low' : 'critical',
          people: { atLeast: 1, atMost: (i * 7) % 1_000 },
        }),
      );
      await seen(store, 1, many);
      const found = (await all(store.records())).map((record) => record.finding);
      const sorted = [...many].sort(
        (a, b) =>
          (a.severity === 'critical' ? 0 : 1) - (b.severity === 'critical' ? 0 : 1) ||
          b.people.atMost - a.people.atMost ||
          (a.id < b.id ? -1 : 1),
      );
      expect(found.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
    });
  });

  test('records are filtered by status, owner, asset and id', async () => {
    await using(await engine.fresh(), async (store) => {
      const lands = { owner: { id: 'lands', name: 'Lands' } };
      const asset = { id: 's3:a/other', provider: 's3', name: 'other' };
      await seen(store, 1, [finding('F-1', lands), finding('F-2', { asset }), finding('F-3')]);
      await store.append([change('F-1', 'new', 'acknowledged')]);
      expect(await idsOf(store, { statuses: ['acknowledged', 'fixed'] })).toEqual(['F-1']);
      expect(await idsOf(store, { statuses: [] })).toEqual([]);
      expect(await idsOf(store, { owner: 'lands' })).toEqual(['F-1']);
      expect(await idsOf(store, { owner: null })).toEqual(['F-2', 'F-3']);
      expect(await idsOf(store, { asset: 's3:a/other' })).toEqual(['F-2']);
      expect(await idsOf(store, { ids: ['F-3', 'F-1', 'F-8'] })).toEqual(['F-1', 'F-3']);
      const manyIds = Array.from({ length: 900 }, (_, i) => `F-${i + 3}`);
      expect(await idsOf(store, { ids: manyIds })).toEqual(['F-3']);
    });
  });

  test('whose turn it is follows what was given by hand and what was given back', async () => {
    await using(await engine.fresh(), async (store) => {
      await seen(store, 1, [finding('F-1', { owner: { id: 'lands', name: 'Lands' } })]);
      await store.append([change('F-1', 'new', 'not-ours')]);
      expect(await idsOf(store, { owner: null })).toEqual(['F-1']);
      await store.append([change('F-1', 'not-ours', 'open', 'water')]);
      expect(await idsOf(store, { owner: 'water' })).toEqual(['F-1']);
      expect(await idsOf(store, { owner: 'lands' })).toEqual([]);
      expect((await all(store.records()))[0]).toMatchObject({ assigned: 'water', statusBy: 'Ann' });
    });
  });

  test('a later run changes what was seen, and leaves the status', async () => {
    await using(await engine.fresh(), async (store) => {
      await seen(store, 1, [finding('F-1')]);
      await store.append([change('F-1', 'new', 'acknowledged')]);
      const more = { people: { atLeast: 9, atMost: 9 }, firstKnown: '2026-01-02T00:00:00.000Z' };
      await seen(store, 2, [finding('F-1', more)]);
      const [record] = await all(store.records());
      expect(record).toMatchObject({ status: 'acknowledged', firstRun: 'run-1', lastRun: 'run-2' });
      expect(record?.finding.people.atMost).toBe(9);
      expect(record?.finding.firstKnown).toBe('2026-01-01T00:00:00.000Z');
    });
  });

  test('a run that began earlier and ends later does not overwrite what was seen since', async () => {
    const url = await engine.fresh();
    await using(url, async (slow) => {
      await slow.beginRun(run(1));
      await using(url, (fast) => seen(fast, 2, [finding('F-1', { slice: 'fast' })]));
      await slow.finishRun(report(run(1, 'complete'), [finding('F-1', { slice: 'slow' })]), []);
      const [record] = await all(slow.records());
      expect(record?.lastRun).toBe('run-2');
      expect(record?.finding.slice).toBe('fast');
    });
  });

  test('of two runs that end at once only one sees a finding for the first time', async () => {
    const url = await engine.fresh();
    await Promise.all(
      [1, 2, 3].map((n) =>
        using(url, async (store) => {
          await store.beginRun(run(n));
          const ended = report(run(n, 'complete'), [finding('F-1')]);
          await store.finishRun(ended, [], async (before) => {
            const known = await all(before);
            return known.length === 0 ? [entry('F-1', `seen/${n}`)] : [];
          });
        }),
      ),
    );
    await using(url, async (store) => expect(await all(store.entries())).toHaveLength(1));
  });

  test('what a person said while a run went on holds against the view of the run', async () => {
    await using(await engine.fresh(), async (store) => {
      await seen(store, 1, [finding('F-1')]);
      await store.beginRun(run(2));
      await store.append([change('F-1', 'new', 'acknowledged')]);
      const view = [change('F-1', 'new', 'open'), entry('F-1', 'seen')];
      await store.finishRun(report(run(2, 'complete'), [finding('F-1')]), [], view);
      expect((await all(store.records()))[0]?.status).toBe('acknowledged');
      expect((await all(store.entries())).map(({ kind }) => kind)).toEqual([
        'finding.status',
        'told',
      ]);
    });
  });
}
