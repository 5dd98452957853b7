/**
 * What changed between two runs. The question that matters is the fourth: what is not in the later
 * run because it was not looked at, and is therefore not fixed.
 *
 * A finding counts as gone only where the later run found its door closed, or read behind it at
 * least as much as the earlier run did, and nothing stood in its way.
 */
import type { State } from '../model/access.ts';
import type { AssetCoverage } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import type { RunDiff } from '../model/lifecycle.ts';
import type { Report, ReportAsset } from '../model/report.ts';
import { placeOf } from './lifecycle.ts';

/** A run's report, with what is looked up by id. */
interface Looked {
  readonly report: Report;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly assets: ReadonlyMap<string, ReportAsset>;
  readonly coverage: ReadonlyMap<string, AssetCoverage>;
  readonly gaps: ReadonlyMap<string, readonly Gap[]>;
  /** A whole target that could not be reached: such a gap names the target, not an asset. */
  readonly unreached: Gap | undefined;
  /** Asset and slice → finding, to find one that changed hands. */
  readonly places: ReadonlyMap<string, Finding>;
}

function look(report: Report): Looked {
  const gaps = new Map<string, Gap[]>();
  for (const gap of report.gaps) gaps.set(gap.asset, [...(gaps.get(gap.asset) ?? []), gap]);
  const assets = new Map(report.assets.map((asset) => [asset.id, asset]));
  return {
    report,
    findings: new Map(report.findings.map((finding) => [finding.id, finding])),
    assets,
    coverage: new Map(report.coverage.assets.map((each) => [each.asset, each])),
    gaps,
    unreached: report.gaps.find((gap) => gap.what === null && !assets.has(gap.asset)),
    places: new Map(report.findings.map((finding) => [placeOf(finding), finding])),
  };
}

/** Compares two runs of the same store; ids in the order of their report. */
export function diffRuns(before: Report, after: Report): RunDiff {
  const [earlier, later] = [look(before), look(after)];
  const missing = before.findings
    .filter(({ id }) => !later.findings.has(id))
    .map((finding) => ({ finding: finding.id, why: whyUnseen(finding, earlier, later) }));
  return {
    before: before.run.id,
    after: after.run.id,
    added: after.findings.map(({ id }) => id).filter((id) => !earlier.findings.has(id)),
    still: before.findings.map(({ id }) => id).filter((id) => later.findings.has(id)),
    gone: missing.filter(({ why }) => why === null).map(({ finding }) => finding),
    unseen: missing.flatMap(({ finding, why }) => (why === null ? [] : [{ finding, why }])),
  };
}

/** Why the later run says nothing of this finding; null where it does: it is gone. */
function whyUnseen(finding: Finding, earlier: Looked, later: Looked): string | null {
  const moved = later.places.get(placeOf(finding));
  // One that was there before stands beside it: two departments share the asset by prefix.
  if (moved && !earlier.findings.has(moved.id)) {
    return `it is there as ${moved.id}, with ${moved.owner?.name ?? 'no department'} in charge now`;
  }
  const id = finding.asset.id;
  const asset = later.assets.get(id);
  if (!asset) return whyMissing(id, later);
  const gap = later.gaps.get(id)?.[0];
  if (gap) return `${gap.what ?? 'the whole of it'} could not be looked at: ${gap.detail}`;
  const door = doorOf(finding, asset);
  if (door === 'unknown') return 'who can read it is unknown this time, and unknown is not closed';
  if (door === 'closed') return null;
  return whyNotCovered(earlier.coverage.get(id), later.coverage.get(id));
}

function whyMissing(asset: string, { report, unreached }: Looked): string {
  if (report.run.status === 'interrupted') return 'the run was interrupted before it came there';
  if (unreached) {
    return `${asset} was not reached, and ${unreached.asset} had a gap: ${unreached.detail}`;
  }
  return `${asset} was not met in this run: taken away, renamed, or no longer a target`;
}

/** The door that the finding was found behind: where contents were closed, it was the list of keys. */
function doorOf(finding: Finding, asset: ReportAsset): State {
  return finding.verdict.read === 'closed' ? asset.list : asset.read;
}

/** The door is still open: is there less behind it, or was less looked at? */
function whyNotCovered(
  before: AssetCoverage | undefined,
  after: AssetCoverage | undefined,
): string | null {
  if (!after || after.claim.basis === 'none') return 'it is still open, and was not read this time';
  const skipped = (each: AssetCoverage | undefined): number =>
    (each?.skips ?? []).reduce((sum, { objects }) => sum + objects, 0);
  const skips = skipped(after) - skipped(before);
  if (skips > 0) {
    const reasons = after.skips.map(({ reason }) => reason).join(', ');
    return `it is still open, and ${skips} more objects were passed over (${reasons})`;
  }
  if (after.claim.basis === 'everything') return null;
  if (!before || before.claim.basis === 'everything') {
    return 'it is still open; everything was read before, only a sample this time';
  }
  return sameSample(before.claim, after.claim)
    ? null
    : `it is still open; the sample was another or a smaller one (${shareOf(after.claim)} of the objects, ${shareOf(before.claim)} before)`;
}

type Claim = AssetCoverage['claim'];

/** Drawn alike, and no smaller, absolutely and as a share: it would have met the same objects. */
function sameSample(before: Claim, after: Claim): boolean {
  return (
    after.seed === before.seed &&
    after.objectsRead >= before.objectsRead &&
    after.bytesRead >= before.bytesRead &&
    after.objectsRead * before.objectsListed >= before.objectsRead * after.objectsListed
  );
}

function shareOf({ objectsRead, objectsListed }: Claim): string {
  const share = objectsListed === 0 ? 0 : objectsRead / objectsListed;
  return `${(share * 100).toFixed(1)} %`;
}
