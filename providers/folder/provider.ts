/**
 * A folder of this machine, judged as if its files were published: what a migration is about to
 * copy, an export, a mirror of a site. Nothing is sent anywhere.
 */
import { createReadStream, existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AccessFact } from '../../src/model/access.ts';
import { type Asset, assetId, type ByteRange, type ObjectRef } from '../../src/model/asset.ts';
import { ScanError, UsageError } from '../../src/model/errors.ts';
import type { Connection, Probed, Provider, TargetSpec } from '../../src/model/provider.ts';
import { proveFolder, REMEDIES } from './remedies.ts';

function pathOf(target: TargetSpec): string {
  if (target.uri.startsWith('file:')) return fileURLToPath(target.uri);
  return resolve(target.uri);
}

/** Where the operating system refused; its message may hold the path, which may hold a person's name. */
function refused(error: unknown): ScanError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new ScanError('not-found', 'it is gone since it was listed');
  if (code === 'EACCES' || code === 'EPERM') {
    return new ScanError('denied', 'this user may not read it; run ajar as one who may', {
      cause: error,
    });
  }
  return new ScanError('unreachable', `the operating system answered ${code ?? 'an error'}`, {
    cause: error,
  });
}

async function* walk(
  folder: string,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<ObjectRef> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    signal.throwIfAborted();
    const path = join(folder, entry.name);
    const key = `${prefix}${entry.name}`;
    if (entry.isDirectory()) yield* walk(path, `${key}/`, signal);
    // A link may lead out of what was named; devices and sockets hold no files.
    if (!entry.isFile()) continue;
    const info = await lstat(path);
    yield { key, sizeBytes: info.size, modifiedAt: info.mtime };
  }
}

/** Null for a key that leads out of the folder. */
function insideOf(folder: string, key: string): string | null {
  const file = resolve(folder, ...key.split('/'));
  return file.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`) ? file : null;
}

function connection(path: string, target: TargetSpec, signal: AbortSignal): Connection {
  let single: { sizeBytes: number; modifiedAt: Date } | null = null;
  return {
    async *assets() {
      const info = await lstat(path).catch((error: unknown) => {
        throw refused(error);
      });
      if (!info.isDirectory()) single = { sizeBytes: info.size, modifiedAt: info.mtime };
      const authority = target.name ?? 'local';
      const asset: Asset = {
        id: assetId('folder', authority, target.name === undefined ? path : basename(path)),
        provider: 'folder',
        authority,
        name: basename(path),
        kind: single ? 'file' : 'folder',
        url: path,
        labels: {},
      };
      yield { asset };
    },
    async probes(asset): Promise<Probed> {
      const because = { code: 'folder.assumed', params: { path: asset.name } };
      const fact = (action: 'list' | 'read', answer: 'yes'): AccessFact => ({
        audience: 'anyone',
        action,
        answer,
        source: 'assumed',
        slice: null,
        because,
      });
      const write: AccessFact = { ...fact('read', 'yes'), action: 'write', answer: 'no' };
      return {
        facts: [fact('list', 'yes'), fact('read', 'yes'), write],
        gaps: [],
        objectGrants: false,
      };
    },
    async *objects() {
      if (single) {
        yield { key: basename(path), ...single };
        return;
      }
      try {
        yield* walk(path, '', signal);
      } catch (error) {
        if (signal.aborted) throw error;
        throw refused(error);
      }
    },
    async *named(_asset, keys) {
      for (const { key } of keys) {
        signal.throwIfAborted();
        const file = insideOf(path, key);
        const info = file === null ? null : await lstat(file).catch(() => null);
        // A link may lead out of what was named.
        if (info?.isFile() !== true) continue;
        yield { key, sizeBytes: info.size, modifiedAt: info.mtime };
      }
    },
    async *objectProbes() {},
    async *read(_asset, object, range: ByteRange | null) {
      const file = single ? path : join(path, ...object.key.split('/'));
      const limits = range ? { start: range.start, end: range.end - 1 } : {};
      try {
        yield* createReadStream(file, { ...limits, signal });
      } catch (error) {
        if (signal.aborted) throw error;
        throw refused(error);
      }
    },
    async close() {},
  };
}

export const folder: Provider = {
  id: 'folder',
  title: 'Folder',
  schemes: ['file'],
  plan(target) {
    const path = pathOf(target);
    if (!existsSync(path))
      throw new UsageError(`target ${target.uri}: there is no such file or folder`);
    return { hosts: [], calls: [`read the files under ${path}${path.endsWith(sep) ? '' : sep}`] };
  },
  async connect(target, context) {
    const path = pathOf(target);
    return connection(path, target, context.signal);
  },
  remedies: REMEDIES,
  prove: proveFolder,
};
