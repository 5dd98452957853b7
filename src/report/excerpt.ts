/** A part of a report: some departments, from a severity on, with some statuses. */
import type { Claim } from '../model/coverage.ts';
import { type Finding, SEVERITIES, type Severity } from '../model/finding.ts';
import type { Department, Report, ReportFilter } from '../model/report.ts';
import type { Standing } from './locale.ts';

/**
 * The report narrowed to what the filter wants; `standings` must know the statuses it asks for.
 *
 * Narrowed to departments it holds their places, gaps and coverage only, so that it can be sent to
 * them. People of one whole department are known; of anything smaller or larger, the largest single
 * count is given, which is a lower bound, for one person may lie in several findings.
 */
export function excerptOf(
  report: Report,
  filter: ReportFilter,
  standings: ReadonlyMap<string, Standing> = new Map(),
): Report {
  const findings = report.findings.filter((finding) => isWanted(finding, filter, standings));
  const { owners } = filter;
  const ids = new Set(findings.map(({ asset }) => asset.id));
  const all = new Set(report.findings.map(({ asset }) => asset.id));
  // A place whose findings were filtered out must not stand among those where nothing was found.
  const assets = report.assets.filter(
    ({ id, owner }) => ids.has(id) || (!all.has(id) && (owners === null || owners.includes(owner))),
  );
  const kept = new Set(assets.map(({ id }) => id));
  const whole = owners === null;
  const gaps = whole ? report.gaps : report.gaps.filter(({ asset }) => kept.has(asset));
  const coverages = report.coverage.assets.filter(({ asset }) => kept.has(asset));
  const sum = (count: (claim: Claim) => number): number =>
    coverages.reduce((total, { claim }) => total + count(claim), 0);
  const departments = report.departments
    .filter(({ id }) => owners === null || owners.includes(id))
    .map((department) => departmentOf(department, findings, filter));
  return {
    ...report,
    filter,
    people: peopleOf(departments, findings, filter),
    findings,
    assets,
    gaps,
    departments,
    coverage: whole
      ? report.coverage
      : {
          ...report.coverage,
          assets: coverages,
          assetsFound: coverages.length,
          objectsListed: sum((claim) => claim.objectsListed),
          objectsRead: sum((claim) => claim.objectsRead),
          bytesListed: sum((claim) => claim.bytesListed),
          bytesRead: sum((claim) => claim.bytesRead),
          gaps: gaps.length,
        },
  };
}

function isWanted(
  finding: Finding,
  { owners, severity, statuses }: ReportFilter,
  standings: ReadonlyMap<string, Standing>,
): boolean {
  if (owners !== null && !owners.includes(finding.owner?.id ?? null)) return false;
  if (severity !== null && rank(finding.severity) > rank(severity)) return false;
  if (statuses === null) return true;
  const status = standings.get(finding.id)?.status;
  return status !== undefined && statuses.includes(status);
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function departmentOf(
  department: Department,
  findings: readonly Finding[],
  { severity, statuses }: ReportFilter,
): Department {
  const own = findings.filter(({ owner }) => (owner?.id ?? null) === department.id);
  const ids = new Set(own.map(({ id }) => id));
  const whole =
    (severity === null && statuses === null) ||
    (ids.size === department.findings.length && department.findings.every((id) => ids.has(id)));
  const deadlines = own.map(({ deadline }) => deadline).sort();
  return {
    ...department,
    findings: own.map(({ id }) => id),
    assets: new Set(own.map(({ asset }) => asset.id)).size,
    people: whole ? department.people : largest(own),
    atLeast: whole ? (department.atLeast ?? false) : own.length > 1,
    deadline: deadlines[0] ?? null,
  };
}

function peopleOf(
  departments: readonly Department[],
  findings: readonly Finding[],
  { owners, severity, statuses }: ReportFilter,
): number {
  const [only] = departments;
  if (owners?.length === 1 && severity === null && statuses === null) return only?.people ?? 0;
  return Math.max(0, largest(findings), ...departments.map(({ people }) => people));
}

function largest(findings: readonly Finding[]): number {
  return findings.reduce((most, { people }) => Math.max(most, people.atLeast), 0);
}
