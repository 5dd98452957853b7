/** `ajar gate`: before a migration or a go-live: who would be exposed if this were public? */
import type { CommandModule } from 'yargs';
import { OutputError, UsageError } from '../../model/errors.ts';
import type { Severity } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { GateResult, PlannedDoor } from '../gate.ts';
import type { RunResult } from '../run.ts';

interface Flags {
  readonly targets: string[] | undefined;
  readonly 'copy-list': string | undefined;
  readonly terraform: string | undefined;
  readonly 'fail-on': Severity;
  readonly 'allow-gaps': boolean | undefined;
  readonly format: 'table' | 'json' | 'junit' | 'sarif';
  readonly junit: string | undefined;
  readonly sarif: string | undefined;
  readonly out: string | undefined;
  readonly config: string | undefined;
  readonly owners: string | undefined;
  readonly store: string | undefined;
  readonly key: string | undefined;
  readonly budget: string | undefined;
  readonly quiet: boolean | undefined;
}

/** Findings of a gate are no exposures: they stay out of the store that deadlines run in. */
const OWN_STORE = '.ajar/gate.db';

export const gate: CommandModule<object, Flags> = {
  command: 'gate [targets..]',
  describe: 'Before it is published: who would be exposed if this were public?',
  builder: (yargs) =>
    yargs
      .positional('targets', {
        type: 'string',
        array: true,
        describe: 'Folders, files, or buckets about to be opened (s3://…, gs://…, az://…)',
      })
      .option('copy-list', {
        type: 'string',
        describe: 'What a migration will copy: one source a line, or source,destination',
      })
      .option('terraform', {
        type: 'string',
        describe:
          'The JSON of "terraform show -json PLAN": doors that it opens, and what lies there',
      })
      .option('fail-on', {
        choices: ['low', 'medium', 'high', 'critical'] as const,
        default: 'low' as const,
        describe: 'Findings below this are shown and let through',
      })
      .option('allow-gaps', {
        type: 'boolean',
        describe: 'What could not be looked at is shown and let through',
      })
      .option('format', {
        choices: ['table', 'json', 'junit', 'sarif'] as const,
        default: 'table' as const,
        describe: 'What stdout carries',
      })
      .option('junit', { type: 'string', describe: 'Write a JUnit result here' })
      .option('sarif', { type: 'string', describe: 'Write SARIF 2.1.0 here' })
      .option('out', { type: 'string', describe: 'Write the whole report into this folder' })
      .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' })
      .option('owners', { type: 'string', describe: 'Departments and their rules' })
      .option('store', {
        type: 'string',
        describe: `Keeps references for ajar locate (default ${OWN_STORE})`,
      })
      .option('key', { type: 'string', describe: 'Key file (default .ajar/key)' })
      .option('budget', { type: 'string', describe: 'Bytes read of each target (default 1GB)' })
      .option('quiet', { type: 'boolean', describe: 'No progress' })
      .example('$0 gate ./dist --junit ajar.xml', 'in a pipeline, before an upload')
      .example('$0 gate --copy-list manifest.csv', 'before a migration')
      .example('$0 gate --terraform plan.json', 'what a plan opens, and who would be exposed')
      .example('$0 gate s3://forms --fail-on high', 'a bucket about to be opened')
      .epilogue(
        'Exit codes: 0 let through; 1 findings at or above --fail-on; 2 wrong usage, or a file that\n' +
          'could not be written; 3 no such findings, but gaps (0 with --allow-gaps); 4 both.',
      ),
  async handler(flags) {
    const [{ gateInput, judgeGate }, { loadConfig }, { exitCode }] = await Promise.all([
      import('../gate.ts'),
      import('../config.ts'),
      import('../exit.ts'),
    ]);
    const input = await gateInput({
      targets: (flags.targets ?? []).map((uri) => ({ uri })),
      copyList: flags['copy-list'],
      terraform: flags.terraform,
    });
    try {
      if (input.targets.length === 0 && flags.terraform === undefined) {
        throw new UsageError(
          'gate: nothing to look at; name a folder or bucket, --copy-list or --terraform',
        );
      }
      const { report, unwritten } = await look(flags, input.targets, loadConfig);
      const result = judgeGate(report, flags['fail-on']);
      await tell(flags, report, result, input.doors);
      // The result was shown: what could not be written is told after it.
      await writeResults(flags, report);
      if (unwritten) throw unwritten;
      const gaps = flags['allow-gaps'] ? 0 : report.gaps.length + result.missing;
      process.exitCode = exitCode(result.failing.length, gaps);
    } finally {
      input.cleanUp();
    }
  },
};

type LoadConfig = typeof import('../config.ts').loadConfig;

async function look(
  flags: Flags,
  targets: Parameters<LoadConfig>[0]['targets'],
  loadConfig: LoadConfig,
): Promise<Pick<RunResult, 'report' | 'unwritten'>> {
  const { runScan } = await import('../run.ts');
  const { config: file, owners, out, key, budget } = flags;
  const loaded = loadConfig({
    config: file,
    owners,
    out,
    key,
    budget,
    store: flags.store ?? OWN_STORE,
  });
  // The targets of ajar.yaml are for scans: a gate looks at what it was given.
  const config = { ...loaded, targets: targets ?? [] };
  const quiet = flags.quiet === true;
  return runScan({ config, quiet, ndjson: false, ifPublic: true, write: out !== undefined });
}

/** What `--format`, `--junit` and `--sarif` have in common; each is loaded only where it is asked for. */
const RESULTS = {
  junit: async (report: Report) => (await import('../../report/junit.ts')).renderJunit(report),
  sarif: async (report: Report) => (await import('../../report/sarif.ts')).renderSarif(report),
} as const;

async function tell(
  flags: Flags,
  report: Report,
  result: GateResult,
  doors: readonly PlannedDoor[],
): Promise<void> {
  const { format } = flags;
  process.stdout.write(
    format === 'junit' || format === 'sarif'
      ? await RESULTS[format](report)
      : await ownText(format, flags, report, result, doors),
  );
}

async function ownText(
  format: 'table' | 'json',
  flags: Flags,
  report: Report,
  result: GateResult,
  doors: readonly PlannedDoor[],
): Promise<string> {
  const [{ gateJson, gateTable }, { wantsColor }] = await Promise.all([
    import('../gatetext.ts'),
    import('../progress.ts'),
  ]);
  if (format === 'json') return gateJson(report, result, doors);
  const allowGaps = flags['allow-gaps'] === true;
  const color = wantsColor(process.stdout);
  return gateTable(report, result, doors, { failOn: flags['fail-on'], allowGaps, color });
}

/** One that cannot be written does not cost the other. Throws OutputError. */
async function writeResults(flags: Flags, report: Report): Promise<void> {
  const { writeFileSync } = await import('node:fs');
  const failed: OutputError[] = [];
  for (const option of ['junit', 'sarif'] as const) {
    const file = flags[option];
    if (file === undefined) continue;
    const text = await RESULTS[option](report);
    try {
      writeFileSync(file, text, { mode: 0o600 });
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
      const sentence = `--${option} ${file}: cannot be written (${code}); name another file, in a folder that is there`;
      failed.push(new OutputError(file, code, sentence, { cause }));
    }
  }
  const [first] = failed;
  if (!first) return;
  const all = failed.map(({ message }) => message).join('\n');
  throw new OutputError(first.path, first.code, all, { cause: first });
}
