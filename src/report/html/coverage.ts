/** What was looked at, what that lets one say, and what was not looked at. */
import type { State } from '../../model/access.ts';
import type { AssetCoverage } from '../../model/coverage.ts';
import type { Gap } from '../../model/gap.ts';
import type { Department, Report, ReportAsset } from '../../model/report.ts';
import { compare, departmentName } from '../figures.ts';
import { bytesText, counted, countText } from '../numbers.ts';
import { GAP_LABEL, STATE_LABEL, STATES } from '../words.ts';
import { OPEN, type Unfolded } from './finding.ts';
import { html, type Markup, type Part } from './markup.ts';

/** Tables longer than this start folded, with their length in the head. */
const UNFOLDED_ROWS = 60;

const CLEAN =
  'A place counts as clean only as far as it was read. Where every object was read, nothing of the ' +
  'kinds ajar knows lies there. Where a random sample was read, at most the named share of the ' +
  'objects holds an identifier, at 95 % confidence. Closed places are not opened: their contents ' +
  'were not read.';

function unfolded(rows: number): Unfolded {
  return rows <= UNFOLDED_ROWS ? 'open' : 'folded';
}

function foldable(head: string, rows: number, content: Markup): Markup {
  return html`<details class="fold wide-fold"${OPEN[unfolded(rows)]}><summary>${head}</summary>${content}</details>`;
}

/** Places without a finding: those anyone can read first, for they deserve a second look. */
export function otherAssets(report: Report): Markup {
  const withFinding = new Set(report.findings.map((finding) => finding.asset.id));
  const claims = new Map(report.coverage.assets.map((each) => [each.asset, each]));
  const names = new Map(report.departments.map((each) => [each.id, each]));
  const others = report.assets
    .filter((asset) => !withFinding.has(asset.id))
    .sort((a, b) => STATES.indexOf(a.read) - STATES.indexOf(b.read) || compare(a.id, b.id));
  const gapped = new Set(report.gaps.map((gap) => gap.asset));
  const rows = others.map((asset) => {
    const claim = claims.get(asset.id)?.claim.text ?? 'no statement';
    // The claim speaks of the objects that could be read; a gap beside it must not hide in another section.
    const said = gapped.has(asset.id)
      ? html`<a class="late" href="#gaps">Not everything was looked at.</a> ${claim}`
      : html`${claim}`;
    return assetRow(asset, said, names);
  });
  const table = html`
    <div class="scroll wide" tabindex="0">
      <table>
        <thead><tr><th scope="col">Place</th><th scope="col">Read</th><th scope="col">List</th><th scope="col">Write</th><th scope="col">Why</th><th scope="col">What was read</th></tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>`;
  return html`
    <section aria-labelledby="assets">
      <h2 id="assets">Other places looked at</h2>
      <p class="why">No personal data was found here. Where anyone can read a place, make sure that it is meant to be public.</p>
      <div class="card">${others.length === 0 ? html`<p>None.</p>` : foldable(counted(others.length, 'place', 'places'), others.length, table)}</div>
    </section>`;
}

function assetRow(
  asset: ReportAsset,
  said: Markup,
  names: ReadonlyMap<string | null, Department>,
): Markup {
  const owner = names.get(asset.owner);
  const whose = owner ? departmentName(owner) : (asset.owner ?? 'no department');
  const odd =
    asset.disagreement === null ? null : html` <span class="odd">${asset.disagreement}</span>`;
  return html`
    <tr>
      <th scope="row"><bdi>${asset.name}</bdi><br><span class="small">${asset.provider} · <bdi>${whose}</bdi></span></th>
      <td>${tag(asset.read)}</td><td>${tag(asset.list)}</td><td>${tag(asset.write)}</td>
      <td>${asset.because.join('; ')}${odd}</td>
      <td>${said}</td>
    </tr>`;
}

function tag(state: State): Markup {
  return html`<span class="tag ${state}">${STATE_LABEL[state]}</span>`;
}

export function claims(report: Report): Markup {
  const { coverage } = report;
  const sorted = [...coverage.assets].sort((a, b) => compare(a.asset, b.asset));
  const table = html`
    <div class="scroll wide" tabindex="0">
      <table>
        <thead><tr><th scope="col">Place</th><th scope="col" class="num">Objects read</th><th scope="col" class="num">Bytes read</th><th scope="col">What this allows one to say</th><th scope="col">Left out</th></tr></thead>
        <tbody>${sorted.map(claimRow)}</tbody>
      </table>
    </div>`;
  const objects = `${countText(coverage.objectsRead)} of ${counted(coverage.objectsListed, 'object', 'objects')}`;
  const read = `${objects} and ${bytesText(coverage.bytesRead)} of ${bytesText(coverage.bytesListed)}`;
  const lowerBound = coverage.complete
    ? null
    : html` <strong class="late">The run did not finish: these are lower bounds.</strong>`;
  return html`
    <section aria-labelledby="claims">
      <h2 id="claims">What “clean” means here</h2>
      <p class="why">${CLEAN}</p>
      <div class="card">
        <p>${read} were read, in ${counted(coverage.assetsFound, 'place', 'places')}.${lowerBound}</p>
        ${sorted.length === 0 ? null : foldable(`Place by place (${countText(sorted.length)})`, sorted.length, table)}
      </div>
    </section>`;
}

function claimRow({ asset, claim, skips }: AssetCoverage): Markup {
  const left: readonly Part[] = skips.map(
    (skip) => html`${skip.reason}: ${counted(skip.objects, 'object', 'objects')}<br>`,
  );
  return html`
    <tr>
      <th scope="row"><bdi>${asset}</bdi></th>
      <td class="num">${countText(claim.objectsRead)} of ${countText(claim.objectsListed)}</td>
      <td class="num">${bytesText(claim.bytesRead)} of ${bytesText(claim.bytesListed)}</td>
      <td>${claim.text}</td>
      <td>${left}</td>
    </tr>`;
}

/** Never left out, whatever their number: each is something that may hold people and was not looked at. */
export function gapList(report: Report): Markup {
  const gaps = [...report.gaps].sort(
    (a, b) =>
      compare(a.code, b.code) || compare(a.asset, b.asset) || compare(a.what ?? '', b.what ?? ''),
  );
  const codes = [...new Set(gaps.map((gap) => gap.code))];
  const kinds = codes.map((code) => {
    const count = gaps.filter((gap) => gap.code === code).length;
    return `${countText(count)} ${GAP_LABEL[code]}`;
  });
  const table = html`
    <div class="scroll wide" tabindex="0">
      <table>
        <thead><tr><th scope="col">Why</th><th scope="col">Place</th><th scope="col">What</th><th scope="col">What happened, what to do</th></tr></thead>
        <tbody>${gaps.map(gapRow)}</tbody>
      </table>
    </div>`;
  const missing = report.coverage.gaps - gaps.length;
  const more =
    missing > 0
      ? html`<p class="late">${counted(missing, 'gap more was', 'gaps more were')} counted than are listed here.</p>`
      : null;
  return html`
    <section aria-labelledby="gaps">
      <h2 id="gaps">What was not looked at</h2>
      <p class="why">${gaps.length === 0 ? 'Nothing: everything was looked at as planned.' : `${kinds.join(', ')}. No place with a gap counts as clean.`}</p>
      ${more}
      ${gaps.length === 0 ? null : html`<div class="card">${foldable(counted(gaps.length, 'gap', 'gaps'), gaps.length, table)}</div>`}
    </section>`;
}

function gapRow(gap: Gap): Markup {
  return html`
    <tr>
      <th scope="row">${GAP_LABEL[gap.code]}</th>
      <td><bdi>${gap.asset}</bdi></td>
      <td>${gap.what === null ? 'all of it' : html`<bdi>${gap.what}</bdi>`}</td>
      <td>${gap.detail}</td>
    </tr>`;
}
