/** Child processes of the local stack: started on loopback, ended whatever happens, nothing left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The program's path, or null where PATH does not have it. */
export function findOnPath(program: string, path: string = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, program);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here: the next folder.
    }
  }
  return null;
}

/** Free loopback ports, all different; another process could take one before it is used. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export interface ServerCommand {
  readonly program: string;
  readonly args: (folder: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Asked until it answers anything at all. */
  readonly url: string;
  readonly startTimeoutMs: number;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it in a temporary folder of its own and waits until it answers. */
export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-server-'));
  const child = spawn(command.program, command.args(folder), {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-2000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const killNow = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killNow);
  const stop = async (): Promise<void> => {
    await endChild(child, ended);
    process.removeListener('exit', killNow);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answers(command, child);
  } catch (error) {
    await stop();
    throw new Error(`${command.program} did not start: ${output}`, { cause: error });
  }
  return { url: command.url, stop };
}

const GRACE_MS = 3_000;

async function endChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
}

async function answers({ url, startTimeoutMs }: ServerCommand, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error('it ended');
    try {
      await (await fetch(url, { signal: AbortSignal.timeout(1_000) })).arrayBuffer();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`no answer in ${startTimeoutMs} ms`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** An S3 server with the one administrator that its folder was made for. */
export interface S3Server extends RunningServer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
