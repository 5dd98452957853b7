/**
 * What a report says, as a type: each language is one catalogue of this shape, so that a sentence
 * that is missing somewhere is a type error and not an English word in a Japanese letter.
 *
 * Reasons of verdicts have tables of their own (`because/`), and so have detectors (`titles/`).
 */

import type { State } from '../../model/access.ts';
import type { Authorisation } from '../../model/authorisation.ts';
import type { Confidence, DetectorKind, Form } from '../../model/detector.ts';
import type { ScanErrorCode } from '../../model/errors.ts';
import type { Lapsed, RemedyStep, ScorePart, Severity } from '../../model/finding.ts';
import type { Language } from '../../model/language.ts';
import type { Status } from '../../model/lifecycle.ts';
import type { Formats } from './formats.ts';

/** Columns of a department's list, in CSV and XLSX. */
export const COLUMN_KEYS = [
  'deadline',
  'severity',
  'department',
  'status',
  'provider',
  'asset',
  'part',
  'who',
  'peopleAtLeast',
  'peopleAtMost',
  'contents',
  'samples',
  'since',
  'firstKnown',
  'close',
  'guard',
  'remove',
  'prove',
  'why',
  'reading',
  'listing',
  'disagreement',
  'confidence',
  'whyDepartment',
  'lapsed',
  'assetId',
  'finding',
] as const;
export type ColumnKey = (typeof COLUMN_KEYS)[number];

/** What the report counts; each with its number: `1 finding`, `12,031 findings`. */
export interface Counts {
  readonly people: (count: number) => string;
  readonly findings: (count: number) => string;
  readonly departments: (count: number) => string;
  readonly places: (count: number) => string;
  readonly assets: (count: number) => string;
  readonly objects: (count: number) => string;
  readonly gaps: (count: number) => string;
  readonly targets: (count: number) => string;
}

/** Codes of the model in words. */
export interface Codes {
  /** Tags and column heads. */
  readonly state: Readonly<Record<State, string>>;
  /** The same as an answer to "who can read it?", for narrow columns. */
  readonly reader: Readonly<Record<State, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly status: Readonly<Record<Status, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly form: Readonly<Record<Form, string>>;
  readonly kind: Readonly<Record<DetectorKind, string>>;
  readonly purpose: Readonly<Record<RemedyStep['purpose'], string>>;
  readonly gap: Readonly<Record<ScanErrorCode, string>>;
  readonly score: Readonly<Record<ScorePart['code'], string>>;
  readonly column: Readonly<Record<ColumnKey, string>>;
  /** Sentences that the scanner keeps in English, by that sentence: why objects were left out. */
  readonly skip: Readonly<Record<string, string>>;
}

/** Sentences about findings, shared by all formats. */
export interface Sentences {
  /** `a to b people` */
  readonly peopleRange: (atLeast: number, atMost: number) => string;
  readonly peopleAtLeast: (atLeast: number) => string;
  /** Who can read it, without a full stop. */
  readonly who: Readonly<Record<State, string>>;
  /** Goes on after {@link who}: whether the files can be listed. */
  readonly listing: Readonly<Record<State, string>>;
  /** {@link who} in a few words; `addressOnly` where the list is closed. */
  readonly whoBriefly: Readonly<Record<State | 'addressOnly', string>>;
  readonly unknownDoor: string;
  readonly readableBy: (who: string) => string;
  readonly confidenceOf: (confidence: Confidence) => string;
  readonly personalData: string;
  /** Between facts; with the space that follows it. */
  readonly comma: string;
  readonly semicolon: string;
  /** Why a department answers for it; `rule` is in the words of owners.yaml. */
  readonly byRule: (rule: string) => string;
  readonly byHand: string;
  readonly noRule: string;
  readonly unowned: string;
  readonly noOwner: string;
  readonly lapsed: (what: Lapsed['what'], day: string) => string;
  readonly points: (points: number) => string;
  /** `title: 12 (in full, high confidence)` */
  readonly contents: (title: string, people: number, form: Form, confidence: Confidence) => string;
  readonly sampleAt: (masked: string, place: string) => string;
  readonly claimEverything: (objects: number) => string;
  readonly claimSample: (read: number, listed: number, atMost: string | null) => string;
  readonly claimNone: string;
  readonly claimUnread: string;
  readonly claimNothing: string;
  /** `a, b and 2 more` */
  readonly list: (items: readonly string[], rest: number) => string;
  readonly nothingFound: string;
  readonly nothingFoundGaps: string;
  readonly nothingFoundSample: string;
  readonly filtered: (filters: readonly string[]) => string;
  readonly filterOwner: (name: string) => string;
  readonly filterSeverity: (severity: Severity) => string;
  readonly filterStatus: (statuses: readonly Status[]) => string;
}

/** The sentence that is read out in a meeting. */
export interface LeadWords {
  readonly whose: (people: number, atLeast: boolean) => string;
  readonly read: (places: number) => string;
  readonly unclear: (places: number) => string;
  readonly both: (read: number, unclear: number) => string;
  readonly mustAct: (departments: number) => string;
  readonly nobody: string;
  readonly join: (whose: string, where: string, act: string) => string;
}

/** The page, part by part. */
export interface PageWords {
  readonly title: string;
  readonly contents: string;
  readonly scanOf: (targets: number) => string;
  /** Of a sweep: who allowed it, and what. */
  readonly authorised: (given: Authorisation) => string;
  readonly notFinished: string;
  readonly unfinishedHead: string;
  readonly unfinished: string;
  readonly gapsHead: (gaps: number) => string;
  readonly gapsNote: string;
  readonly gapsLink: string;
  readonly asPlanned: string;
  readonly claimLink: string;
  readonly peopleExposed: string;
  readonly findings: string;
  readonly departments: string;
  readonly placesLookedAt: string;
  readonly nextDeadline: string;
  readonly none: string;
  readonly nothingToClose: string;
  readonly nothingFound: string;
  readonly noneFound: string;
  readonly countedOnce: string;
  readonly atLeastOnce: string;
  readonly withFindings: string;
  readonly withoutDepartment: (findings: number) => string;
  readonly severityCount: (count: number, severity: Severity) => string;
  readonly openAndUnknown: (open: number, unknown: number) => string;
  readonly peopleByDepartment: string;
  readonly peopleByDepartmentWhy: string;
  readonly bar: (findings: number, severity: Severity) => string;
  readonly peopleOverTime: string;
  readonly peopleOverTimeWhy: string;
  readonly doors: string;
  readonly doorsWhy: string;
  readonly provider: string;
  readonly all: string;
  readonly lists: string;
  readonly listsWhy: string;
  readonly filterHint: string;
  readonly filterLabel: string;
  /** `{n}` and `{all}` are put in by the page's script. */
  readonly filterShown: string;
  /** A button; `{n}` and `{all}` likewise. */
  readonly showMore: string;
  /** Also on paper. */
  readonly noScript: (rest: string, file: string) => string;
  readonly loading: string;
  readonly tooOld: string;
  readonly orphanNote: string;
  readonly contact: string;
  readonly asTable: string;
  readonly departmentSub: (people: string, findings: number) => string;
  readonly firstDeadline: string;
  readonly sentenceEnd: string;
  readonly whoCanRead: string;
  readonly people: string;
  readonly byWhatWasRead: (people: string) => string;
  readonly howWeKnow: string;
  readonly disagreement: string;
  readonly exposedSince: string;
  readonly sinceUnknown: string;
  readonly since: (day: string) => string;
  readonly firstKnown: string;
  readonly deadlineRuns: (minute: string) => string;
  readonly why: (severity: Severity) => string;
  readonly whyDepartment: string;
  readonly finding: string;
  readonly status: string;
  readonly statusBy: (who: string, minute: string) => string;
  readonly until: (day: string) => string;
  readonly lapsed: string;
  readonly whatLiesThere: string;
  readonly kindHeads: readonly [
    kind: string,
    values: string,
    met: string,
    written: string,
    confidence: string,
  ];
  readonly samples: string;
  readonly samplesNote: string;
  readonly whatToDo: string;
  readonly noStep: string;
  readonly others: string;
  readonly othersWhy: string;
  readonly otherHeads: readonly [
    place: string,
    read: string,
    list: string,
    write: string,
    why: string,
    what: string,
  ];
  readonly notEverything: string;
  readonly noStatement: string;
  readonly clean: string;
  readonly cleanWhy: string;
  readonly readOf: (
    objects: string,
    listed: string,
    bytes: string,
    bytesListed: string,
    places: string,
  ) => string;
  readonly lowerBounds: string;
  readonly placeByPlace: (places: number) => string;
  readonly claimHeads: readonly [
    place: string,
    objects: string,
    bytes: string,
    say: string,
    left: string,
  ];
  readonly ofTotal: (part: string, all: string) => string;
  readonly skipped: (reason: string, objects: number) => string;
  readonly gaps: string;
  readonly gapsNone: string;
  readonly gapsWhy: (kinds: readonly string[]) => string;
  readonly gapKind: (count: number, label: string) => string;
  readonly gapHeads: readonly [why: string, place: string, what: string, detail: string];
  readonly gapsMissing: (gaps: number) => string;
  readonly allOfIt: string;
  readonly madeBy: (version: string) => string;
  readonly run: string;
  readonly seed: (seed: number) => string;
  readonly targets: string;
  readonly handle: string;
}

/** The terminal. */
export interface TerminalWords {
  readonly exposed: (people: number, atLeast: boolean, findings: number) => string;
  readonly lookedAt: (assets: number, open: number, unknown: number) => string;
  readonly readIn: (read: number, objects: number) => string;
  readonly department: string;
  readonly worst: string;
  readonly findings: string;
  readonly people: string;
  readonly firstDeadline: string;
  readonly whoCanRead: string;
  readonly interrupted: string;
  readonly unjudged: (assets: number) => string;
  readonly gaps: (gaps: number) => string;
  readonly more: (findings: number) => string;
  readonly act: (who: string, what: string, day: string, until: string) => string;
  readonly whatLies: (people: string, kinds: string) => string;
}

/** A department's list as a mail, and as a workbook. */
export interface LetterWords {
  readonly subject: (department: string, findings: number, day: string | null) => string;
  readonly greeting: (department: string) => string;
  readonly found: (findings: number, people: string) => string;
  readonly foundNothing: string;
  readonly deadline: (day: string, until: string) => string;
  readonly attached: string;
  readonly doFirst: string;
  readonly masked: string;
  readonly secret: string;
  readonly finding: string;
  readonly deadlineHead: string;
  readonly summary: string;
  readonly worst: string;
  readonly cellCut: string;
}

export interface Words extends Formats, Counts {
  readonly language: Language;
  readonly until: (fromIso: string, toIso: string) => string;
  readonly duration: (ms: number) => string;
  readonly code: Codes;
  readonly say: Sentences;
  readonly lead: LeadWords;
  readonly page: PageWords;
  readonly terminal: TerminalWords;
  readonly letter: LetterWords;
}
