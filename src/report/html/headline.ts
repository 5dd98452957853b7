/** The top of the page: one sentence, five figures, and in red what was not looked at. */
import type { Report } from '../../model/report.ts';
import { type Figures, nothingFound } from '../figures.ts';
import { counted, countText, dayText, durationText, minuteText, untilText } from '../numbers.ts';
import { SEVERITIES } from '../words.ts';
import { isLate } from './finding.ts';
import { html, type Markup } from './markup.ts';

export function headline(report: Report, figures: Figures): Markup {
  return html`
    <header class="top">
      <h1>Personal data that anyone can read</h1>
      <p class="lead">${lead(figures)}</p>
      <p class="meta">${runText(report)}</p>
      ${notes(report, figures)}
      ${tiles(report, figures)}
      ${contentsList(report)}
    </header>`;
}

/** The one sentence that is read out in a meeting. */
export function lead(figures: Figures): string {
  if (figures.findings === 0) return nothingFound(figures);
  const people = counted(figures.people, 'person', 'people');
  const whose = `Personal data of ${figures.peopleAtLeast ? 'at least ' : ''}${people}`;
  const { placesRead, placesUnclear, departmentsWithFindings } = figures;
  const read = `can be read without permission in ${counted(placesRead, 'place', 'places')}`;
  const unclear = `may be readable in ${counted(placesUnclear, 'place', 'places')}`;
  const where =
    placesRead === 0
      ? unclear
      : placesUnclear === 0
        ? read
        : `${read}, and perhaps in ${countText(placesUnclear)} more`;
  const act =
    departmentsWithFindings === 0
      ? 'no department answers for them yet'
      : `${counted(departmentsWithFindings, 'department', 'departments')} must act`;
  return `${whose} ${where}; ${act}.`;
}

function runText(report: Report): Markup {
  const { run } = report;
  const targets = counted(report.coverage.targets, 'target', 'targets');
  const took =
    run.finishedAt === null
      ? 'not finished'
      : durationText(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  return html`Scan of ${targets}, <time datetime="${run.startedAt}">${minuteText(run.startedAt)}</time>, ${took}`;
}

function notes(report: Report, figures: Figures): Markup {
  const unfinished = report.run.status !== 'complete' || !report.coverage.complete;
  const interrupted = unfinished
    ? html`
      <div class="note bad" role="note">
        <strong>This run did not finish.</strong>
        Every figure here is a lower bound: what had not been looked at by then is missing.
      </div>`
    : null;
  const gaps =
    figures.gaps > 0
      ? html`
      <div class="note bad" role="note">
        <strong>Not everything was looked at: ${counted(figures.gaps, 'gap', 'gaps')}.</strong>
        No place with a gap counts as clean. <a href="#gaps">What was not looked at, and why</a>
      </div>`
      : null;
  const clean =
    figures.findings === 0 && !figures.incomplete
      ? html`
      <div class="note good" role="note">
        <strong>Everything was looked at as planned.</strong>
        <a href="#claims">What this allows one to say</a>
      </div>`
      : null;
  return html`${interrupted}${gaps}${clean}`;
}

function tiles(report: Report, figures: Figures): Markup {
  const levels = SEVERITIES.filter((severity) => figures.bySeverity[severity] > 0)
    .map((severity) => `${countText(figures.bySeverity[severity])} ${severity}`)
    .join(', ');
  const due =
    figures.deadline === null
      ? tile('Next deadline', 'none', 'nothing to close')
      : html`
        <div>
          <dt>Next deadline</dt>
          <dd><time datetime="${figures.deadline}">${dayText(figures.deadline)}</time></dd>
          <dd class="under${isLate(figures.deadline, figures.asOf) ? ' late' : ''}">${untilText(figures.asOf, figures.deadline)}</dd>
        </div>`;
  const orphans = report.findings.filter((finding) => finding.owner === null).length;
  const unowned =
    orphans > 0
      ? `${counted(orphans, 'finding', 'findings')} without a department`
      : 'with findings';
  const unknown = figures.unknown > 0 ? `, ${countText(figures.unknown)} unknown` : '';
  return html`
    <dl class="figures">
      ${tile('People exposed', countText(figures.people), peopleUnder(figures))}
      ${tile('Findings', countText(figures.findings), levels === '' ? 'nothing found' : levels)}
      ${tile('Departments', countText(figures.departmentsWithFindings), unowned)}
      ${tile('Places looked at', countText(figures.assets), `${countText(figures.open)} open${unknown}`)}
      ${due}
    </dl>`;
}

function peopleUnder(figures: Figures): string {
  if (figures.findings === 0) return 'none found';
  return figures.peopleAtLeast ? 'at least; each counted once' : 'each counted once';
}

function tile(name: string, figure: string, under: string): Markup {
  return html`<div><dt>${name}</dt><dd>${figure}</dd><dd class="under">${under}</dd></div>`;
}

function contentsList(report: Report): Markup {
  const departments =
    report.findings.length > 0 ? html`<a href="#lists">What each department must do</a>` : null;
  return html`
    <nav aria-label="Contents">
      ${departments}
      <a href="#assets">Other places looked at</a>
      <a href="#claims">What “clean” means here</a>
      <a href="#gaps">What was not looked at</a>
    </nav>`;
}
