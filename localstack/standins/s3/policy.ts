/**
 * The stand-in's own reading of bucket policies: does a statement match this one request?
 *
 * It decides a concrete request with every key known or absent, which is what a server does; a scanner
 * reasons about all requests an outsider could make. The two share no code on purpose: each is the
 * other's check. Source: IAM user guide, "Policy evaluation logic" and "Condition operators".
 */
import { addressInRange } from './address.ts';

export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'account'; readonly id: string; readonly canonicalId: string };

export interface PolicyRequest {
  readonly caller: Caller;
  /** `s3:GetObject`. */
  readonly action: string;
  /** `arn:aws:s3:::bucket/key`. */
  readonly resource: string;
  /** Condition keys in lower case; a key that is absent has no entry. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

const ANONYMOUS_CANONICAL_ID = '65a011a29cdf8ec533ec3d1ccaae921c';

/** Null where the text is no policy: not JSON, no statement, a statement without its parts. */
export function parsePolicy(text: string): readonly Statement[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const statements = list(record(parsed)?.Statement).map((one) => record(one));
  if (statements.length === 0) return null;
  const whole = statements.every(
    (one) =>
      one !== undefined &&
      (one.Effect === 'Allow' || one.Effect === 'Deny') &&
      (one.Principal !== undefined || one.NotPrincipal !== undefined) &&
      (one.Action !== undefined || one.NotAction !== undefined) &&
      (one.Resource !== undefined || one.NotResource !== undefined),
  );
  return whole ? (statements as readonly Statement[]) : null;
}

/** `deny` beats `allow`; null where no statement speaks of the request. */
export function decide(
  statements: readonly Statement[],
  request: PolicyRequest,
): 'allow' | 'deny' | null {
  const matching = statements.filter((one) => matches(one, request));
  if (matching.some((one) => one.Effect === 'Deny')) return 'deny';
  return matching.some((one) => one.Effect === 'Allow') ? 'allow' : null;
}

function matches(statement: Statement, request: PolicyRequest): boolean {
  return (
    principalMatches(statement, request.caller) &&
    actionMatches(statement, request.action) &&
    resourceMatches(statement, request) &&
    conditionsHold(statement.Condition, request.context)
  );
}

function principalMatches(statement: Statement, caller: Caller): boolean {
  if (statement.NotPrincipal !== undefined) return !names(statement.NotPrincipal, caller);
  return names(statement.Principal, caller);
}

function names(principal: unknown, caller: Caller): boolean {
  if (principal === '*') return true;
  const kinds = record(principal) ?? {};
  const accounts = texts(kinds.AWS).some((value) => {
    if (value === '*') return true;
    if (caller.kind === 'anonymous') return false;
    return value === caller.id || value === `arn:aws:iam::${caller.id}:root`;
  });
  const canonical = caller.kind === 'anonymous' ? ANONYMOUS_CANONICAL_ID : caller.canonicalId;
  return accounts || texts(kinds.CanonicalUser).includes(canonical);
}

function actionMatches(statement: Statement, action: string): boolean {
  const covers = (patterns: unknown): boolean =>
    texts(patterns).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  return statement.NotAction !== undefined
    ? !covers(statement.NotAction)
    : covers(statement.Action);
}

function resourceMatches(statement: Statement, request: PolicyRequest): boolean {
  const covers = (patterns: unknown): boolean =>
    texts(patterns).some((pattern) =>
      like(fillVariables(pattern, request.context), request.resource),
    );
  return statement.NotResource !== undefined
    ? !covers(statement.NotResource)
    : covers(statement.Resource);
}

function conditionsHold(condition: unknown, context: PolicyRequest['context']): boolean {
  return Object.entries(record(condition) ?? {}).every(([operator, keys]) =>
    Object.entries(record(keys) ?? {}).every(([key, values]) =>
      conditionHolds(operator, context[key.toLowerCase()], texts(values), context),
    ),
  );
}

function conditionHolds(
  written: string,
  present: readonly string[] | undefined,
  values: readonly string[],
  context: PolicyRequest['context'],
): boolean {
  const [, quantifier = '', base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i.exec(written) ?? [];
  const operator = base.toLowerCase();
  if (operator === 'null') return values.some((value) => (value === 'true') === !present);
  if (!present || present.length === 0) {
    if (quantifier.toLowerCase() === 'foranyvalue') return false;
    return quantifier !== '' || ifExists !== undefined || negated(operator);
  }
  const filled = values.map((value) => fillVariables(value, context));
  const one = (value: string): boolean => {
    const hit = filled.some((wanted) => compare(operator, value, wanted));
    return negated(operator) ? !hit : hit;
  };
  return quantifier.toLowerCase() === 'forallvalues' ? present.every(one) : present.some(one);
}

function negated(operator: string): boolean {
  return operator.includes('not') && operator !== 'null';
}

/** The positive comparison of an operator; a negated one is turned round by the caller. */
function compare(operator: string, value: string, wanted: string): boolean {
  const kind = operator.replace('not', '');
  if (kind === 'stringequals') return value === wanted;
  if (kind === 'stringequalsignorecase') return value.toLowerCase() === wanted.toLowerCase();
  if (kind === 'stringlike' || kind === 'arnlike' || kind === 'arnequals')
    return like(wanted, value);
  if (kind === 'bool') return value.toLowerCase() === wanted.toLowerCase();
  if (kind === 'ipaddress') return addressInRange(value, wanted);
  if (kind.startsWith('numeric')) return ordered(kind.slice(7), Number(value), Number(wanted));
  if (kind.startsWith('date')) return ordered(kind.slice(4), instant(value), instant(wanted));
  return false;
}

function ordered(relation: string, a: number, b: number): boolean {
  if (relation === 'equals') return a === b;
  if (relation === 'lessthan') return a < b;
  if (relation === 'lessthanequals') return a <= b;
  if (relation === 'greaterthan') return a > b;
  return relation === 'greaterthanequals' && a >= b;
}

function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** An absent variable matches nothing; `${*}`, `${?}` and `${$}` are the signs themselves. */
function fillVariables(pattern: string, context: PolicyRequest['context']): string {
  return pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name === '*' || name === '?' || name === '$') return name;
    return context[name.toLowerCase()]?.[0] ?? '\u0000';
  });
}

/** `*` any run, `?` one character. Linear: the last star is the only place to go back to. */
export function like(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

export function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function texts(value: unknown): readonly string[] {
  return list(value).map((one) => String(one));
}
