/** A store's file and what SQLite keeps beside it, put into place or back. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { OutputError } from '../model/errors.ts';

/** What a store's files end with. */
export const ENDS: readonly string[] = ['', '-wal', '-shm'];

/** Rename, and everything before it, is on the disk when this returns. */
export function moveInto(part: string, file: string): void {
  renameSync(part, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** All of them or none. */
function moveAll(from: string, to: string): void {
  const moved: string[] = [];
  try {
    for (const end of ENDS) {
      if (!existsSync(`${from}${end}`)) continue;
      renameSync(`${from}${end}`, `${to}${end}`);
      moved.push(end);
    }
  } catch (error) {
    for (const end of moved) renameSync(`${to}${end}`, `${from}${end}`);
    throw error;
  }
}

/**
 * Puts `part` in the place of `store`, which is `kept` from then on. Where that cannot be done, the
 * store is where it was; throws OutputError naming its place where even that cannot be.
 */
export function swapIn(part: string, store: string, kept: string): void {
  moveAll(store, kept);
  try {
    moveInto(part, store);
  } catch (error) {
    putBack(kept, store);
    throw error;
  }
}

function putBack(kept: string, store: string): void {
  try {
    moveAll(kept, store);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const sentence = `${store}: cannot be written, and what was there could not be put back (${code}); it lies at ${kept}, rename it`;
    throw new OutputError(store, code, sentence, { cause });
  }
}
