/** `ajar scan`: who can read what, what lies there, whose it is, what to do. */
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';

interface Flags {
  readonly targets: string[] | undefined;
  readonly config: string | undefined;
  readonly owners: string | undefined;
  readonly out: string | undefined;
  readonly store: string | undefined;
  readonly key: string | undefined;
  readonly budget: string | undefined;
  readonly seed: number | undefined;
  readonly deadline: string | undefined;
  readonly name: string | undefined;
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly role: string | undefined;
  readonly keys: string | undefined;
  readonly objects: 'sample' | 'all' | undefined;
  readonly anonymous: boolean | undefined;
  readonly resume: boolean | undefined;
  readonly plan: boolean | undefined;
  readonly schedule: string | undefined;
  readonly timezone: string | undefined;
  readonly 'if-changed': boolean | undefined;
  readonly report: string | undefined;
  readonly language: string | undefined;
  readonly quiet: boolean | undefined;
  readonly format: 'table' | 'json' | 'ndjson' | undefined;
}

async function printPlan(config: import('../config.ts').Config): Promise<void> {
  const { planTargets } = await import('../root.ts');
  for (const { uri, provider, plan } of await planTargets(config)) {
    const hosts = plan.hosts.length > 0 ? plan.hosts.join(', ') : 'none';
    process.stdout.write(`${uri} (${provider})\n  hosts: ${hosts}\n`);
    for (const call of plan.calls) process.stdout.write(`  call:  ${call}\n`);
  }
  const budget = `${(config.budgetBytes / 1e6).toLocaleString('en')} MB`;
  process.stdout.write(
    `Reads at most ${budget} of each exposed asset; contents behind closed doors are not read.\n` +
      'Nothing has been sent.\n',
  );
}

export const scan: CommandModule<object, Flags> = {
  command: 'scan [targets..]',
  describe: 'Scan accounts, buckets, containers or folders and write a report for each department',
  builder: (yargs) =>
    yargs
      .positional('targets', {
        type: 'string',
        array: true,
        describe:
          's3://[bucket[/prefix]], s3+https://endpoint[/bucket], az://account[/container], gs://[bucket], a path',
      })
      .option('config', {
        type: 'string',
        describe: 'Configuration file (default ajar.yaml where there is one)',
      })
      .option('owners', {
        type: 'string',
        describe: 'Departments and the rules that give assets to them',
      })
      .option('out', { type: 'string', describe: 'Folder for the report (default ajar-report)' })
      .option('store', {
        type: 'string',
        describe:
          'What earlier runs know: a file (default .ajar/store.db) or postgres://user@host/database',
      })
      .option('key', {
        type: 'string',
        describe: 'Key file, made on first use (default .ajar/key)',
      })
      .option('budget', {
        type: 'string',
        describe: 'Bytes read of each exposed asset (default 1GB); over it a sample is drawn',
      })
      .option('seed', { type: 'number', describe: 'Seed of the sample (default 1)' })
      .option('deadline', {
        type: 'string',
        describe: 'Days from first known to the deadline (default 7d)',
      })
      .option('name', {
        type: 'string',
        describe: 'With one target: the name that stands for the account or endpoint in ids',
      })
      .option('endpoint', {
        type: 'string',
        describe: 'With one target: the address of an emulator or private cloud',
      })
      .option('region', { type: 'string', describe: 'With one target: its region' })
      .option('account', {
        type: 'string',
        describe:
          'With one target: where to discover: a project or several (a,b), organizations/N, folders/N, a subscription; with --role account ids, organization, or a unit (ou-…)',
      })
      .option('role', {
        type: 'string',
        describe: 'With one target and --account: the role to take in each of these accounts',
      })
      .option('keys', {
        type: 'string',
        describe:
          'With one target: a file of keys to look at in place of its listing, one a line or an S3 inventory in CSV',
      })
      .option('objects', {
        choices: ['sample', 'all'] as const,
        describe:
          'Objects of closed buckets that are asked for one by one: a random sample (default) or all',
      })
      .option('anonymous', {
        type: 'boolean',
        describe: 'Use no credentials: what an outsider sees',
      })
      .option('resume', {
        type: 'boolean',
        describe: 'Go on with the killed run of these targets: what it finished is not asked again',
      })
      .option('plan', { type: 'boolean', describe: 'Print hosts and calls, send nothing' })
      .option('schedule', {
        type: 'string',
        describe:
          'Scan again and again at these times (five fields of cron); a line where something changed',
      })
      .option('timezone', {
        type: 'string',
        describe: 'With --schedule: whose clock, such as Asia/Hong_Kong (default: this machine’s)',
      })
      .option('if-changed', {
        type: 'boolean',
        describe: 'Print one line, and only where something changed since the run before',
      })
      .option('report', {
        type: 'string',
        describe:
          'Files to write: html, json, ndjson, csv, xlsx, eml, sarif, ocsf, junit; several with commas (default json,html,csv)',
      })
      .option('language', {
        type: 'string',
        describe: 'Of the table and the files: en, zh-Hant, zh-Hans, ja (default en)',
      })
      .option('quiet', { type: 'boolean', describe: 'No progress' })
      .option('format', {
        choices: ['table', 'json', 'ndjson'] as const,
        default: 'table' as const,
        describe: 'What stdout carries',
      })
      .example(
        '$0 scan s3:// --owners owners.yaml',
        'every bucket of the account, a list for each department',
      )
      .example(
        '$0 scan s3+https://storage.example.org/forms --anonymous',
        'one bucket of a private cloud, from outside',
      )
      .example('$0 scan ./export --out check', 'a folder, as if it were published')
      .example('$0 scan --config ajar.yaml --plan', 'what would be asked of whom')
      .example('$0 scan --schedule "0 2 * * *"', 'each night at two, until Ctrl-C'),
  async handler(flags) {
    const [{ loadConfig }, { runScan }, { exitCode }, { gapLines }] = await Promise.all([
      import('../config.ts'),
      import('../run.ts'),
      import('../exit.ts'),
      import('../progress.ts'),
    ]);
    const config = loadConfig({ ...flags, formats: flags.report, targets: targetsOf(flags) });
    if (config.targets.length === 0) {
      throw new UsageError(
        'scan: no targets; name one (ajar scan s3://my-bucket) or list them in ajar.yaml',
      );
    }
    if (flags.plan) return printPlan(config);
    if (flags.schedule !== undefined) return scheduled(flags, flags.schedule, config);
    const quiet = flags.quiet === true;
    if (flags['if-changed']) {
      const { report, line } = await changed(config, quiet, flags.resume === true);
      if (line !== null) process.stdout.write(`${line}\n`);
      process.exitCode = exitCode(report.findings.length, report.gaps.length);
      return;
    }
    const { report, titles, files, unwritten } = await runScan({
      config,
      quiet,
      ndjson: flags.format === 'ndjson',
      resume: flags.resume === true,
    });
    await print(report, titles, flags.format, config);
    await notify(config, report);
    if (unwritten) throw unwritten;
    if (!quiet) {
      const html = files.find((file) => file.endsWith('.html')) ?? files[0] ?? config.out;
      const lines = [...gapLines(report.gaps), `Report: ${html}`];
      process.stderr.write(`\n${lines.join('\n')}\n`);
    }
    process.exitCode = exitCode(report.findings.length, report.gaps.length);
  },
};

/** One scan, and the line that says what is new; null where nothing is. */
async function changed(
  config: import('../config.ts').Config,
  quiet: boolean,
  resume: boolean,
): Promise<{ readonly report: Report; readonly line: string | null }> {
  const [{ runScan }, { latestReport, whatChanged }] = await Promise.all([
    import('../run.ts'),
    import('../schedule.ts'),
  ]);
  const before = await latestReport(config.store);
  const { report, unwritten } = await runScan({ config, quiet, ndjson: false, resume });
  const line = await whatChanged(before, report);
  await notify(config, report);
  if (unwritten) throw unwritten;
  return { report, line };
}

/** What is new, to the channels of `notify:`; each line of it on stderr. */
async function notify(config: import('../config.ts').Config, report: Report): Promise<void> {
  if (config.sending.notify.length === 0) return;
  const { tellOfRun } = await import('../notices.ts');
  await tellOfRun(config, report, (line) => void process.stderr.write(`${line}\n`));
}

async function scheduled(
  flags: Flags,
  pattern: string,
  config: import('../config.ts').Config,
): Promise<void> {
  const { cronTimes, repeat } = await import('../schedule.ts');
  const next = await cronTimes(pattern, flags.timezone);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  say(`Scheduled: ${pattern}; next run ${next()?.toISOString()}. Ctrl-C ends it.`);
  const controller = new AbortController();
  const end = (): void => controller.abort();
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  try {
    await repeat({
      next,
      signal: controller.signal,
      say,
      async run() {
        const { line } = await changed(config, true, false);
        if (line !== null) process.stdout.write(`${line}\n`);
      },
    });
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}

type Report = import('../../model/report.ts').Report;

async function print(
  report: Report,
  titles: Readonly<Record<string, string>>,
  format: Flags['format'],
  config: import('../config.ts').Config,
): Promise<void> {
  if (format === 'ndjson') {
    process.stdout.write(`${JSON.stringify({ type: 'report', report })}\n`);
  } else if (format === 'json') {
    const { renderJson } = await import('../../report/json.ts');
    process.stdout.write(renderJson(report));
  } else {
    const [{ renderTable }, { wantsColor }, { settingOf }] = await Promise.all([
      import('../../report/table.ts'),
      import('../progress.ts'),
      import('../reporting.ts'),
    ]);
    const terminal = {
      width: Math.min(140, process.stdout.columns ?? 100),
      color: wantsColor(process.stdout),
    };
    process.stdout.write(`${renderTable(report, terminal, settingOf(config, titles))}\n`);
  }
}

const SINGLE = ['name', 'endpoint', 'region', 'account', 'role', 'keys'] as const;

function targetsOf(flags: Flags): import('../../model/provider.ts').TargetSpec[] | undefined {
  const uris = flags.targets ?? [];
  const given = SINGLE.filter((option) => flags[option] !== undefined);
  const [first] = given;
  if (first !== undefined && uris.length !== 1) {
    throw new UsageError(
      `--${first} ${flags[first]}: goes with exactly one target, here are ${uris.length}; for more, list them in ajar.yaml`,
    );
  }
  if (uris.length === 0) return undefined;
  const extra = Object.fromEntries(given.map((option) => [option, flags[option]]));
  const anonymous = flags.anonymous === true ? { anonymous: true } : {};
  return uris.map((uri) => ({ uri, ...extra, ...anonymous }));
}
