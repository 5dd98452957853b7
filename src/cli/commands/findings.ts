/** `ajar findings`: what is known of every finding, over all runs, and what people say of it. */
import type { Argv, CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';
import { SEVERITIES } from '../../model/finding.ts';
import type { NewEntry } from '../../model/ledger.ts';
import type { FindingRecord, Status } from '../../model/lifecycle.ts';
import type { Archive } from '../../model/store.ts';
import {
  type ArchiveFlags,
  archiveOptions,
  type PersonFlags,
  personOptions,
  printAll,
  withArchive,
} from '../archive.ts';

const WIDTH = 100;

function width(): number {
  return Math.max(60, Math.min(140, process.stdout.columns ?? WIDTH));
}

/** A choice that may be given more than once, or as a list with commas. Throws UsageError. */
function choices<T extends string>(
  option: string,
  given: readonly string[] | undefined,
  allowed: readonly T[],
): readonly T[] | undefined {
  if (given === undefined) return undefined;
  return given
    .flatMap((each) => each.split(','))
    .map((each) => {
      const found = allowed.find((one) => one === each.trim().toLowerCase());
      if (found) return found;
      throw new UsageError(`${option} ${each}: allowed are ${allowed.join(', ')}`);
    });
}

interface ListFlags extends ArchiveFlags {
  readonly status: string[] | undefined;
  readonly owner: string | undefined;
  readonly asset: string | undefined;
  readonly severity: string[] | undefined;
  readonly run: string | undefined;
  readonly format: 'table' | 'json' | 'csv' | undefined;
}

/** The office's own queue, where an owner is asked for: as campaigns call it, and as people try it. */
const ORPHANS: readonly string[] = ['orphans', 'none'];

const list: CommandModule<object, ListFlags> = {
  command: ['list', '$0'],
  describe: 'All findings, the most urgent first',
  builder: (yargs) =>
    archiveOptions(yargs)
      .option('status', {
        type: 'string',
        array: true,
        describe:
          'Only these: new, open, acknowledged, not-ours, accepted, fixed, reopened, moved (a,b or repeated)',
      })
      .option('owner', {
        type: 'string',
        describe: 'Only those of this department; orphans: those that lie with the office',
      })
      .option('asset', { type: 'string', describe: 'Only those of this asset (its id)' })
      .option('severity', {
        type: 'string',
        array: true,
        describe: 'Only these: critical, high, medium, low (a,b or repeated)',
      })
      .option('run', { type: 'string', describe: 'Only those of this run: its id, or latest' })
      .option('format', {
        choices: ['table', 'json', 'csv'] as const,
        default: 'table' as const,
        describe: 'What stdout carries',
      })
      .example('$0 findings --status new,reopened', 'what came up')
      .example('$0 findings --owner orphans', 'what nobody answers for'),
  async handler(flags) {
    const { csvOf, jsonOf, listed, runNamed, STATUSES, tableOf } = await import(
      '../findingslist.ts'
    );
    // What has moved is there as another finding; an earlier run had it.
    const shown = flags.run === undefined ? STATUSES.filter((each) => each !== 'moved') : undefined;
    const statuses = choices('--status', flags.status, STATUSES) ?? shown;
    const severities = choices('--severity', flags.severity, SEVERITIES);
    await withArchive(flags, async ({ archive }) => {
      const filter = {
        ...(statuses ? { statuses } : {}),
        ...(severities ? { severities } : {}),
        ...(flags.asset === undefined ? {} : { asset: flags.asset }),
        ...(flags.owner === undefined
          ? {}
          : { owner: ORPHANS.includes(flags.owner) ? null : flags.owner }),
        ...(flags.run === undefined
          ? {}
          : { ids: await idsOf(archive, await runNamed(archive, flags.run)) }),
      };
      const records = listed(archive, filter);
      if (flags.format === 'table' || flags.format === undefined) {
        process.stdout.write(await tableOf(records, width(), new Date()));
        return;
      }
      await printAll(flags.format === 'csv' ? csvOf(records) : jsonOf(records));
    });
  },
};

async function idsOf(archive: Archive, run: string): Promise<readonly string[]> {
  return ((await archive.report(run))?.findings ?? []).map(({ id }) => id);
}

interface ShowFlags extends ArchiveFlags {
  readonly id: string | undefined;
  readonly json: boolean | undefined;
}

const show: CommandModule<object, ShowFlags> = {
  command: 'show <id>',
  describe: 'Explain one finding: score, reasons, samples, steps, clocks, history',
  builder: (yargs) =>
    archiveOptions(yargs)
      .positional('id', { type: 'string', describe: 'F-…, or its first characters' })
      .option('json', { type: 'boolean', describe: 'One JSON object' })
      .example('$0 findings show F-0123456789ab', 'why it is critical, and what to do'),
  async handler(flags) {
    const { findingPage } = await import('../findingdata.ts');
    await withArchive(flags, async (open) => {
      const page = await findingPage(open, flags.id ?? '', new Date());
      if (flags.json === true) {
        const { record, entries, clocks } = page;
        process.stdout.write(`${JSON.stringify({ record, entries, clocks }, null, 2)}\n`);
        return;
      }
      const { renderFindingPage } = await import('../findingpage.ts');
      process.stdout.write(renderFindingPage(page, width()));
    });
  },
};

interface DiffFlags extends ArchiveFlags {
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly json: boolean | undefined;
}

const diff: CommandModule<object, DiffFlags> = {
  command: 'diff [before] [after]',
  describe: 'What is new, gone and not looked at between two runs (default: the last two)',
  builder: (yargs) =>
    archiveOptions(yargs)
      .positional('before', { type: 'string', describe: 'The earlier run' })
      .positional('after', { type: 'string', describe: 'The later run (default: the last one)' })
      .option('json', { type: 'boolean', describe: 'One JSON object' })
      .example('$0 findings diff', 'what the last run brought'),
  async handler(flags) {
    const [{ diffRuns }, { renderDiff }, { runNamed }] = await Promise.all([
      import('../../campaign/diff.ts'),
      import('../rundiff.ts'),
      import('../findingslist.ts'),
    ]);
    await withArchive(flags, async ({ archive }) => {
      const ended = (await archive.runs()).filter(({ finishedAt }) => finishedAt !== null);
      const previous = ended[1]?.id;
      if (previous === undefined) {
        throw new UsageError(
          `findings diff: there ${ended.length === 1 ? 'is one run' : 'are no runs'} in the store; two are compared`,
        );
      }
      const before = await archive.report(await runNamed(archive, flags.before ?? previous));
      const after = await archive.report(await runNamed(archive, flags.after ?? 'latest'));
      if (!before || !after) throw new UsageError('findings diff: a run has no report to compare');
      const result = diffRuns(before, after);
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(result, null, 2)}\n`
          : renderDiff(result, before, after, width()),
      );
    });
  },
};

interface ChangeFlags extends ArchiveFlags, PersonFlags {
  readonly ids: string[] | undefined;
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly owner: string | undefined;
}

interface Change {
  readonly command: string;
  readonly describe: string;
  readonly options: readonly ('until' | 'owner')[];
  readonly example: string;
}

const CHANGES: readonly Change[] = [
  {
    command: 'ack',
    describe: 'Its department knows of it and will close it',
    options: [],
    example: '--by "Lands, IT"',
  },
  {
    command: 'not-ours',
    describe: 'Not this department’s; back to the office (needs --reason)',
    options: [],
    example: '--reason "moved to Health in 2024"',
  },
  {
    command: 'accept',
    describe: 'Somebody answers for the risk until a day (needs --reason and --until)',
    options: ['until'],
    example: '--until 2027-03-31 --reason "published by law"',
  },
  {
    command: 'reopen',
    describe: 'What was said of it no longer holds (needs --reason)',
    options: [],
    example: '--reason "the contractor opened it again"',
  },
  {
    command: 'assign',
    describe: 'Give it to a department by hand (needs --owner)',
    options: ['owner'],
    example: '--owner lands',
  },
];

function changeCommand({
  command,
  describe,
  options,
  example,
}: Change): CommandModule<object, ChangeFlags> {
  return {
    command: `${command} <ids..>`,
    describe,
    builder: (yargs) => {
      const base: Argv<ArchiveFlags & PersonFlags> = personOptions(archiveOptions(yargs));
      let own = base
        .positional('ids', { type: 'string', array: true, describe: 'F-…, one or more' })
        .option('reason', { type: 'string', describe: 'Why, in your words' });
      if (options.includes('until')) {
        own = own.option('until', {
          type: 'string',
          describe: 'The last day of it, as 2027-03-31, or days from now, as 90d',
        });
      }
      if (options.includes('owner')) {
        own = own.option('owner', { type: 'string', describe: 'The department, by its id' });
      }
      return own.example(
        `$0 findings ${command} F-0123456789ab ${example}`,
        'kept in the ledger',
      ) as Argv<ChangeFlags>;
    },
    async handler(flags) {
      const { changesOf } = await import('../findingchange.ts');
      await withArchive(flags, async ({ archive, config }) => {
        const changes = await changesOf(archive, config, command, flags);
        await archive.append(changes.map(({ entry }) => entry));
        process.stdout.write(changes.map(changeText).join(''));
      });
    },
  };
}

function changeText({ record, entry }: { record: FindingRecord; entry: NewEntry }): string {
  const { to } = entry.body as { to: Status };
  return `${record.finding.id}: ${record.status} → ${to}\n`;
}

export const findings: CommandModule<object, object> = {
  command: 'findings',
  describe: 'List, explain, compare and answer findings of all runs',
  builder: (yargs) => {
    const with3 = yargs.command(list).command(show).command(diff);
    return CHANGES.reduce((all, change) => all.command(changeCommand(change)), with3).strict();
  },
  handler: () => undefined,
};
