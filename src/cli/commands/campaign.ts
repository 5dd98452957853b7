/** `ajar campaign`: every department gets its list, answers by a day, and the office sees who did not. */
import type { Argv, CommandModule } from 'yargs';
import { LANGUAGES, type Language } from '../../model/language.ts';
import { type ArchiveFlags, archiveOptions, type PersonFlags, personOptions } from '../archive.ts';
import type { AnswerFlags } from '../campaign/answer.ts';
import type { StartFlags } from '../campaign/start.ts';

interface Sends {
  readonly send: boolean | undefined;
}
interface One {
  readonly id: string | undefined;
}
type Format = 'table' | 'json' | 'html' | 'csv';

function one(yargs: Argv<object>): Argv<ArchiveFlags & One> {
  return archiveOptions(yargs).positional('id', {
    type: 'string',
    describe: 'The campaign; not needed while only one runs',
  });
}

const SEND = {
  type: 'boolean',
  default: true,
  describe: 'Send at once; --no-send leaves the messages in the outbox',
} as const;
const LANGUAGE = {
  choices: LANGUAGES,
  describe: 'Of the report (default: campaign.office.language)',
} as const;

const desk = async (): Promise<typeof import('../campaign/desk.ts')> =>
  import('../campaign/desk.ts');

async function show(
  outcome: import('../../model/campaign.ts').CampaignOutcome,
  format: Format,
  language: Language,
): Promise<void> {
  if (format === 'table') {
    const [{ renderCampaignTable }, { wantsColor }] = await Promise.all([
      import('../../report/campaign/table.ts'),
      import('../progress.ts'),
    ]);
    const width = Math.min(160, process.stdout.columns ?? 120);
    const terminal = { width, color: wantsColor(process.stdout) };
    process.stdout.write(renderCampaignTable(outcome, language, terminal));
    return;
  }
  const files = await import('../../report/campaign/files.ts');
  process.stdout.write(
    format === 'json'
      ? files.renderCampaignJson(outcome)
      : format === 'csv'
        ? files.renderCampaignCsv(outcome, language)
        : files.renderCampaignHtml(outcome, language),
  );
}

const start: CommandModule<object, ArchiveFlags & StartFlags & Sends> = {
  command: 'start',
  describe: 'Send every department its list of the last scan, even an empty one',
  builder: (yargs) =>
    personOptions(archiveOptions(yargs))
      .option('due', {
        type: 'string',
        describe: 'Days from today, or a day: 7d, 2027-03-31 (default: campaign.due, or 7d)',
      })
      .option('name', {
        type: 'string',
        describe: 'What it is called (default: the day of the scan)',
      })
      .option('send', SEND)
      .example('$0 campaign start --due 7d', 'lists go out; starting it again starts nothing anew'),
  async handler(flags) {
    const [{ atDesk, outcomeNow, sendNow }, { startCampaign }] = await Promise.all([
      desk(),
      import('../campaign/start.ts'),
    ]);
    await atDesk(flags, async (open) => {
      const { campaign, messages } = await startCampaign(open, flags);
      await sendNow(open, flags.send, messages);
      const { language } = open.config.sending.campaign.office;
      await show(await outcomeNow(open, campaign), 'table', language);
    });
  },
};

const status: CommandModule<object, ArchiveFlags & One> = {
  command: 'status [id]',
  describe: 'Who has answered, who has not, what is proved',
  builder: (yargs) => one(yargs),
  async handler(flags) {
    const { atDesk, outcomeNow, pickAny, waitingLines } = await desk();
    await atDesk(flags, async (open) => {
      const campaign = pickAny(open, flags.id);
      const { language } = open.config.sending.campaign.office;
      await show(await outcomeNow(open, campaign), 'table', language);
      for (const line of await waitingLines(open, campaign)) process.stdout.write(`${line}\n`);
    });
  },
};

const answer: CommandModule<object, ArchiveFlags & One & AnswerFlags> = {
  command: 'answer [id]',
  describe: 'Note what a department answers, from options or from the list it sent back',
  builder: (yargs) =>
    personOptions(one(yargs))
      .option('owner', {
        type: 'string',
        describe: 'The department, or orphans for the office’s own queue',
      })
      .option('all', {
        type: 'string',
        describe:
          'For every finding not named: acknowledged, fixed; of an empty list: nothing-to-report',
      })
      .option('finding', { type: 'string', array: true, describe: 'One finding, or several' })
      .option('answer', {
        type: 'string',
        describe:
          'Of --finding: fixed (a claim until it is proved), acknowledged, not-ours, accepted',
      })
      .option('reason', { type: 'string', describe: 'Why; needed for not-ours and accepted' })
      .option('until', {
        type: 'string',
        describe: 'The day until which the risk is accepted: 2027-03-31',
      })
      .option('file', {
        type: 'string',
        describe: 'The list with its answer column filled in (CSV, XLSX), or YAML',
      })
      .example(
        '$0 campaign answer --file lands.csv --by "A. Clerk"',
        'all rows, or none where one is wrong',
      )
      .example(
        '$0 campaign answer --owner parks --all nothing-to-report',
        'an empty list is confirmed',
      ),
  async handler(flags) {
    const [{ atDesk, pick, stillRunning }, { answerCampaign }] = await Promise.all([
      desk(),
      import('../campaign/answer.ts'),
    ]);
    await atDesk(flags, async (open) => {
      const campaign = stillRunning(pick(open, flags.id));
      for (const line of await answerCampaign(open, campaign, flags)) {
        process.stdout.write(`${line}\n`);
      }
    });
  },
};

const remind: CommandModule<object, ArchiveFlags & One & Sends & PersonFlags> = {
  command: 'remind [id]',
  describe: 'Remind who has not answered and climb the escalation chain, as far as it is due now',
  builder: (yargs) =>
    personOptions(one(yargs))
      .option('send', SEND)
      .example(
        '0 * * * * ajar campaign remind',
        'from cron, every hour: each letter goes out once',
      ),
  async handler(flags) {
    const [{ atDesk, pick, sendNow, stillRunning }, { remindCampaign }] = await Promise.all([
      desk(),
      import('../campaign/remind.ts'),
    ]);
    await atDesk(flags, async (open) => {
      const running = open.campaigns.filter(({ endedAt }) => endedAt === null);
      const asked = flags.id === undefined ? running : [stillRunning(pick(open, flags.id))];
      let messages = 0;
      for (const campaign of asked) {
        const reminded = await remindCampaign(open, campaign, flags.by);
        messages += reminded.messages;
        for (const line of reminded.lines) process.stdout.write(`${line}\n`);
      }
      await sendNow(open, flags.send, messages);
    });
  },
};

const end: CommandModule<object, ArchiveFlags & One & Sends & PersonFlags> = {
  command: 'end [id]',
  describe: 'End a campaign and send the office its report',
  builder: (yargs) => personOptions(one(yargs)).option('send', SEND),
  async handler(flags) {
    const [{ atDesk, pickAny, sendNow }, { endCampaign }] = await Promise.all([
      desk(),
      import('../campaign/end.ts'),
    ]);
    await atDesk(flags, async (open) => {
      const { outcome, messages } = await endCampaign(open, pickAny(open, flags.id), flags.by);
      await sendNow(open, flags.send, messages);
      await show(outcome, 'table', open.config.sending.campaign.office.language);
    });
  },
};

interface ReportFlags extends ArchiveFlags, One {
  readonly format: Format;
  readonly language: Language | undefined;
}

const report: CommandModule<object, ReportFlags> = {
  command: 'report [id]',
  describe: 'The report to the office, of a campaign that runs or has ended',
  builder: (yargs) =>
    one(yargs)
      .option('format', {
        choices: ['table', 'json', 'html', 'csv'] as const,
        default: 'table' as const,
        describe: 'What stdout carries',
      })
      .option('language', LANGUAGE)
      .example('$0 campaign report --format html > week.html', 'one file, fit to print'),
  async handler(flags) {
    const { atDesk, outcomeNow, pickAny } = await desk();
    await atDesk(flags, async (open) => {
      const outcome = await outcomeNow(open, pickAny(open, flags.id));
      const language = flags.language ?? open.config.sending.campaign.office.language;
      await show(outcome, flags.format, language);
    });
  },
};

interface ListFlags extends ArchiveFlags {
  readonly owner: string | undefined;
  readonly campaign: string | undefined;
}

const list: CommandModule<object, ListFlags> = {
  command: 'list <owner>',
  describe: 'Print the list of one department as CSV, as it is sent',
  builder: (yargs) =>
    archiveOptions(yargs)
      .positional('owner', { type: 'string', describe: 'The department, or orphans' })
      .option('campaign', { type: 'string', describe: 'The campaign, where several run' }),
  async handler(flags) {
    const { atDesk, listCsv, pickAny } = await desk();
    await atDesk(flags, async (open) => {
      const campaign = pickAny(open, flags.campaign);
      process.stdout.write(await listCsv(open, campaign, flags.owner ?? ''));
    });
  },
};

export const campaign: CommandModule = {
  command: 'campaign',
  describe: 'Send every department its list, collect answers, remind, report to the office',
  builder: (yargs) =>
    yargs
      .command(start)
      .command(status)
      .command(answer)
      .command(remind)
      .command(end)
      .command(report)
      .command(list)
      .demandCommand(
        1,
        'campaign: say what to do: start, status, answer, remind, end, report or list',
      )
      .epilogue('Guide: docs/campaigns.md'),
  // Never reached: demandCommand has spoken.
  handler: () => undefined,
};
