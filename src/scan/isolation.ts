/**
 * Where strangers' files are parsed: processes of their own, started so that a parser that a file
 * has taken over finds nothing to take. Node's permission model keeps it from files, programs and
 * threads; a network namespace of its own, where this system grants one, keeps it from the network;
 * a clean environment keeps credentials from it. docs/extraction.md says what each layer stops.
 */
import { type ChildProcess, execFile, fork, type StdioOptions } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process may do besides reading the program's own code. */
export type Allowance = 'addons' | 'worker' | 'child-process';

export interface Confinement {
  readonly module: URL;
  readonly allow: readonly Allowance[];
  /** Modules outside the program's own folders whose folders it reads too. */
  readonly modules: readonly string[];
  readonly heapMb: number;
  readonly env: Readonly<Record<string, string>>;
  /** The fourth descriptor: a new pipe, or the other end of another process's. */
  readonly pipe: 'pipe' | NonNullable<ChildProcess['stdio'][4]>;
}

const PROBE_TIME_MS = 5_000;

/** As a parent's end reaches the child: after standard streams and the channel. */
export const PIPE_FD = 4;

/** No image of its memory on disk when it crashes; and it ends with this process, however that ends. */
const WITH_PARENT = [
  ...['prlimit', '--core=0'],
  ...['setpriv', '--pdeathsig', 'KILL', '--no-new-privs'],
];
/** Without rights over the system one needs a user namespace, which some distributions refuse. */
const NO_NETWORK = [
  ['unshare', '--net', '--'],
  ['unshare', '--map-current-user', '--net', '--'],
];

export interface Wrapping {
  /** Words before the command line of Node. */
  readonly words: readonly string[];
  /** Does it run in a network namespace of its own, with no interface up? */
  readonly network: boolean;
}

let known: Promise<Wrapping> | null = null;

/** What this system grants; tried once a process. */
export function wrapping(): Promise<Wrapping> {
  known ??= findWrapping();
  return known;
}

async function findWrapping(): Promise<Wrapping> {
  if (process.platform !== 'linux') return { words: [], network: false };
  for (const cut of NO_NETWORK) {
    if (await runs([...cut, ...WITH_PARENT, 'true'])) {
      return { words: [...cut, ...WITH_PARENT], network: true };
    }
  }
  return { words: (await runs([...WITH_PARENT, 'true'])) ? WITH_PARENT : [], network: false };
}

function runs([program = '', ...words]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: PROBE_TIME_MS }, (error) => resolve(error === null));
  });
}

let code: readonly string[] | null = null;

/** The program's code and its packages: all that a reader may read. They do not move while it runs. */
function codeFolders(): readonly string[] {
  code ??= findCode();
  return code;
}

function findCode(): readonly string[] {
  const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
  const found = ['src', 'detectors', 'package.json', '../package.json'].map((name) =>
    join(root, name),
  );
  for (let folder = root; ; folder = dirname(folder)) {
    const packages = basename(folder) === 'node_modules' ? folder : join(folder, 'node_modules');
    if (existsSync(packages)) found.push(packages, realpathSync(packages));
    if (dirname(folder) === folder) return [...new Set(found)];
  }
}

export function start({ words }: Wrapping, what: Confinement): ChildProcess {
  const reads = [...codeFolders(), ...what.modules.map((url) => dirname(fileURLToPath(url)))];
  const node = [
    '--permission',
    ...what.allow.map((name) => `--allow-${name}`),
    ...reads.map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${what.heapMb}`,
  ];
  const [program = process.execPath, ...rest] = [...words, process.execPath];
  // Its standard error would quote what it parses.
  const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc', what.pipe];
  return fork(what.module, [], {
    execPath: program,
    execArgv: [...rest, ...node],
    serialization: 'advanced',
    stdio,
    // The clean environment still needs the wrapping's programs; tests must find the same ones.
    env: { PATH: process.env.PATH ?? '', ...what.env },
    // A group of its own: Ctrl-C is the parent's to handle, and what it started ends with it.
    detached: process.platform !== 'win32',
  });
}

/** Ends it and what it started, at once. */
export function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

type Watch = 'proc' | 'ps' | null;

let watch: { readonly by: Watch } | null = null;

/** How a process's memory is watched on this system; null where it cannot be. */
export function memoryWatch(): Watch {
  // Asked many times a second while files are read.
  watch ??= { by: findWatch() };
  return watch.by;
}

function findWatch(): Watch {
  if (existsSync('/proc/self/status')) return 'proc';
  return process.platform === 'win32' ? null : 'ps';
}

/** Resident memory in bytes; 0 of a process that has ended, or where it cannot be told. */
export async function residentBytes(pid: number): Promise<number> {
  switch (memoryWatch()) {
    case 'proc':
      return procBytes(pid);
    case 'ps':
      return psBytes(pid);
    default:
      return 0;
  }
}

function procBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // ended between two looks
  }
}

function psBytes(pid: number): Promise<number> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) =>
      resolve(error ? 0 : Number(stdout.trim()) * 1024),
    );
  });
}
