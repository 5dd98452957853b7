/** What isolation holds on this machine, found out by trying (`ajar doctor`). */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { end, memoryWatch, residentBytes, start, wrapping } from './isolation.ts';
import type { Bait, Reached } from './trial.ts';

const HEAP_MB = 64;
const TRIAL_TIME_MS = 20_000;
const TRIAL = new URL(
  import.meta.url.endsWith('.ts') ? './trial.ts' : './trial.js',
  import.meta.url,
);

export interface Holds {
  /** No file outside the program's own code, no program to start. */
  readonly files: boolean;
  /** No connection even for code that has taken over the process; libraries never get one. */
  readonly network: boolean;
  readonly memory: 'proc' | 'ps' | null;
}

/** Null when a process for reading files cannot even be started. */
export async function whatHolds(): Promise<Holds | null> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const child = start(await wrapping(), {
    module: TRIAL,
    allow: ['addons'],
    modules: [],
    heapMb: HEAP_MB,
    env: {},
    pipe: 'pipe',
  });
  const gone = AbortSignal.timeout(TRIAL_TIME_MS);
  child.once('exit', () => child.emit('error', new Error('it ended')));
  try {
    const { port } = server.address() as AddressInfo;
    // Before the trial: the process ends by itself as soon as it has answered.
    const seen = child.pid === undefined ? 0 : await residentBytes(child.pid);
    child.send({ folder: tmpdir(), port } satisfies Bait);
    const [reached] = (await once(child, 'message', { signal: gone })) as [Reached];
    return {
      files: !reached.files && !reached.programs,
      network: !reached.network,
      memory: seen > 0 ? memoryWatch() : null,
    };
  } catch {
    return null;
  } finally {
    child.removeAllListeners('exit');
    child.on('error', () => {});
    end(child);
    server.close();
  }
}
