/** `ajar store`: copies of what runs leave behind, and two of them made into one. */
import { existsSync } from 'node:fs';
import type { Argv, CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';

interface Flags {
  readonly store: string | undefined;
  readonly config: string | undefined;
}

interface ByFlags extends Flags {
  readonly by: string | undefined;
}

function shared(yargs: Argv<object>): Argv<Flags> {
  return yargs
    .option('store', {
      type: 'string',
      describe: 'A file (default .ajar/store.db) or postgres://user@host/database',
    })
    .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' });
}

function withPerson(yargs: Argv<object>): Argv<ByFlags> {
  return shared(yargs).option('by', {
    type: 'string',
    describe: 'Who does this, for the ledger (default: the name of this user)',
  });
}

async function urlOf(flags: Flags): Promise<string> {
  const { loadConfig } = await import('../config.ts');
  return loadConfig({ store: flags.store, config: flags.config }).store;
}

/** Throws UsageError: what there is not cannot be copied, and looking for it makes nothing. */
async function existing(flags: Flags): Promise<string> {
  const [{ isPostgres }, url] = await Promise.all([import('../../store/address.ts'), urlOf(flags)]);
  if (isPostgres(url) || existsSync(url)) return url;
  throw new UsageError(`--store ${url}: there is no store; run a scan first, or name another one`);
}

const PAGE = 'docs/store.md';

async function fileOf(url: string, instead: string): Promise<string> {
  const { isPostgres } = await import('../../store/address.ts');
  if (!isPostgres(url)) return url;
  throw new UsageError(`--store postgres://…: ${instead} (see ${PAGE})`);
}

const backup: CommandModule<object, Flags & { readonly file: string | undefined }> = {
  command: 'backup <file>',
  describe: 'Write a checked copy of the store to a new file, also while scans go on',
  builder: (yargs) =>
    shared(yargs)
      .positional('file', { type: 'string', describe: 'A file that is not there yet' })
      .example('$0 store backup /backup/ajar-monday.db', 'the key file is not in it'),
  async handler(flags) {
    const instead = 'PostgreSQL has its own: pg_dump --format=custom --schema=ajar';
    const store = await fileOf(await existing(flags), instead);
    const { backupStore } = await import('../../store/backup.ts');
    const { bytes } = backupStore(store, flags.file ?? '');
    process.stdout.write(`${flags.file}: ${bytes.toLocaleString('en')} bytes, checked\n`);
  },
};

interface RestoreFlags extends ByFlags {
  readonly file: string | undefined;
  readonly replace: boolean | undefined;
}

const OUTBOX =
  'Messages that were waiting are unsure now: see "ajar outbox", some may have gone out.';

const restore: CommandModule<object, RestoreFlags> = {
  command: 'restore <file>',
  describe: 'Make the store from a backup; its ledger goes on in a new chain',
  builder: (yargs) =>
    withPerson(yargs)
      .positional('file', { type: 'string', describe: 'What "ajar store backup" wrote' })
      .option('replace', {
        type: 'boolean',
        describe: 'Where there is a store: keep it beside and take its place',
      })
      .example('$0 store restore /backup/ajar-monday.db --replace', 'and keep what was there'),
  async handler(flags) {
    const instead = 'use pg_restore, and then "ajar store restored"';
    const store = await fileOf(await urlOf(flags), instead);
    const [{ restoreStore }, { personOf }] = await Promise.all([
      import('../../store/backup.ts'),
      import('../archive.ts'),
    ]);
    const options = { by: personOf(flags), replace: flags.replace === true };
    const { chain, kept } = await restoreStore(flags.file ?? '', store, options);
    const lines = [`${store}: restored; its ledger goes on in chain ${chain}`, OUTBOX];
    if (kept !== null) lines.push(`What was there is kept as ${kept}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  },
};

const restored: CommandModule<object, ByFlags> = {
  command: 'restored',
  describe: 'After pg_restore: put the outbox in doubt and begin a new chain',
  builder: (yargs) =>
    withPerson(yargs).example(
      '$0 store restored --store postgres://ajar@db.example.org/ajar',
      'once, before anything else uses it',
    ),
  async handler(flags) {
    const [{ openDatabase }, { afterRestore }, { personOf }, url] = await Promise.all([
      import('../../store/open.ts'),
      import('../../store/backup.ts'),
      import('../archive.ts'),
      urlOf(flags),
    ]);
    const db = await openDatabase(url, { existing: true });
    try {
      const { chain } = await afterRestore(db, personOf(flags));
      process.stdout.write(`${db.name}: its ledger goes on in chain ${chain}\n${OUTBOX}\n`);
    } finally {
      await db.close();
    }
  },
};

const merge: CommandModule<object, ByFlags & { readonly other: string | undefined }> = {
  command: 'merge <other>',
  describe: 'Take all that another store knows into this one; the other stays as it is',
  builder: (yargs) =>
    withPerson(yargs)
      .positional('other', { type: 'string', describe: 'A file, or postgres://user@host/database' })
      .example('$0 store merge /mnt/north/store.db', 'again whenever that one has grown'),
  async handler(flags) {
    const [{ openDatabase }, { withOther }, { mergeStores }, { personOf }, url] = await Promise.all(
      [
        import('../../store/open.ts'),
        import('../../store/other.ts'),
        import('../../store/merge.ts'),
        import('../archive.ts'),
        // Many offices may be merged into a store that is new.
        urlOf(flags),
      ],
    );
    const by = personOf(flags);
    await withOther(flags.other ?? '', async (from) => {
      const into = await openDatabase(url);
      try {
        const { runs, findings, earlier, entries, chains, sketchesApart } = await mergeStores(
          into,
          from,
          by,
        );
        const lines = [
          `${from.name} into ${into.name}:`,
          `  runs      ${runs} new`,
          `  findings  ${findings} new, ${earlier} known earlier than here`,
          `  ledger    ${entries} new entries in ${chains} chains`,
        ];
        if (sketchesApart > 0) {
          lines.push(`  sketches  ${sketchesApart} left apart: made under another key file`);
        }
        process.stdout.write(`${lines.join('\n')}\n`);
      } finally {
        await into.close();
      }
    });
  },
};

export const store: CommandModule<object, object> = {
  command: 'store',
  describe: 'Back up and restore the store, or take another one into it',
  builder: (yargs) =>
    yargs
      .command(backup)
      .command(restore)
      .command(restored)
      .command(merge)
      .demandCommand(
        1,
        'store: say what to do with it: backup, restore, restored or merge; "ajar store --help" explains',
      ),
  handler: () => undefined,
};
