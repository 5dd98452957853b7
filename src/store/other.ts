/** Another store, to be read and left as it is. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { isPostgres } from './address.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open.ts';

/**
 * Opens it and closes it whatever happens. A file is read from a copy of this moment, which may be
 * brought forward to this version; a database of an older one has to be brought forward itself.
 * Throws UsageError where there is no store.
 */
export async function withOther<T>(url: string, body: (db: Database) => Promise<T>): Promise<T> {
  if (isPostgres(url)) {
    return closing(await openDatabase(url, { existing: true }), body);
  }
  if (!existsSync(url)) throw new UsageError(`${url}: there is no store; name the file of one`);
  const { snapshot } = await import('./backup.ts');
  const folder = mkdtempSync(join(tmpdir(), 'ajar-other-'));
  try {
    const copy = join(folder, 'store.db');
    snapshot(url, copy);
    const db = await openDatabase(copy);
    return await closing({ ...db, name: url }, body);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function closing<T>(db: Database, body: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await body(db);
  } finally {
    await db.close();
  }
}
