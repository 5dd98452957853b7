/** One finding as a department reads it: whose door, who can pass, what lies behind, what to type. */
import type { Finding, RemedyStep } from '../../model/finding.ts';
import { countText, dayText, minuteText, untilText } from '../numbers.ts';
import {
  detectorTitle,
  FORM_NOTE,
  PURPOSE_HEAD,
  peopleFigure,
  peopleText,
  severityReason,
  type Titles,
  whoBriefly,
  whoCanRead,
} from '../words.ts';
import { html, type Markup, type Part } from './markup.ts';

/** What the parts need besides the data they show. */
export interface Setting {
  /** ISO 8601; "in 3 days" counts from here. */
  readonly asOf: string;
  readonly titles: Titles;
}

/** A folded block; its summary alone is a row of the department's list. */
export function findingBlock(finding: Finding, setting: Setting, unfolded: Unfolded): Markup {
  const part = finding.slice === '*' ? null : html`, <code>${finding.slice}</code>`;
  return html`
    <details class="finding" id="finding-${finding.id}" data-level="${finding.severity}"${OPEN[unfolded]}>
      <summary>
        <span class="tag ${finding.severity}">${finding.severity}</span>
        <h4>
          <bdi>${finding.asset.name}</bdi>${part}
          <span class="who">${finding.asset.provider} · ${whoBriefly(finding)}</span>
        </h4>
        <span class="num">${peopleFigure(finding.people)} ${finding.people.atLeast === 1 ? 'person' : 'people'}</span>
        <span class="due">${dueText(finding.deadline, setting)}</span>
      </summary>
      <div class="body">
        ${facts(finding, setting)}
        ${contents(finding, setting)}
        ${remedy(finding.remedy)}
      </div>
    </details>`;
}

export type Unfolded = 'open' | 'folded';

export const OPEN: Readonly<Record<Unfolded, Markup>> = {
  open: html` open`,
  folded: html``,
};

/** The day, and how far away it is. */
export function dueText(deadline: string, setting: Setting): Markup {
  const until = untilText(setting.asOf, deadline);
  const late = isLate(deadline, setting.asOf) ? html` class="late"` : null;
  return html`<time datetime="${deadline}">${dayText(deadline)}</time><i>, </i><span${late}>${until}</span>`;
}

export function isLate(deadline: string, asOf: string): boolean {
  return Date.parse(deadline) < Date.parse(asOf);
}

function facts(finding: Finding, setting: Setting): Markup {
  const { verdict } = finding;
  const because = verdict.because.map((each) => html`<li>${each}</li>`);
  const since =
    finding.since === null
      ? 'not known: the provider keeps no date'
      : `${dayText(finding.since)} at the earliest, the date of the oldest file with people in it`;
  // One figure stands in the row above already.
  const range =
    finding.people.atLeast === finding.people.atMost
      ? null
      : html`<dt>People</dt><dd>${peopleText(finding.people)}, by what was read</dd>`;
  return html`
    <dl class="facts">
      <dt>Who can read it</dt><dd>${whoCanRead(finding)}.</dd>
      ${range}
      ${because.length > 0 ? html`<dt>How we know</dt><dd><ul>${because}</ul></dd>` : null}
      ${verdict.disagreement === null ? null : html`<dt>Disagreement</dt><dd class="odd">${verdict.disagreement}</dd>`}
      <dt>Exposed since</dt><dd>${since}</dd>
      <dt>First known</dt><dd>${minuteText(finding.firstKnown)}; the deadline runs from here</dd>
      <dt>Why ${finding.severity}</dt><dd>${severityReason(finding, setting.titles)}</dd>
      <dt>Why this department</dt><dd>${finding.ownerReason}</dd>
      <dt>Finding</dt><dd><code>${finding.id}</code> in <code>${finding.asset.id}</code></dd>
    </dl>`;
}

function contents(finding: Finding, setting: Setting): Markup {
  const rows = finding.detectors.map((each) => {
    const title = detectorTitle(each.id, setting.titles);
    const id = title === each.id ? null : html` <code class="small">${each.id}</code>`;
    return html`
      <tr>
        <th scope="row">${title}${id}</th>
        <td>${countText(each.people)}</td>
        <td>${countText(each.hits)}</td>
        <td>${FORM_NOTE[each.form]}</td>
        <td>${each.confidence}</td>
      </tr>`;
  });
  const samples = finding.samples.map((sample) => {
    const ref = sample.ref === '' ? null : html` <code class="ref">${sample.ref}</code>`;
    return html`<li><code>${sample.masked}</code> <bdi>${sample.place}</bdi>${ref}</li>`;
  });
  return html`
    <div class="scroll">
      <h5>What lies there</h5>
      <table class="kinds">
        <thead><tr><th>Kind</th><th>Different values</th><th>Times met</th><th>Written</th><th>Confidence</th></tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
    ${samples.length > 0 ? sampleList(samples) : null}`;
}

/** The reference stands in place of the file's name, which may hold an identifier itself. */
function sampleList(rows: readonly Part[]): Markup {
  return html`
    <div>
      <h5>Samples, masked <span class="small">(<code>ajar locate</code> and the reference gives the file)</span></h5>
      <ul class="samples">${rows}</ul>
    </div>`;
}

/** Steps come in order of purpose; a head stands before the first of each. */
function remedy(steps: readonly RemedyStep[]): Markup {
  if (steps.length === 0) {
    return html`<div><h5>What to do</h5><p>No step is known. Take the public permission away where it was given, then scan again.</p></div>`;
  }
  const shown = steps.map((step, i) => {
    const head =
      steps[i - 1]?.purpose === step.purpose ? null : html`<h6>${PURPOSE_HEAD[step.purpose]}</h6>`;
    const command = step.command === '' ? null : html`<pre>${step.command}</pre>`;
    return html`<div>${head}<p>${step.what}</p>${command}</div>`;
  });
  return html`<div><h5>What to do</h5><div class="steps">${shown}</div></div>`;
}
