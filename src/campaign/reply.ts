/**
 * What a department sends back: rows of the list with its answer column filled in.
 *
 * Read as a person would: in any of the four languages, whatever the case, spaces or order of
 * columns; but nothing is guessed. A line that cannot be read is named, and then nothing is taken.
 */
import type { AnswerKind, CampaignAnswer } from '../model/campaign.ts';
import { UsageError } from '../model/errors.ts';
import { nameOf, ORPHANS } from './answer.ts';
import { EVERYTHING } from './list.ts';
import { endOfDay } from './settings.ts';
import type { CampaignState } from './state.ts';
import { WORDS } from './words/index.ts';
import { COLUMNS, type Column } from './words/words.ts';

export interface ReplyOptions {
  /** How the file is called, for messages. */
  readonly file: string;
  readonly campaign: CampaignState;
  /** Of the command line; undefined: as the rows say. */
  readonly owner: string | null | undefined;
}

type Answer = CampaignAnswer['answers'][number];
type Word = AnswerKind | 'nothing-to-report';

interface Taken {
  all: Word | null;
  readonly answers: Map<string, Answer>;
}

export interface ReplyRow {
  /** As a spreadsheet counts lines. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** One answer a department. Throws UsageError with a sentence for each line that is wrong. */
export function readReply(
  rows: readonly ReplyRow[],
  { file, campaign, owner }: ReplyOptions,
): readonly CampaignAnswer[] {
  const head = rows.findIndex(({ cells }) => cells.some((cell) => columnOf(cell) === 'answer'));
  if (head < 0) {
    throw new UsageError(
      `${file}: no column is called "answer"; send the list that the department got, with that column filled in`,
    );
  }
  const columns = (rows[head]?.cells ?? []).map(columnOf);
  if (!columns.includes('finding')) {
    throw new UsageError(
      `${file}: no column is called "finding"; it says which finding a row answers`,
    );
  }
  const problems: string[] = [];
  const taken = new Map<string | null, Taken>();
  const holders = new Map(
    campaign.lists.flatMap((list) => list.findings.map((id) => [id, list.owner] as const)),
  );
  for (const [index, { number, cells }] of rows.entries()) {
    if (index <= head || cells.every((cell) => tidy(cell) === '')) continue;
    const cell = (column: Column): string => tidy(cells[columns.indexOf(column)] ?? '');
    try {
      takeRow(cell, { campaign, owner, holders }, taken);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(`${file} line ${number}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (taken.size === 0) {
    throw new UsageError(`${file}: no row has an answer; fill in the column "answer"`);
  }
  return [...taken].map(([of, { all, answers }]) => ({
    owner: of,
    all,
    answers: [...answers.values()],
    how: 'file',
  }));
}

interface Asked extends Pick<ReplyOptions, 'campaign' | 'owner'> {
  /** Whose list a finding is on. */
  readonly holders: ReadonlyMap<string, string | null>;
}

function takeRow(
  cell: (column: Column) => string,
  { campaign, owner, holders }: Asked,
  taken: Map<string | null, Taken>,
): void {
  const said = cell('answer');
  if (said === '') return;
  const word = answerOf(said);
  if (word === undefined) throw new UsageError(`answer "${cut(said)}": allowed are ${ALLOWED}`);
  const finding = cell('finding');
  const of = departmentOf(cell('department'), finding, { campaign, owner, holders });
  const list: Taken = taken.get(of) ?? { all: null, answers: new Map() };
  taken.set(of, list);
  if (finding === EVERYTHING || finding === '') {
    if (list.all !== null && list.all !== word) {
      throw new UsageError(`answer "${cut(said)}": another row for everything says ${list.all}`);
    }
    list.all = word;
    return;
  }
  if (word === 'nothing-to-report') {
    throw new UsageError(`answer "${cut(said)}": goes with an empty list, not with ${finding}`);
  }
  const earlier = list.answers.get(finding);
  const answer = { finding, answer: word, ...detailsOf(word, cell) };
  if (earlier && earlier.answer !== word) {
    throw new UsageError(`finding ${finding}: is answered twice, ${earlier.answer} and ${word}`);
  }
  list.answers.set(finding, answer);
}

function detailsOf(
  word: AnswerKind,
  cell: (column: Column) => string,
): { reason: string | null; until: string | null } {
  const reason = cell('reason') === '' ? null : cell('reason');
  const day = cell('until');
  if ((word === 'not-ours' || word === 'accepted') && reason === null) {
    throw new UsageError(`answer "${word}": needs the column "reason" filled in`);
  }
  if (word !== 'accepted') return { reason, until: null };
  const until = dayOf(day);
  if (until === undefined) {
    const what = day === '' ? 'is empty' : `"${cut(day)}" is no date`;
    throw new UsageError(
      `answer "accepted": the column "until" ${what}; write the day until which the risk is accepted as 2027-03-31`,
    );
  }
  return { reason, until: until.toISOString() };
}

/** By the command line, else by the row's department, else by whose list has the finding. */
function departmentOf(
  named: string,
  finding: string,
  { campaign, owner, holders }: Asked,
): string | null {
  const byFinding = holders.get(finding);
  if (finding !== '' && finding !== EVERYTHING && byFinding === undefined) {
    throw new UsageError(`finding "${cut(finding)}": on no list of ${campaign.id}`);
  }
  const asked = named === '' ? undefined : named === ORPHANS ? null : named;
  const of = owner !== undefined ? owner : byFinding !== undefined ? byFinding : asked;
  if (of === undefined) {
    throw new UsageError('neither the row nor --owner says which department answers');
  }
  if (byFinding !== undefined && byFinding !== of) {
    throw new UsageError(
      `finding ${finding}: is on the list of ${nameOf(byFinding)}, not of ${nameOf(of)}`,
    );
  }
  if (!campaign.lists.some((list) => list.owner === of)) {
    throw new UsageError(`department "${cut(nameOf(of))}": has no list in ${campaign.id}`);
  }
  return of;
}

/** `2027-03-31`, `2027/3/31`, `2027年3月31日`: year first, so that no day is read as a month. */
export function dayOf(text: string): Date | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?$/.exec(
    tidy(text),
  );
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return endOfDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** A spreadsheet's apostrophe for "this is text" goes, and so do full width and no-break spaces. */
function tidy(cell: string): string {
  return cell.normalize('NFKC').trim().replace(/^'/, '');
}

function folded(text: string): string {
  return tidy(text)
    .toLowerCase()
    .replace(/[\s\p{P}_]+/gu, '');
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const WORD_OF: ReadonlyMap<string, Word> = new Map(
  Object.values(WORDS).flatMap(({ answers }) =>
    Object.entries(answers).flatMap(([kind, words]) =>
      [kind, ...words].map((word) => [folded(word), kind as Word] as const),
    ),
  ),
);

const COLUMN_OF: ReadonlyMap<string, Column> = new Map(
  Object.values(WORDS).flatMap(({ columns }) =>
    COLUMNS.flatMap((column) =>
      [column, columns[column]].map((name) => [folded(name), column] as const),
    ),
  ),
);

/** For messages: the word of each answer on the command line. */
const ALLOWED =
  'fixed, acknowledged, not-ours, accepted, nothing-to-report (or 已修復, 対応済み, …)';

/** Any of the four languages' words; undefined for what is none. */
export function answerOf(text: string): Word | undefined {
  return WORD_OF.get(folded(text));
}

function columnOf(text: string): Column | undefined {
  return COLUMN_OF.get(folded(text));
}
