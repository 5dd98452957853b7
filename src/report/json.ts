/**
 * `report.json`: the report for programs, in the shape of docs/report.schema.json.
 *
 * Written field by field: an object passed on whole would carry whatever else hangs on it, and a
 * raw value slips through exactly there. The order is fixed, so that two runs that found the same
 * give files that differ in the run's own times only.
 */
import type { AssetCoverage, Claim, Coverage } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import type { Department, Report, ReportAsset, RunInfo } from '../model/report.ts';
import { byUrgency, compare, groupsOf } from './figures.ts';

/** Findings and departments come most urgent first, assets and gaps by id. Ends with a line break. */
export function renderJson(report: Report): string {
  const document = {
    schema: report.schema,
    run: runFields(report.run),
    coverage: coverageFields(report.coverage),
    people: report.people,
    departments: inOrder(report).map(departmentFields),
    assets: [...report.assets].sort((a, b) => compare(a.id, b.id)).map(assetFields),
    findings: [...report.findings].sort(byUrgency).map(findingFields),
    gaps: [...report.gaps].sort(byPlace).map(gapFields),
  } satisfies Report;
  return `${JSON.stringify(document, null, 2)}\n`;
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

function runFields(run: RunInfo): RunInfo {
  return {
    id: run.id,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    version: run.version,
    targets: [...run.targets],
    status: run.status,
    seed: run.seed,
  };
}

function coverageFields(coverage: Coverage): Coverage {
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

function departmentFields(department: Department): Department {
  return {
    id: department.id,
    name: department.name,
    contact: department.contact,
    people: department.people,
    deadline: department.deadline,
    assets: department.assets,
    findings: [...department.findings],
  };
}

function assetFields(asset: ReportAsset): ReportAsset {
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
    disagreement: asset.disagreement,
  };
}

function findingFields(finding: Finding): Finding {
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
      reasons: finding.verdict.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
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

function gapFields(gap: Gap): Gap {
  return { code: gap.code, asset: gap.asset, what: gap.what, detail: gap.detail };
}
