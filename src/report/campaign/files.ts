/** A campaign's report as files: JSON for programs, CSV for spreadsheets, HTML to print or send. */
import type { CampaignOutcome } from '../../model/campaign.ts';
import { BYTE_ORDER_MARK, csvRow } from '../../model/csv.ts';
import type { Language } from '../../model/language.ts';
import { oneLine } from '../../model/plain.ts';
import { escapeHtml } from '../html/markup.ts';
import {
  CAMPAIGN_COLUMNS,
  dayText,
  exposedText,
  headOf,
  nameText,
  summaryText,
} from './figures.ts';
import { CAMPAIGN_WORDS } from './words.ts';

const CAMPAIGN_SCHEMA = 'ajar-campaign/1';

/** The same in every language. */
export function renderCampaignJson(outcome: CampaignOutcome): string {
  return `${JSON.stringify({ schema: CAMPAIGN_SCHEMA, ...outcome }, null, 2)}\n`;
}

/** Numbers without separators and times as ISO 8601, so that a spreadsheet can count with them. */
export function renderCampaignCsv(outcome: CampaignOutcome, language: Language): string {
  const words = CAMPAIGN_WORDS[language];
  const yes = (late: boolean): string => (late ? words.yes : words.no);
  // The columns up to the people, who are two numbers each here.
  const upTo = CAMPAIGN_COLUMNS.findIndex(({ key }) => key === 'peopleThen');
  const head = CAMPAIGN_COLUMNS.slice(0, upTo).map((column) => headOf(column, words));
  const people = [words.peopleThen, words.peopleNow].flatMap((name) => [`${name} ≥`, `${name} ≤`]);
  const rows = outcome.rows.map((row) => [
    nameText(row, words),
    words.standings[row.standing],
    row.answeredAt ?? '',
    row.answeredBy ?? '',
    row.findings,
    row.fixed,
    row.claimed,
    row.open,
    row.accepted,
    row.notOurs,
    row.newer,
    row.peopleThen.atLeast,
    row.peopleThen.atMost,
    row.peopleNow.atLeast,
    row.peopleNow.atMost,
    row.reminders,
    row.escalations,
    yes(row.late),
  ]);
  const lines = [[...head, ...people, words.reminders, words.escalations, words.late], ...rows];
  return BYTE_ORDER_MARK + lines.map(csvRow).join('');
}

function escaped(text: string): string {
  return escapeHtml(oneLine(text));
}

const STYLE = `body{font:15px/1.5 system-ui,"Noto Sans CJK TC",sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.5rem;margin:0}p{margin:.4rem 0}.dates{color:#57606a}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
td:nth-child(2){white-space:nowrap}th,td{padding:.35rem .6rem;text-align:left;border-bottom:1px solid #d0d7de;vertical-align:top}
th{font-weight:600;border-bottom-width:2px}.n{text-align:right}
tr.late td:first-child{border-left:4px solid #b3261e}tr.waiting td:first-child,tr.partly td:first-child{border-left:4px solid #b26a00}
tr.answered td:first-child{border-left:4px solid #1a7f37}tr.late td:first-child{border-left-color:#b3261e}
tfoot td{font-weight:600;border-bottom:0}small{color:#57606a;display:block;margin:.3rem 0}
@media print{body{margin:0;max-width:none;font-size:10px}thead{display:table-header-group}tr{break-inside:avoid}@page{size:A4 landscape;margin:12mm}}`;

/** One file without scripts or anything from elsewhere. */
export function renderCampaignHtml(outcome: CampaignOutcome, language: Language): string {
  const words = CAMPAIGN_WORDS[language];
  const dates = [
    `${words.started} ${dayText(outcome.startedAt, words)}`,
    `${words.due} ${dayText(outcome.due, words)}`,
    ...(outcome.endedAt === null ? [] : [`${words.ended} ${dayText(outcome.endedAt, words)}`]),
    `${words.asOf} ${dayText(outcome.asOf, words)}`,
  ];
  const cell = (tag: string, number: boolean, text: string): string =>
    `<${tag}${number ? ' class="n"' : ''}>${escaped(text)}</${tag}>`;
  const head = CAMPAIGN_COLUMNS.map((column) => cell('th', column.number, headOf(column, words)));
  const body = outcome.rows.map((row) => {
    const cells = CAMPAIGN_COLUMNS.map((column) =>
      cell('td', column.number, column.cell(row, words)),
    );
    return `<tr class="${row.standing}${row.late ? ' late' : ''}">${cells.join('')}</tr>`;
  });
  const foot = CAMPAIGN_COLUMNS.map((column) =>
    cell('td', column.number, column.total(outcome, words)),
  );
  const notes = words.notes.map((note) => `<small>${escaped(note)}</small>`);
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(words.title(outcome.name))}</title><style>${STYLE}</style></head>
<body><h1>${escaped(words.title(outcome.name))}</h1>
<p class="dates">${escaped(dates.join(' · '))}</p>
<p>${escaped(summaryText(outcome, words))} ${escaped(exposedText(outcome, words))}</p>
<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody>
<tfoot><tr>${foot.join('')}</tr></tfoot></table></div>
${notes.join('\n')}
</body></html>
`;
}
