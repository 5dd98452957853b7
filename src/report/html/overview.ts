/** Two pictures: how many people in each department's places, and how each provider's doors stand. */
import type { State } from '../../model/access.ts';
import type { Report } from '../../model/report.ts';
import { departmentName, type Group, type MatrixRow, verdictMatrix } from '../figures.ts';
import { counted, countText } from '../numbers.ts';
import { STATE_LABEL, STATES } from '../words.ts';
import { dueText, type Setting } from './finding.ts';
import { html, type Markup } from './markup.ts';

export function overview(report: Report, groups: readonly Group[], setting: Setting): Markup {
  const people = groups.length > 0 ? peopleByDepartment(groups, setting) : null;
  const matrix = report.assets.length > 0 ? doors(verdictMatrix(report.assets)) : null;
  return people === null || matrix === null
    ? html`${people}${matrix}`
    : html`<div class="two">${people}${matrix}</div>`;
}

/** An element id for a department; ids may hold anything, so they are numbered by place in the list. */
export function departmentAnchor(index: number): string {
  return `department-${index + 1}`;
}

function peopleByDepartment(groups: readonly Group[], setting: Setting): Markup {
  const ranked = groups
    .map((group, index) => ({ group, index }))
    .sort((a, b) => b.group.department.people - a.group.department.people);
  const most = Math.max(1, ranked[0]?.group.department.people ?? 1);
  const bars = ranked.map(({ group, index }) => bar(group, index, most, setting));
  return html`
    <section aria-labelledby="people">
      <h2 id="people">People by department</h2>
      <p class="why">Each person counts once in a department; someone may lie in several.</p>
      <div class="card"><ol class="bars">${bars}</ol></div>
    </section>`;
}

function bar(group: Group, index: number, most: number, setting: Setting): Markup {
  const { department, findings } = group;
  const severity = findings[0]?.severity ?? 'low';
  // Never invisible: one person is a bar too.
  const width = Math.max(0.6, (100 * department.people) / most).toFixed(1);
  const deadline = findings.map((finding) => finding.deadline).sort()[0] ?? '';
  return html`
    <li>
      <a href="#${departmentAnchor(index)}">
        <span class="top"><bdi class="n">${departmentName(department)}</bdi><span class="v">${countText(department.people)}</span></span>
        <svg aria-hidden="true" focusable="false"><rect class="${severity}" width="${width}%" height="10" rx="5"/></svg>
        <span class="sub">${counted(findings.length, 'finding', 'findings')}, worst ${severity}; first deadline ${dueText(deadline, setting)}</span>
      </a>
    </li>`;
}

function doors(rows: readonly MatrixRow[]): Markup {
  const used = STATES.filter((state) => rows.some((row) => row.counts[state] > 0));
  const body = rows.map((row) => {
    const cells = used.map((state) => cell(state, row.counts[state]));
    return html`<tr><th scope="row">${row.provider}</th>${cells}<td class="num">${countText(row.total)}</td></tr>`;
  });
  const heads = used.map((state) => html`<th scope="col" class="num">${STATE_LABEL[state]}</th>`);
  return html`
    <section aria-labelledby="doors">
      <h2 id="doors">How the doors stand</h2>
      <p class="why">Places by provider and by who can read what lies in them. Unknown is not closed.</p>
      <div class="card scroll">
        <table class="matrix">
          <thead><tr><th scope="col">Provider</th>${heads}<th scope="col" class="num">all</th></tr></thead>
          <tbody>${body}</tbody>
        </table>
      </div>
    </section>`;
}

function cell(state: State, count: number): Markup {
  const hot = state === 'open' || state === 'partly-open' ? 'hot' : 'warm';
  const kind = count === 0 ? 'zero' : state === 'closed' ? '' : hot;
  return html`<td class="num ${kind}">${countText(count)}</td>`;
}
