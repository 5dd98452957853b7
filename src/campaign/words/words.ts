/**
 * What a campaign writes, as a type: each language is one catalogue of this shape, so that a sentence
 * that is missing somewhere is a type error and not an English word in a Japanese letter.
 */
import type { State } from '../../model/access.ts';
import type { AnswerKind } from '../../model/campaign.ts';
import type { Severity } from '../../model/finding.ts';

/** Columns of the list that goes out and comes back with its answers. */
export const COLUMNS = [
  'department',
  'finding',
  'severity',
  'place',
  'part',
  'who',
  'people',
  'contents',
  'deadline',
  'close',
  'prove',
  'answer',
  'reason',
  'until',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface LetterFacts {
  readonly department: string;
  readonly office: string;
  readonly campaign: string;
  /** In the reader's form. */
  readonly due: string;
  readonly findings: number;
  readonly people: string;
  /** Findings that are not answered yet. */
  readonly left: number;
  /** Where answers go; empty where the office has no address. */
  readonly replyTo: string;
  /** The file that is attached. */
  readonly file: string;
}

export interface Letter {
  readonly subject: string;
  /** Paragraphs before the findings. */
  readonly before: readonly string[];
  /** Paragraphs after them. */
  readonly after: readonly string[];
}

export interface NoticeFacts {
  readonly fresh: number;
  readonly reopened: number;
  readonly late: number;
  readonly people: string;
}

/** Of one finding in a letter. */
export interface EntryLabels {
  readonly who: string;
  readonly contents: string;
  readonly people: string;
  readonly deadline: string;
  readonly close: string;
}

export interface Words {
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  readonly columns: Readonly<Record<Column, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  /** Who can read it. */
  readonly readers: Readonly<Record<State, string>>;
  /** Between a label and what it labels, with its space. */
  readonly colon: string;
  readonly labels: EntryLabels;
  /** As they stand in the answer column; the first is what letters ask for. */
  readonly answers: Readonly<Record<AnswerKind | 'nothing-to-report', readonly string[]>>;
  /** `412 people`; `at most 412 people`. */
  readonly people: (count: string, bound: 'exactly' | 'at most') => string;
  readonly orphans: string;
  readonly more: (count: number) => string;
  readonly list: (facts: LetterFacts) => Letter;
  readonly emptyList: (facts: LetterFacts) => Letter;
  readonly orphanList: (facts: LetterFacts) => Letter;
  /** The same letters where the office gets them for want of the department's address. */
  readonly passOn: (department: string) => string;
  readonly reminder: (facts: LetterFacts) => Letter;
  readonly escalation: (facts: LetterFacts) => Letter;
  readonly ended: (facts: {
    campaign: string;
    answered: number;
    departments: number;
    late: number;
    file: string;
  }) => Letter;
  readonly notice: (facts: NoticeFacts) => Letter;
}
