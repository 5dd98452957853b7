/** `ajar locate`: the object key behind a reference. The only command that prints one unmasked. */
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';

interface Flags {
  readonly ref: string | undefined;
  readonly store: string | undefined;
  readonly key: string | undefined;
  readonly config: string | undefined;
}

export const locate: CommandModule<object, Flags> = {
  command: 'locate <ref>',
  describe: 'Print the object key behind a reference of a report',
  builder: (yargs) =>
    yargs
      .positional('ref', { type: 'string', describe: 'K-…, as reports and commands show it' })
      .option('store', { type: 'string', describe: 'The store of that scan' })
      .option('key', { type: 'string', describe: 'The key file of that scan' })
      .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' })
      .example('$0 locate K-0123456789abcdef', 'print the key, and nothing else'),
  async handler({ ref = '', store, key, config }) {
    const [{ loadConfig }, { openStore }, { shownStore }, { loadKeys }] = await Promise.all([
      import('../config.ts'),
      import('../../store/open.ts'),
      import('../../store/address.ts'),
      import('../../store/key.ts'),
    ]);
    const settings = loadConfig({ store, key, config });
    const opened = await openStore(settings.store, { existing: true });
    try {
      const sealed = await opened.locator(ref);
      if (sealed === null) {
        throw new UsageError(
          `locate ${ref}: the store ${shownStore(settings.store)} has no such reference; give the store of the scan that printed it (--store)`,
        );
      }
      process.stdout.write(`${loadKeys(settings.key).unseal(sealed)}\n`);
    } finally {
      await opened.close();
    }
  },
};
