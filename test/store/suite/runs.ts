import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/store/open.ts';
import { all, type Engine, finding, report, run, seen, using } from './made.ts';

const MINUTES_MS = 60_000;

/** Does something in a process of its own, which is killed in the middle. */
export function leftBehind(what: 'run' | 'claim', url: string): Promise<void> {
  const script = join(import.meta.dirname, 'left.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, what, url], () => resolve());
  });
}

export function runsOf(engine: Engine): void {
  test('a second run knows when the first saw a finding', async () => {
    const url = await engine.fresh();
    await using(url, (store) => seen(store, 1, [finding('F-1')]));
    await using(url, async (store) => {
      await store.beginRun(run(2));
      const first = '2026-01-01T00:00:00.000Z';
      expect(await store.known(['F-1', 'F-2'])).toEqual(new Map([['F-1', first]]));
      await store.saveFinding('run-2', finding('F-1', { firstKnown: '2026-01-02T00:00:00.000Z' }));
      expect((await store.known(['F-1'])).get('F-1')).toBe(first);
    });
  });

  test('a finding saved twice in a run counts once', async () => {
    await using(await engine.fresh(), async (store) => {
      await store.beginRun(run(1));
      await store.saveFinding('run-1', finding('F-1'));
      await store.saveFinding('run-1', finding('F-1'));
      await store.finishRun(report(run(1, 'complete'), [finding('F-1')]), []);
      expect(await store.findings()).toHaveLength(1);
    });
  });

  test('a report comes back whole, its findings most urgent first', async () => {
    await using(await engine.fresh(), async (store) => {
      const few = { people: { atLeast: 1, atMost: 1 } };
      const given = [
        finding('F-2', { severity: 'critical', ...few }),
        finding('F-4'),
        finding('F-1', few),
        finding('F-3', few),
      ];
      const ended = await seen(store, 1, [...given].reverse());
      expect(await store.report('run-1')).toEqual({ ...ended, findings: given });
      expect(await store.report('latest')).toEqual({ ...ended, findings: given });
    });
  });

  test('an unknown or unfinished run has no report, and is not the latest', async () => {
    await using(await engine.fresh(), async (store) => {
      expect(await store.report('latest')).toBeNull();
      await seen(store, 1, []);
      await store.beginRun(run(2));
      expect(await store.report('run-2')).toBeNull();
      expect(await store.report('run-9')).toBeNull();
      expect((await store.report('latest'))?.run.id).toBe('run-1');
      expect((await store.runs()).map(({ id, status }) => [id, status])).toEqual([
        ['run-2', 'running'],
        ['run-1', 'complete'],
      ]);
    });
  });

  test('a killed run shows as interrupted, and what it finished can be taken over by one process', async () => {
    const url = await engine.fresh();
    await leftBehind('run', url);
    await using(url, async (a) => {
      expect((await a.runs())[0]?.status).toBe('interrupted');
      expect(await a.unfinished()).toEqual([
        { run: run(1), configuration: 'same', assets: 1, alive: false },
      ]);
      await using(url, async (b) => {
        const taken = await Promise.all([a.takeOver('run-1'), b.takeOver('run-1')]);
        expect(taken.filter(Boolean)).toHaveLength(1);
      });
      const [done] = await all(a.checkpoints('run-1'));
      expect(done?.body).toEqual({ a: 1 });
      expect(done?.persons.map((set) => [...set])).toEqual([[1, 2, 3, 4, 5, 6, 7, 8]]);
    });
  });

  test('a living run cannot be taken over', async () => {
    const url = await engine.fresh();
    await using(url, async (a) => {
      await a.beginRun(run(1));
      await using(url, async (b) => {
        expect((await b.unfinished())[0]?.alive).toBe(true);
        expect(await b.takeOver('run-1')).toBe(false);
      });
    });
  });

  test('a process that was held up while another took its run over cannot write to it', async () => {
    const url = await engine.fresh();
    const later = { now: () => new Date(Date.now() + 5 * MINUTES_MS) };
    await using(url, async (a) => {
      await a.beginRun(run(1));
      // From another machine only the lease tells.
      const db = await openDatabase(url);
      await db.run("UPDATE runs SET holder = 'elsewhere'");
      await db.close();
      await using(url, async (b) => expect(await b.takeOver('run-1')).toBe(false));
      await using(url, async (b) => expect(await b.takeOver('run-1')).toBe(true), later);
      const done = { asset: 'A-1', body: {}, persons: [] };
      await expect(a.saveOutcome('run-1', [], done)).rejects.toThrow(/no longer this process/);
      await expect(a.finishRun(report(run(1, 'complete')), [])).rejects.toThrow(/no longer/);
      expect(await a.records()[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
    });
  });

  test('a run whose process has closed the store without ending it can be gone on with at once', async () => {
    const url = await engine.fresh();
    await using(url, (store) => store.beginRun(run(1)));
    await using(url, async (store) => expect(await store.takeOver('run-1')).toBe(true));
  });

  test('what was kept of finished assets ends with the run', async () => {
    await using(await engine.fresh(), async (store) => {
      await store.beginRun(run(1));
      await store.saveOutcome('run-1', [], { asset: 'A-1', body: {}, persons: [] });
      await store.finishRun(report(run(1, 'complete')), []);
      expect(await all(store.checkpoints('run-1'))).toEqual([]);
    });
  });

  test('a complete run makes killed ones of the same targets moot', async () => {
    const url = await engine.fresh();
    await leftBehind('run', url);
    await using(url, async (store) => {
      await seen(store, 2, []);
      expect(await store.unfinished()).toEqual([]);
      expect(await all(store.checkpoints('run-1'))).toEqual([]);
      expect((await store.runs()).map(({ status }) => status)).toEqual(['complete', 'interrupted']);
    });
  });

  test('two processes may open a store that is not there yet at once, and write at once', async () => {
    const url = await engine.fresh();
    await Promise.all(
      [1, 2, 3, 4].map((n) =>
        using(url, (store) => seen(store, n, [finding(`F-${n}`), finding('F-9')])),
      ),
    );
    await using(url, async (store) => {
      expect((await store.runs()).map(({ id }) => id)).toEqual([
        'run-4',
        'run-3',
        'run-2',
        'run-1',
      ]);
      expect((await all(store.records())).map(({ finding: { id } }) => id)).toEqual([
        'F-1',
        'F-2',
        'F-3',
        'F-4',
        'F-9',
      ]);
    });
  });

  test('locators and replays come back byte for byte', async () => {
    await using(await engine.fresh(), async (store) => {
      const sealed = new Uint8Array([0, 255, 10, 39]);
      await store.saveLocator('K-1', sealed);
      await store.saveReplay('F-1', sealed);
      expect([...((await store.locator('K-1')) ?? [])]).toEqual([...sealed]);
      expect([...((await store.replay('F-1')) ?? [])]).toEqual([...sealed]);
      expect(await store.locator('K-2')).toBeNull();
      expect(await store.replay('F-2')).toBeNull();
    });
  });
}
