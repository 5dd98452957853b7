/**
 * Does the isolation hold on this machine? A process started just as a reader is tries to get out
 * and says how far it came. Without the guard of nonetwork.ts, which is there on every system.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';

/** What it tries to reach: a folder outside the program, a server of the parent's on loopback. */
export interface Bait {
  readonly folder: string;
  readonly port: number;
}

export interface Reached {
  readonly files: boolean;
  readonly programs: boolean;
  readonly network: boolean;
}

const CONNECT_TIME_MS = 2_000;

function reaches(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function reachesServer(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: CONNECT_TIME_MS });
    const done = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}

process.once('message', async ({ folder, port }: Bait) => {
  const reached: Reached = {
    files: reaches(() => readdirSync(folder)),
    programs: reaches(() => spawnSync(process.execPath, ['--version'])),
    network: await reachesServer(port),
  };
  process.send?.(reached);
});
