/**
 * A second opinion on bucket policies, written apart from src/exposure: it plays unsigned and signed
 * requests one by one against the raw JSON and never reasons about sets of keys or addresses.
 *
 * Small on purpose: only the operators and keys that the brute-force test draws policies from.
 */

export interface PlayedStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PlayedRequest {
  readonly caller: 'anonymous' | 'stranger';
  readonly call: string;
  readonly resource: string;
  /** What `${aws:userid}` stands for. */
  readonly userid: string;
}

/** By condition key in lower case; a key that is missing is absent from the request. */
export type Context = Readonly<Record<string, string>>;

/** The statements that name this caller, call and resource, whatever they ask of the request beyond. */
export function concerned(
  statements: readonly PlayedStatement[],
  version: string,
  request: PlayedRequest,
): readonly PlayedStatement[] {
  return statements.filter((statement) => concerns(statement, version, request));
}

/** The rule of IAM: some Allow matches and no Deny does. `statements` are those concerned. */
export function allowed(statements: readonly PlayedStatement[], context: Context): boolean {
  const matching = statements.filter((statement) =>
    questions(statement).every(({ key, answer }) => answer(context[key])),
  );
  return (
    matching.some(({ Effect }) => Effect === 'Allow') &&
    !matching.some(({ Effect }) => Effect === 'Deny')
  );
}

interface Question {
  readonly key: string;
  readonly answer: (actual: string | undefined) => boolean;
}

/** A statement's conditions; the same value is asked about thousands of times, so answers are kept. */
const known = new WeakMap<PlayedStatement, readonly Question[]>();

function questions(statement: PlayedStatement): readonly Question[] {
  const before = known.get(statement);
  if (before) return before;
  const made = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]): Question => {
      const answers = new Map<string | undefined, boolean>();
      const answer = (actual: string | undefined): boolean => {
        const said = answers.get(actual) ?? condition(operator.toLowerCase(), actual, texts(value));
        answers.set(actual, said);
        return said;
      };
      return { key: key.toLowerCase(), answer };
    }),
  );
  known.set(statement, made);
  return made;
}

function concerns(statement: PlayedStatement, version: string, request: PlayedRequest): boolean {
  const who =
    statement.NotPrincipal === undefined
      ? names(statement.Principal, request.caller)
      : !names(statement.NotPrincipal, request.caller);
  if (!who) return false;
  const acts = (patterns: unknown): boolean =>
    texts(patterns).some((one) => glob(one.toLowerCase(), request.call.toLowerCase()));
  if (statement.NotAction === undefined ? !acts(statement.Action) : acts(statement.NotAction)) {
    return false;
  }
  const lies = (patterns: unknown): boolean =>
    texts(patterns).some((one) => {
      const filled = version === '2012-10-17' ? variables(one, request) : one;
      return glob(filled, request.resource);
    });
  return statement.NotResource === undefined
    ? lies(statement.Resource)
    : !lies(statement.NotResource);
}

const ANONYMOUS_USER = '65a011a29cdf8ec533ec3d1ccaae921c';

function names(principal: unknown, caller: PlayedRequest['caller']): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  return Object.entries(principal).some(
    ([kind, value]) =>
      kind !== 'Service' &&
      texts(value).some((one) => one === '*' || (one === ANONYMOUS_USER && caller === 'anonymous')),
  );
}

/** The alphabet holds one policy variable. */
function variables(pattern: string, { userid }: PlayedRequest): string {
  return pattern.replaceAll(`\${aws:userid}`, userid);
}

function condition(
  operator: string,
  actual: string | undefined,
  wanted: readonly string[],
): boolean {
  if (operator === 'null') return wanted.some((one) => (one === 'true') === (actual === undefined));
  const [, set = '', plain = '', ifExists = ''] =
    /^(forallvalues:|foranyvalue:)?(.+?)(ifexists)?$/.exec(operator) ?? [];
  const negative = plain.includes('not');
  const test = plain.replace('not', '');
  if (actual === undefined) {
    if (ifExists !== '' || set === 'forallvalues:') return true;
    return set === '' && negative;
  }
  return wanted.some((one) => compare(test, actual, one)) !== negative;
}

function compare(test: string, actual: string, wanted: string): boolean {
  switch (test) {
    case 'stringequals':
      return actual === wanted;
    case 'stringequalsignorecase':
    case 'bool':
      return actual.toLowerCase() === wanted.toLowerCase();
    case 'stringlike':
    case 'arnlike':
    case 'arnequals':
      return glob(wanted, actual);
    case 'ipaddress':
      return inRange(actual, wanted);
    case 'datelessthan':
      return Date.parse(actual) < Date.parse(wanted);
    case 'dategreaterthan':
      return Date.parse(actual) > Date.parse(wanted);
    default:
      throw new Error(`the reference does not know ${test}`);
  }
}

/** Enough for the test's own ranges: IPv6 ones end on a group's border. */
function inRange(address: string, range: string): boolean {
  const [base = '', width = base.includes(':') ? '128' : '32'] = range.split('/');
  const bits = Number(width);
  const binary = (text: string): string =>
    text.includes(':')
      ? groups(text)
          .map((one) => one.toString(2).padStart(16, '0'))
          .join('')
      : text
          .split('.')
          .map((one) => Number(one).toString(2).padStart(8, '0'))
          .join('');
  return (
    address.includes(':') === base.includes(':') &&
    binary(address).slice(0, bits) === binary(base).slice(0, bits)
  );
}

function groups(address: string): readonly number[] {
  const [left = '', right = ''] = address.split('::');
  const parts = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((one) => Number.parseInt(one, 16));
  const [head, tail] = [parts(left), parts(right)];
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** `*` any run, `?` one character. */
export function glob(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return glob(pattern.slice(1), text) || (text !== '' && glob(pattern, text.slice(1)));
  }
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    glob(pattern.slice(1), text.slice(1))
  );
}

function texts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
