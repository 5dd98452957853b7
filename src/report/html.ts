/**
 * `report.html`: the report for people, one file that needs nothing else.
 *
 * No script is needed to read it and nothing is fetched: a report on open doors must not talk to
 * anyone. The Content-Security-Policy says so to the browser, and names the one style sheet and the
 * one script by their hashes, so that markup that slipped through escaping could do nothing.
 */
import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { figuresOf, groupsOf } from './figures.ts';
import { claims, gapList, otherAssets } from './html/coverage.ts';
import { departmentLists } from './html/departments.ts';
import type { Setting } from './html/finding.ts';
import { headline, lead } from './html/headline.ts';
import { html, type Markup, trusted } from './html/markup.ts';
import { overview } from './html/overview.ts';
import { SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';
import { minuteText } from './numbers.ts';
import type { Titles } from './words.ts';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash(STYLE)}'`,
  `script-src 'sha256-${hash(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole page. The same report always gives the same bytes. */
export function renderHtml(report: Report, titles: Titles = {}): string {
  const figures = figuresOf(report);
  const groups = groupsOf(report);
  const setting: Setting = { asOf: figures.asOf, titles };
  const page = html`
    <html lang="en">
      ${head(lead(figures))}
      <body>
        ${headline(report, figures)}
        <main>
          ${overview(report, groups, setting)}
          ${departmentLists(groups, setting)}
          ${otherAssets(report)}
          ${claims(report)}
          ${gapList(report)}
        </main>
        ${foot(report)}
        <script>${trusted(SCRIPT)}</script>
      </body>
    </html>`;
  return `<!doctype html>\n${page.markup}\n`;
}

function head(summary: string): Markup {
  return html`
    <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex,nofollow">
      <meta name="description" content="${summary}">
      <title>Personal data that anyone can read: ajar report</title>
      <style>${trusted(STYLE)}</style>
    </head>`;
}

function foot(report: Report): Markup {
  const { run } = report;
  const targets = run.targets.map(
    (target, i) => html`${i > 0 ? ', ' : null}<code>${target}</code>`,
  );
  const end = run.finishedAt === null ? 'not finished' : minuteText(run.finishedAt);
  return html`
    <footer>
      <p>Made by ajar ${run.version}, run <code>${run.id}</code>, ${minuteText(run.startedAt)} to ${end}, random seed ${run.seed}. Targets: ${targets}.</p>
      <p>Values are masked; the report still says which doors are open. Hand it on with care.</p>
    </footer>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
