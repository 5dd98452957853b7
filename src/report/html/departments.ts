/** Each department's list: what it must close, in which order, by when. */
import { SEVERITIES } from '../../model/finding.ts';
import { departmentName, departmentPeople, type Group } from '../figures.ts';
import { departmentFileNames } from '../files.ts';
import type { Locale } from '../locale.ts';
import { whoBriefly } from '../words.ts';
import { dueText, findingBlock, OPEN, type Scene, type Unfolded } from './finding.ts';
import { html, type Markup } from './markup.ts';
import { departmentAnchor } from './overview.ts';
import { inPortions, moreBelow } from './portions.ts';

/** Findings up to which the lists stand unfolded: about what fits on a few screens. */
const UNFOLDED_LISTS = 60;
/** Up to this many, the findings themselves are unfolded. */
const UNFOLDED_FINDINGS = 3;
/** Up to this many stand on the page as they are: some 6 MB. */
const ALL_ON_PAGE = 2000;
/** Of more than that, so many do, shared among the departments; each has at least a few. */
const SHOWN_OF_MANY = 500;
const SHOWN_AT_LEAST = 5;
/** Unpacked at once: 250 blocks take a browser some 50 ms. */
const PORTION = 250;

export function departmentLists(groups: readonly Group[], scene: Scene): Markup {
  if (groups.length === 0) return html``;
  const { page } = scene.locale.words;
  const count = groups.reduce((sum, group) => sum + group.findings.length, 0);
  const names = departmentFileNames(groups.map((group) => group.department.id));
  const many = Math.max(SHOWN_AT_LEAST, Math.floor(SHOWN_OF_MANY / groups.length));
  const lists = groups.map((group, index) =>
    departmentList(group, index, scene, {
      file: names.get(group.department.id) ?? '',
      list: count <= UNFOLDED_LISTS ? 'open' : 'folded',
      finding: count <= UNFOLDED_FINDINGS ? 'open' : 'folded',
      shown: count <= ALL_ON_PAGE ? count : many,
    }),
  );
  return html`
    <section aria-labelledby="lists">
      <h2 id="lists">${page.lists}</h2>
      <p class="why">${page.listsWhy}</p>
      ${filter(scene.locale)}
      ${lists}
    </section>`;
}

/** Hidden until the script runs: without it the box would do nothing. */
function filter({ words }: Locale): Markup {
  const levels = SEVERITIES.map(
    (severity) =>
      html`<label><input type="checkbox" value="${severity}" checked> ${words.code.severity[severity]}</label> `,
  );
  return html`
    <div class="find" role="search" data-shown="${words.page.filterShown}" hidden>
      <input type="search" placeholder="${words.page.filterHint}" aria-label="${words.page.filterLabel}">
      ${levels}
      <output></output>
    </div>`;
}

interface Fold {
  readonly file: string;
  readonly list: Unfolded;
  readonly finding: Unfolded;
  readonly shown: number;
}

function departmentList(group: Group, index: number, scene: Scene, fold: Fold): Markup {
  const { department, findings } = group;
  const { locale } = scene;
  const { page, say } = locale.words;
  const deadline = findings.map((finding) => finding.deadline).sort()[0] ?? '';
  const contact =
    department.contact === null
      ? null
      : html` ${page.contact} <bdi>${department.contact}</bdi>${page.sentenceEnd}`;
  const table = locale.lists ? html` ${page.asTable} <code>${fold.file}</code>` : null;
  const orphan = department.id === null ? html` ${page.orphanNote}` : null;
  const rest = Math.max(0, findings.length - fold.shown);
  const blocks = inPortions({
    items: findings,
    shown: fold.shown,
    portion: PORTION,
    render: (finding) => findingBlock(finding, scene, fold.finding),
    index: ({ severity, id, asset, slice, verdict }) => [
      severity,
      id,
      [asset.name, slice, asset.provider, whoBriefly({ verdict }, locale)].join(' '),
    ],
  });
  return html`
    <div class="dept" id="${departmentAnchor(index)}">
      <details${OPEN[fold.list]}>
        <summary>
          <h3><bdi>${departmentName(department, locale)}</bdi></h3>
          <span class="sub">${page.departmentSub(departmentPeople(department, locale), findings.length)}${say.semicolon}${page.firstDeadline} ${dueText(deadline, scene)}</span>
        </summary>
        <p class="list-note">${orphan}${contact}${table}</p>
        ${blocks}
        ${moreBelow(rest, fold.file, locale)}
      </details>
    </div>`;
}
