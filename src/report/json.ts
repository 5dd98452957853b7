/**
 * `report.json`: the report for programs, in the shape of docs/report.schema.json.
 *
 * Written field by field: an object passed on whole would carry whatever else hangs on it, and a
 * raw value slips through exactly there. The order is fixed, so that two runs that found the same
 * give files that differ in the run's own times only.
 */
import assert from 'node:assert/strict';
import type { Because } from '../model/access.ts';
import type { Authorisation } from '../model/authorisation.ts';
import type { AssetCoverage, Claim, Coverage } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import type { Department, Report, ReportAsset, ReportFilter, RunInfo } from '../model/report.ts';
import { byUrgency, compare, groupsOf } from './figures.ts';

/** Findings and departments come most urgent first, assets and gaps by id. Ends with a line break. */
export function renderJson(report: Report): string {
  return [...jsonPieces(report)].join('');
}

/** The same in pieces: 100,000 findings are more than one string should hold. */
export function* jsonPieces(report: Report): Generator<string> {
  const document = {
    schema: report.schema,
    filter: filterFields(report.filter ?? null),
    run: runFields(report.run),
    coverage: coverageFields(report.coverage),
    people: report.people,
    departments: inOrder(report).map(departmentFields),
    assets: [...report.assets].sort((a, b) => compare(a.id, b.id)),
    findings: [...report.findings].sort(byUrgency),
    gaps: [...report.gaps].sort(byPlace),
  } satisfies Report;
  // Rendered one at a time, not all at once; the others are small.
  const items: Readonly<Record<string, (index: number) => object>> = {
    assets: (index) => assetFields(at(document.assets, index)),
    findings: (index) => findingFields(at(document.findings, index)),
    gaps: (index) => gapFields(at(document.gaps, index)),
  };
  let before = '{\n';
  for (const [key, value] of Object.entries(document)) {
    const item = items[key];
    yield `${before}  ${JSON.stringify(key)}: `;
    if (item && Array.isArray(value) && value.length > 0) yield* list(value.length, item);
    else yield indented(item ? [] : value, 2);
    before = ',\n';
  }
  yield '\n}\n';
}

function* list(length: number, item: (index: number) => object): Generator<string> {
  for (let i = 0; i < length; i++) yield `${i === 0 ? '[' : ','}\n    ${indented(item(i), 4)}`;
  yield '\n  ]';
}

function indented(value: unknown, columns: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(columns)}`);
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  assert(item !== undefined, 'the index is of this list');
  return item;
}

/** What an excerpt was narrowed to, likewise. */
export function filterFields(filter: ReportFilter | null): ReportFilter | null {
  return filter && { owners: filter.owners, severity: filter.severity, statuses: filter.statuses };
}

/** Those with findings by urgency, then the others by id. */
function inOrder(report: Report): readonly Department[] {
  const rank = new Map(groupsOf(report).map((group, index) => [group.department.id, index]));
  const rankOf = (department: Department): number => rank.get(department.id) ?? rank.size;
  return [...report.departments].sort(
    (a, b) => rankOf(a) - rankOf(b) || compare(a.id ?? '', b.id ?? ''),
  );
}

function byPlace(a: Gap, b: Gap): number {
  return (
    compare(a.asset, b.asset) ||
    compare(a.what ?? '', b.what ?? '') ||
    compare(a.code, b.code) ||
    compare(a.detail, b.detail)
  );
}

function authorisationFields(given: Authorisation): Authorisation {
  const { by, reference, until, hosts } = given;
  return { by, reference, until, hosts: [...hosts] };
}

/** The run, likewise. */
export function runFields(run: RunInfo): RunInfo {
  return {
    id: run.id,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    version: run.version,
    targets: [...run.targets],
    status: run.status,
    seed: run.seed,
    authorisation: run.authorisation ? authorisationFields(run.authorisation) : null,
  };
}

/** What was looked at, likewise. */
export function coverageFields(coverage: Coverage): Coverage {
  return {
    complete: coverage.complete,
    targets: coverage.targets,
    assetsFound: coverage.assetsFound,
    objectsListed: coverage.objectsListed,
    objectsRead: coverage.objectsRead,
    bytesListed: coverage.bytesListed,
    bytesRead: coverage.bytesRead,
    gaps: coverage.gaps,
    assets: [...coverage.assets].sort((a, b) => compare(a.asset, b.asset)).map(assetCoverage),
  };
}

function assetCoverage(coverage: AssetCoverage): AssetCoverage {
  return {
    asset: coverage.asset,
    claim: claimFields(coverage.claim),
    skips: coverage.skips.map((skip) => ({ reason: skip.reason, objects: skip.objects })),
  };
}

function claimFields(claim: Claim): Claim {
  return {
    basis: claim.basis,
    text: claim.text,
    atMost: claim.atMost,
    objectsListed: claim.objectsListed,
    objectsRead: claim.objectsRead,
    bytesListed: claim.bytesListed,
    bytesRead: claim.bytesRead,
    seed: claim.seed,
  };
}

/** One department, likewise. */
export function departmentFields(department: Department): Department {
  return {
    id: department.id,
    name: department.name,
    contact: department.contact,
    people: department.people,
    atLeast: department.atLeast ?? false,
    deadline: department.deadline,
    assets: department.assets,
    findings: [...department.findings],
  };
}

/** One asset, likewise. */
export function assetFields(asset: ReportAsset): ReportAsset {
  return {
    id: asset.id,
    provider: asset.provider,
    name: asset.name,
    url: asset.url,
    owner: asset.owner,
    ownerReason: asset.ownerReason,
    ownerConfidence: asset.ownerConfidence,
    account: asset.account,
    labels: { ...asset.labels },
    read: asset.read,
    list: asset.list,
    write: asset.write,
    because: [...asset.because],
    reasons: (asset.reasons ?? []).map(reasonFields),
    disagreement: asset.disagreement,
  };
}

function reasonFields({ code, params }: Because): Because {
  return { code, params: { ...params } };
}

/** One finding as report.json and report.ndjson have it. */
export function findingFields(finding: Finding): Finding {
  return {
    id: finding.id,
    severity: finding.severity,
    score: finding.score.map(({ code, value, points }) => ({ code, value, points })),
    asset: { id: finding.asset.id, provider: finding.asset.provider, name: finding.asset.name },
    slice: finding.slice,
    owner: finding.owner && { id: finding.owner.id, name: finding.owner.name },
    ownerReason: finding.ownerReason,
    ownerConfidence: finding.ownerConfidence,
    lapsed: finding.lapsed && { what: finding.lapsed.what, on: finding.lapsed.on },
    people: { atLeast: finding.people.atLeast, atMost: finding.people.atMost },
    confidence: finding.confidence,
    verdict: {
      read: finding.verdict.read,
      list: finding.verdict.list,
      because: [...finding.verdict.because],
      reasons: finding.verdict.reasons.map(reasonFields),
      disagreement: finding.verdict.disagreement,
    },
    detectors: finding.detectors.map((each) => ({
      id: each.id,
      form: each.form,
      hits: each.hits,
      people: each.people,
      confidence: each.confidence,
    })),
    samples: finding.samples.map((sample) => ({
      detector: sample.detector,
      masked: sample.masked,
      place: sample.place,
      ref: sample.ref,
    })),
    remedy: finding.remedy.map((step) => ({
      purpose: step.purpose,
      what: step.what,
      command: step.command,
    })),
    firstKnown: finding.firstKnown,
    since: finding.since,
    deadline: finding.deadline,
  };
}

/** One gap, likewise. */
export function gapFields(gap: Gap): Gap {
  return { code: gap.code, asset: gap.asset, what: gap.what, detail: gap.detail };
}
