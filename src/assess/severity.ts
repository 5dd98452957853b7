/**
 * How bad a finding is, as a sum anyone can check: who can read it, what it is, how many people.
 * The weights are published in docs/severity.md; there is nothing else to it.
 */
import type { ActionVerdict, State } from '../model/access.ts';
import type { Confidence, DetectorKind, Form } from '../model/detector.ts';
import type { Lapsed, ScorePart, Severity } from '../model/finding.ts';
import type { GuessableBy } from './guessable.ts';

export interface Evidence {
  readonly read: ActionVerdict;
  readonly list: ActionVerdict;
  /** What lies there, at medium or high confidence. */
  readonly kinds: readonly {
    readonly kind: DetectorKind;
    readonly form: Form;
    /** The fewest values that a mask leaves; null or left out where nothing is masked. */
    readonly candidates?: number | null;
  }[];
  readonly people: number;
  /** Days that the oldest exposed object with people in it has lain there; null or left out where nobody knows. */
  readonly days?: number | null;
  readonly lapsed?: Lapsed | null;
  /** What the exposed objects' names can be counted through by (guessable.ts); null or left out where they cannot. */
  readonly guessable?: GuessableBy | null;
}

/** Can anyone find it (list), or must the name be known or guessed? */
const WHO: Readonly<Record<State, number>> = {
  open: 30,
  'partly-open': 30,
  'open-to-any-account': 20,
  unknown: 10,
  closed: 0,
};
const LISTABLE = 10;
/** No list, but who has one address can count through to the others. */
const GUESSABLE = 5;

export const WHAT: Readonly<Record<DetectorKind, number>> = {
  person: 30,
  document: 30,
  account: 30,
  attribute: 15,
  contact: 10,
  company: 0,
};
/** What turns a number into somebody: beside an identifier in full, each adds. */
const BESIDE: Readonly<Partial<Record<DetectorKind, number>>> = { attribute: 5, contact: 5 };

/** A masked value still points at a person, less sharply. */
const MASKED_SHARE = 1 / 3;

const HOW_MANY: readonly (readonly [people: number, points: number])[] = [
  [10_000, 35],
  [1_000, 30],
  [100, 20],
  [10, 12],
  [1, 5],
];

/** By the oldest exposed object's date. A year is the seed of many copies. */
const HOW_LONG: readonly (readonly [days: number, points: number])[] = [
  [365, 10],
  [30, 5],
];

/** The contract or the purpose has ended: nobody may hold the data any more, open or not. */
const LAPSED = 20;

/** From how many points on; the worst first. */
export const LEVELS: readonly (readonly [points: number, severity: Severity])[] = [
  [90, 'critical'],
  [70, 'high'],
  [40, 'medium'],
  [0, 'low'],
];

/**
 * A mask that leaves fewer numbers for each person is none: they can be tried through one by one.
 * The last four of an NRIC leave about 900, with the year of birth beside them about nine.
 */
const CANDIDATES_AT_LEAST = 100;

function isReadable({ form, candidates }: Evidence['kinds'][number]): boolean {
  return form === 'full' || (candidates ?? CANDIDATES_AT_LEAST) < CANDIDATES_AT_LEAST;
}

function what(kinds: Evidence['kinds']): { kind: DetectorKind; points: number } {
  const worth = (one: Evidence['kinds'][number]): number =>
    WHAT[one.kind] * (isReadable(one) ? 1 : MASKED_SHARE);
  const worst = kinds.toSorted((a, b) => worth(b) - worth(a))[0];
  return worst ? { kind: worst.kind, points: worth(worst) } : { kind: 'company', points: 0 };
}

const IDENTIFIERS: readonly DetectorKind[] = ['person', 'document', 'account'];

/** Names, dates of birth and contact details beside an identifier that can be read; worth nothing without one. */
function beside(kinds: Evidence['kinds']): { kinds: readonly DetectorKind[]; points: number } {
  const identified = kinds.some((one) => IDENTIFIERS.includes(one.kind) && isReadable(one));
  const found = (Object.keys(BESIDE) as DetectorKind[]).filter(
    (kind) => identified && kinds.some((one) => one.kind === kind && one.form !== 'masked'),
  );
  return { kinds: found, points: found.reduce((sum, kind) => sum + (BESIDE[kind] ?? 0), 0) };
}

/** The weights that apply, each with what earned it; parts worth nothing are left out. */
export function scoreOf(evidence: Evidence): readonly ScorePart[] {
  const { read, list, kinds, people } = evidence;
  // Keys that can be listed are data too, even where the objects are closed.
  const byList = list.state === 'open' && WHO[read.state] < WHO.open;
  const worst = what(kinds);
  const added = beside(kinds);
  // A name in full beside a masked number does not make the number less masked.
  const identified = kinds.some((one) => one.kind !== 'attribute' && isReadable(one));
  const share = identified ? 1 : MASKED_SHARE;
  const days = evidence.days ?? 0;
  const parts: readonly ScorePart[] = [
    { code: 'who', value: byList ? 'open' : read.state, points: WHO[byList ? 'open' : read.state] },
    {
      code: 'listable',
      value: list.state,
      points: read.state !== 'closed' && list.state === 'open' ? LISTABLE : 0,
    },
    {
      code: 'guessable',
      value: evidence.guessable ?? '',
      points:
        evidence.guessable && read.state !== 'closed' && list.state !== 'open' ? GUESSABLE : 0,
    },
    { code: 'what', value: worst.kind, points: worst.points },
    { code: 'beside', value: added.kinds.join('+'), points: added.points },
    { code: 'people', value: String(people), points: from(HOW_MANY, people) * share },
    { code: 'duration', value: String(days), points: from(HOW_LONG, days) },
    {
      code: 'lapsed',
      value: evidence.lapsed?.on ?? '',
      points: evidence.lapsed ? LAPSED : 0,
    },
  ];
  return parts
    .map((part) => ({ ...part, points: Math.round(part.points * 10) / 10 }))
    .filter((part) => part.points > 0);
}

function from(table: readonly (readonly [least: number, points: number])[], value: number): number {
  return table.find(([least]) => value >= least)?.[1] ?? 0;
}

/** The sum of the parts; {@link severityOf} turns it into a word. */
export function points(evidence: Evidence): number {
  return Math.round(scoreOf(evidence).reduce((sum, part) => sum + part.points, 0));
}

export function severityOf(evidence: Evidence): Severity {
  const sum = points(evidence);
  return LEVELS.find(([least]) => sum >= least)?.[1] ?? 'low';
}

const ORDER: readonly Confidence[] = ['low', 'medium', 'high'];

export function highest(confidences: readonly Confidence[]): Confidence {
  return ORDER.findLast((level) => confidences.includes(level)) ?? 'low';
}

/** Below this many distinct people, contact details alone are an imprint or a help desk, not a register. */
const CONTACTS_AT_LEAST = 5;

/**
 * Is this worth a department's time? Contact details alone count only from
 * {@link CONTACTS_AT_LEAST} people on; names, addresses and dates of birth count nobody.
 */
export function isFinding(kinds: Evidence['kinds'], people: number): boolean {
  if (kinds.length === 0) return false;
  const onlyContacts = kinds.every(({ kind }) => kind === 'contact' || kind === 'attribute');
  return !onlyContacts || people >= CONTACTS_AT_LEAST;
}
