/**
 * SARIF 2.1.0: one result a finding, one notification a gap.
 *
 * A finding has no line of code; its place is the asset, as a logical location and as a URI, since
 * readers such as code scanning pages want one. Texts may hold anything a bucket can be called:
 * they stand in `message.text`, which is plain text, and never in `markdown`.
 *
 * Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01.
 */
import type { State } from '../model/access.ts';
import type { Finding, Sample, Severity } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import type { Language } from '../model/language.ts';
import type { Status } from '../model/lifecycle.ts';
import { oneLine, plain } from '../model/plain.ts';
import type { Report } from '../model/report.ts';
import { byUrgency, departmentName } from './figures.ts';
import { filterFields } from './json.ts';
import { type Locale, localeOf, type Setting, type Standing } from './locale.ts';
import { becauseTexts, peopleText, STATES, severityReason, whoCanRead } from './words.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** Readers sort by this: 9.0 and above critical, 7.0 high, 4.0 medium. */
const SECURITY_SEVERITY: Readonly<Record<State, string>> = {
  open: '9.0',
  'partly-open': '9.0',
  'open-to-any-account': '8.0',
  unknown: '5.0',
  closed: '4.0',
};

/** SARIF asks for a language and a country. */
const TAGS: Readonly<Record<Language, string>> = {
  en: 'en',
  'zh-Hant': 'zh-TW',
  'zh-Hans': 'zh-CN',
  ja: 'ja',
};

const BASELINE: Readonly<Record<Status, 'new' | 'unchanged' | 'updated' | 'absent'>> = {
  new: 'new',
  open: 'unchanged',
  acknowledged: 'unchanged',
  'not-ours': 'unchanged',
  accepted: 'unchanged',
  fixed: 'absent',
  reopened: 'updated',
  moved: 'absent',
};

export function renderSarif(report: Report, setting: Setting = {}): string {
  return [...sarifPieces(report, setting)].join('');
}

/** The same in pieces, a result at a time. */
export function* sarifPieces(report: Report, setting: Setting = {}): Generator<string> {
  const locale = localeOf(setting);
  const { run } = report;
  const head = {
    tool: { driver: driver(report, locale) },
    language: TAGS[locale.language],
    automationDetails: { id: `ajar/${run.id}` },
    columnKind: 'utf16CodeUnits',
    invocations: [invocation(report)],
    properties: { people: report.people, filter: filterFields(report.filter ?? null) },
  };
  // The results go in by hand, for they may be more than one string should hold.
  yield `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[${JSON.stringify(head).slice(0, -1)},"results":[`;
  let before = '\n';
  for (const finding of [...report.findings].sort(byUrgency)) {
    yield before + JSON.stringify(result(finding, locale));
    before = ',\n';
  }
  yield '\n]}]}\n';
}

function driver(report: Report, { words }: Locale): object {
  return {
    name: 'ajar',
    version: report.run.version,
    language: TAGS[words.language],
    shortDescription: { text: words.page.title },
    rules: STATES.map((state) => ({
      id: state,
      name: state.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
      shortDescription: { text: words.code.state[state] },
      fullDescription: { text: `${words.say.who[state]}${words.page.sentenceEnd}` },
      properties: { 'security-severity': SECURITY_SEVERITY[state], tags: ['security', 'privacy'] },
    })),
    notifications: Object.entries(words.code.gap).map(([id, text]) => ({
      id,
      shortDescription: { text },
    })),
  };
}

function invocation({ run, coverage, gaps }: Report): object {
  return {
    executionSuccessful: run.status === 'complete' && coverage.complete,
    startTimeUtc: run.startedAt,
    ...(run.finishedAt === null ? {} : { endTimeUtc: run.finishedAt }),
    toolExecutionNotifications: gaps.map(notification),
  };
}

function notification(gap: Gap): object {
  const what = gap.what === null ? '' : ` (${gap.what})`;
  return {
    descriptor: { id: gap.code },
    level: 'warning',
    message: { text: oneLine(`${gap.asset}${what}: ${gap.detail}`) },
    locations: [{ logicalLocations: [{ fullyQualifiedName: plain(gap.asset), kind: 'resource' }] }],
  };
}

function result(finding: Finding, locale: Locale): object {
  const { words } = locale;
  const standing = locale.standings.get(finding.id);
  const owner = finding.owner
    ? locale.owner(finding.owner.id, finding.owner.name)
    : departmentName({ id: null, name: '' }, locale);
  const deadline = `${words.code.column.deadline}: ${words.day(finding.deadline)}`;
  const sentences = [
    `${owner}: ${finding.asset.provider} ${finding.asset.name}`,
    whoCanRead(finding, locale),
    `${peopleText(finding.people, locale)}; ${severityReason(finding, locale)}`,
    deadline,
  ];
  const points = finding.score.reduce((sum, part) => sum + part.points, 0);
  return {
    ruleId: finding.verdict.read,
    ruleIndex: STATES.indexOf(finding.verdict.read),
    level: LEVELS[finding.severity],
    rank: Math.max(0, Math.min(100, Math.round(points))),
    message: { text: oneLine(sentences.join('. ')) },
    locations: [location(finding)],
    relatedLocations: finding.samples.map((sample, id) => related(finding, sample, id)),
    partialFingerprints: { 'ajarFinding/v1': finding.id },
    ...(standing ? { baselineState: BASELINE[standing.status], ...suppressed(standing) } : {}),
    properties: {
      severity: finding.severity,
      department: finding.owner?.id ?? null,
      people: { atLeast: finding.people.atLeast, atMost: finding.people.atMost },
      detectors: finding.detectors.map(({ id }) => id),
      confidence: finding.confidence,
      because: becauseTexts(finding, locale),
      firstKnown: finding.firstKnown,
      since: finding.since,
      deadline: finding.deadline,
      status: standing?.status ?? null,
      remedy: finding.remedy.map(({ purpose, command }) => ({ purpose, command })),
    },
  };
}

/** A risk that was accepted is shown as set aside, by whom and why, not left out. */
function suppressed({ status, statusBy, reason }: Standing): object {
  if (status !== 'accepted') return {};
  const justification = oneLine(`${statusBy}${reason === null ? '' : `: ${reason}`}`);
  return { suppressions: [{ kind: 'external', status: 'accepted', justification }] };
}

function location({ asset, slice }: Finding): object {
  const part = slice === '*' ? {} : { message: { text: plain(slice) } };
  return {
    physicalLocation: { artifactLocation: { uri: assetUri(asset.id) } },
    logicalLocations: [
      { name: plain(asset.name), fullyQualifiedName: plain(asset.id), kind: 'resource' },
    ],
    ...part,
  };
}

/** Where in the asset: the file as part of its address, the rest of the place in words. */
function related({ asset }: Finding, { place, detector, masked }: Sample, id: number): object {
  const [file = place] = plain(place).split(' › ');
  return {
    id,
    message: { text: oneLine(`${place}: ${detector} ${masked}`) },
    physicalLocation: { artifactLocation: { uri: assetUri(`${asset.id}/${file}`) } },
  };
}

/** `s3:cape/疫苗` → `s3:cape/%E7%96%AB…`: an asset's id is a URI but for the characters one may not hold. */
export function assetUri(id: string): string {
  const colon = id.indexOf(':');
  const scheme = id.slice(0, colon).toLowerCase();
  const path = id
    .slice(colon + 1)
    .toWellFormed()
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return /^[a-z][a-z0-9+.-]*$/.test(scheme) ? `${scheme}:${path}` : encodeURIComponent(id);
}
