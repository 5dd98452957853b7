/** `ajar campaign answer`: what a department says, from the command line or from the list it sent back. */
import { randomBytes } from 'node:crypto';
import { answerEntries, listOf, nameOf, ORPHANS } from '../../campaign/answer.ts';
import { refutedBy } from '../../campaign/outcome.ts';
import { answerOf, dayOf, readReply } from '../../campaign/reply.ts';
import { type CampaignState, settled } from '../../campaign/state.ts';
import type { AnswerKind, CampaignAnswer } from '../../model/campaign.ts';
import { UsageError } from '../../model/errors.ts';
import { counted } from '../../report/numbers.ts';
import { personOf } from '../archive.ts';
import { openMask } from '../masking.ts';
import { all } from '../outbox.ts';
import type { Desk } from './desk.ts';

export interface AnswerFlags {
  readonly owner: string | undefined;
  readonly all: string | undefined;
  readonly finding: readonly string[] | undefined;
  readonly answer: string | undefined;
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly file: string | undefined;
  readonly by: string | undefined;
}

type Mask = (text: string) => string;

/** One line a department that answered. Nothing is kept where anything of it is wrong. */
export async function answerCampaign(
  desk: Desk,
  campaign: CampaignState,
  flags: AnswerFlags,
): Promise<readonly string[]> {
  const by = personOf(flags);
  const mask = await openMask(desk.config, randomBytes(16));
  const given = (await givenAnswers(campaign, flags, mask)).map((answer) => masked(answer, mask));
  const ids = given.flatMap(({ owner }) => listOf(campaign, owner).findings);
  const found = ids.length === 0 ? [] : await all(desk.archive.records({ ids }));
  const records = new Map(found.map((record) => [record.finding.id, record]));
  const refuted = refutedBy(await all(desk.archive.entries({ kinds: ['finding.proof'] })));
  const answering = given.map((answer) =>
    answerEntries(campaign, answer, records, { by, now: desk.now, refuted }),
  );
  const entries = answering.flatMap((one) => one.entries);
  if (entries.length > 0) await desk.archive.append(entries);
  return answering.map(({ entries: made, list: given }) => {
    const [list = given] = settled({ ...campaign, lists: [given] }, records).lists;
    const left = list.findings.filter((id) => !list.answers.has(id)).length;
    const claims = given.findings.filter(
      (id) => given.answers.get(id)?.answer === 'fixed' && records.get(id)?.status !== 'fixed',
    ).length;
    const stands =
      list.standing === 'answered'
        ? 'answered'
        : `${counted(left, 'finding', 'findings')} still to be answered`;
    const news = made.length === 0 ? 'says nothing new; ' : '';
    const prove = claims > 0 ? `; said fixed: ${claims}, "ajar prove" closes them` : '';
    return `${nameOf(list.owner)}: ${news}${stands}${prove}`;
  });
}

function masked(answer: CampaignAnswer, mask: Mask): CampaignAnswer {
  return {
    ...answer,
    answers: answer.answers.map((one) => ({
      ...one,
      reason: one.reason === null ? null : mask(one.reason),
    })),
  };
}

async function givenAnswers(
  campaign: CampaignState,
  flags: AnswerFlags,
  mask: Mask,
): Promise<readonly CampaignAnswer[]> {
  const owner =
    flags.owner === undefined ? undefined : flags.owner === ORPHANS ? null : flags.owner;
  if (flags.file !== undefined) {
    const other = (['all', 'finding', 'answer', 'reason', 'until'] as const).find(
      (option) => flags[option] !== undefined && flags[option]?.length !== 0,
    );
    if (other)
      throw new UsageError(`--${other}: does not go with --file; the file has the answers`);
    return fromFile(campaign, flags.file, owner, mask);
  }
  if (owner === undefined) {
    const known = campaign.lists.map((list) => nameOf(list.owner)).join(', ');
    throw new UsageError(
      `campaign answer: say who answers with --owner (${known}), or give --file`,
    );
  }
  return [fromFlags(owner, flags)];
}

function fromFlags(owner: string | null, flags: AnswerFlags): CampaignAnswer {
  const all = flags.all === undefined ? null : wordOf('--all', flags.all);
  const findings = flags.finding ?? [];
  if (findings.length === 0 && flags.answer !== undefined) {
    throw new UsageError('--answer: goes with --finding; for the whole list say --all');
  }
  if (findings.length > 0 && flags.answer === undefined) {
    throw new UsageError(
      '--finding: say what with --answer fixed, acknowledged, not-ours or accepted',
    );
  }
  if (all === null && findings.length === 0) {
    throw new UsageError(
      'campaign answer: say what: --all acknowledged, --all nothing-to-report, or --finding F --answer fixed',
    );
  }
  const answer = flags.answer === undefined ? null : wordOf('--answer', flags.answer);
  if (answer === 'nothing-to-report') {
    throw new UsageError('--answer nothing-to-report: goes with an empty list, as --all');
  }
  const until = flags.until === undefined ? null : dayOf(flags.until);
  if (until === undefined) {
    throw new UsageError(`--until ${flags.until}: allowed is a day such as 2027-03-31`);
  }
  return {
    owner,
    all,
    answers: findings.map((finding) => ({
      finding,
      answer: answer ?? 'acknowledged',
      reason: flags.reason?.trim() || null,
      until: answer === 'accepted' && until !== null ? until.toISOString() : null,
    })),
    how: 'command',
  };
}

function wordOf(option: string, given: string): AnswerKind | 'nothing-to-report' {
  const word = answerOf(given);
  if (word !== undefined) return word;
  throw new UsageError(
    `${option} ${given}: allowed are fixed, acknowledged, not-ours, accepted${option === '--all' ? ', nothing-to-report' : ''}`,
  );
}

/** What is quoted from the file in an error may hold anything, and is masked. */
async function fromFile(
  campaign: CampaignState,
  file: string,
  owner: string | null | undefined,
  mask: Mask,
): Promise<readonly CampaignAnswer[]> {
  try {
    const rows = /\.ya?ml$/i.test(file) ? await yamlRows(file) : await sheetRows(file);
    return readReply(rows, { file, campaign, owner });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(mask(error.message));
  }
}

type Rows = Parameters<typeof readReply>[0];

async function sheetRows(file: string): Promise<Rows> {
  const { readSheet } = await import('../sheet.ts');
  return readSheet(file);
}

const KEYS = ['department', 'finding', 'answer', 'reason', 'until'] as const;

/** `owner`, `all` and `answers` as the rows of the list would say it; checked like them. */
async function yamlRows(file: string): Promise<Rows> {
  const [{ readYaml }, v] = await Promise.all([import('../yaml.ts'), import('valibot')]);
  const text = v.pipe(v.string(), v.nonEmpty('a text'));
  const read = readYaml(
    file,
    v.strictObject({
      owner: v.optional(text),
      all: v.optional(text),
      answers: v.optional(
        v.array(
          v.strictObject({
            finding: text,
            answer: text,
            reason: v.optional(text),
            until: v.optional(text),
          }),
        ),
        [],
      ),
    }),
  );
  const department = read.owner ?? '';
  const rows = read.answers.map((one) => ({ ...one, department }));
  const all = read.all === undefined ? [] : [{ department, finding: '*', answer: read.all }];
  return [{ cells: [...KEYS] }, ...all.map(cellsOf), ...rows.map(cellsOf)].map(
    ({ cells }, index) => ({ number: index, cells }),
  );
}

function cellsOf(row: Readonly<Partial<Record<(typeof KEYS)[number], string | undefined>>>): {
  cells: readonly string[];
} {
  return { cells: KEYS.map((key) => row[key] ?? '') };
}
