/** What was looked at, what that lets one say, and what was not looked at. */
import type { State } from '../../model/access.ts';
import type { AssetCoverage } from '../../model/coverage.ts';
import type { Gap } from '../../model/gap.ts';
import type { Department, Report, ReportAsset } from '../../model/report.ts';
import { compare, departmentName } from '../figures.ts';
import type { Locale } from '../locale.ts';
import { claimText, STATES, skipText } from '../words.ts';
import { OPEN } from './finding.ts';
import { html, type Markup, type Part } from './markup.ts';
import { inPortions, moreBelow } from './portions.ts';

/** Tables longer than this start folded, with their length in the head. */
const UNFOLDED_ROWS = 60;
/** Tables longer than this hold the rest packed. */
const ALL_ON_PAGE = 2000;
const SHOWN_OF_MANY = 300;
const PORTION = 500;

interface LongTable<T> {
  /** What the folded table is called. */
  readonly title: string;
  readonly heads: readonly string[];
  /** Heads of figures, which stand right. */
  readonly figures?: readonly number[];
  readonly rows: readonly T[];
  readonly render: (row: T) => Markup;
}

function longTable<T>(table: LongTable<T>, locale: Locale): Markup {
  const { rows, render } = table;
  const heads = table.heads.map((head, i) =>
    table.figures?.includes(i)
      ? html`<th scope="col" class="num">${head}</th>`
      : html`<th scope="col">${head}</th>`,
  );
  const shown = rows.length <= ALL_ON_PAGE ? rows.length : SHOWN_OF_MANY;
  const rest = rows.length - shown;
  const unfolded = rows.length <= UNFOLDED_ROWS ? 'open' : 'folded';
  return html`
    <details class="fold wide-fold"${OPEN[unfolded]}>
      <summary>${table.title}</summary>
      <div class="scroll wide" tabindex="0">
        <table>
          <thead><tr>${heads}</tr></thead>
          <tbody>${inPortions({ items: rows, shown, portion: PORTION, render })}</tbody>
        </table>
      </div>
      ${moreBelow(rest, 'report.json', locale)}
    </details>`;
}

/** Places without a finding: those anyone can read first, for they deserve a second look. */
export function otherAssets(report: Report, locale: Locale): Markup {
  const { page, places } = locale.words;
  const withFinding = new Set(report.findings.map((finding) => finding.asset.id));
  const claims = new Map(report.coverage.assets.map((each) => [each.asset, each]));
  const names = new Map(report.departments.map((each) => [each.id, each]));
  const others = report.assets
    .filter((asset) => !withFinding.has(asset.id))
    .sort((a, b) => STATES.indexOf(a.read) - STATES.indexOf(b.read) || compare(a.id, b.id));
  const gapped = new Set(report.gaps.map((gap) => gap.asset));
  const render = (asset: ReportAsset): Markup => {
    const claim = claims.get(asset.id)?.claim;
    const text = claim ? claimText(claim, asset.read, locale) : page.noStatement;
    // The claim speaks of the objects that could be read; a gap beside it must not hide in another section.
    const said = gapped.has(asset.id)
      ? html`<a class="late" href="#gaps">${page.notEverything}</a> ${text}`
      : html`${text}`;
    return assetRow(asset, said, names.get(asset.owner), locale);
  };
  const table = longTable(
    { title: places(others.length), heads: page.otherHeads, rows: others, render },
    locale,
  );
  return html`
    <section aria-labelledby="assets">
      <h2 id="assets">${page.others}</h2>
      <p class="why">${page.othersWhy}</p>
      <div class="card">${others.length === 0 ? html`<p>${page.none}</p>` : table}</div>
    </section>`;
}

function assetRow(
  asset: ReportAsset,
  said: Markup,
  owner: Department | undefined,
  locale: Locale,
): Markup {
  const whose = owner ? departmentName(owner, locale) : (asset.owner ?? locale.words.say.noOwner);
  const odd =
    asset.disagreement === null
      ? null
      : html` <span class="odd" lang="en">${asset.disagreement}</span>`;
  const because =
    locale.language === 'en' || asset.reasons === undefined
      ? asset.because
      : [...new Set(asset.reasons.map((reason) => locale.because(reason)))];
  return html`
    <tr>
      <th scope="row"><bdi>${asset.name}</bdi><br><span class="small">${asset.provider} · <bdi>${whose}</bdi></span></th>
      <td>${tag(asset.read, locale)}</td><td>${tag(asset.list, locale)}</td><td>${tag(asset.write, locale)}</td>
      <td>${because.join(locale.words.say.semicolon)}${odd}</td>
      <td>${said}</td>
    </tr>`;
}

function tag(state: State, { words }: Locale): Markup {
  return html`<span class="tag ${state}">${words.code.state[state]}</span>`;
}

export function claims(report: Report, locale: Locale): Markup {
  const { coverage } = report;
  const { page, count, objects, bytes, places } = locale.words;
  const sorted = [...coverage.assets].sort((a, b) => compare(a.asset, b.asset));
  const states = new Map(report.assets.map(({ id, read }) => [id, read]));
  const table = longTable(
    {
      title: page.placeByPlace(sorted.length),
      heads: page.claimHeads,
      figures: [1, 2],
      rows: sorted,
      render: (row) => claimRow(row, states.get(row.asset), locale),
    },
    locale,
  );
  const lowerBound = coverage.complete
    ? null
    : html` <strong class="late">${page.lowerBounds}</strong>`;
  const read = page.readOf(
    count(coverage.objectsRead),
    objects(coverage.objectsListed),
    bytes(coverage.bytesRead),
    bytes(coverage.bytesListed),
    places(coverage.assetsFound),
  );
  return html`
    <section aria-labelledby="claims">
      <h2 id="claims">${page.clean}</h2>
      <p class="why">${page.cleanWhy}</p>
      <div class="card">
        <p>${read}${lowerBound}</p>
        ${sorted.length === 0 ? null : table}
      </div>
    </section>`;
}

function claimRow(
  { asset, claim, skips }: AssetCoverage,
  read: State | undefined,
  locale: Locale,
): Markup {
  const { page, count, bytes } = locale.words;
  const left: readonly Part[] = skips.map(
    (skip) => html`${page.skipped(skipText(skip, locale), skip.objects)}<br>`,
  );
  return html`
    <tr>
      <th scope="row"><bdi>${asset}</bdi></th>
      <td class="num">${page.ofTotal(count(claim.objectsRead), count(claim.objectsListed))}</td>
      <td class="num">${page.ofTotal(bytes(claim.bytesRead), bytes(claim.bytesListed))}</td>
      <td>${claimText(claim, read, locale)}</td>
      <td>${left}</td>
    </tr>`;
}

/** Never left out, whatever their number: each is something that may hold people and was not looked at. */
export function gapList(report: Report, locale: Locale): Markup {
  const { page, code, gaps: counted } = locale.words;
  const gaps = [...report.gaps].sort(
    (a, b) =>
      compare(a.code, b.code) || compare(a.asset, b.asset) || compare(a.what ?? '', b.what ?? ''),
  );
  const kinds = [...Map.groupBy(gaps, (gap) => gap.code)].map(([kind, found]) =>
    page.gapKind(found.length, code.gap[kind]),
  );
  const render = (gap: Gap): Markup => gapRow(gap, locale);
  const table = longTable(
    { title: counted(gaps.length), heads: page.gapHeads, rows: gaps, render },
    locale,
  );
  const missing = report.coverage.gaps - gaps.length;
  const more = missing > 0 ? html`<p class="late">${page.gapsMissing(missing)}</p>` : null;
  return html`
    <section aria-labelledby="gaps">
      <h2 id="gaps">${page.gaps}</h2>
      <p class="why">${gaps.length === 0 ? page.gapsNone : page.gapsWhy(kinds)}</p>
      ${more}
      ${gaps.length === 0 ? null : html`<div class="card">${table}</div>`}
    </section>`;
}

function gapRow(gap: Gap, { words }: Locale): Markup {
  return html`
    <tr>
      <th scope="row">${words.code.gap[gap.code]}</th>
      <td><bdi>${gap.asset}</bdi></td>
      <td>${gap.what === null ? words.page.allOfIt : html`<bdi>${gap.what}</bdi>`}</td>
      <td lang="en">${gap.detail}</td>
    </tr>`;
}
