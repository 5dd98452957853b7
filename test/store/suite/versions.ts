import { expect, test } from 'vitest';
import { openDatabase, openStore } from '../../../src/store/open.ts';
import { type Engine, finding, seen, using } from './made.ts';

export function versionsOf(engine: Engine): void {
  test('a store of a newer ajar is refused with a sentence and left as it was', async () => {
    const url = await engine.fresh();
    await using(url, (store) => seen(store, 1, [finding('F-1')]));
    const db = await openDatabase(url);
    const known = await db.version(db);
    await db.setVersion(db, 99);
    await db.close();
    await expect(openStore(url)).rejects.toThrow(
      `written by a newer ajar (schema 99, this one knows ${known}); update ajar or give another store`,
    );
  });
  test('looking back makes no store', async () => {
    const url = await engine.fresh();
    await expect(openStore(url, { existing: true })).rejects.toThrow(
      /there is no store; run a scan/,
    );
    await using(url, (store) => seen(store, 1, []));
    await using(url, async (store) => expect(await store.runs()).toHaveLength(1), {
      existing: true,
    });
  });
}
