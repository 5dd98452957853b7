import { expect, test } from 'vitest';
import { outcomeOnce, type Settled } from '../../../src/model/message.ts';
import { type Engine, entry, message, using } from './made.ts';
import { leftBehind } from './runs.ts';

export function outboxOf(engine: Engine): void {
  test('a message is written once under its id', async () => {
    await using(await engine.fresh(), async (store) => {
      await store.append([], [message('m')]);
      await store.append([entry('x')], [{ ...message('m'), text: 'Something else.' }]);
      const found = await store.messages();
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        ...message('m'),
        state: 'waiting',
        attempts: 0,
        error: null,
      });
    });
  });

  test('many who claim at once never get the same message', async () => {
    const url = await engine.fresh();
    await using(url, async (a) => {
      const ids = Array.from({ length: 40 }, (_, i) => `m-${i}`);
      await a.append([], ids.map(message));
      await using(url, async (b) => {
        const claims = await Promise.all(
          Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? a : b).claim(5)),
        );
        const got = claims.flat().map(({ id }) => id);
        expect(new Set(got).size).toBe(got.length);
        const rest = await b.claim(100);
        expect([...got, ...rest.map(({ id }) => id)].sort()).toEqual([...ids].sort());
      });
    });
  });

  test('what a process that is gone had claimed is unsure, and not sent again by itself', async () => {
    const url = await engine.fresh();
    await using(url, (store) => store.append([], [message('m')]));
    await leftBehind('claim', url);
    await using(url, async (store) => {
      expect(await store.claim(10)).toEqual([]);
      expect(await store.messages(['unsure'])).toMatchObject([{ id: 'm', attempts: 1 }]);
      await store.settle('m', 'sent', null, null);
      expect((await store.messages(['sent', 'failed'])).map(({ id }) => id)).toEqual(['m']);
    });
  });

  test('what a living process has claimed stays with it', async () => {
    const url = await engine.fresh();
    await using(url, async (a) => {
      await a.append([], [message('m')]);
      await a.claim(1);
      await using(url, async (b) => {
        expect(await b.claim(1)).toEqual([]);
        expect((await b.messages())[0]?.state).toBe('sending');
      });
    });
  });

  test('what became of a message is asked for until the ledger has it, each attempt anew', async () => {
    await using(await engine.fresh(), async (store) => {
      const ids = async () => (await store.unnoted()).map(({ id }) => id);
      const note = (id: string, state: Settled, attempts: number) =>
        store.append([entry(id, outcomeOnce(id, state, attempts), `message.${state}`)]);
      await store.append([], [message('a'), message('b'), message('c')]);
      expect(await ids()).toEqual([]);
      for (const { id } of await store.claim(3)) {
        await store.settle(id, id === 'a' ? 'sent' : id === 'b' ? 'failed' : 'unsure', null, null);
      }
      expect(await ids()).toEqual(['a', 'b', 'c']);
      await note('a', 'sent', 1);
      await note('b', 'failed', 1);
      expect(await ids()).toEqual(['c']);
      await note('c', 'unsure', 1);
      expect(await ids()).toEqual([]);
      await store.settle('b', 'waiting', null, null);
      await store.claim(1);
      await store.settle('b', 'failed', null, null);
      expect(await store.unnoted()).toMatchObject([{ ...message('b'), attempts: 2 }]);
      expect(await store.message('b')).toMatchObject({ state: 'failed', attempts: 2 });
      expect(await store.message('none')).toBeNull();
    });
  });

  test('a message that is to be tried again waits for its time', async () => {
    const url = await engine.fresh();
    const at = (time: string) => ({ now: () => new Date(time) });
    await using(
      url,
      async (store) => {
        await store.append([], [message('m')]);
        await store.claim(1);
        await store.settle('m', 'waiting', 'busy', '2026-03-01T13:00:00.000Z');
        expect(await store.claim(1)).toEqual([]);
      },
      at('2026-03-01T12:00:00.000Z'),
    );
    await using(
      url,
      async (store) => {
        expect(await store.claim(1)).toMatchObject([{ id: 'm', attempts: 2, error: 'busy' }]);
      },
      at('2026-03-01T13:00:00.000Z'),
    );
  });

  test('a clock that was set back does not hold up what is in the outbox', async () => {
    const url = await engine.fresh();
    const at = (time: string) => ({ now: () => new Date(time) });
    await using(
      url,
      (store) => store.append([entry('x')], [message('m')]),
      at('2026-03-02T00:00:00Z'),
    );
    await using(
      url,
      async (store) => expect(await store.claim(1)).toHaveLength(1),
      at('2026-03-01T00:00:00Z'),
    );
  });
}
