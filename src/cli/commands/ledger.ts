/** `ajar ledger`: who knew what when, that nobody changed it, who was told, and drafts of what to tell. */
import type { Argv, CommandModule } from 'yargs';
import type { Language } from '../../model/language.ts';
import type { Told } from '../../model/ledger.ts';
import {
  type ArchiveFlags,
  archiveOptions,
  type PersonFlags,
  personOptions,
  printAll,
  withArchive,
} from '../archive.ts';
import { EXIT } from '../exit.ts';

const WIDTH = 100;

function width(): number {
  return Math.max(60, Math.min(140, process.stdout.columns ?? WIDTH));
}

interface VerifyFlags extends ArchiveFlags {
  readonly head: string[] | undefined;
  readonly file: string | undefined;
}

const verify: CommandModule<object, VerifyFlags> = {
  command: 'verify',
  describe: 'Check that no entry was changed, taken out or moved; exit code 1 where one was',
  builder: (yargs) =>
    archiveOptions(yargs)
      .option('head', {
        type: 'string',
        array: true,
        describe: 'What an earlier verify printed to be kept: shows what was cut off or rewritten',
      })
      .option('file', {
        type: 'string',
        describe: 'Entries as "ledger list --format ndjson" wrote them, in place of the store’s',
      })
      .example('$0 ledger verify', 'the chain holds, and its head to be kept elsewhere'),
  async handler(flags) {
    const { entriesIn, verified } = await import('../ledgerread.ts');
    const known = flags.head ?? [];
    const { file } = flags;
    const { lines, holds } =
      file === undefined
        ? await withArchive(flags, ({ archive }) => verified(() => archive.chains(), known))
        : await verified(() => entriesIn(file), known);
    process.stdout.write(`${lines.join('\n')}\n`);
    if (!holds) process.exitCode = EXIT.findings;
  },
};

interface ListFlags extends ArchiveFlags {
  readonly subject: string | undefined;
  readonly format: 'table' | 'ndjson' | undefined;
}

const list: CommandModule<object, ListFlags> = {
  command: ['list', '$0'],
  describe: 'The entries, oldest first',
  builder: (yargs) =>
    archiveOptions(yargs)
      .option('subject', {
        type: 'string',
        describe: 'Only about this finding, run or campaign (its id)',
      })
      .option('format', {
        choices: ['table', 'ndjson'] as const,
        default: 'table' as const,
        describe: 'What stdout carries; ndjson: one whole entry a line',
      })
      .example('$0 ledger list --subject F-0123456789ab', 'what became of one finding'),
  async handler(flags) {
    const { ledgerTable, ndjsonOf } = await import('../ledgerread.ts');
    await withArchive(flags, async ({ archive }) => {
      if (flags.format === 'ndjson') {
        return printAll(ndjsonOf(archive, flags.subject));
      }
      const { subject } = flags;
      const entries = archive.entries(subject === undefined ? {} : { subject });
      process.stdout.write(await ledgerTable(entries, width()));
    });
  },
};

interface ToldFlags extends ArchiveFlags, PersonFlags {
  readonly ids: string[] | undefined;
  readonly whom: Told['whom'] | undefined;
  readonly id: string | undefined;
  readonly channel: string | undefined;
  readonly reference: string | undefined;
  readonly at: string | undefined;
}

const told: CommandModule<object, ToldFlags> = {
  command: 'told <ids..>',
  describe: 'Note that somebody was told of findings; ajar itself tells no authority',
  builder: (yargs) =>
    personOptions(archiveOptions(yargs))
      .positional('ids', { type: 'string', array: true, describe: 'F-…, one or more' })
      .option('whom', {
        choices: ['owner', 'privacy-officer', 'regulator'] as const,
        describe: 'Who was told',
      })
      .option('id', {
        type: 'string',
        describe: 'The regulator, as hk.pcpd ("ledger regulators" lists them), or the department',
      })
      .option('channel', { type: 'string', describe: 'How: mail, letter, phone, form …' })
      .option('reference', { type: 'string', describe: 'A file number' })
      .option('at', {
        type: 'string',
        describe: 'When, if it was before now: 2026-03-05T14:30+08:00',
      })
      .example(
        '$0 ledger told F-0123456789ab --whom regulator --id hk.pcpd --channel form --reference DBN-17',
        'stops that clock',
      ),
  async handler(flags) {
    const { toldEntries } = await import('../ledgerwrite.ts');
    await write(flags, (archive, config) => toldEntries(archive, config, flags));
  },
};

interface AssessFlags extends ArchiveFlags, PersonFlags {
  readonly ids: string[] | undefined;
  readonly regulator: string | undefined;
  readonly notifiable: 'yes' | 'no' | undefined;
  readonly reason: string | undefined;
}

const assess: CommandModule<object, AssessFlags> = {
  command: 'assess <ids..>',
  describe: 'Note whether a regulator must hear of findings; some clocks run from here',
  builder: (yargs) =>
    personOptions(archiveOptions(yargs))
      .positional('ids', { type: 'string', array: true, describe: 'F-…, one or more' })
      .option('regulator', {
        type: 'string',
        describe: 'As sg.pdpc; "ledger regulators" lists them',
      })
      .option('notifiable', { choices: ['yes', 'no'] as const, describe: 'Must it hear of them?' })
      .option('reason', { type: 'string', describe: 'Why, in your words (needed for no)' })
      .example(
        '$0 ledger assess F-0123456789ab --regulator sg.pdpc --notifiable yes',
        'three days from now',
      ),
  async handler(flags) {
    const { assessEntries } = await import('../ledgerwrite.ts');
    await write(flags, (archive, config) => assessEntries(archive, config, flags));
  },
};

type Entries = Promise<readonly import('../../model/ledger.ts').NewEntry[]>;
type Open = import('../archive.ts').OpenArchive;

/** All of them or none, and each said. */
async function write(
  flags: ArchiveFlags,
  entriesOf: (archive: Open['archive'], config: Open['config']) => Entries,
): Promise<void> {
  const [{ entryText }, { oneLine }] = await Promise.all([
    import('../entrywords.ts'),
    import('../../model/plain.ts'),
  ]);
  await withArchive(flags, async ({ archive, config }) => {
    const written = await archive.append(await entriesOf(archive, config));
    process.stdout.write(
      written
        .map((entry) => `${entry.subject}: ${oneLine(`${entryText(entry)} (${entry.by})`)}\n`)
        .join(''),
    );
  });
}

interface ExportFlags extends ArchiveFlags {
  readonly id: string | undefined;
  readonly regulator: string | undefined;
  readonly language: Language | undefined;
}

const exportDraft: CommandModule<object, ExportFlags> = {
  command: 'export <id>',
  describe: 'A draft of the notification to a regulator, in Markdown; nothing is sent',
  builder: (yargs: Argv<object>) =>
    archiveOptions(yargs)
      .positional('id', { type: 'string', describe: 'F-…' })
      .option('regulator', {
        type: 'string',
        describe: 'As hk.pcpd; "ledger regulators" lists them',
      })
      .option('language', {
        choices: ['en', 'zh-Hant', 'zh-Hans', 'ja'] as const,
        default: 'en' as const,
        describe: 'Of the draft',
      })
      .example(
        '$0 ledger export F-0123456789ab --regulator jp.ppc --language ja > draft.md',
        'masked, with blanks where a person must write',
      ),
  async handler(flags) {
    const { draftOf } = await import('../draftdata.ts');
    await withArchive(flags, async (open) => {
      process.stdout.write(
        await draftOf(open, flags.id ?? '', flags.regulator, flags.language ?? 'en'),
      );
    });
  },
};

interface ClocksFlags extends ArchiveFlags {
  readonly regulator: string | undefined;
  readonly all: boolean | undefined;
  readonly json: boolean | undefined;
}

const clocks: CommandModule<object, ClocksFlags> = {
  command: 'clocks',
  describe: 'Who must hear of which finding until when, the most pressing first',
  builder: (yargs) =>
    archiveOptions(yargs)
      .option('regulator', { type: 'string', describe: 'Only this one, as hk.pcpd' })
      .option('all', {
        type: 'boolean',
        describe: 'Those that were told, need not be, or do not seem to apply, too',
      })
      .option('json', { type: 'boolean', describe: 'One JSON array' })
      .example('$0 ledger clocks', 'what is late, and what will be'),
  async handler(flags) {
    const [{ clocksTable, listedClocks }, { regulatorOf }] = await Promise.all([
      import('../clockslist.ts'),
      import('../ledgerwrite.ts'),
    ]);
    const { regulator } = flags;
    const named = regulator === undefined ? undefined : regulatorOf('--regulator', regulator);
    await withArchive(flags, async (open) => {
      const found = await listedClocks(open, named, flags.all === true, new Date());
      const plain = found.map(({ finding, department, clock }) => ({
        finding,
        department,
        ...clock,
      }));
      process.stdout.write(
        flags.json === true ? `${JSON.stringify(plain, null, 2)}\n` : clocksTable(found, width()),
      );
    });
  },
};

interface RulesFlags {
  readonly jurisdiction: string | undefined;
  readonly format: 'table' | 'json' | 'markdown' | undefined;
}

const regulators: CommandModule<object, RulesFlags> = {
  command: 'regulators',
  describe: 'The clocks that ajar knows, each with what was read of it',
  builder: (yargs) =>
    yargs
      .option('jurisdiction', { type: 'string', describe: 'Only of this one: HK, SG, JP, EU …' })
      .option('format', {
        choices: ['table', 'json', 'markdown'] as const,
        default: 'table' as const,
        describe: 'How to print it',
      })
      .example('$0 ledger regulators --jurisdiction JP', 'whom, until when, by which law'),
  async handler({ jurisdiction, format }) {
    const { rulesText } = await import('../ledgerread.ts');
    process.stdout.write(rulesText(jurisdiction, format ?? 'table', width()));
  },
};

export const ledger: CommandModule<object, object> = {
  command: 'ledger',
  describe: 'Who knew what when: verify it, note who was told, draft notifications',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(verify)
      .command(clocks)
      .command(told)
      .command(assess)
      .command(exportDraft)
      .command(regulators)
      .strict(),
  handler: () => undefined,
};
