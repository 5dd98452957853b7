/**
 * Policy text → statements in one form. The text is another party's: whatever cannot be understood
 * is marked `odd`, so that it can neither open nor close anything for sure.
 */
import type { Answer } from '../../../model/access.ts';
import type { PolicyDocument } from '../../documents.ts';

export interface Patterns {
  /** NotAction, NotResource: everything but these. */
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface Condition {
  /** As written: `ForAllValues:StringLikeIfExists`. */
  readonly operator: string;
  /** Lower case: keys are case-insensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Whom a statement names, seen from outside. */
export interface Principals {
  /** Unsigned callers. `unknown`: a form that the provider refuses, such as `arn:aws:iam::*:root`. */
  readonly anonymous: Answer;
  /** Holders of any account whatever. */
  readonly strangers: Answer;
  /** Named so loosely that the provider calls it public; web identities are, though they need a token. */
  readonly loose: boolean;
}

export interface Statement {
  /** The Sid, or `#2` counting from 1. */
  readonly label: string;
  readonly effect: 'allow' | 'deny';
  readonly principals: Principals;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[];
  /** Policy variables are replaced from version 2012-10-17 on; before, `${…}` is plain text. */
  readonly variables: boolean;
  readonly odd: boolean;
}

/** The user that S3 files unsigned uploads under. */
export const ANONYMOUS_CANONICAL_ID = '65a011a29cdf8ec533ec3d1ccaae921c';

const NOBODY: Principals = { anonymous: 'no', strangers: 'no', loose: false };
const EVERYBODY: Principals = { anonymous: 'yes', strangers: 'yes', loose: true };

export function statements(policy: PolicyDocument): readonly Statement[] {
  const version = policy.Version;
  const variables = typeof version === 'string' && version >= '2012-10-17';
  return list(policy.Statement).flatMap((raw, index) => {
    const statement = one(raw, index, variables);
    return statement ? [statement] : [];
  });
}

function one(raw: unknown, index: number, variables: boolean): Statement | null {
  if (!isRecord(raw)) return null;
  const effect = String(raw.Effect ?? '').toLowerCase();
  if (effect !== 'allow' && effect !== 'deny') return null;
  const actions = patterns(raw.Action, raw.NotAction);
  const resources = patterns(raw.Resource, raw.NotResource);
  const conditions = readConditions(raw.Condition);
  return {
    label: typeof raw.Sid === 'string' && raw.Sid !== '' ? raw.Sid : `#${index + 1}`,
    effect,
    principals: principals(raw.Principal, raw.NotPrincipal),
    actions: {
      not: actions.not,
      patterns: actions.patterns.map((action) => action.toLowerCase()),
    },
    resources,
    conditions: conditions ?? [],
    variables,
    odd: conditions === null || actions.odd || resources.odd,
  };
}

function patterns(positive: unknown, negative: unknown): Patterns & { readonly odd: boolean } {
  const not = positive === undefined && negative !== undefined;
  const all = list(not ? negative : positive);
  const texts = all.filter((value): value is string => typeof value === 'string');
  const odd = texts.length < all.length;
  // What cannot be read may be anything.
  return { not, patterns: odd && !not ? [...texts, '*'] : texts, odd };
}

function readConditions(raw: unknown): readonly Condition[] | null {
  if (raw === undefined || raw === null) return [];
  if (!isRecord(raw)) return null;
  const result: Condition[] = [];
  for (const [operator, block] of Object.entries(raw)) {
    if (!isRecord(block)) return null;
    for (const [key, value] of Object.entries(block)) {
      const values = list(value);
      if (values.some((entry) => typeof entry === 'object')) return null;
      result.push({ operator, key: key.toLowerCase(), values: values.map(String) });
    }
  }
  return result;
}

function principals(positive: unknown, negative: unknown): Principals {
  if (positive !== undefined && positive !== null) return any(named(positive));
  if (negative === undefined || negative === null) return NOBODY;
  const excluded = any(named(negative));
  const rest = (answer: Answer): Answer =>
    answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'unknown';
  return {
    anonymous: rest(excluded.anonymous),
    strangers: rest(excluded.strangers),
    loose: excluded.anonymous !== 'yes',
  };
}

function named(raw: unknown): readonly Principals[] {
  if (!isRecord(raw)) return list(raw).map((value) => account(value));
  return Object.entries(raw).flatMap(([kind, value]) =>
    list(value).map((name) => {
      switch (kind.toLowerCase()) {
        case 'service':
          return name === '*' ? { ...NOBODY, loose: true } : NOBODY;
        case 'federated':
          return { ...NOBODY, loose: !/^arn:[^:]*:iam::\d{12}:/.test(String(name)) };
        default:
          return account(name);
      }
    }),
  );
}

function account(name: unknown): Principals {
  if (name === '*') return EVERYBODY;
  if (name === ANONYMOUS_CANONICAL_ID) {
    return { anonymous: 'yes', strangers: 'no', loose: true };
  }
  // Only a bare * may be a wildcard here; S3 refuses the rest, other servers may not.
  return typeof name === 'string' && name.includes('*') && wildAccount(name)
    ? { anonymous: 'unknown', strangers: 'unknown', loose: true }
    : NOBODY;
}

/** `arn:aws:iam::*:root` names any account; `arn:aws:iam::123456789012:user/*` only that one. */
function wildAccount(arn: string): boolean {
  const parts = arn.split(':');
  return parts.length < 5 || parts.slice(0, 5).some((part) => part.includes('*'));
}

function any(all: readonly Principals[]): Principals {
  const strongest = (answers: readonly Answer[]): Answer =>
    answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
  return {
    anonymous: strongest(all.map((one) => one.anonymous)),
    strangers: strongest(all.map((one) => one.strangers)),
    loose: all.some((one) => one.loose),
  };
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
