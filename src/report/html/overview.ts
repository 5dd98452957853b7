/** The pictures: people in each department's places, people run by run, and how each provider's doors stand. */
import type { State } from '../../model/access.ts';
import type { Report } from '../../model/report.ts';
import {
  departmentFigure,
  departmentName,
  type Group,
  type MatrixRow,
  verdictMatrix,
} from '../figures.ts';
import type { Locale } from '../locale.ts';
import { STATES } from '../words.ts';
import { dueText, type Scene } from './finding.ts';
import { html, type Markup } from './markup.ts';
import { overTime } from './overtime.ts';

export function overview(report: Report, groups: readonly Group[], scene: Scene): Markup {
  const { locale } = scene;
  const people = groups.length > 0 ? peopleByDepartment(groups, scene) : null;
  const matrix = report.assets.length > 0 ? doors(verdictMatrix(report.assets), locale) : null;
  const both =
    people === null || matrix === null
      ? html`${people}${matrix}`
      : html`<div class="two">${people}${matrix}</div>`;
  // Past runs are known as a whole only: beside an excerpt they would be compared with a part.
  return html`${both}${report.filter ? null : overTime(locale)}`;
}

/** An element id for a department; ids may hold anything, so they are numbered by place in the list. */
export function departmentAnchor(index: number): string {
  return `department-${index + 1}`;
}

function peopleByDepartment(groups: readonly Group[], scene: Scene): Markup {
  const { page } = scene.locale.words;
  const ranked = groups
    .map((group, index) => ({ group, index }))
    .sort((a, b) => b.group.department.people - a.group.department.people);
  const most = Math.max(1, ranked[0]?.group.department.people ?? 1);
  const bars = ranked.map(({ group, index }) => bar(group, index, most, scene));
  return html`
    <section aria-labelledby="people">
      <h2 id="people">${page.peopleByDepartment}</h2>
      <p class="why">${page.peopleByDepartmentWhy}</p>
      <div class="card"><ol class="bars">${bars}</ol></div>
    </section>`;
}

function bar(group: Group, index: number, most: number, scene: Scene): Markup {
  const { department, findings } = group;
  const { locale } = scene;
  const { page, say } = locale.words;
  const severity = findings[0]?.severity ?? 'low';
  // Never invisible: one person is a bar too.
  const width = Math.max(0.6, (100 * department.people) / most).toFixed(1);
  const deadline = findings.map((finding) => finding.deadline).sort()[0] ?? '';
  return html`
    <li>
      <a href="#${departmentAnchor(index)}">
        <span class="top"><bdi class="n">${departmentName(department, locale)}</bdi><span class="v">${departmentFigure(department, locale)}</span></span>
        <svg aria-hidden="true" focusable="false"><rect class="${severity}" width="${width}%" height="10" rx="5"/></svg>
        <span class="sub">${page.bar(findings.length, severity)}${say.semicolon}${page.firstDeadline} ${dueText(deadline, scene)}</span>
      </a>
    </li>`;
}

function doors(rows: readonly MatrixRow[], { words }: Locale): Markup {
  const { page, code, count } = words;
  const used = STATES.filter((state) => rows.some((row) => row.counts[state] > 0));
  const body = rows.map((row) => {
    const cells = used.map((state) => cell(state, row.counts[state], count));
    return html`<tr><th scope="row">${row.provider}</th>${cells}<td class="num">${count(row.total)}</td></tr>`;
  });
  const heads = used.map((state) => html`<th scope="col" class="num">${code.state[state]}</th>`);
  return html`
    <section aria-labelledby="doors">
      <h2 id="doors">${page.doors}</h2>
      <p class="why">${page.doorsWhy}</p>
      <div class="card scroll">
        <table class="matrix">
          <thead><tr><th scope="col">${page.provider}</th>${heads}<th scope="col" class="num">${page.all}</th></tr></thead>
          <tbody>${body}</tbody>
        </table>
      </div>
    </section>`;
}

function cell(state: State, number: number, count: (value: number) => string): Markup {
  const hot = state === 'open' || state === 'partly-open' ? 'hot' : 'warm';
  const kind = number === 0 ? 'zero' : state === 'closed' ? '' : hot;
  return html`<td class="num ${kind}">${count(number)}</td>`;
}
