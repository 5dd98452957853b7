/**
 * OCSF 1.8: one Data Security Finding (class 2006) a line, for event collectors and data lakes.
 *
 * No class fits a gap; gaps stand in report.json and report.ndjson. What the class has no attribute
 * for (people, the reason for the department, commands) stands in `unmapped`.
 *
 * Source: Open Cybersecurity Schema Framework 1.8.0, class data_security_finding.
 */
import type { Confidence } from '../model/detector.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Status } from '../model/lifecycle.ts';
import { oneLine, plain } from '../model/plain.ts';
import type { Report, RunInfo } from '../model/report.ts';
import { byUrgency, isOpen } from './figures.ts';
import { type Locale, localeOf, type Setting } from './locale.ts';
import { becauseTexts, peopleText, severityReason, whoCanRead } from './words.ts';

const VERSION = '1.8.0';
const CATEGORY = { uid: 2, name: 'Findings' } as const;
const CLASS = { uid: 2006, name: 'Data Security Finding' } as const;

interface Coded {
  readonly id: number;
  /** The caption that the schema gives the id. */
  readonly text: string;
}

const SEVERITY: Readonly<Record<Severity, Coded>> = {
  critical: { id: 5, text: 'Critical' },
  high: { id: 4, text: 'High' },
  medium: { id: 3, text: 'Medium' },
  low: { id: 2, text: 'Low' },
};

const CONFIDENCE: Readonly<Record<Confidence, Coded>> = {
  low: { id: 1, text: 'Low' },
  medium: { id: 2, text: 'Medium' },
  high: { id: 3, text: 'High' },
};

const CREATE: Coded = { id: 1, text: 'Create' };
const UPDATE: Coded = { id: 2, text: 'Update' };
const CLOSE: Coded = { id: 3, text: 'Close' };

const NEW: Coded = { id: 1, text: 'New' };
const IN_PROGRESS: Coded = { id: 2, text: 'In Progress' };
const SUPPRESSED: Coded = { id: 3, text: 'Suppressed' };
const RESOLVED: Coded = { id: 4, text: 'Resolved' };

const STATUS: Readonly<Record<Status, Coded>> = {
  new: NEW,
  open: NEW,
  reopened: NEW,
  acknowledged: IN_PROGRESS,
  'not-ours': IN_PROGRESS,
  accepted: SUPPRESSED,
  fixed: RESOLVED,
  // Another finding stands for it.
  moved: SUPPRESSED,
};

/** Providers that the schema has a number for; the others are resources only. */
const BUCKETS: Readonly<Record<string, Coded>> = {
  s3: { id: 1, text: 'S3' },
  'azure-blob': { id: 2, text: 'Azure Blob' },
  gcs: { id: 3, text: 'GCP Bucket' },
};

/** Data Security Posture Management. */
const DETECTION_SYSTEM: Coded = { id: 12, text: 'Data Security Posture Management' };
const PERSONAL: Coded = { id: 1, text: 'Personal' };
const AT_REST: Coded = { id: 1, text: 'Data at-Rest' };
const RULE: Coded = { id: 1, text: 'Rule' };

/** One event a line, the most urgent first. */
export function* ocsfPieces(report: Report, setting: Setting = {}): Generator<string> {
  const locale = localeOf(setting);
  for (const finding of [...report.findings].sort(byUrgency)) {
    yield `${JSON.stringify(event(finding, report.run, locale))}\n`;
  }
}

function event(finding: Finding, run: RunInfo, locale: Locale): object {
  const status = locale.standings.get(finding.id)?.status;
  const activity = activityOf(finding, run, status);
  const standing = status === undefined ? (activity === CREATE ? NEW : undefined) : STATUS[status];
  const severity = SEVERITY[finding.severity];
  const confidence = CONFIDENCE[finding.confidence];
  const bucket = BUCKETS[finding.asset.provider];
  return {
    metadata: {
      version: VERSION,
      uid: `${run.id}/${finding.id}`,
      product: { name: 'ajar', vendor_name: 'ajar', version: run.version, lang: locale.language },
    },
    category_uid: CATEGORY.uid,
    category_name: CATEGORY.name,
    class_uid: CLASS.uid,
    class_name: CLASS.name,
    activity_id: activity.id,
    activity_name: activity.text,
    type_uid: CLASS.uid * 100 + activity.id,
    type_name: `${CLASS.name}: ${activity.text}`,
    time: Date.parse(run.finishedAt ?? run.startedAt),
    severity_id: severity.id,
    severity: severity.text,
    confidence_id: confidence.id,
    confidence: confidence.text,
    ...(standing ? { status_id: standing.id, status: standing.text } : {}),
    is_alert: activity !== CLOSE && standing !== SUPPRESSED,
    risk_score: Math.round(finding.score.reduce((sum, part) => sum + part.points, 0)),
    message: oneLine(`${finding.asset.id}: ${whoCanRead(finding, locale)}`),
    finding_info: info(finding, run, locale),
    data_security: dataSecurity(finding),
    ...(bucket ? { databucket: databucket(finding, bucket) } : {}),
    resources: [resource(finding, locale)],
    unmapped: unmapped(finding, status, locale),
  };
}

/** Known before this run: updated. Proved closed: closed. */
function activityOf(finding: Finding, run: RunInfo, status: Status | undefined): Coded {
  if (status === 'fixed') return CLOSE;
  if (status !== undefined) return status === 'new' ? CREATE : UPDATE;
  return Date.parse(finding.firstKnown) >= Date.parse(run.startedAt) ? CREATE : UPDATE;
}

function info(finding: Finding, run: RunInfo, locale: Locale): object {
  return {
    uid: finding.id,
    title: oneLine(`${locale.words.page.title}: ${finding.asset.name}`),
    desc: oneLine(`${peopleText(finding.people, locale)}; ${severityReason(finding, locale)}`),
    types: [locale.words.code.state[finding.verdict.read]],
    created_time: Date.parse(finding.firstKnown),
    first_seen_time: Date.parse(finding.firstKnown),
    last_seen_time: Date.parse(run.startedAt),
    analytic: { type_id: RULE.id, type: RULE.text, name: 'ajar', uid: finding.verdict.read },
  };
}

function dataSecurity(finding: Finding): object {
  return {
    category_id: PERSONAL.id,
    category: PERSONAL.text,
    data_lifecycle_state_id: AT_REST.id,
    data_lifecycle_state: AT_REST.text,
    detection_system_id: DETECTION_SYSTEM.id,
    detection_system: DETECTION_SYSTEM.text,
    detection_pattern: finding.detectors.map(({ id }) => id).join(', '),
    discovery_details: finding.detectors.map(({ id, hits }) => ({ type: id, count: hits })),
    ...(finding.samples[0] ? { pattern_match: plain(finding.samples[0].masked) } : {}),
    total: finding.detectors.reduce((sum, { hits }) => sum + hits, 0),
  };
}

function databucket({ asset, verdict }: Finding, bucket: Coded): object {
  return {
    type_id: bucket.id,
    type: bucket.text,
    name: plain(asset.name),
    uid: plain(asset.id),
    is_public: isOpen(verdict.read),
  };
}

function resource({ asset, owner }: Finding, locale: Locale): object {
  const group = owner && { uid: owner.id, name: plain(locale.owner(owner.id, owner.name)) };
  return {
    uid: plain(asset.id),
    name: plain(asset.name),
    type: asset.provider,
    ...(group ? { group } : {}),
  };
}

function unmapped(finding: Finding, status: Status | undefined, locale: Locale): object {
  const { atLeast, atMost } = finding.people;
  return {
    slice: finding.slice,
    people: { at_least: atLeast, at_most: atMost },
    read: finding.verdict.read,
    list: finding.verdict.list,
    because: becauseTexts(finding, locale),
    disagreement: finding.verdict.disagreement,
    owner_reason: finding.ownerReason,
    exposed_since: finding.since,
    deadline: finding.deadline,
    status: status ?? null,
    remedy: finding.remedy.map(({ purpose, what, command }) => ({ purpose, what, command })),
  };
}
