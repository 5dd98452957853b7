/**
 * Where the programs of the real servers are: on the PATH, else in a cache outside the checkout that
 * `npm run test:servers` fills (`AJAR_SERVERS_CACHE`, default `~/.cache/ajar-servers`).
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { findOnPath } from './process.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Program {
  readonly path: string;
  /** What it needs besides PATH: where its libraries were unpacked. */
  readonly env: Readonly<Record<string, string>>;
}

export function cacheFolder(env: Environment = process.env): string {
  return resolve(env.AJAR_SERVERS_CACHE ?? join(homedir(), '.cache', 'ajar-servers'));
}

/** Null where neither the PATH nor the cache has it. */
export function findProgram(name: string, env: Environment = process.env): Program | null {
  const found = findOnPath(name, env.PATH ?? '');
  if (found !== null) return { path: found, env: {} };
  const cached = findOnPath(name, cacheFolders(cacheFolder(env)).join(delimiter));
  return cached === null ? null : { path: cached, env: librariesOf(cached) };
}

/** `bin` of each environment, `bin` and `sbin` of each unpacked set of packages. */
function cacheFolders(cache: string): readonly string[] {
  if (!existsSync(cache)) return [];
  const folders = [join(cache, 'bin')];
  for (const name of readdirSync(cache)) folders.push(join(cache, name, 'bin'));
  const packages = join(cache, 'debs');
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    const root = join(packages, name, 'root', 'usr');
    folders.push(join(root, 'sbin'), join(root, 'bin'));
  }
  return folders;
}

/** Unpacked packages are not where the loader looks. */
function librariesOf(program: string): Readonly<Record<string, string>> {
  const usr = dirname(dirname(program));
  const lib = join(usr, 'lib');
  if (!program.includes(`${join('root', 'usr')}`) || !existsSync(lib)) return {};
  const folders = readdirSync(lib)
    .filter((name) => name.endsWith('-linux-gnu'))
    .flatMap((name) => [join(lib, name), join(lib, name, 'ceph')]);
  return { LD_LIBRARY_PATH: folders.join(delimiter) };
}
