/**
 * JUnit XML, for pipelines that show test results: a suite a department, a test a place.
 *
 * A finding is a failure, a gap an error (nobody looked, so nobody can say), a risk that was
 * accepted is skipped with its reason. What was read and found clean passes.
 */
import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import { plain } from '../model/plain.ts';
import type { Report } from '../model/report.ts';
import { byUrgency, compare } from './figures.ts';
import { type Locale, localeOf, type Setting } from './locale.ts';
import { becauseTexts, peopleText, whoCanRead } from './words.ts';

interface Case {
  readonly name: string;
  /** What stands between the tags; empty for a test that passed. */
  readonly body: string;
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
}

export function renderJunit(report: Report, setting: Setting = {}): string {
  return [...junitPieces(report, setting)].join('');
}

/** The same in pieces, a suite at a time. */
export function* junitPieces(report: Report, setting: Setting = {}): Generator<string> {
  const locale = localeOf(setting);
  const suites = suitesOf(report, locale);
  const all = suites.flatMap(({ cases }) => cases);
  const { run } = report;
  const end = Date.parse(run.finishedAt ?? run.startedAt);
  const seconds = Math.max(0, (end - Date.parse(run.startedAt)) / 1000);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="ajar" ${counts(all)} time="${seconds}">\n`;
  for (const { name, cases } of suites) {
    const stamp = run.startedAt.replace(/\.\d+Z$|Z$/, '');
    yield `  <testsuite name="${attribute(name)}" ${counts(cases)} time="0" timestamp="${attribute(stamp)}">\n`;
    for (const one of cases) yield testcase(one, name);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Departments by name; gaps of places that were never reached stand in a suite of their own. */
function suitesOf(report: Report, locale: Locale): readonly Suite[] {
  const { words } = locale;
  const names = new Map(report.departments.map(({ id, name }) => [id, locale.owner(id, name)]));
  const nobody = locale.owner(null, '');
  const suites = new Map<string, Case[]>();
  const put = (suite: string, one: Case): void => {
    const cases = suites.get(suite);
    if (cases) cases.push(one);
    else suites.set(suite, [one]);
  };
  for (const finding of [...report.findings].sort(byUrgency)) {
    const { owner } = finding;
    put(owner ? locale.owner(owner.id, owner.name) : nobody, findingCase(finding, locale));
  }
  const owners = new Map(report.assets.map(({ id, owner }) => [id, owner]));
  for (const gap of report.gaps) {
    const owner = owners.get(gap.asset);
    const known = owner === undefined ? words.page.gaps : (names.get(owner) ?? owner ?? nobody);
    put(known, gapCase(gap, locale));
  }
  const told = new Set([
    ...report.findings.map(({ asset }) => asset.id),
    ...report.gaps.map(({ asset }) => asset),
  ]);
  for (const asset of [...report.assets].sort((a, b) => compare(a.id, b.id))) {
    if (told.has(asset.id)) continue;
    const owner = names.get(asset.owner) ?? asset.owner ?? nobody;
    put(owner, { name: asset.id, body: '', kind: 'passed' });
  }
  return [...suites]
    .map(([name, cases]) => ({ name, cases }))
    .sort((a, b) => compare(a.name, b.name));
}

function findingCase(finding: Finding, locale: Locale): Case {
  const { words } = locale;
  const part = finding.slice === '*' ? '' : ` ${finding.slice}`;
  const name = `${finding.asset.id}${part} (${finding.id})`;
  const standing = locale.standings.get(finding.id);
  const who = whoCanRead(finding, locale);
  const message = `${words.code.severity[finding.severity]}: ${who}; ${peopleText(finding.people, locale)}`;
  if (standing?.status === 'accepted') {
    const why = [words.code.status.accepted, standing.statusBy, standing.reason ?? ''];
    const text = why.filter((each) => each !== '').join(': ');
    return { name, kind: 'skipped', body: `<skipped message="${attribute(text)}"/>` };
  }
  if (standing?.status === 'fixed') return { name, kind: 'passed', body: '' };
  const lines = [
    ...becauseTexts(finding, locale),
    ...finding.samples.map(({ place, detector, masked }) => `${place}: ${detector} ${masked}`),
    `${words.code.column.deadline}: ${finding.deadline}`,
    ...finding.remedy.map(({ purpose, command }) => `${words.code.purpose[purpose]}: ${command}`),
  ];
  const body = `<failure message="${attribute(message)}" type="${finding.severity}">${text(lines.join('\n'))}</failure>`;
  return { name, kind: 'failure', body };
}

function gapCase(gap: Gap, { words }: Locale): Case {
  const what = gap.what === null ? '' : ` ${gap.what}`;
  const body = `<error message="${attribute(words.code.gap[gap.code])}" type="${gap.code}">${text(gap.detail)}</error>`;
  return { name: `${gap.asset}${what}`, kind: 'error', body };
}

function testcase({ name, body }: Case, suite: string): string {
  const start = `    <testcase name="${attribute(name)}" classname="${attribute(suite)}" time="0"`;
  return body === '' ? `${start}/>\n` : `${start}>${body}</testcase>\n`;
}

function counts(cases: readonly Case[]): string {
  const count = (kind: Case['kind']): number => cases.filter((one) => one.kind === kind).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** What XML 1.0 cannot hold at all, escaped or not (section 2.2), is taken by {@link plain}. */
function text(value: string): string {
  return plain(value).replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
}

/** Line breaks in attributes are read as blanks unless they are escaped. */
function attribute(value: string): string {
  return plain(value).replace(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? '');
}
