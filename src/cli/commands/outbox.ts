/** `ajar outbox`: messages that wait, that failed, and those of which nobody knows. */
import type { Argv, CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';
import type { Message, MessageState } from '../../model/message.ts';
import {
  type ArchiveFlags,
  archiveOptions,
  type PersonFlags,
  personOf,
  personOptions,
  withArchive,
} from '../archive.ts';

const STATES: readonly MessageState[] = ['waiting', 'sending', 'sent', 'failed', 'unsure'];

function withId(yargs: Argv<object>): Argv<ArchiveFlags & { readonly id: string | undefined }> {
  return archiveOptions(yargs).positional('id', {
    type: 'string',
    describe: 'As "ajar outbox list" shows it',
  });
}

function line(message: Message): string {
  const { id, state, channel, to, attempts, nextAt, error } = message;
  const when = state === 'waiting' ? `, next ${nextAt}` : '';
  const why = error === null ? '' : `\n    ${error}`;
  const advice =
    state === 'unsure'
      ? `\n    It may have arrived. Ask there, then: ajar outbox resend ${id}, or ajar outbox drop ${id}`
      : '';
  const where = to.length > 0 ? ` to ${to.join(', ')}` : '';
  return `${state.padEnd(8)} ${id}  ${channel}${where}, attempts ${attempts}${when}${why}${advice}`;
}

const list: CommandModule<
  object,
  ArchiveFlags & { readonly state: readonly MessageState[] | undefined }
> = {
  command: 'list',
  describe: 'Messages that are not sent, or those in the states that are named',
  builder: (yargs) =>
    archiveOptions(yargs).option('state', {
      array: true,
      choices: STATES,
      describe: 'Only these (default: all but sent)',
    }),
  async handler(flags) {
    await withArchive(flags, async ({ archive }) => {
      const asked = flags.state ?? STATES.filter((state) => state !== 'sent');
      const found = await archive.messages(asked);
      for (const message of found) process.stdout.write(`${line(message)}\n`);
      if (found.length === 0) process.stdout.write(`No message is ${asked.join(' or ')}.\n`);
    });
  },
};

const send: CommandModule<object, ArchiveFlags> = {
  command: 'send',
  describe: 'Send what is due; safe to run from cron',
  builder: (yargs) => archiveOptions(yargs),
  async handler(flags) {
    const { sendOutbox } = await import('../outbox.ts');
    const tell = (said: string): void => void process.stderr.write(`${said}\n`);
    await withArchive(flags, async ({ archive, config }) => {
      const tally = await sendOutbox({ archive, config, tell });
      const parts = Object.entries(tally).map(([state, count]) => `${count} ${state}`);
      process.stdout.write(`${parts.join(', ')}\n`);
      // cron sends mail about what fails.
      if (tally.failed + tally.unsure > 0) process.exitCode = 1;
    });
  },
};

async function found(
  archive: import('../../model/store.ts').Archive,
  id: string,
  states: readonly MessageState[],
): Promise<Message> {
  const message = await archive.message(id);
  if (message === null) {
    throw new UsageError(`${id}: no such message; "ajar outbox list" shows those there are`);
  }
  if (!states.includes(message.state)) {
    throw new UsageError(
      `${id}: it is ${message.state}; this is for what is ${states.join(' or ')}`,
    );
  }
  return message;
}

const resend: CommandModule<object, ArchiveFlags & { readonly id: string | undefined }> = {
  command: 'resend <id>',
  describe: 'Send again what failed or is unsure: your decision, it may arrive twice',
  builder: (yargs) => withId(yargs),
  async handler(flags) {
    await withArchive(flags, async ({ archive }) => {
      const { id } = await found(archive, flags.id ?? '', ['failed', 'unsure', 'waiting']);
      await archive.settle(id, 'waiting', null, new Date().toISOString());
      process.stdout.write(`${id} waits to be sent; "ajar outbox send" sends it.\n`);
    });
  },
};

const drop: CommandModule<
  object,
  ArchiveFlags & PersonFlags & { readonly id: string | undefined }
> = {
  command: 'drop <id>',
  describe: 'Do not send a message that waits, or leave one that is unsure as it is',
  builder: (yargs) => personOptions(withId(yargs)),
  async handler(flags) {
    await withArchive(flags, async ({ archive }) => {
      const { id } = await found(archive, flags.id ?? '', ['waiting', 'unsure', 'failed']);
      await archive.settle(id, 'failed', `dropped by ${personOf(flags)}`, null);
      process.stdout.write(`${id} will not be sent.\n`);
    });
  },
};

const test: CommandModule<
  object,
  ArchiveFlags & { readonly channel: string | undefined; readonly to: string[] | undefined }
> = {
  command: 'test <channel>',
  describe: 'Send a test message by a channel of ajar.yaml',
  builder: (yargs) =>
    archiveOptions(yargs)
      .positional('channel', { type: 'string', describe: 'Its name under channels:' })
      .option('to', {
        type: 'string',
        array: true,
        describe: 'Mail: where to (default: the office)',
      }),
  async handler(flags) {
    const [{ loadConfig }, { sendTest }] = await Promise.all([
      import('../config.ts'),
      import('../outbox.ts'),
    ]);
    const config = loadConfig({ config: flags.config, store: flags.store });
    process.stdout.write(`${await sendTest(config, flags.channel ?? '', flags.to ?? [])}\n`);
  },
};

export const outbox: CommandModule = {
  command: 'outbox',
  describe: 'Messages that wait, failed, or of which nobody knows whether they arrived',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(send)
      .command(resend)
      .command(drop)
      .command(test)
      .demandCommand(1, 'outbox: say what to do: list, send, resend, drop or test')
      .epilogue('Guide: docs/notifications.md'),
  // Never reached: demandCommand has spoken.
  handler: () => undefined,
};
