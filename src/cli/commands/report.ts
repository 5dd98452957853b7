/** `ajar report`: a run's report from the store, whole or in part, in any format and language. */
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';
import { SEVERITIES, type Severity } from '../../model/finding.ts';
import type { Status } from '../../model/lifecycle.ts';
import type { Report, ReportFilter } from '../../model/report.ts';
import { type ArchiveFlags, archiveOptions, withArchive } from '../archive.ts';

interface Flags extends ArchiveFlags {
  readonly run: string | undefined;
  readonly format: string | undefined;
  readonly language: string | undefined;
  readonly owner: string[] | undefined;
  readonly severity: Severity | undefined;
  readonly status: string[] | undefined;
  readonly out: string | undefined;
}

/** The orphan queue, where a department is asked for. */
const NOBODY = 'none';
const STDOUT = '-';

export const report: CommandModule<object, Flags> = {
  command: 'report',
  describe: 'A run’s report from the store: whole or a part of it, in any format and language',
  builder: (yargs) =>
    archiveOptions(yargs)
      .option('run', { type: 'string', describe: 'Id of a finished run (default: the latest)' })
      .option('format', {
        type: 'string',
        default: 'table',
        describe:
          'table, html, json, ndjson, csv, xlsx, eml, sarif, ocsf, junit; several with commas',
      })
      .option('language', {
        type: 'string',
        describe: 'en, zh-Hant, zh-Hans or ja (default: the configuration’s, else en)',
      })
      .option('owner', {
        type: 'string',
        array: true,
        describe: 'Only this department’s (its id; none: nobody’s yet); may be repeated',
      })
      .option('severity', {
        choices: SEVERITIES,
        describe: 'Only this severity and what is worse',
      })
      .option('status', {
        type: 'string',
        array: true,
        describe:
          'Only findings that stand so: new, open, acknowledged, not-ours, accepted, fixed, reopened, moved; several with commas. Without --run those of earlier runs too',
      })
      .option('out', {
        type: 'string',
        // Else "-" is no value to the parser.
        nargs: 1,
        describe: 'Folder for the files (default ajar-report); - for stdout, with one format',
      })
      .example('$0 report', 'the latest run on the terminal')
      .example(
        '$0 report --format xlsx,eml --language zh-Hant --owner lands',
        'one department’s list, to send',
      )
      .example('$0 report --format sarif --severity high --out -', 'for another program')
      .example('$0 report --status fixed --format csv --out -', 'what was closed, and proved so'),
  async handler(flags) {
    const [{ FORMATS, parseFormats }, { excerptOf }, reporting, { titlesOf }] = await Promise.all([
      import('../../report/formats.ts'),
      import('../../report/excerpt.ts'),
      import('../reporting.ts'),
      import('../titles.ts'),
    ]);
    const formats = parseFormats('--format', flags.format ?? 'table', FORMATS);
    if (flags.out === STDOUT && formats.length > 1) {
      throw new UsageError('--out -: takes one format; name a folder for several');
    }
    const filter = await filterOf(flags);
    const overrides = { language: flags.language, out: flags.out };
    await withArchive(
      flags,
      async ({ archive, config }) => {
        const { run } = flags;
        const named = run === 'latest' ? undefined : run;
        const whole = await reporting.reportFrom(archive, named, filter, config.owners);
        knownOwners(
          flags.owner ?? [],
          whole,
          config.owners.owners.map(({ id }) => id),
        );
        const base = reporting.settingOf(config, await titlesOf(config));
        const ids = whole.findings.map(({ id }) => id);
        const setting = await reporting.settingFrom(base, archive, ids);
        const narrowed = Object.values(filter).some((part) => part !== null);
        const part = narrowed ? excerptOf(whole, filter, setting.standings) : whole;
        const languages = flags.language === undefined ? reporting.languagesOf(config) : {};
        const { tell } = await import('../reportfiles.ts');
        await tell(part, {
          formats,
          out: config.out,
          stdout: flags.out === STDOUT,
          setting,
          languages,
        });
      },
      overrides,
    );
  },
};

async function filterOf(flags: Flags): Promise<ReportFilter> {
  const { STATUSES } = await import('../findingslist.ts');
  const owners = flags.owner?.flatMap((each) => each.split(',')).map((each) => each.trim());
  const statuses = flags.status
    ?.flatMap((each) => each.split(','))
    .map((each) => {
      const found = STATUSES.find((one): one is Status => one === each.trim().toLowerCase());
      if (found) return found;
      throw new UsageError(`--status ${each}: allowed are ${STATUSES.join(', ')}`);
    });
  return {
    owners: owners?.map((id) => (id === NOBODY ? null : id)) ?? null,
    severity: flags.severity ?? null,
    statuses: statuses ?? null,
  };
}

/** A department that is misspelt would get an empty list, which reads as "nothing found". */
function knownOwners(
  asked: readonly string[],
  { departments }: Report,
  book: readonly string[],
): void {
  const known = new Set([...departments.flatMap(({ id }) => id ?? []), ...book]);
  for (const id of asked.flatMap((each) => each.split(',')).map((each) => each.trim())) {
    if (id === NOBODY || known.has(id)) continue;
    const names = known.size === 0 ? 'there are none' : `there are ${[...known].sort().join(', ')}`;
    throw new UsageError(`--owner ${id}: no such department; ${names} (and none)`);
  }
}
