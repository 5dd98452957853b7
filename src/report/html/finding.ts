/** One finding as a department reads it: whose door, who can pass, what lies behind, what to type. */
import type { Finding, RemedyStep } from '../../model/finding.ts';
import type { Locale } from '../locale.ts';
import {
  becauseTexts,
  ownerReasonText,
  peopleFigure,
  peopleText,
  scoreValue,
  severityReason,
  whoBriefly,
  whoCanRead,
} from '../words.ts';
import { html, type Markup, type Part } from './markup.ts';

/** What the parts need besides the data they show. */
export interface Scene {
  /** ISO 8601; "in 3 days" counts from here. */
  readonly asOf: string;
  readonly locale: Locale;
}

/** A folded block; its summary alone is a row of the department's list. */
export function findingBlock(finding: Finding, scene: Scene, unfolded: Unfolded): Markup {
  const { words } = scene.locale;
  const part = finding.slice === '*' ? null : html`, <code>${finding.slice}</code>`;
  return html`
    <details class="finding" id="finding-${finding.id}" data-level="${finding.severity}"${OPEN[unfolded]}>
      <summary>
        <span class="tag ${finding.severity}">${words.code.severity[finding.severity]}</span>
        <h4>
          <bdi>${finding.asset.name}</bdi>${part}
          <span class="who">${finding.asset.provider} · ${whoBriefly(finding, scene.locale)}${standingTag(finding, scene)}</span>
        </h4>
        <span class="num">${peopleFigure(finding.people, scene.locale)}</span>
        <span class="due">${dueText(finding.deadline, scene)}</span>
      </summary>
      <div class="body">
        ${facts(finding, scene)}
        ${contents(finding, scene)}
        ${remedy(finding.remedy, scene)}
      </div>
    </details>`;
}

export type Unfolded = 'open' | 'folded';

export const OPEN: Readonly<Record<Unfolded, Markup>> = {
  open: html` open`,
  folded: html``,
};

/** The day, and how far away it is. */
export function dueText(deadline: string, { asOf, locale }: Scene): Markup {
  const { words } = locale;
  const late = isLate(deadline, asOf) ? html` class="late"` : null;
  return html`<time datetime="${deadline}">${words.day(deadline)}</time><i>${words.say.comma}</i><span${late}>${words.until(asOf, deadline)}</span>`;
}

export function isLate(deadline: string, asOf: string): boolean {
  return Date.parse(deadline) < Date.parse(asOf);
}

function standingTag(finding: Finding, { locale }: Scene): Markup | null {
  const known = locale.standings.get(finding.id);
  return known ? html` · <b>${locale.words.code.status[known.status]}</b>` : null;
}

function facts(finding: Finding, scene: Scene): Markup {
  const { locale } = scene;
  const { page, say, day, minute } = locale.words;
  const { verdict } = finding;
  const because = becauseTexts(finding, locale).map((each) => html`<li>${each}</li>`);
  const since = finding.since === null ? page.sinceUnknown : page.since(day(finding.since));
  // One figure stands in the row above already.
  const range =
    finding.people.atLeast === finding.people.atMost
      ? null
      : html`<dt>${page.people}</dt><dd>${page.byWhatWasRead(peopleText(finding.people, locale))}</dd>`;
  const lapsed =
    finding.lapsed === null
      ? null
      : html`<dt>${page.lapsed}</dt><dd class="odd">${say.lapsed(finding.lapsed.what, day(finding.lapsed.on))}${page.sentenceEnd}</dd>`;
  return html`
    <dl class="facts">
      ${standing(finding, scene)}
      <dt>${page.whoCanRead}</dt><dd>${whoCanRead(finding, locale)}${page.sentenceEnd}</dd>
      ${range}
      ${because.length > 0 ? html`<dt>${page.howWeKnow}</dt><dd><ul>${because}</ul></dd>` : null}
      ${verdict.disagreement === null ? null : html`<dt>${page.disagreement}</dt><dd class="odd" lang="en">${verdict.disagreement}</dd>`}
      ${lapsed}
      <dt>${page.exposedSince}</dt><dd>${since}</dd>
      <dt>${page.firstKnown}</dt><dd>${page.deadlineRuns(minute(finding.firstKnown))}</dd>
      <dt>${page.why(finding.severity)}</dt><dd>${severityReason(finding, locale)}${score(finding, locale)}</dd>
      <dt>${page.whyDepartment}</dt><dd>${ownerReasonText(finding.ownerReason, locale)}</dd>
      <dt>${page.finding}</dt><dd><code>${finding.id}</code> · <code>${finding.asset.id}</code></dd>
    </dl>`;
}

/** The published sum: `30 who can read it (open to anyone) + 30 …`. */
function score(finding: Finding, locale: Locale): Markup | null {
  if (finding.score.length === 0) return null;
  const { code, say } = locale.words;
  const sum = finding.score.reduce((total, part) => total + part.points, 0);
  const parts = finding.score.map((part) => {
    const value = scoreValue(part, locale);
    return `${part.points} ${code.score[part.code]}${value === '' ? '' : ` (${value})`}`;
  });
  return html`<br><span class="small">${say.points(Math.round(sum))} = ${parts.join(' + ')}</span>`;
}

function standing(finding: Finding, { locale }: Scene): Markup | null {
  const known = locale.standings.get(finding.id);
  if (!known) return null;
  const { page, code, day, minute } = locale.words;
  const until = known.until === null ? '' : `, ${page.until(day(known.until))}`;
  const reason = known.reason === null ? null : html`: <q>${known.reason}</q>`;
  return html`<dt>${page.status}</dt><dd>${code.status[known.status]}${until}${reason} <span class="small">(${page.statusBy(known.statusBy, minute(known.statusAt))})</span></dd>`;
}

function contents(finding: Finding, { locale }: Scene): Markup {
  const { page, code, count } = locale.words;
  const rows = finding.detectors.map((each) => {
    const title = locale.title(each.id);
    const id = title === each.id ? null : html` <code class="small">${each.id}</code>`;
    return html`
      <tr>
        <th scope="row">${title}${id}</th>
        <td>${count(each.people)}</td>
        <td>${count(each.hits)}</td>
        <td>${code.form[each.form]}</td>
        <td>${code.confidence[each.confidence]}</td>
      </tr>`;
  });
  const samples = finding.samples.map((sample) => {
    const ref = sample.ref === '' ? null : html` <code class="ref">${sample.ref}</code>`;
    return html`<li><code>${sample.masked}</code> <bdi>${sample.place}</bdi>${ref}</li>`;
  });
  const heads = page.kindHeads.map((head) => html`<th>${head}</th>`);
  return html`
    <div class="scroll">
      <h5>${page.whatLiesThere}</h5>
      <table class="kinds">
        <thead><tr>${heads}</tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
    ${samples.length > 0 ? sampleList(samples, locale) : null}`;
}

/** The reference stands in place of the file's name, which may hold an identifier itself. */
function sampleList(rows: readonly Part[], { words }: Locale): Markup {
  return html`
    <div>
      <h5>${words.page.samples} <span class="small">${words.page.samplesNote}</span></h5>
      <ul class="samples">${rows}</ul>
    </div>`;
}

/** Steps come in order of purpose; a head stands before the first of each. */
function remedy(steps: readonly RemedyStep[], { locale }: Scene): Markup {
  const { page, code } = locale.words;
  if (steps.length === 0) return html`<div><h5>${page.whatToDo}</h5><p>${page.noStep}</p></div>`;
  const shown = steps.map((step, i) => {
    const head =
      steps[i - 1]?.purpose === step.purpose ? null : html`<h6>${code.purpose[step.purpose]}</h6>`;
    const command = step.command === '' ? null : html`<pre>${step.command}</pre>`;
    return html`<div>${head}<p lang="en">${step.what}</p>${command}</div>`;
  });
  return html`<div><h5>${page.whatToDo}</h5><div class="steps">${shown}</div></div>`;
}
