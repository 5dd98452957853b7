/** A report against what the seed planted: every planted exposure found, nothing else, people within 2 %. */
import type { Finding } from '../src/model/finding.ts';
import type { Report } from '../src/model/report.ts';
import type { Planted, PlantedAsset } from './seed/departments.ts';

const TOLERANCE = 0.02;

function idOf({ cloud, account, name }: PlantedAsset): string {
  return `${cloud}:${account}/${name}`;
}

function near(found: number, planted: number): boolean {
  return Math.abs(found - planted) <= planted * TOLERANCE;
}

function compareAsset(asset: PlantedAsset, findings: readonly Finding[]): string[] {
  const id = idOf(asset);
  const { expect, owner } = asset;
  if (expect === null)
    return findings.map(({ slice }) => `${id}: nothing to find, but ${slice} was reported`);
  const [finding, ...more] = findings;
  if (!finding) return [`${id}: ${expect.people.length} people were not found`];
  const wrong = more.map(({ slice }) => `${id}: also reported as ${slice}`);
  const found = finding.people.atMost;
  if (!near(found, expect.people.length)) {
    wrong.push(`${id}: ${expect.people.length} people planted, ${found} found`);
  }
  if ((finding.owner?.id ?? null) !== owner) wrong.push(`${id}: not given to ${owner ?? 'nobody'}`);
  const full = finding.detectors.some(({ id, form }) => form === 'full' && id === expect.masked);
  const masked = finding.detectors.some(
    ({ id, form }) => form === 'masked' && id === expect.masked,
  );
  if (expect.masked !== undefined && (full || !masked))
    wrong.push(`${id}: masked at its source is told wrongly`);
  return wrong;
}

/** One line for each thing that is not as planted; empty when all is. */
export function compare(report: Report, planted: Planted): readonly string[] {
  const wrong = planted.assets.flatMap((asset) =>
    compareAsset(
      asset,
      report.findings.filter((finding) => finding.asset.id === idOf(asset)),
    ),
  );
  const known = new Set(planted.assets.map(idOf));
  for (const { id } of report.assets) if (!known.has(id)) wrong.push(`${id}: was never planted`);
  for (const asset of planted.assets) {
    const id = idOf(asset);
    if (!report.assets.some((one) => one.id === id)) wrong.push(`${id}: was not looked at`);
    const gaps = report.gaps.filter((gap) => gap.asset === id).length;
    if (gaps > 0 !== (asset.gap === true)) wrong.push(`${id}: ${gaps} gaps`);
  }
  const owners = [...new Set(planted.assets.map(({ owner }) => owner))];
  for (const owner of owners) {
    const people = planted.assets.flatMap((asset) =>
      asset.owner === owner ? (asset.expect?.people ?? []) : [],
    );
    const found = report.departments.find(({ id }) => id === owner)?.people ?? 0;
    const count = new Set(people).size;
    if (!near(found, count))
      wrong.push(`${owner ?? 'unowned'}: ${count} people, ${found} reported`);
  }
  return wrong;
}
