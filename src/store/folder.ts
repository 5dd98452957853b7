/**
 * `mkdir -p` for the store's and the key's folder, for its owner only. Not `{recursive: true}`:
 * where the system answers ENOENT although the parent is there (/proc, a dangling link), Node 24's
 * own loop asks again for ever.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const FOLDER_MODE = 0o700;

export function makeFolder(path: string): void {
  if (made(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  mkdirSync(path, { mode: FOLDER_MODE });
}

/** False when the parent is missing. */
function made(path: string): boolean {
  try {
    mkdirSync(path, { mode: FOLDER_MODE });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file in the way says so when something is put into it.
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return false;
    throw error;
  }
}
