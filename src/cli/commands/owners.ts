/** `ajar owners`: who answers for what, what nobody answers for, and lists of departments made into a file. */
import type { Argv, CommandModule } from 'yargs';
import type { Asset } from '../../model/asset.ts';
import { UsageError } from '../../model/errors.ts';
import type { ReportAsset } from '../../model/report.ts';
import type { NumberedRule, OwnersCheck } from '../../owner/check.ts';

interface Flags {
  readonly config: string | undefined;
  readonly owners: string | undefined;
  readonly store: string | undefined;
  readonly report: string | undefined;
  readonly json: boolean | undefined;
}

interface ImportFlags {
  readonly file: string | undefined;
  readonly out: string | undefined;
  readonly force: boolean | undefined;
}

function shared(yargs: Argv<object>): Argv<Flags> {
  return yargs
    .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' })
    .option('owners', {
      type: 'string',
      describe: 'The owners file (default: the one of ajar.yaml)',
    })
    .option('store', { type: 'string', describe: 'Assets of the last run of this store' })
    .option('report', { type: 'string', describe: 'Assets of this report.json instead' })
    .option('json', { type: 'boolean', describe: 'One JSON object' });
}

/** Back to what rules look at. */
function assetOf(shown: ReportAsset): Asset {
  const rest = shown.id.slice(shown.id.indexOf(':') + 1);
  return {
    id: shown.id,
    provider: shown.provider,
    authority: rest.slice(0, Math.max(0, rest.length - shown.name.length - 1)),
    name: shown.name,
    kind: 'asset',
    url: shown.url,
    labels: shown.labels,
    ...(shown.account === null ? {} : { account: shown.account }),
  };
}

async function assetsOf(flags: Flags, storeUrl: string): Promise<readonly Asset[]> {
  if (flags.report !== undefined) {
    const { readFileSync } = await import('node:fs');
    try {
      const report = JSON.parse(readFileSync(flags.report, 'utf8')) as { assets?: ReportAsset[] };
      if (!Array.isArray(report.assets)) throw new Error('it has no assets');
      return report.assets.map(assetOf);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new UsageError(`--report ${flags.report}: no report.json of ajar (${why})`, {
        cause: error,
      });
    }
  }
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore(storeUrl);
  try {
    const report = await store.report('latest');
    if (report === null) {
      throw new UsageError(
        `owners check: the store ${storeUrl} has no finished run; scan first, or give --report`,
      );
    }
    return report.assets.map(assetOf);
  } finally {
    await store.close();
  }
}

function ruleLine({ number, owner, text }: NumberedRule): string {
  return `rule ${number} (${owner}, ${text})`;
}

function section(title: string, lines: readonly string[], fine: string): string {
  if (lines.length === 0) return `✓ ${fine}`;
  return `✗ ${title}:\n${lines.map((line) => `    ${line}`).join('\n')}`;
}

function checkText(check: OwnersCheck, assets: number): string {
  return [
    section(
      `${check.orphans.length} of ${assets} assets belong to nobody`,
      check.orphans,
      `each of ${assets} assets has an owner`,
    ),
    section(
      'the first rule decides, and a later one of another owner would have had it',
      check.conflicts.map(
        ({ asset, decides, loses }) => `${asset}: ${ruleLine(decides)} before ${ruleLine(loses)}`,
      ),
      'no two owners claim the same asset',
    ),
    section(
      'rules that decide about nothing',
      check.unused.map((rule) => `${ruleLine(rule)}: ${rule.why}`),
      'every rule is used',
    ),
    section(
      'ended, so that what is there should be gone',
      check.lapsed.map(
        (rule) => `${ruleLine(rule)}: ${rule.lapsed.what} ended on ${rule.lapsed.on}`,
      ),
      'no contract or purpose has ended',
    ),
    section('owners that no rule names', check.without, 'every owner has a rule'),
    section('owners whom nothing can be sent to', check.unreachable, 'every owner has an address'),
  ].join('\n');
}

const check: CommandModule<object, Flags> = {
  command: 'check',
  describe: 'Orphans, conflicts, unused rules, what has ended, owners without an address',
  builder: (yargs) =>
    shared(yargs)
      .example('$0 owners check', 'against the assets of the last run')
      .example('$0 owners check --owners new.yaml --report r/report.json', 'before it is used'),
  async handler(flags) {
    const [{ loadConfig }, { checkOwners }, { EXIT }] = await Promise.all([
      import('../config.ts'),
      import('../../owner/check.ts'),
      import('../exit.ts'),
    ]);
    const config = loadConfig({ config: flags.config, owners: flags.owners, store: flags.store });
    if (config.owners.owners.length === 0) {
      throw new UsageError(
        'owners check: there is no owners file; name one (--owners owners.yaml)',
      );
    }
    const assets = await assetsOf(flags, config.store);
    const found = checkOwners(config.owners, assets, new Date().toISOString());
    process.stdout.write(
      flags.json ? `${JSON.stringify(found, null, 2)}\n` : `${checkText(found, assets.length)}\n`,
    );
    const problems = Object.values(found).some((list) => list.length > 0);
    process.exitCode = problems ? EXIT.findings : EXIT.clean;
  },
};

const list: CommandModule<object, Flags> = {
  command: 'list',
  describe: 'Departments with their contacts and rules',
  builder: (yargs) => shared(yargs),
  async handler(flags) {
    const [{ loadConfig }, { ruleText }] = await Promise.all([
      import('../config.ts'),
      import('../../owner/assign.ts'),
    ]);
    const { owners } = loadConfig({ config: flags.config, owners: flags.owners });
    if (owners.owners.length === 0) {
      throw new UsageError('owners list: there is no owners file; name one (--owners owners.yaml)');
    }
    if (flags.json) {
      process.stdout.write(`${JSON.stringify(owners, null, 2)}\n`);
      return;
    }
    for (const owner of owners.owners) {
      const addresses = [
        owner.contact,
        ...(owner.contacts ?? []).map(({ email, role }) => `${email} (${role})`),
      ];
      const to = addresses.filter((address) => address !== undefined).join(', ') || 'no address';
      process.stdout.write(`${owner.id}  ${owner.name}\n    ${to}\n`);
      for (const rule of owners.rules.filter(({ owner: id }) => id === owner.id)) {
        process.stdout.write(`    ${ruleText(rule)}\n`);
      }
    }
  },
};

const importList: CommandModule<object, ImportFlags> = {
  command: 'import <file>',
  describe: 'Make an owners file of a CSV or XLSX list of departments',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', describe: 'CSV or XLSX; a row a department or a rule' })
      .option('out', { type: 'string', describe: 'Write here (default: to stdout)' })
      .option('force', { type: 'boolean', describe: 'Replace the file that is there' })
      .example(
        '$0 owners import departments.xlsx --out owners.yaml',
        'docs/owners.md has the columns',
      ),
  async handler({ file = '', out, force }) {
    const [{ readSheet }, { importOwners }, { stringify }, { existsSync, writeFileSync }] =
      await Promise.all([
        import('../sheet.ts'),
        import('../ownersimport.ts'),
        import('yaml'),
        import('node:fs'),
      ]);
    const { owners, rules, ignored } = importOwners(file, await readSheet(file));
    const text = `# Made by "ajar owners import"; first match wins.\n${stringify({ owners, rules })}`;
    if (out === undefined) process.stdout.write(text);
    else {
      if (existsSync(out) && !force) {
        throw new UsageError(`--out ${out}: there is such a file; --force replaces it`);
      }
      writeFileSync(out, text);
    }
    const left = ignored.length > 0 ? `; not understood and left out: ${ignored.join(', ')}` : '';
    process.stderr.write(`${owners.length} owners, ${rules.length} rules${left}\n`);
  },
};

export const owners: CommandModule = {
  command: 'owners <command>',
  describe: 'Departments and the rules that give assets to them: check, list, import',
  builder: (yargs) =>
    yargs
      .command(check)
      .command(list)
      .command(importList)
      .demandCommand(1, 'owners: say check, list or import'),
  handler() {},
};
