/**
 * The figures every sink shows, computed once from the report so that they never disagree.
 *
 * People are never added up here: one person lies in several findings. Sums come from the report.
 */
import type { State } from '../model/access.ts';
import { type Finding, SEVERITIES, type Severity } from '../model/finding.ts';
import type { Department, Report, ReportAsset } from '../model/report.ts';
import type { Locale } from './locale.ts';
import { STATES } from './words.ts';

export interface Figures {
  readonly people: number;
  /** Not everything was read, so `people` is a lower bound. */
  readonly peopleAtLeast: boolean;
  readonly findings: number;
  /** Chosen by where they stand: they may be closed by now, so nothing is said of who can read them. */
  readonly byStatus: boolean;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly departmentsWithFindings: number;
  /** Assets with a finding where reading was proved or documented, and those where nobody could tell. */
  readonly placesRead: number;
  readonly placesUnclear: number;
  readonly assets: number;
  /** Assets that someone without permission can read, at least in part. */
  readonly open: number;
  /** Assets where nobody could tell. */
  readonly unknown: number;
  /** ISO 8601, the earliest; null without findings. */
  readonly deadline: string | null;
  /** The instant the report speaks of. */
  readonly asOf: string;
  readonly gaps: number;
  /** Objects in assets that are not closed, and how many of them were read. */
  readonly objectsBehindOpenDoors: number;
  readonly objectsRead: number;
  /** Some objects behind open doors were left out: a sample, or formats that are not read. */
  readonly sampled: boolean;
  /** Something planned was not looked at: "nothing found" must not be read as "nothing there". */
  readonly incomplete: boolean;
}

export function figuresOf(report: Report): Figures {
  const { coverage, run } = report;
  const severities = SEVERITIES.map((severity) => [
    severity,
    report.findings.filter((finding) => finding.severity === severity).length,
  ]);
  const unfinished = run.status !== 'complete' || !coverage.complete;
  const gaps = Math.max(report.gaps.length, coverage.gaps);
  const closed = new Set(
    report.assets.filter((asset) => asset.read === 'closed').map((asset) => asset.id),
  );
  const behind = coverage.assets.filter(({ asset }) => !closed.has(asset));
  const listed = behind.reduce((sum, { claim }) => sum + claim.objectsListed, 0);
  const read = behind.reduce((sum, { claim }) => sum + claim.objectsRead, 0);
  return {
    people: report.people,
    peopleAtLeast: unfinished || gaps > 0 || read < listed || isPart(report),
    objectsBehindOpenDoors: listed,
    objectsRead: read,
    sampled: read < listed,
    findings: report.findings.length,
    byStatus: report.filter?.statuses != null,
    bySeverity: Object.fromEntries(severities) as Record<Severity, number>,
    departmentsWithFindings: groupsOf(report).filter(({ department }) => department.id !== null)
      .length,
    placesRead: places(report, (state) => state !== 'unknown'),
    placesUnclear: places(report, (state) => state === 'unknown'),
    assets: report.assets.length,
    open: report.assets.filter((asset) => isOpen(asset.read)).length,
    unknown: report.assets.filter((asset) => asset.read === 'unknown').length,
    deadline: earliest(report.findings.map((finding) => finding.deadline)),
    asOf: run.finishedAt ?? run.startedAt,
    gaps,
    incomplete: unfinished || gaps > 0,
  };
}

/** Distinct assets with a finding in such a state; two slices of one bucket are one place. */
function places(report: Report, matches: (state: State) => boolean): number {
  const found = report.findings.filter((finding) => matches(finding.verdict.read));
  return new Set(found.map((finding) => finding.asset.id)).size;
}

/** Of a part of a department's findings, or of several departments, people are known only from below. */
function isPart({ filter }: Report): boolean {
  if (!filter) return false;
  const { owners, severity, statuses } = filter;
  return severity !== null || statuses !== null || (owners !== null && owners.length > 1);
}

/** "Nothing found", never saying more than was looked at. */
export function nothingFound(figures: Figures, { words }: Locale): string {
  if (figures.incomplete) return words.say.nothingFoundGaps;
  return figures.sampled ? words.say.nothingFoundSample : words.say.nothingFound;
}

/** What an excerpt was narrowed to, in a sentence; null for a whole report. */
export function excerptText({ filter, departments }: Report, locale: Locale): string | null {
  if (!filter) return null;
  const { say } = locale.words;
  const parts: string[] = [];
  if (filter.owners !== null) {
    const names = filter.owners.map((id) => {
      const known = departments.find((each) => each.id === id);
      return locale.owner(id, known?.name ?? id ?? '');
    });
    parts.push(say.filterOwner(say.list(names, 0)));
  }
  if (filter.severity !== null) parts.push(say.filterSeverity(filter.severity));
  if (filter.statuses !== null) parts.push(say.filterStatus(filter.statuses));
  return say.filtered(parts);
}

/** Who allowed a sweep; null for every other run. */
export function authorisationText({ run }: Report, { words }: Locale): string | null {
  return run.authorisation ? words.page.authorised(run.authorisation) : null;
}

/** `31,204 people, 2 findings` */
export function plainFigures(figures: Figures, { words }: Locale): string {
  const { people, peopleAtLeast, findings } = figures;
  const whose = peopleAtLeast ? words.say.peopleAtLeast(people) : words.people(people);
  return `${whose}${words.say.comma}${words.findings(findings)}`;
}

export function isOpen(state: State): boolean {
  return state === 'open' || state === 'partly-open' || state === 'open-to-any-account';
}

/** A department and its findings, the most urgent first. */
export interface Group {
  readonly department: Department;
  readonly findings: readonly Finding[];
}

/**
 * Departments with findings, the most urgent first. Grouped by the findings' own owners, so that no
 * finding is lost should the department list lack its owner.
 */
export function groupsOf(report: Report): readonly Group[] {
  const byOwner = new Map<string | null, Finding[]>();
  for (const finding of [...report.findings].sort(byUrgency)) {
    const id = finding.owner?.id ?? null;
    const list = byOwner.get(id);
    if (list) list.push(finding);
    else byOwner.set(id, [finding]);
  }
  const departments = new Map(report.departments.map((each) => [each.id, each]));
  const groups = [...byOwner].map(([id, findings]) => ({
    department: departments.get(id) ?? unlisted(id, findings),
    findings,
  }));
  // Findings are sorted already, so a map's insertion order is the departments' order of urgency.
  return groups;
}

function unlisted(id: string | null, findings: readonly Finding[]): Department {
  return {
    id,
    name: findings[0]?.owner?.name ?? '',
    contact: null,
    assets: new Set(findings.map((finding) => finding.asset.id)).size,
    findings: findings.map((finding) => finding.id),
    // The largest, not the sum: one person may lie in all of them.
    people: findings.reduce((most, finding) => Math.max(most, finding.people.atLeast), 0),
    atLeast: findings.length > 1,
    deadline: earliest(findings.map((finding) => finding.deadline)),
  };
}

/** `31,204 people`, `at least 31,204 people` */
export function departmentPeople({ people, atLeast }: Department, { words }: Locale): string {
  return atLeast === true ? words.say.peopleAtLeast(people) : words.people(people);
}

/** For narrow columns: `31,204` or `≥ 31,204`. */
export function departmentFigure({ people, atLeast }: Department, { words }: Locale): string {
  return `${atLeast === true ? '≥ ' : ''}${words.count(people)}`;
}

/** The name a reader sees; the orphan queue says so. */
export function departmentName(
  department: Pick<Department, 'id' | 'name'>,
  locale: Locale,
): string {
  return locale.owner(department.id, department.name);
}

/** Severity, then deadline, then people, then id: the order in which one would pick up the phone. */
export function byUrgency(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.deadline, b.deadline) ||
    b.people.atLeast - a.people.atLeast ||
    compare(a.id, b.id)
  );
}

/** By code unit, not by locale: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function earliest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (first, time) => (first === null || compare(time, first) < 0 ? time : first),
    null,
  );
}

/** How many assets of each provider stand in each state, for reading. */
export interface MatrixRow {
  readonly provider: string;
  readonly counts: Readonly<Record<State, number>>;
  readonly total: number;
}

export function verdictMatrix(assets: readonly ReportAsset[]): readonly MatrixRow[] {
  const providers = [...new Set(assets.map((asset) => asset.provider))].sort(compare);
  return providers.map((provider) => {
    const own = assets.filter((asset) => asset.provider === provider);
    const counts = STATES.map((state) => [
      state,
      own.filter((asset) => asset.read === state).length,
    ]);
    return {
      provider,
      counts: Object.fromEntries(counts) as Record<State, number>,
      total: own.length,
    };
  });
}
