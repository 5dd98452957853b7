/**
 * A machine on which a web server is installed as its distribution does it, for commands that edit
 * /etc and reload: unpacked packages laid over /usr, /etc and /var in a mount namespace of their own.
 * Nothing of the machine itself changes. systemd cannot run there: `systemctl reload` stands in.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../localstack/servers/programs.ts';

export interface Machine {
  /** Runs the words after it there. */
  readonly enter: readonly string[];
  /** Its programs, `sudo` and `systemctl` among them. */
  readonly bin: string;
  readonly www: string;
  /** Throws where it fails. */
  run(script: string): string;
  stop(): void;
}

/** Null where this machine lets nobody mount (a container without the right). */
export async function startMachine(
  packages: readonly string[],
  reload: string,
): Promise<Machine | null> {
  const may = spawnSync('unshare', ['-m', '-p', '--fork', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']);
  if (may.status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'ajar-machine-'));
  chmodSync(folder, 0o755);
  const [bin, www] = [join(folder, 'bin'), join(folder, 'www')];
  for (const one of [bin, www]) mkdirSync(one);
  script(join(bin, 'sudo'), 'exec "$@"');
  script(join(bin, 'systemctl'), reload);
  const roots = packages.map((name) => join(cacheFolder(), 'debs', name, 'root'));
  const lower = (part: string): string =>
    [...roots.map((root) => join(root, part)).filter(existsSync), `/${part}`].join(':');
  const layers = `set -e
mkdir -p ${folder}/m && mount -t tmpfs tmpfs ${folder}/m
cd ${folder}/m && mkdir e ew v vw
mount -t overlay overlay -o lowerdir=${lower('usr')} /usr
mount -t overlay overlay -o lowerdir=${lower('etc')},upperdir=${folder}/m/e,workdir=${folder}/m/ew /etc
mount -t overlay overlay -o lowerdir=${lower('var')},upperdir=${folder}/m/v,workdir=${folder}/m/vw /var
mount -t tmpfs tmpfs /run
cd / && echo ready && exec cat`;
  // A process space of its own: what was started as a daemon ends with its first process.
  const keeper = spawn('unshare', ['-m', '-p', '--fork', '--kill-child', 'sh', '-c', layers], {
    // It lives as long as somebody holds the other end, and goes even after a kill -9.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await ready(keeper);
  const first = readFileSync(`/proc/${keeper.pid}/task/${keeper.pid}/children`, 'utf8').trim();
  const enter = ['nsenter', '-t', first, '-m', '-p', '--'];
  return {
    enter,
    bin,
    www,
    run(text) {
      const [program = '', ...words] = [...enter, 'sh', '-c', text];
      const env = { ...process.env, PATH: `${bin}:${process.env.PATH}:/usr/sbin:/sbin` };
      const ran = spawnSync(program, words, { encoding: 'utf8', env });
      if (ran.status === 0) return ran.stdout;
      throw new Error(`${text}: ${ran.stderr}`);
    },
    stop() {
      keeper.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function script(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

async function ready(keeper: ChildProcess): Promise<void> {
  const ended = once(keeper, 'exit').then(() => {
    throw new Error('the layers could not be mounted');
  });
  if (keeper.stdout) await Promise.race([once(keeper.stdout, 'data'), ended]);
}
