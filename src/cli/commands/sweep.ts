/** `ajar sweep`: from outside, tonight: a list of domains and names in, results as they come, evidence out. */
import { readFileSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';
import type { ListedText, Place } from '../sweep/run.ts';

interface Flags {
  readonly targets: string[] | undefined;
  readonly list: string | undefined;
  readonly plan: boolean | undefined;
  readonly zip: string | undefined;
  readonly config: string | undefined;
  readonly owners: string | undefined;
  readonly out: string | undefined;
  readonly store: string | undefined;
  readonly key: string | undefined;
  readonly budget: string | undefined;
  readonly quiet: boolean | undefined;
  readonly format: 'table' | 'ndjson' | undefined;
}

/** Read first, looked at for hours: less than a scan's, for the first answers count. */
const DEFAULT_BUDGET = '200MB';

export const sweep: CommandModule<object, Flags> = {
  command: 'sweep [targets..]',
  describe: 'Look from outside, without credentials, at a list of domains, addresses and names',
  builder: (yargs) =>
    yargs
      .positional('targets', {
        type: 'string',
        array: true,
        describe:
          'Domains, https://host/path, s3://BUCKET, gs://BUCKET, az://ACCOUNT/CONTAINER, names',
      })
      .option('list', {
        type: 'string',
        describe: 'A text file with more of them, one a line, # for comments; - for stdin',
      })
      .option('plan', {
        type: 'boolean',
        describe: 'Print exactly what would be asked, send nothing',
      })
      .option('out', {
        type: 'string',
        describe: 'Folder for report and evidence, a new one (default ajar-sweep-TIME)',
      })
      .option('zip', { type: 'string', describe: 'Put the evidence into this zip file too' })
      .option('config', {
        type: 'string',
        describe: 'Configuration file with the authorisation (default ajar.yaml)',
      })
      .option('owners', {
        type: 'string',
        describe: 'Departments and the rules that give assets to them',
      })
      .option('store', {
        type: 'string',
        describe: 'What earlier runs know (default .ajar/store.db)',
      })
      .option('key', {
        type: 'string',
        describe: 'Key file, made on first use (default .ajar/key)',
      })
      .option('budget', {
        type: 'string',
        describe: `Bytes read of each exposed asset (default ${DEFAULT_BUDGET})`,
      })
      .option('quiet', { type: 'boolean', describe: 'No progress' })
      .option('format', {
        choices: ['table', 'ndjson'] as const,
        default: 'table' as const,
        describe: 'What stdout carries: a line a finding as it is found, or each event as JSON',
      })
      .example('$0 sweep lands.example.org --plan', 'what would be asked of whom')
      .example(
        '$0 sweep --list tonight.txt --zip evidence.zip',
        'a whole list, and one file to hand over',
      )
      .epilogue(
        'Needs "authorisation: {by, reference, until, hosts}" in ajar.yaml. Exit codes as of ajar scan.\nGuide: docs/sweep.md',
      ),
  async handler(flags) {
    const [{ loadConfig }, { authorised }, { placesOf }] = await Promise.all([
      import('../config.ts'),
      import('../authorisation.ts'),
      import('../sweep/run.ts'),
    ]);
    const out = flags.out ?? `ajar-sweep-${new Date().toISOString().replace(/[:-]|\.\d+/g, '')}`;
    const { list: _, plan, zip, quiet, format, targets, ...rest } = flags;
    const budget = flags.budget ?? DEFAULT_BUDGET;
    const config = loadConfig({ ...rest, out, budget });
    const authorisation = authorised(config.authorisation, flags.config ?? 'ajar.yaml');
    const texts = await textsOf(targets ?? [], flags.list);
    if (texts.length === 0) {
      throw new UsageError(
        'sweep: nothing to look at; name a domain or bucket (ajar sweep lands.example.org) or a file with --list',
      );
    }
    const places = await placesOf(texts, authorisation);
    if (plan) return printPlan(places, authorisation);
    await run({ config, authorisation, places, zipFile: zip ?? null }, quiet === true, format);
  },
};

async function textsOf(
  targets: readonly string[],
  list: string | undefined,
): Promise<readonly ListedText[]> {
  const named = targets.map((text) => ({ text, where: 'sweep' }));
  if (list === undefined) return named;
  const { listLines } = await import('../sweep/targets.ts');
  let text: string;
  try {
    text = readFileSync(list === '-' ? 0 : list, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`--list ${list}: ${why}`, { cause: error });
  }
  const listed = listLines(text).map((one) => ({ text: one.text, where: `${list}:${one.line}` }));
  return [...named, ...listed];
}

async function printPlan(
  places: readonly Place[],
  authorisation: import('../../model/authorisation.ts').Authorisation,
): Promise<void> {
  const { by, reference, until, hosts } = authorisation;
  const lines = [
    `Authorised by ${by} (${reference}) until ${until}: ${hosts.join(', ')}`,
    ...places.map(({ entry, spec, provider, host, guessed, outside }) => {
      const state = outside ? 'NOT asked, outside the authorisation' : `asks ${host}`;
      const from = guessed ? `, guessed from ${entry.text}` : '';
      return `${spec.uri} (${provider.id}${from}): ${state}`;
    }),
    ...[...new Set(places.map(({ provider }) => provider))].flatMap((provider) => {
      const place = places.find((one) => one.provider === provider);
      const calls = place ? provider.plan(place.spec, process.env).calls : [];
      return [`${provider.id} calls: ${calls.join('; ')}`];
    }),
    'Nothing has been sent.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

type Options = Omit<import('../sweep/run.ts').SweepOptions, 'signal' | 'onEvent'>;

async function run(options: Options, quiet: boolean, format: Flags['format']): Promise<void> {
  const [{ sweep: start }, { openProgress, gapLines }, { exitCode }, { findingLine, summaryLine }] =
    await Promise.all([
      import('../sweep/run.ts'),
      import('../progress.ts'),
      import('../exit.ts'),
      import('../sweep/lines.ts'),
    ]);
  const { stopOnSignal } = await import('../stop.ts');
  const progress = await openProgress(quiet);
  const stopping = stopOnSignal(progress.say);
  try {
    const { report, files, answered } = await start({
      ...options,
      signal: stopping.signal,
      onEvent(event) {
        if (event.type === 'progress') progress.show(event.progress);
        else if (format === 'ndjson') process.stdout.write(`${JSON.stringify(event)}\n`);
        else if (event.type === 'finding') {
          progress.end();
          process.stdout.write(`${findingLine(event.finding)}\n`);
        }
      },
    });
    progress.end();
    if (format !== 'ndjson') process.stdout.write(`${summaryLine(report)}\n`);
    if (!quiet) {
      for (const line of gapLines(report.gaps)) process.stderr.write(`${line}\n`);
      process.stderr.write(`Evidence: ${options.config.out} (${files.length} files)\n`);
    }
    if (!answered) {
      process.stderr.write(
        'Not one request was answered: check the network, the DNS and HTTPS_PROXY, then sweep again\n',
      );
    }
    process.exitCode = exitCode(report.findings.length, answered ? report.gaps.length : 1);
  } finally {
    progress.end();
    stopping.done();
  }
}
