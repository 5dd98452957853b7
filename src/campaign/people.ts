/**
 * How many people a part of a department's findings exposes.
 *
 * The number for a whole department comes from a merged set. For a part of it only bounds are known,
 * since the same person may lie behind several doors: at least the largest single finding, at most
 * the sum, and never more than the department has.
 */
import type { CampaignList, PeopleRange } from '../model/campaign.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingRecord } from '../model/lifecycle.ts';
import type { Report } from '../model/report.ts';

type Counted = Pick<Finding, 'id' | 'people'>;

/** What a campaign counts of a record; a hundred thousand whole ones would fill the memory. */
export interface CountedRecord
  extends Pick<FindingRecord, 'status' | 'statusAt' | 'statusBy' | 'assigned'> {
  readonly finding: Pick<Finding, 'id' | 'people' | 'owner'>;
}

export function counted(record: FindingRecord): CountedRecord {
  const { finding, status, statusAt, statusBy, assigned = null } = record;
  const { id, people, owner } = finding;
  return { finding: { id, people, owner }, status, statusAt, statusBy, assigned };
}

/** What a campaign counts of a report. */
export interface CountedReport extends Pick<Report, 'run' | 'people' | 'departments'> {
  readonly findings: readonly Counted[];
}

export function countedReport(report: Report): CountedReport {
  const { run, people, departments, findings } = report;
  return {
    run,
    people,
    departments,
    findings: findings.map((finding) => ({ id: finding.id, people: finding.people })),
  };
}

/** A set that was counted as one: a department's findings, or a whole run's. */
interface Merged {
  readonly findings: readonly string[];
  readonly people: number;
}

const NOBODY: PeopleRange = { atLeast: 0, atMost: 0 };

/** Distinct people over `findings`; `merged` are the sets that were counted in one run, none of which overlap in findings. */
export function peopleOver(findings: readonly Counted[], merged: readonly Merged[]): PeopleRange {
  const left = new Map(findings.map((finding) => [finding.id, finding.people.atMost]));
  const parts: PeopleRange[] = [];
  for (const set of merged) {
    const inside = set.findings.filter((id) => left.has(id));
    if (inside.length === 0) continue;
    const counts = inside.map((id) => left.get(id) ?? 0);
    for (const id of inside) left.delete(id);
    parts.push(
      inside.length === set.findings.length
        ? { atLeast: set.people, atMost: set.people }
        : {
            atLeast: Math.min(Math.max(...counts), set.people),
            atMost: Math.min(sum(counts), set.people),
          },
    );
  }
  for (const count of left.values()) parts.push({ atLeast: count, atMost: count });
  return together(parts);
}

/** Sets of which nothing is known but their sizes. */
export function together(parts: readonly PeopleRange[]): PeopleRange {
  if (parts.length === 0) return NOBODY;
  return {
    atLeast: parts.reduce((most, part) => Math.max(most, part.atLeast), 0),
    atMost: sum(parts.map((part) => part.atMost)),
  };
}

/** The departments' sets of a run. */
export function departmentSets(report: CountedReport | null): readonly Merged[] {
  return (report?.departments ?? []).map(({ findings, people }) => ({ findings, people }));
}

/** People over findings of several departments: the run's own number where they are all of it. */
export function peopleOverall(
  findings: readonly Counted[],
  report: CountedReport | null,
): PeopleRange {
  const byDepartment = peopleOver(findings, departmentSets(report));
  if (report === null) return byDepartment;
  const ids = new Set(findings.map(({ id }) => id));
  const all = report.findings.every(({ id }) => ids.has(id));
  const reported = new Set(report.findings.map(({ id }) => id));
  const strangers = findings.filter(({ id }) => !reported.has(id));
  const outside = sum(strangers.map(({ people }) => people.atMost));
  const atMost = Math.min(byDepartment.atMost, report.people + outside);
  const atLeast = all ? Math.max(report.people, byDepartment.atLeast) : byDepartment.atLeast;
  return { atLeast: Math.min(atLeast, atMost), atMost };
}

export function rangeOfList(list: CampaignList): PeopleRange {
  return { atLeast: list.peopleAtLeast ?? list.people, atMost: list.people };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
