/** Each department's list: what it must close, in which order, by when. */
import { departmentName, type Group } from '../figures.ts';
import { departmentFileNames } from '../files.ts';
import { counted } from '../numbers.ts';
import { SEVERITIES } from '../words.ts';
import { dueText, findingBlock, OPEN, type Setting, type Unfolded } from './finding.ts';
import { html, type Markup } from './markup.ts';
import { departmentAnchor } from './overview.ts';

/** Findings up to which the lists stand unfolded: about what fits on a few screens. */
const UNFOLDED_LISTS = 60;
/** Up to this many, the findings themselves are unfolded. */
const UNFOLDED_FINDINGS = 3;

export function departmentLists(groups: readonly Group[], setting: Setting): Markup {
  if (groups.length === 0) return html``;
  const count = groups.reduce((sum, group) => sum + group.findings.length, 0);
  const names = departmentFileNames(groups.map((group) => group.department.id));
  const lists = groups.map((group, index) =>
    departmentList(group, index, setting, {
      file: names.get(group.department.id) ?? '',
      list: count <= UNFOLDED_LISTS ? 'open' : 'folded',
      finding: count <= UNFOLDED_FINDINGS ? 'open' : 'folded',
    }),
  );
  return html`
    <section aria-labelledby="lists">
      <h2 id="lists">What each department must do</h2>
      <p class="why">The most urgent first. Open a finding for the evidence and the commands; clicking a command selects all of it.</p>
      ${filter()}
      ${lists}
    </section>`;
}

/** Hidden until the script runs: without it the box would do nothing. */
function filter(): Markup {
  const levels = SEVERITIES.map(
    (severity) =>
      html`<label><input type="checkbox" value="${severity}" checked> ${severity}</label> `,
  );
  return html`
    <div class="find" role="search" hidden>
      <input type="search" placeholder="Filter by department, place or provider" aria-label="Filter findings">
      ${levels}
      <output></output>
    </div>`;
}

interface Fold {
  readonly file: string;
  readonly list: Unfolded;
  readonly finding: Unfolded;
}

function departmentList(group: Group, index: number, setting: Setting, fold: Fold): Markup {
  const { department, findings } = group;
  const deadline = findings.map((finding) => finding.deadline).sort()[0] ?? '';
  const contact = department.contact === null ? null : html` Contact: ${department.contact}.`;
  const orphan =
    department.id === null
      ? html` No rule of owners.yaml gives these places to anyone: find out whose they are, and close them meanwhile.`
      : null;
  return html`
    <div class="dept" id="${departmentAnchor(index)}">
      <details${OPEN[fold.list]}>
        <summary>
          <h3><bdi>${departmentName(department)}</bdi></h3>
          <span class="sub">${counted(department.people, 'person', 'people')}, ${counted(findings.length, 'finding', 'findings')}; first deadline ${dueText(deadline, setting)}</span>
        </summary>
        <p class="list-note">${orphan}${contact} The same list as a table: <code>${fold.file}</code></p>
        ${findings.map((finding) => findingBlock(finding, setting, fold.finding))}
      </details>
    </div>`;
}
