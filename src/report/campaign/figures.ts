/** The columns of a campaign's report, the same in every format. */
import type { CampaignOutcome, CampaignRow, PeopleRange } from '../../model/campaign.ts';
import type { CampaignWords } from './words.ts';

export interface CampaignColumn {
  readonly key: keyof CampaignWords & string;
  readonly number: boolean;
  readonly cell: (row: CampaignRow, words: CampaignWords) => string;
  /** Of the last row; empty where a sum would say nothing. */
  readonly total: (outcome: CampaignOutcome, words: CampaignWords) => string;
}

const SUMMED = ['findings', 'fixed', 'claimed', 'open', 'accepted', 'notOurs', 'newer'] as const;

const none = (): string => '';

/** What the department is called in the language of the report. */
export function nameText({ owner, name, names }: CampaignRow, words: CampaignWords): string {
  return owner === null ? words.orphans : (names[words.language] ?? name);
}

export function countText(count: number, words: CampaignWords): string {
  return new Intl.NumberFormat(words.locale).format(count);
}

function rangeText({ atLeast, atMost }: PeopleRange, words: CampaignWords): string {
  const count = countText(atMost, words);
  return atLeast === atMost ? count : words.upTo(count);
}

/** In the machine's own time zone, as due days are set. */
export function dayText(iso: string, words: CampaignWords): string {
  return new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

/** Every column; a terminal takes those without the dates. */
export const CAMPAIGN_COLUMNS: readonly CampaignColumn[] = [
  {
    key: 'department',
    number: false,
    cell: nameText,
    total: (_, words) => words.total,
  },
  {
    key: 'standing',
    number: false,
    cell: ({ standing }, words) => words.standings[standing],
    total: ({ rows }) =>
      `${rows.filter(({ standing }) => standing === 'answered').length}/${rows.length}`,
  },
  {
    key: 'answeredAt',
    number: false,
    cell: ({ answeredAt }, words) => (answeredAt === null ? '' : dayText(answeredAt, words)),
    total: none,
  },
  { key: 'answeredBy', number: false, cell: ({ answeredBy }) => answeredBy ?? '', total: none },
  ...SUMMED.map(
    (key): CampaignColumn => ({
      key,
      number: true,
      cell: (row, words) => countText(row[key], words),
      total: ({ rows }, words) =>
        countText(
          rows.reduce((sum, row) => sum + row[key], 0),
          words,
        ),
    }),
  ),
  {
    key: 'peopleThen',
    number: true,
    cell: ({ peopleThen }, words) => rangeText(peopleThen, words),
    total: ({ peopleThen }, words) => rangeText(peopleThen, words),
  },
  {
    key: 'peopleNow',
    number: true,
    cell: ({ peopleNow }, words) => rangeText(peopleNow, words),
    total: ({ peopleNow }, words) => rangeText(peopleNow, words),
  },
  {
    key: 'reminders',
    number: true,
    cell: ({ reminders }, words) => countText(reminders, words),
    total: none,
  },
  {
    key: 'escalations',
    number: true,
    cell: ({ escalations }, words) => countText(escalations, words),
    total: none,
  },
  {
    key: 'late',
    number: false,
    cell: ({ late }, words) => (late ? words.yes : ''),
    total: ({ rows }, words) => countText(rows.filter(({ late }) => late).length, words),
  },
];

export function headOf(column: CampaignColumn, words: CampaignWords): string {
  const head = words[column.key];
  return typeof head === 'string' ? head : column.key;
}

export function summaryText({ rows }: CampaignOutcome, words: CampaignWords): string {
  return words.summary({
    answered: rows.filter(({ standing }) => standing === 'answered').length,
    lists: rows.length,
    late: rows.filter(({ late }) => late).length,
  });
}

export function exposedText(outcome: CampaignOutcome, words: CampaignWords): string {
  return words.exposed(rangeText(outcome.peopleThen, words), rangeText(outcome.peopleNow, words));
}
