/** `ajar demo`: five made-up departments' clouds on this machine, scanned for real, checked against what was planted. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import type { Config } from '../config.ts';
import type { RunResult } from '../run.ts';

interface Flags {
  readonly keep: boolean | undefined;
  readonly out: string | undefined;
  readonly dir: string | undefined;
  readonly seed: number | undefined;
  readonly quiet: boolean | undefined;
}

type Stack = import('../../../localstack/stack.ts').Stack;

const EXIT_AS_PLANTED = 0;
const EXIT_OTHERWISE = 1;

function printKept(stack: Stack, directory: string): void {
  const set = Object.entries(stack.env).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(join(directory, 'env'), `${set.join('\n')}\n`, { mode: 0o600 });
  process.stdout.write(
    [
      '',
      'The stack keeps running; Ctrl-C stops it. In another terminal:',
      '',
      `  . ${directory}/env`,
      `  npm run -s ajar -- scan --config ${directory}/ajar.yaml`,
      `  npm run -s ajar -- scan --config ${directory}/ajar.yaml --plan`,
      ...stack.servers.map((line) => `  # ${line}`),
      '',
    ].join('\n'),
  );
}

function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** The same configuration that a person would write, so that the demo shows a real scan. */
function writeConfiguration(stack: Stack, directory: string, owners: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, 'owners.yaml'), owners);
  const targets = stack.targets.map((target) => `  - ${JSON.stringify(target)}`);
  const text = ['owners: owners.yaml', 'store: store.db', 'key: key', 'targets:', ...targets, ''];
  writeFileSync(join(directory, 'ajar.yaml'), text.join('\n'));
}

async function show({ report, titles, files }: RunResult): Promise<void> {
  const [{ renderTable, renderUrgent }, { gapLines, wantsColor }] = await Promise.all([
    import('../../report/table.ts'),
    import('../progress.ts'),
  ]);
  const width = Math.min(120, process.stdout.columns ?? 100);
  const terminal = { width, color: wantsColor(process.stdout) };
  const setting = { titles };
  process.stdout.write(
    `${renderTable(report, terminal, setting)}\n${renderUrgent(report, 3, terminal, setting)}\n`,
  );
  const html = files.find((file) => file.endsWith('.html'));
  for (const line of gapLines(report.gaps)) process.stderr.write(`${line}\n`);
  process.stdout.write(`Report: ${html}\n`);
}

export const demo: CommandModule<object, Flags> = {
  command: 'demo',
  describe: 'Start five made-up departments on local servers, scan them, show the report',
  builder: (yargs) =>
    yargs
      .option('keep', { type: 'boolean', describe: 'Leave the servers running until Ctrl-C' })
      .option('out', { type: 'string', default: 'ajar-report', describe: 'Folder for the report' })
      .option('dir', {
        type: 'string',
        default: '.ajar/demo',
        describe: 'Store and configuration of the demo',
      })
      .option('seed', { type: 'number', default: 2025, describe: 'Seed of the made-up people' })
      .option('quiet', { type: 'boolean', describe: 'No progress' })
      .example('$0 demo', 'start, scan, report, stop')
      .example('$0 demo --keep', 'and leave the servers up to try commands on'),
  async handler({ keep, out = 'ajar-report', dir = '.ajar/demo', seed = 2025, quiet }) {
    const [{ startStack }, { OWNERS_YAML }, { compare }] = await Promise.all([
      import('../../../localstack/stack.ts'),
      import('../../../localstack/seed/departments.ts'),
      import('../../../localstack/compare.ts'),
    ]);
    const [{ loadConfig }, { runScan }] = await Promise.all([
      import('../config.ts'),
      import('../run.ts'),
    ]);
    const say = (line: string): void => {
      if (!quiet) process.stderr.write(`${line}\n`);
    };
    say('Starting five departments on local servers …');
    const stack = await startStack(seed);
    try {
      for (const line of stack.servers) say(`  ${line}`);
      Object.assign(process.env, stack.env);
      writeConfiguration(stack, dir, OWNERS_YAML);
      const config: Config = loadConfig({ config: join(dir, 'ajar.yaml'), out });
      say('Scanning them …');
      const result = await runScan({ config, quiet: quiet === true, ndjson: false });
      await show(result);
      if (result.unwritten) throw result.unwritten;
      const wrong = compare(result.report, stack.planted);
      for (const line of wrong) process.stderr.write(`not as planted: ${line}\n`);
      process.exitCode = wrong.length === 0 ? EXIT_AS_PLANTED : EXIT_OTHERWISE;
      if (keep) {
        printKept(stack, dir);
        await waitForStop();
      }
    } finally {
      await stack.stop();
    }
  },
};
