/**
 * IAM condition operators on one key's value in one request.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Creating a
 * condition with multiple keys or values".
 */
import { type AddressRange, ALL_ADDRESSES, holding, joined, parseCidr } from './address.ts';
import { globMatches } from './glob.ts';

export type Truth = 'true' | 'false' | 'unknown';

export interface Operator {
  readonly set: 'all' | 'any' | null;
  /** Lower case, without negation, prefix and suffix: `stringlike`. */
  readonly base: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
}

/** Positive forms by their negated spelling. */
const NEGATED: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  notipaddress: 'ipaddress',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
};

/** Every policy writes them alike; what nobody writes twice is not worth keeping. */
const operators = new Map<string, Operator>();
const MAX_OPERATORS = 500;

export function parseOperator(text: string): Operator {
  const before = operators.get(text);
  if (before) return before;
  if (operators.size >= MAX_OPERATORS) operators.clear();
  const parsed = operatorOf(text);
  operators.set(text, parsed);
  return parsed;
}

function operatorOf(text: string): Operator {
  const [, set, name = ''] =
    /^(?:(forallvalues|foranyvalue):)?(.*)$/.exec(text.toLowerCase()) ?? [];
  const ifExists = name.endsWith('ifexists');
  const plain = ifExists ? name.slice(0, -'ifexists'.length) : name;
  const positive = NEGATED[plain];
  return {
    set: set === 'forallvalues' ? 'all' : set === 'foranyvalue' ? 'any' : null,
    base: positive ?? plain,
    negated: positive !== undefined,
    ifExists,
  };
}

/** `actual` null: the request does not carry the key. `wanted`: the policy's values, OR between them. `address`: the range that `actual` stands for, where it does. */
export function holds(
  operator: Operator,
  actual: readonly string[] | null,
  wanted: readonly string[],
  address: AddressRange | null = null,
): Truth {
  if (operator.base === 'null') {
    return truth(wanted.some((value) => (value.toLowerCase() === 'true') === (actual === null)));
  }
  const compare = COMPARE[operator.base];
  if (!compare && operator.base !== 'ipaddress') return 'unknown';
  if (actual === null) {
    if (operator.ifExists || operator.set === 'all') return 'true';
    if (operator.set === 'any') return 'false';
    return truth(operator.negated);
  }
  const each = actual.map((value): Truth => {
    const found = compare
      ? either(wanted, (pattern) => compare(value, pattern))
      : inRanges(address ?? parseCidr(value), wanted);
    return operator.negated ? opposite(found) : found;
  });
  return operator.set === 'all' ? both(each) : either(each, (one) => one);
}

export function both(parts: readonly Truth[]): Truth {
  if (parts.includes('false')) return 'false';
  return parts.includes('unknown') ? 'unknown' : 'true';
}

/** True as soon as one is. */
function either<T>(parts: readonly T[], judge: (part: T) => Truth): Truth {
  let result: Truth = 'false';
  for (const part of parts) {
    const said = judge(part);
    if (said === 'true') return said;
    if (said === 'unknown') result = said;
  }
  return result;
}

function opposite(value: Truth): Truth {
  return value === 'unknown' ? value : truth(value === 'false');
}

function truth(value: boolean): Truth {
  return value ? 'true' : 'false';
}

type Compare = (actual: string, wanted: string) => Truth;

const numeric =
  (test: (a: number, b: number) => boolean): Compare =>
  (actual, wanted) => {
    const [a, b] = [number(actual), number(wanted)];
    return Number.isNaN(b) ? 'unknown' : truth(!Number.isNaN(a) && test(a, b));
  };

const dated =
  (test: (a: number, b: number) => boolean): Compare =>
  (actual, wanted) => {
    const [a, b] = [instant(actual), instant(wanted)];
    return Number.isNaN(b) ? 'unknown' : truth(!Number.isNaN(a) && test(a, b));
  };

/** The ranges of one condition, sorted and joined, by its list of values. */
interface Ranges {
  readonly known: readonly AddressRange[];
  /** Some value is no range. */
  readonly odd: boolean;
}

const ranges = new WeakMap<readonly string[], Ranges>();

function rangesOf(wanted: readonly string[]): Ranges {
  const before = ranges.get(wanted);
  if (before) return before;
  // No provider accepts a bare *, but who writes it means any address.
  const parts = wanted.map((value) => (value === '*' ? ALL_ADDRESSES : parseCidr(value)));
  const found = {
    known: joined(parts.flatMap((part) => part ?? [])),
    odd: parts.includes(null),
  };
  ranges.set(wanted, found);
  return found;
}

function inRanges(address: AddressRange | null, wanted: readonly string[]): Truth {
  const { known, odd } = rangesOf(wanted);
  if (address && holding(known, address)) return 'true';
  return odd ? 'unknown' : 'false';
}

/** ArnEquals and ArnLike behave alike: wildcards hold within each of the six parts. */
const arn: Compare = (actual, wanted) => {
  if (wanted === '*') return 'true';
  const [a, b] = [arnParts(actual), arnParts(wanted)];
  return truth(b.length === a.length && b.every((part, i) => globMatches(part, a[i] ?? '')));
};

const COMPARE: Readonly<Record<string, Compare>> = {
  stringequals: (a, b) => truth(a === b),
  stringequalsignorecase: (a, b) => truth(a.toLowerCase() === b.toLowerCase()),
  stringlike: (a, b) => truth(globMatches(b, a)),
  arnequals: arn,
  arnlike: arn,
  bool: (a, b) => truth(a.toLowerCase() === b.toLowerCase()),
  binaryequals: (a, b) => truth(a === b),
  numericequals: numeric((a, b) => a === b),
  numericlessthan: numeric((a, b) => a < b),
  numericlessthanequals: numeric((a, b) => a <= b),
  numericgreaterthan: numeric((a, b) => a > b),
  numericgreaterthanequals: numeric((a, b) => a >= b),
  dateequals: dated((a, b) => a === b),
  datelessthan: dated((a, b) => a < b),
  datelessthanequals: dated((a, b) => a <= b),
  dategreaterthan: dated((a, b) => a > b),
  dategreaterthanequals: dated((a, b) => a >= b),
};

/** Six parts; the resource keeps its own colons. */
export function arnParts(text: string): readonly string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

export function number(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Milliseconds since the epoch, from ISO 8601 or epoch seconds. */
export function instant(text: string): number {
  const value = text.trim();
  return /^\d{1,12}$/.test(value) && value.length > 4 ? Number(value) * 1000 : Date.parse(value);
}
