/** What a department gets told. */
import type { Because, State } from './access.ts';
import type { Confidence, Form } from './detector.ts';

/** The worst first: lists are in this order. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface DetectorCount {
  readonly id: string;
  readonly form: Form;
  readonly hits: number;
  /** Distinct values. */
  readonly people: number;
  readonly confidence: Confidence;
}

/**
 * Distinct people whom what was read names: at least as many as have one kind of identity number, at
 * most all, since people whom two files name by different numbers may be the same.
 */
export interface PeopleCount {
  readonly atLeast: number;
  readonly atMost: number;
}

export interface Sample {
  readonly detector: string;
  readonly masked: string;
  /** Masked object key and place. */
  readonly place: string;
  /** `ajar locate REF` prints the key. */
  readonly ref: string;
}

export interface RemedyStep {
  /** `close`: the least that shuts this door. `guard`: keeps it shut. `remove`: the data itself. `prove`: replays the anonymous request. */
  readonly purpose: 'close' | 'guard' | 'remove' | 'prove';
  readonly what: string;
  /** A shell command, with `"$(ajar locate REF)"` where a key would stand. */
  readonly command: string;
}

export interface FindingVerdict {
  readonly read: State;
  readonly list: State;
  readonly because: readonly string[];
  /** The same as data, for readers of other languages; every parameter masked. */
  readonly reasons: readonly Because[];
  readonly disagreement: string | null;
}

/** One published weight of docs/severity.md and what earned it. */
export interface ScorePart {
  readonly code:
    | 'who'
    | 'listable'
    | 'guessable'
    | 'what'
    /** A name, an address, a date of birth or contact details beside the identifier. */
    | 'beside'
    | 'people'
    | 'duration'
    | 'lapsed';
  /** What earned it, as data: a state, a detector kind, a number. */
  readonly value: string;
  readonly points: number;
}

/** A contract or a purpose that ended while people's data stayed. */
export interface Lapsed {
  readonly what: 'contract' | 'purpose';
  /** ISO 8601 date. */
  readonly on: string;
}

export interface Finding {
  /** A hash of asset, slice and owner: the same in every run. */
  readonly id: string;
  readonly asset: { readonly id: string; readonly provider: string; readonly name: string };
  /** `*` or the exposed part, masked. */
  readonly slice: string;
  readonly detectors: readonly DetectorCount[];
  readonly people: PeopleCount;
  readonly confidence: Confidence;
  readonly severity: Severity;
  /** What the severity is made of; the sum decides. */
  readonly score: readonly ScorePart[];
  readonly verdict: FindingVerdict;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly ownerReason: string;
  readonly ownerConfidence: 'high' | 'medium' | 'low' | 'none';
  /** Null where nothing has ended. */
  readonly lapsed: Lapsed | null;
  readonly samples: readonly Sample[];
  readonly remedy: readonly RemedyStep[];
  /** ISO 8601. When ajar first saw it; deadlines run from here. */
  readonly firstKnown: string;
  /** ISO 8601: the oldest exposed object's date with people in it; null where the provider gives none. */
  readonly since: string | null;
  /** ISO 8601. */
  readonly deadline: string;
}
