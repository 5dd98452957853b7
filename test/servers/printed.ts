/**
 * Printed commands, run as they stand: in a shell, by the programs that they name, with nothing put in
 * their place but a script that starts `ajar` from this checkout.
 */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findProgram } from '../../localstack/servers/programs.ts';
import { type Config, loadConfig } from '../../src/cli/config.ts';
import { type Proved, prove } from '../../src/cli/prove.ts';
import { prepare } from '../../src/cli/root.ts';
import type { Finding, RemedyStep } from '../../src/model/finding.ts';
import type { TargetSpec } from '../../src/model/provider.ts';
import { scan } from '../../src/scan/scan.ts';
import { collect } from '../kit/collect.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const COMMAND_TIME_MS = 120_000;

export interface Ran {
  readonly command: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's desk: a folder with store, key and configuration, where commands are pasted into a shell. */
export interface Desk {
  readonly folder: string;
  /** Scans the targets; the findings as they would be printed. */
  scan(targets: readonly TargetSpec[]): Promise<readonly Finding[]>;
  run(command: string): Promise<Ran>;
  prove(id: string): Promise<Proved>;
  clear(): void;
}

/** `programs` must be there: a command whose program is missing is never taken for one that ran. */
export function openDesk(
  programs: readonly string[],
  env: Readonly<Record<string, string>>,
  machine: { readonly enter: readonly string[]; readonly bin: string } | null = null,
): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-desk-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'ajar'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(join(bin, 'ajar'), 0o755);
  const folders = programs.map((name) => {
    const found = findProgram(name);
    if (found) return dirname(found.path);
    throw new Error(`${name} is not there; run: node localstack/servers/install.ts ${name}`);
  });
  let config: Config | null = null;
  const settings = (): Config => {
    if (!config) throw new Error('scan first');
    return config;
  };
  return {
    folder,
    async scan(targets) {
      const file = join(folder, 'ajar.yaml');
      writeFileSync(
        file,
        `store: store.db\nkey: key\nout: out\ntargets: ${JSON.stringify(targets)}\n`,
      );
      config = loadConfig({ config: file });
      Object.assign(process.env, env);
      const prepared = await prepare(config, new AbortController().signal);
      const findings = new Map<string, Finding>();
      try {
        for await (const event of scan(prepared.job)) {
          if (event.type === 'finding') findings.set(event.finding.id, event.finding);
        }
      } finally {
        await prepared.close();
      }
      return [...findings.values()];
    },
    run(command) {
      const places = [bin, ...(machine ? [machine.bin] : []), ...folders, process.env.PATH];
      // Where a server's own programs are, for whom sudo would find them.
      const path = [...places, '/usr/sbin', '/sbin'].join(':');
      // Entering a machine leaves the desk.
      const enter = machine ? [...machine.enter, 'sh', '-c', 'cd "$0" && exec "$@"', folder] : [];
      return runIn(folder, [...enter, 'sh', '-c', command], { ...env, PATH: path });
    },
    async prove(id) {
      const signal = new AbortController().signal;
      const [proved] = await collect(prove({ config: settings(), ids: [id], by: 'test', signal }));
      if (!proved) throw new Error('no proof');
      return proved;
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Not spawnSync: stand-ins answer from this process. */
async function runIn(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, {
    cwd,
    env: {
      ...env,
      HOME: cwd,
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_DEFAULT_REGION: 'us-east-1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: COMMAND_TIME_MS,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { command: words.at(-1) ?? '', code, stdout, stderr };
}

/** The programs that a command starts; the shell's own words left out. */
export function programsOf(command: string): readonly string[] {
  const known = [
    'ajar',
    'aws',
    'az',
    'gcloud',
    'mc',
    'jq',
    'curl',
    'nginx',
    'apachectl',
    'a2enconf',
    'systemctl',
    'fuser',
    'sed',
    'tee',
    'lighttpd',
    'caddy',
  ];
  return known.filter((name) => new RegExp(`(?:^|[\\s;&|(])${name}(?=\\s)`).test(command));
}

/** Of several findings, each command once. */
export function uniqueSteps(findings: readonly Finding[]): readonly RemedyStep[] {
  const steps = findings.flatMap(({ remedy }) => remedy);
  return [...new Map(steps.map((step) => [`${step.purpose}\n${step.command}`, step])).values()];
}

export interface CommandOutcome {
  readonly server: string;
  readonly cause: string;
  readonly purpose: string;
  readonly programs: readonly string[];
  /** `ran`, or why it could not be run here. */
  readonly outcome: string;
}

/** Names the file; unset outside of the server suite. */
export const COMMANDS = 'AJAR_SERVERS_COMMANDS';

export function noteCommand(outcome: CommandOutcome): void {
  const file = process.env[COMMANDS];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(outcome)}\n`);
}

export function commandOutcomes(file: string): readonly CommandOutcome[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CommandOutcome);
}
