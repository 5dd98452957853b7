/**
 * IAM conditions on a public binding, as far as Cloud Storage supports them.
 *
 * A condition is evaluated for the request that an outsider would choose, now: which object names
 * make it true? What cannot be judged counts as open, because a public binding is public unless its
 * condition is provably false. Source: "Attribute reference for IAM Conditions", Google Cloud.
 */
import type { Slice } from '../../model/access.ts';
import { type Expression, parseCondition } from './expression.ts';

/** For which objects (or list prefixes) a condition holds. */
export type Reach =
  | { readonly kind: 'never' }
  /** `judged` false: a part of it could not be evaluated. */
  | { readonly kind: 'always'; readonly judged: boolean }
  | { readonly kind: 'some'; readonly slices: readonly Slice[]; readonly judged: boolean };

export interface Request {
  readonly bucket: string;
  /** What the permission is checked on. */
  readonly on: 'bucket' | 'object';
  readonly now: Date;
}

const NEVER: Reach = { kind: 'never' };
const ALWAYS: Reach = { kind: 'always', judged: true };
const UNJUDGED: Reach = { kind: 'always', judged: false };

/** Null for an unconditional binding. */
export function conditionReach(expression: string | null, request: Request): Reach {
  if (expression === null || expression.trim() === '') return ALWAYS;
  const tree = parseCondition(expression);
  return tree === null ? UNJUDGED : reach(tree, request);
}

function reach(tree: Expression, request: Request): Reach {
  switch (tree.kind) {
    case 'and':
      return both(reach(tree.left, request), reach(tree.right, request));
    case 'or':
      return any(reach(tree.left, request), reach(tree.right, request));
    case 'not':
      return negated(reach(tree.operand, request));
    case 'literal':
      return tree.value === true ? ALWAYS : tree.value === false ? NEVER : UNJUDGED;
    case 'compare':
      return compared(tree, request);
    case 'call':
      return called(tree, request);
    default:
      return UNJUDGED;
  }
}

function compared(
  tree: Extract<Expression, { readonly kind: 'compare' }>,
  request: Request,
): Reach {
  const flipped = tree.right.kind === 'path' || tree.right.kind === 'call';
  const attribute = flipped && tree.left.kind !== 'path' ? tree.right : tree.left;
  const value = attribute === tree.left ? tree.right : tree.left;
  const operator = attribute === tree.left ? tree.operator : mirrored(tree.operator);
  const path = attribute.kind === 'path' ? attribute.path : null;
  if (path === 'request.time') return timed(operator, value, request);
  const text = value.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
  if (text === null || (operator !== '==' && operator !== '!=')) return UNJUDGED;
  if (isListPrefix(attribute)) return listedExactly(operator, text, request);
  const equal = path === null ? UNJUDGED : equals(path, text, request);
  return operator === '==' ? equal : negated(equal);
}

function mirrored(operator: string): string {
  const mirror: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
  return mirror[operator] ?? operator;
}

function timed(operator: string, value: Expression, request: Request): Reach {
  if (value.kind !== 'call' || value.name !== 'timestamp') return UNJUDGED;
  const argument = value.arguments[0];
  const text = argument?.kind === 'literal' ? argument.value : null;
  const limit = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(limit)) return UNJUDGED;
  const now = request.now.getTime();
  const holds: Readonly<Record<string, boolean>> = {
    '<': now < limit,
    '<=': now <= limit,
    '>': now > limit,
    '>=': now >= limit,
    '==': now === limit,
    '!=': now !== limit,
  };
  const held = holds[operator];
  return held === undefined ? UNJUDGED : held ? ALWAYS : NEVER;
}

function equals(path: string, text: string, request: Request): Reach {
  if (path === 'resource.service') return text === 'storage.googleapis.com' ? ALWAYS : NEVER;
  if (path === 'resource.type') {
    const type = request.on === 'bucket' ? 'Bucket' : 'Object';
    return text === `storage.googleapis.com/${type}` ? ALWAYS : NEVER;
  }
  if (path !== 'resource.name') return UNJUDGED;
  const { bucket, objects } = names(request);
  if (request.on === 'bucket') return text === bucket ? ALWAYS : NEVER;
  if (!text.startsWith(objects) || text.length === objects.length) return NEVER;
  return some({ kind: 'object', pattern: text.slice(objects.length), except: [] });
}

function names(request: Request): { readonly bucket: string; readonly objects: string } {
  const bucket = `projects/_/buckets/${request.bucket}`;
  return { bucket, objects: `${bucket}/objects/` };
}

function called(tree: Extract<Expression, { readonly kind: 'call' }>, request: Request): Reach {
  const argument = tree.arguments[0];
  const text = argument?.kind === 'literal' ? argument.value : null;
  if (!tree.target || typeof text !== 'string') return UNJUDGED;
  if (isListPrefix(tree.target)) {
    return tree.name === 'startsWith' ? listedUnder(text, request) : UNJUDGED;
  }
  if (tree.target.kind !== 'path') return UNJUDGED;
  if (tree.target.path === 'resource.name') return nameMatches(tree.name, text, request);
  if (tree.target.path !== 'resource.type' && tree.target.path !== 'resource.service') {
    return UNJUDGED;
  }
  const type = request.on === 'bucket' ? 'Bucket' : 'Object';
  const own =
    tree.target.path === 'resource.service'
      ? 'storage.googleapis.com'
      : `storage.googleapis.com/${type}`;
  if (tree.name === 'startsWith') return own.startsWith(text) ? ALWAYS : NEVER;
  return tree.name === 'endsWith' && own.endsWith(text) ? ALWAYS : UNJUDGED;
}

function nameMatches(method: string, text: string, request: Request): Reach {
  const { bucket, objects } = names(request);
  if (request.on === 'bucket') {
    if (method === 'startsWith') return bucket.startsWith(text) ? ALWAYS : NEVER;
    if (method === 'endsWith') return bucket.endsWith(text) ? ALWAYS : NEVER;
    return UNJUDGED;
  }
  if (method === 'startsWith') {
    if (objects.startsWith(text)) return ALWAYS;
    if (!text.startsWith(objects)) return NEVER;
    return some(keys(`${text.slice(objects.length)}*`));
  }
  // The end may reach back past the key into the fixed part; then any key that ends so does it too.
  if (method === 'endsWith') return some(keys(`*${text}`));
  if (method === 'contains') return some(keys(`*${text}*`));
  return UNJUDGED;
}

function isListPrefix(expression: Expression): boolean {
  const first = expression.kind === 'call' ? expression.arguments[0] : undefined;
  return (
    expression.kind === 'call' &&
    expression.name === 'getAttribute' &&
    first?.kind === 'literal' &&
    first.value === 'storage.googleapis.com/objectListPrefix'
  );
}

/** The caller chooses the prefix it lists by; on any other permission the attribute is empty. */
function listedUnder(prefix: string, request: Request): Reach {
  if (prefix === '') return ALWAYS;
  return request.on === 'bucket' ? some(keys(`${prefix}*`)) : NEVER;
}

function listedExactly(operator: string, prefix: string, request: Request): Reach {
  if (request.on === 'object') return (operator === '==') === (prefix === '') ? ALWAYS : NEVER;
  if (operator === '!=') return ALWAYS;
  return prefix === '' ? ALWAYS : some(keys(`${prefix}*`));
}

function keys(pattern: string): Slice {
  return { kind: 'keys', pattern, except: [] };
}

function some(slice: Slice): Reach {
  return { kind: 'some', slices: [slice], judged: true };
}

function negated(one: Reach): Reach {
  if (one.kind === 'never') return ALWAYS;
  if (one.kind === 'always') return one.judged ? NEVER : UNJUDGED;
  if (!one.judged || one.slices.some((slice) => slice.except.length > 0)) return UNJUDGED;
  const except = one.slices.map((slice) => slice.pattern);
  return { kind: 'some', slices: [{ kind: 'keys', pattern: '*', except }], judged: true };
}

function any(one: Reach, other: Reach): Reach {
  if (one.kind === 'never') return other;
  if (other.kind === 'never') return one;
  if (one.kind === 'always' || other.kind === 'always') {
    const judged = [one, other].some((reached) => reached.kind === 'always' && reached.judged);
    return judged ? ALWAYS : UNJUDGED;
  }
  return {
    kind: 'some',
    slices: [...one.slices, ...other.slices],
    judged: one.judged && other.judged,
  };
}

function both(one: Reach, other: Reach): Reach {
  if (one.kind === 'never' || other.kind === 'never') return NEVER;
  if (one.kind === 'always' && other.kind === 'always') {
    return one.judged && other.judged ? ALWAYS : UNJUDGED;
  }
  if (one.kind === 'always') return { ...other, judged: other.judged && one.judged } as Reach;
  if (other.kind === 'always') return { ...one, judged: other.judged && one.judged };
  const slices = one.slices.flatMap((a) => other.slices.flatMap((b) => intersection(a, b) ?? []));
  return slices.length === 0 ? NEVER : { kind: 'some', slices, judged: one.judged && other.judged };
}

/** Null when the two have surely nothing in common; the narrower-looking one where it is not clear. */
function intersection(a: Slice, b: Slice): Slice | null {
  const except = [...new Set([...a.except, ...b.except])];
  if (a.pattern === '*') return { ...b, except };
  if (b.pattern === '*') return { ...a, except };
  const prefix = (slice: Slice): string | null =>
    slice.kind === 'keys' && /^[^*?]*\*$/.test(slice.pattern) ? slice.pattern.slice(0, -1) : null;
  const [left, right] = [prefix(a), prefix(b)];
  if (left !== null && right !== null) {
    if (left.startsWith(right)) return { ...a, except };
    return right.startsWith(left) ? { ...b, except } : null;
  }
  if (a.kind === 'object' && b.kind === 'object') return a.pattern === b.pattern ? a : null;
  if (left !== null && b.kind === 'keys' && b.pattern.startsWith('*')) {
    return { kind: 'keys', pattern: `${left}${b.pattern}`, except };
  }
  if (right !== null && a.kind === 'keys' && a.pattern.startsWith('*')) {
    return { kind: 'keys', pattern: `${right}${a.pattern}`, except };
  }
  if (a.kind === 'object') return { ...a, except };
  return { ...b, except };
}
