/** What the report's codes mean, in words for a reader who has never seen a bucket policy. */
import type { State } from '../model/access.ts';
import type { Form } from '../model/detector.ts';
import type { ScanErrorCode } from '../model/errors.ts';
import type { Finding, PeopleCount, RemedyStep, Severity } from '../model/finding.ts';
import { counted, countText } from './numbers.ts';

/** Detector ids to titles (`jp.mynumber` → `Japan My Number`); an id without a title is shown itself. */
export type Titles = Readonly<Record<string, string>>;

export const STATES: readonly State[] = [
  'open',
  'partly-open',
  'open-to-any-account',
  'unknown',
  'closed',
];

/** Column heads and tags. */
export const STATE_LABEL: Readonly<Record<State, string>> = {
  open: 'open to anyone',
  'partly-open': 'partly open',
  'open-to-any-account': 'open to any account',
  unknown: 'unknown',
  closed: 'closed',
};

/** The same as an answer to "who can read it?", for narrow columns. */
export const STATE_READER: Readonly<Record<State, string>> = {
  open: 'anyone',
  'partly-open': 'anyone (a part)',
  'open-to-any-account': 'any account',
  unknown: 'unknown',
  closed: 'nobody',
};

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export const PURPOSE_HEAD: Readonly<Record<RemedyStep['purpose'], string>> = {
  close: 'Close it',
  guard: 'Keep it closed',
  remove: 'Take the data away',
  prove: 'Prove it',
};

export const FORM_NOTE: Readonly<Record<Form, string>> = {
  full: 'in full',
  masked: 'masked at its source',
  partial: 'in part',
};

export const GAP_LABEL: Readonly<Record<ScanErrorCode, string>> = {
  denied: 'access denied',
  'not-found': 'not found',
  unreachable: 'unreachable',
  timeout: 'timed out',
  throttled: 'slowed down by the provider',
  malformed: 'damaged or malformed',
  unsupported: 'format not read',
  encrypted: 'encrypted',
  truncated: 'cut short',
  'too-large': 'over a limit',
  'out-of-scope': 'out of scope',
  changed: 'changed while being read',
  interrupted: 'interrupted',
  'no-credentials': 'no credentials',
};

/** `1,204 people`, `1,204 to 3,000 people`, `at least 1,204 people` when nothing bounds it. */
export function peopleText(people: PeopleCount): string {
  const { atLeast, atMost } = people;
  if (atMost === atLeast) return counted(atLeast, 'person', 'people');
  if (atMost < atLeast || !Number.isFinite(atMost)) {
    return `at least ${counted(atLeast, 'person', 'people')}`;
  }
  return `${countText(atLeast)} to ${countText(atMost)} people`;
}

/** For narrow columns: `1,204` or `≥ 1,204`. */
export function peopleFigure(people: PeopleCount): string {
  return people.atMost === people.atLeast
    ? countText(people.atLeast)
    : `≥ ${countText(people.atLeast)}`;
}

/** Who can read it, as a sentence without its full stop. */
export function whoCanRead(finding: Pick<Finding, 'verdict' | 'slice'>): string {
  const { read, list } = finding.verdict;
  const listing = LISTING[list];
  if (read === 'open') return `Anyone on the internet, without a password${listing}`;
  if (read === 'partly-open') {
    return `Anyone on the internet, without a password, a part of it${listing}`;
  }
  if (read === 'open-to-any-account') {
    return `Anyone who opens an account with that cloud, free and unchecked${listing}`;
  }
  if (read === 'unknown') {
    return `Could not be determined; treat it as open until it is proved closed${listing}`;
  }
  return `Nobody without permission${listing}`;
}

const LISTING: Readonly<Record<State, string>> = {
  open: '; the list of files is open too',
  'partly-open': '; a part of the list of files is open too',
  'open-to-any-account': '; any account of that cloud can list the files',
  unknown: '; whether the files can be listed is unknown',
  closed: '; the address of a file must be known or guessed',
};

/** The same in a few words, for a row. */
export function whoBriefly(finding: Pick<Finding, 'verdict'>): string {
  const { read, list } = finding.verdict;
  if (read === 'open') {
    return list === 'open' ? 'anyone, list and files' : 'anyone who has the address';
  }
  if (read === 'partly-open') return 'anyone, a part of it';
  if (read === 'open-to-any-account') return 'any account of that cloud';
  if (read === 'unknown') return 'unknown, treat as open';
  return 'nobody without permission';
}

/** Why it is as urgent as it is: the facts the severity was made of. */
export function severityReason(finding: Finding, titles: Titles = {}): string {
  const kinds = [...new Set(finding.detectors.map((each) => detectorTitle(each.id, titles)))];
  const what = kinds.length === 0 ? 'personal data' : listText(kinds, 3);
  const door =
    finding.verdict.read === 'unknown'
      ? 'nobody could tell who can read it'
      : `readable by ${whoBriefly(finding)}`;
  return `${door}; ${peopleText(finding.people)}; ${what}; ${finding.confidence} confidence`;
}

export function detectorTitle(id: string, titles: Titles): string {
  return Object.hasOwn(titles, id) ? (titles[id] ?? id) : id;
}

/** `a, b and 2 more` */
export function listText(items: readonly string[], most: number): string {
  const shown = items.slice(0, most);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
    : (shown[0] ?? '');
}
