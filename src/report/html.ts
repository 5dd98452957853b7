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
import type { Scene } from './html/finding.ts';
import { headline, lead } from './html/headline.ts';
import { html, type Markup, trusted } from './html/markup.ts';
import { overview } from './html/overview.ts';
import { SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';
import { type Locale, localeOf, type Setting } from './locale.ts';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash(STYLE)}'`,
  `script-src 'sha256-${hash(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole page. The same report always gives the same bytes. */
export function renderHtml(report: Report, setting: Setting = {}): string {
  const locale = localeOf(setting);
  const { page } = locale.words;
  const figures = figuresOf(report);
  const groups = groupsOf(report);
  const scene: Scene = { asOf: figures.asOf, locale };
  const document = html`
    <html lang="${locale.language}">
      ${head(lead(figures, locale), page.title)}
      <body>
        ${headline(report, figures, locale)}
        <main data-more="${page.showMore}" data-loading="${page.loading}" data-old="${page.tooOld}">
          ${overview(report, groups, scene)}
          ${departmentLists(groups, scene)}
          ${otherAssets(report, locale)}
          ${claims(report, locale)}
          ${gapList(report, locale)}
        </main>
        ${foot(report, locale)}
        <script>${trusted(SCRIPT)}</script>
      </body>
    </html>`;
  return `<!doctype html>\n${document.markup}\n`;
}

function head(summary: string, title: string): Markup {
  return html`
    <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex,nofollow">
      <meta name="description" content="${summary}">
      <title>${title}: ajar</title>
      <style>${trusted(STYLE)}</style>
    </head>`;
}

function foot(report: Report, { words }: Locale): Markup {
  const { run } = report;
  const { page } = words;
  const targets = run.targets.map(
    (target, i) => html`${i > 0 ? ', ' : null}<code>${target}</code>`,
  );
  const end = run.finishedAt === null ? page.notFinished : words.minute(run.finishedAt);
  return html`
    <footer>
      <p>${page.madeBy(run.version)} · ${page.run} <code>${run.id}</code> · ${words.minute(run.startedAt)} – ${end} · ${page.seed(run.seed)} · ${page.targets} ${targets}</p>
      <p>${page.handle}</p>
    </footer>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
