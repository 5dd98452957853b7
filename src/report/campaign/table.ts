/** A campaign's report on a terminal. */
import type { CampaignOutcome } from '../../model/campaign.ts';
import type { Language } from '../../model/language.ts';
import { oneLine } from '../../model/plain.ts';
import { grid, painted, type Terminal } from '../terminal.ts';
import { wrap } from '../text.ts';
import { CAMPAIGN_COLUMNS, dayText, exposedText, headOf, summaryText } from './figures.ts';
import { CAMPAIGN_WORDS } from './words.ts';

/** When and by whom is in the other formats. */
const LEFT_OUT: readonly string[] = ['answeredAt', 'answeredBy', 'reminders', 'escalations'];
/** Shown where they say anything: a column of noughts only takes room. */
const WHERE_ANY = ['fixed', 'claimed', 'accepted', 'notOurs', 'newer'] as const;
const MIN_WIDTH = 40;

/** Ends with a line break. */
export function renderCampaignTable(
  outcome: CampaignOutcome,
  language: Language,
  terminal: Terminal,
): string {
  const words = CAMPAIGN_WORDS[language];
  const width = Math.max(MIN_WIDTH, terminal.width);
  const { rows } = outcome;
  const silent: readonly string[] = [
    ...LEFT_OUT,
    ...WHERE_ANY.filter((key) => rows.every((row) => row[key] === 0)),
    ...(rows.some(({ late }) => late) ? [] : ['late']),
  ];
  const columns = CAMPAIGN_COLUMNS.filter(({ key }) => !silent.includes(key));
  const table = columns.map((column) => ({
    head: words.brief[column.key] ?? headOf(column, words),
    align: column.number ? ('right' as const) : ('left' as const),
    cells: [
      ...rows.map((row) => oneLine(column.cell(row, words))),
      oneLine(column.total(outcome, words)),
    ],
  }));
  const dates = [
    `${words.started} ${dayText(outcome.startedAt, words)}`,
    `${words.due} ${dayText(outcome.due, words)}`,
    outcome.endedAt === null
      ? `${words.asOf} ${dayText(outcome.asOf, words)}`
      : `${words.ended} ${dayText(outcome.endedAt, words)}`,
  ];
  const lines = [
    ...wrap(`${oneLine(words.title(outcome.name))} (${oneLine(outcome.id)})`, width),
    ...painted(dates.join(' · '), 'dim', width, terminal),
    '',
    ...grid(table, width, terminal, (row) => {
      if (row >= rows.length) return 'bold';
      if (rows[row]?.late) return 'red';
      return rows[row]?.standing === 'answered' ? null : 'yellow';
    }),
    '',
    ...wrap(`${summaryText(outcome, words)} ${exposedText(outcome, words)}`, width),
  ];
  return `${lines.join('\n')}\n`;
}
