/** The top of the page: one sentence, five figures, and in red what was not looked at. */
import { SEVERITIES } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import {
  authorisationText,
  excerptText,
  type Figures,
  nothingFound,
  plainFigures,
} from '../figures.ts';
import type { Locale } from '../locale.ts';
import { isLate } from './finding.ts';
import { html, type Markup } from './markup.ts';

export function headline(report: Report, figures: Figures, locale: Locale): Markup {
  return html`
    <header class="top">
      <h1>${locale.words.page.title}</h1>
      <p class="lead">${lead(figures, locale)}</p>
      <p class="meta">${runText(report, locale)}</p>
      ${notes(report, figures, locale)}
      ${tiles(report, figures, locale)}
      ${contentsList(report, locale)}
    </header>`;
}

/** The one sentence that is read out in a meeting. */
export function lead(figures: Figures, locale: Locale): string {
  if (figures.byStatus) return plainFigures(figures, locale);
  if (figures.findings === 0) return nothingFound(figures, locale);
  const { lead: words } = locale.words;
  const { people, peopleAtLeast, placesRead, placesUnclear, departmentsWithFindings } = figures;
  const where =
    placesRead === 0
      ? words.unclear(placesUnclear)
      : placesUnclear === 0
        ? words.read(placesRead)
        : words.both(placesRead, placesUnclear);
  const act = departmentsWithFindings === 0 ? words.nobody : words.mustAct(departmentsWithFindings);
  return words.join(words.whose(people, peopleAtLeast), where, act);
}

function runText(report: Report, { words }: Locale): Markup {
  const { run } = report;
  const took =
    run.finishedAt === null
      ? words.page.notFinished
      : words.duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  return html`${words.page.scanOf(report.coverage.targets)} · <time datetime="${run.startedAt}">${words.minute(run.startedAt)}</time> · ${took}`;
}

function notes(report: Report, figures: Figures, locale: Locale): Markup {
  const { page } = locale.words;
  const part = excerptText(report, locale);
  const excerpt = part === null ? null : html`<div class="note warn" role="note">${part}</div>`;
  const allowed = authorisationText(report, locale);
  const authorised = allowed === null ? null : html`<div class="note" role="note">${allowed}</div>`;
  const unfinished = report.run.status !== 'complete' || !report.coverage.complete;
  const interrupted = unfinished
    ? html`
      <div class="note bad" role="note">
        <strong>${page.unfinishedHead}</strong>
        ${page.unfinished}
      </div>`
    : null;
  const gaps =
    figures.gaps > 0
      ? html`
      <div class="note bad" role="note">
        <strong>${page.gapsHead(figures.gaps)}</strong>
        ${page.gapsNote} <a href="#gaps">${page.gapsLink}</a>
      </div>`
      : null;
  const clean =
    figures.findings === 0 && !figures.incomplete
      ? html`
      <div class="note good" role="note">
        <strong>${page.asPlanned}</strong>
        <a href="#claims">${page.claimLink}</a>
      </div>`
      : null;
  return html`${authorised}${excerpt}${interrupted}${gaps}${clean}`;
}

function tiles(report: Report, figures: Figures, locale: Locale): Markup {
  const { words } = locale;
  const { page } = words;
  const levels = SEVERITIES.filter((severity) => figures.bySeverity[severity] > 0)
    .map((severity) => page.severityCount(figures.bySeverity[severity], severity))
    .join(words.say.comma);
  const due =
    figures.deadline === null
      ? tile(page.nextDeadline, page.none, page.nothingToClose)
      : html`
        <div>
          <dt>${page.nextDeadline}</dt>
          <dd><time datetime="${figures.deadline}">${words.day(figures.deadline)}</time></dd>
          <dd class="under${isLate(figures.deadline, figures.asOf) ? ' late' : ''}">${words.until(figures.asOf, figures.deadline)}</dd>
        </div>`;
  const orphans = report.findings.filter((finding) => finding.owner === null).length;
  const unowned = orphans > 0 ? page.withoutDepartment(orphans) : page.withFindings;
  return html`
    <dl class="figures">
      ${tile(page.peopleExposed, words.count(figures.people), peopleUnder(figures, locale))}
      ${tile(page.findings, words.count(figures.findings), levels === '' ? page.nothingFound : levels)}
      ${tile(page.departments, words.count(figures.departmentsWithFindings), unowned)}
      ${tile(page.placesLookedAt, words.count(figures.assets), page.openAndUnknown(figures.open, figures.unknown))}
      ${due}
    </dl>`;
}

function peopleUnder(figures: Figures, { words }: Locale): string {
  if (figures.findings === 0) return words.page.noneFound;
  return figures.peopleAtLeast ? words.page.atLeastOnce : words.page.countedOnce;
}

function tile(name: string, figure: string, under: string): Markup {
  return html`<div><dt>${name}</dt><dd>${figure}</dd><dd class="under">${under}</dd></div>`;
}

function contentsList(report: Report, { words }: Locale): Markup {
  const { page } = words;
  const departments = report.findings.length > 0 ? html`<a href="#lists">${page.lists}</a>` : null;
  return html`
    <nav aria-label="${page.contents}">
      ${departments}
      <a href="#assets">${page.others}</a>
      <a href="#claims">${page.clean}</a>
      <a href="#gaps">${page.gaps}</a>
    </nav>`;
}
