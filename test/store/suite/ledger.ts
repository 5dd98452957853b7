import { expect, test } from 'vitest';
import type { ChainHead } from '../../../src/model/ledger.ts';
import { type ChainCheck, verifyChains } from '../../../src/store/chain.ts';
import type { Database } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/open.ts';
import { all, change, type Engine, entry, finding, message, seen, using } from './made.ts';

/** Does what no verb does: changes a ledger behind its back, and looks whether that shows. */
async function tampered(
  engine: Engine,
  tamper: (db: Database) => Promise<unknown>,
): Promise<ChainCheck> {
  const url = await engine.fresh();
  let heads: readonly ChainHead[] = [];
  await using(url, async (store) => {
    await store.append(['a', 'b', 'c', 'd', 'e'].map((subject) => entry(subject)));
    heads = await store.heads();
  });
  const db = await openDatabase(url);
  await tamper(db).finally(() => db.close());
  return using(url, (store) => verifyChains(store.chains(), heads));
}

export function ledgerOf(engine: Engine): void {
  test('entries follow each other in a chain that holds', async () => {
    await using(await engine.fresh(), async (store) => {
      const written = await store.append([entry('a'), entry('b')]);
      await store.append([entry('c')]);
      const chain = await all(store.chains());
      expect(chain.map(({ seq, subject }) => [seq, subject])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
      expect(chain.slice(0, 2)).toEqual(written);
      expect(chain[0]?.previous).toBe('0'.repeat(64));
      const check = await verifyChains(store.chains());
      expect(check).toMatchObject({ entries: 3, broken: null });
      expect(check.heads).toEqual(await store.heads());
    });
  });

  test('a changed entry is named', async () => {
    const { broken } = await tampered(engine, (db) =>
      db.run("UPDATE entries SET written_by = 'Bob' WHERE seq = 3"),
    );
    expect(broken).toMatchObject({ kind: 'changed', seq: 3 });
    expect(broken?.detail).toBe('entry 3 (told c) is not what was written');
  });

  test('a missing entry is named', async () => {
    const { broken } = await tampered(engine, (db) => db.run('DELETE FROM entries WHERE seq = 3'));
    expect(broken).toMatchObject({ kind: 'missing', seq: 3, detail: 'entry 3 is not there' });
  });

  test('entries in another order are named', async () => {
    const { broken } = await tampered(engine, async (db) => {
      await db.run('UPDATE entries SET seq = 99 WHERE seq = 2');
      await db.run('UPDATE entries SET seq = 2 WHERE seq = 4');
      await db.run('UPDATE entries SET seq = 4 WHERE seq = 99');
    });
    expect(broken).toMatchObject({ kind: 'reordered', seq: 2 });
    expect(broken?.detail).toBe('entry 2 (told d) was written as number 4');
  });

  test('an end that was cut off shows against the known head', async () => {
    const { broken } = await tampered(engine, (db) => db.run('DELETE FROM entries WHERE seq > 3'));
    expect(broken).toMatchObject({ kind: 'cut', seq: 4 });
  });

  test('a chain that was written anew shows against the known head', async () => {
    const url = await engine.fresh();
    await using(url, async (store) => {
      await store.append([entry('a'), entry('b')]);
      const [head] = await store.heads();
      const other = { chain: head?.chain ?? '', seq: 2, hash: 'f'.repeat(64) };
      const { broken } = await verifyChains(store.chains(), [other]);
      expect(broken).toMatchObject({ kind: 'replaced', seq: 2 });
    });
  });

  test('the same once is written once, also by many at the same time', async () => {
    const url = await engine.fresh();
    await using(url, async (a) => {
      await using(url, async (b) => {
        const written = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            (i % 2 === 0 ? a : b).append([entry('a', 'same'), entry(`own-${i}`)]),
          ),
        );
        const [first] = await all(a.entries({ subject: 'a' }));
        expect(written.map(([same]) => same)).toEqual(written.map(() => first));
        const chain = await all(a.chains());
        expect(chain.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
        expect((await verifyChains(a.chains())).broken).toBeNull();
      });
    });
  });

  test('where the clock was set back, time stands still and the entry says what the clock said', async () => {
    const url = await engine.fresh();
    const noon = '2026-03-01T12:00:00.000Z';
    const before = '2026-03-01T11:00:00.000Z';
    await using(url, (store) => store.append([entry('a')]), { now: () => new Date(noon) });
    await using(url, (store) => store.append([entry('b')]), { now: () => new Date(before) });
    await using(url, async (store) => {
      expect((await all(store.chains())).map(({ at, clock }) => [at, clock])).toEqual([
        [noon, null],
        [noon, before],
      ]);
    });
  });

  test('a change from a status that no longer holds is refused, and nothing of it is written', async () => {
    await using(await engine.fresh(), async (store) => {
      await seen(store, 1, [finding('F-1')]);
      await store.append([change('F-1', 'new', 'acknowledged')]);
      const late = [entry('x'), change('F-1', 'new', 'not-ours')];
      await expect(store.append(late, [message('m')])).rejects.toThrow(
        /finding F-1: it is "acknowledged" since .*, no longer "new"/,
      );
      expect(await all(store.entries())).toHaveLength(1);
      expect(await store.messages()).toEqual([]);
    });
  });

  test('two changes of one finding in one go follow each other', async () => {
    await using(await engine.fresh(), async (store) => {
      await seen(store, 1, [finding('F-1')]);
      await store.append([change('F-1', 'new', 'open'), change('F-1', 'open', 'acknowledged')]);
      expect((await all(store.records()))[0]?.status).toBe('acknowledged');
    });
  });

  test('entries are found by kind and subject, over many pages', async () => {
    await using(await engine.fresh(), async (store) => {
      const many = Array.from({ length: 1_100 }, (_, i) => entry(`s-${i % 2}`, `o-${i}`));
      await store.append([...many, entry('s-1', null, 'run.finished')]);
      expect(await all(store.entries({ subject: 's-1' }))).toHaveLength(551);
      expect(await all(store.entries({ kinds: ['run.finished'] }))).toHaveLength(1);
      const numbers = (await all(store.entries({ subject: 's-0' }))).map(({ seq }) => seq);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect((await verifyChains(store.chains())).entries).toBe(1_101);
    });
  });

  test('texts of any kind come back as they were written', async () => {
    await using(await engine.fresh(), async (store) => {
      const reason = `"'\\ ? $1 \u0000 \ud800 土地署 🙂\n`;
      await seen(store, 1, [finding('F-1')]);
      const odd = { ...change('F-1', 'new', 'open'), by: `Ann\u0000\ud800` };
      const body = { ...odd.body, reason };
      const [written] = await store.append([{ ...odd, body, once: 'a\u0000' }]);
      const [read] = await all(store.entries());
      expect(read).toEqual(written);
      expect(read?.body).toEqual(body);
      expect((await verifyChains(store.chains())).broken).toBeNull();
    });
  });
}
