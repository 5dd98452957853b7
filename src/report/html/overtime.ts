/** People run by run, as a picture: one bar a run, its figure above and its day below. */
import type { Locale, PastRun } from '../locale.ts';
import { html, type Markup } from './markup.ts';

/** More bars than this cannot carry their labels. */
const RUNS_AT_MOST = 24;
/** In the units of the view box; the picture is as wide as the page. */
const WIDTH = 960;
const HEIGHT = 220;
const TOP = 26;
const BOTTOM = 30;
/** The first and the last label stand out to the sides. */
const MARGIN = 24;
/** Labels narrower than this run into each other; then only some bars have one. */
const LABEL_WIDTH = 84;

/** Nothing while there is one run only: a single bar tells nothing. */
export function overTime({ words, history }: Locale): Markup {
  const runs = [...history]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(-RUNS_AT_MOST);
  if (runs.length < 2) return html``;
  const most = Math.max(1, ...runs.map((run) => run.people));
  const step = WIDTH / runs.length;
  const every = Math.ceil(LABEL_WIDTH / step);
  const bars = runs.map((run, i) => {
    // The last one always has its label.
    const labelled = (runs.length - 1 - i) % every === 0;
    return column(run, { x: i * step, step, most, labelled, words });
  });
  return html`
    <section aria-labelledby="overtime">
      <h2 id="overtime">${words.page.peopleOverTime}</h2>
      <p class="why">${words.page.peopleOverTimeWhy}</p>
      <div class="card scroll">
        <svg class="overtime" viewBox="${-MARGIN} 0 ${WIDTH + 2 * MARGIN} ${HEIGHT}" role="img" aria-label="${words.page.peopleOverTime}">
          ${bars}
          <line x1="0" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>
        </svg>
      </div>
    </section>`;
}

interface Column {
  readonly x: number;
  readonly step: number;
  readonly most: number;
  readonly labelled: boolean;
  readonly words: Locale['words'];
}

function column(run: PastRun, { x, step, most, labelled, words }: Column): Markup {
  const room = HEIGHT - TOP - BOTTOM;
  // Never invisible, unless it is nobody.
  const height = run.people === 0 ? 0 : Math.max(2, (room * run.people) / most);
  const width = Math.min(64, step * 0.62);
  const middle = (x + step / 2).toFixed(1);
  const y = HEIGHT - BOTTOM - height;
  const label = labelled
    ? html`<text x="${middle}" y="${(y - 8).toFixed(1)}">${words.count(run.people)}</text><text class="day" x="${middle}" y="${HEIGHT - 8}">${shortDay(run.at)}</text>`
    : null;
  return html`<g><title>${words.minute(run.at)}: ${words.people(run.people)}, ${words.findings(run.findings)}</title><rect x="${(x + (step - width) / 2).toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="3"/>${label}</g>`;
}

/** `2025-11-20`: the same in every language, and narrow. */
function shortDay(iso: string): string {
  return iso.slice(0, 10);
}
