/** Which keys of a bucket a statement's resources name, and what the Denies leave of them. */
import type { AddressRange } from './address.ts';
import { globAfter, globBoth, globCovers, globMatches, isGlob, widest } from './glob.ts';
import {
  ANY_VALUE,
  type Caller,
  type Operation,
  OWN_VALUE,
  variableValue,
  type World,
} from './request.ts';
import type { Statement } from './statement.ts';

/** The bucket as resource patterns name it. `prefix` depends on the pattern: a partition, a tenant, a bare name. */
export interface Place {
  readonly bucket: string;
  readonly prefix: (pattern: string) => string;
  readonly memo: Memo;
}

/** What was found out about statements on the way; it lives as long as the questions about one bucket. */
export interface Memo {
  readonly namesBucket: Map<Statement, boolean>;
  readonly keyPatterns: Map<Statement, readonly string[]>;
  /** By Allow and kind of question; see solve.ts. */
  readonly solutions: Map<Statement, Map<string, Solution>>;
}

export function placeNamed(bucket: string, prefix: Place['prefix']): Place {
  const memo = { namesBucket: new Map(), keyPatterns: new Map(), solutions: new Map() };
  return { bucket, prefix, memo };
}

/** What one Allow opens to one kind of caller. */
export interface Solution {
  readonly openings: readonly Opening[];
  /** Labels of the Deny statements in the way; they are the reason where nothing is open. */
  readonly deniedBy: readonly string[];
  /** Condition keys that this kind of caller cannot satisfy. */
  readonly unmet: readonly string[];
}

export interface Opening {
  readonly part: Part;
  /** False where it depends on something that the documents do not say. */
  readonly certain: boolean;
  /** From which addresses; null where addresses do not matter. */
  readonly addresses: readonly AddressRange[] | null;
}

/** Keys that are reached; null for the bucket itself or all keys. */
export interface Part {
  readonly pattern: string | null;
  readonly except: readonly string[];
}

/** Who asks for what: policy variables stand for its values. */
export interface Asker {
  readonly caller: Caller;
  readonly operation: Operation;
  readonly world: World;
}

export interface Scope extends Asker {
  readonly place: Place;
}

/** The keys (or the bucket) that the Allow names. */
export function reached(allow: Statement, scope: Scope): readonly Part[] {
  if (scope.operation.on === 'bucket') {
    return bucketMatches(allow, scope) ? [{ pattern: null, except: [] }] : [];
  }
  const patterns = objectPatterns(allow, scope);
  if (!allow.resources.not) {
    return patterns.map((pattern) => ({ pattern: pattern === '*' ? null : pattern, except: [] }));
  }
  return patterns.includes('*') ? [] : [{ pattern: null, except: patterns }];
}

/** Does the statement name the bucket itself? */
export function bucketMatches(statement: Statement, scope: Scope): boolean {
  const { bucket, prefix, memo } = scope.place;
  const before = memo.namesBucket.get(statement);
  if (before !== undefined) return before;
  const found =
    resolved(statement, scope).some((pattern) => globMatches(pattern, prefix(pattern) + bucket)) !==
    statement.resources.not;
  if (isPlain(statement)) memo.namesBucket.set(statement, found);
  return found;
}

/** Only of these the answer is the same for every caller and operation. */
function isPlain({ resources }: Statement): boolean {
  return !resources.patterns.some((pattern) => pattern.includes('${'));
}

/** Key patterns of the statement's Resource (or NotResource) in this bucket. */
export function objectPatterns(statement: Statement, scope: Scope): readonly string[] {
  const { place } = scope;
  const { keyPatterns } = place.memo;
  const before = keyPatterns.get(statement);
  if (before) return before;
  const found = widest(
    resolved(statement, scope)
      .flatMap((pattern) => globAfter(pattern, `${place.prefix(pattern)}${place.bucket}/`))
      .filter((pattern) => pattern !== ''),
  );
  if (isPlain(statement)) keyPatterns.set(statement, found);
  return found;
}

function resolved(statement: Statement, asker: Asker): readonly string[] {
  // Where matching takes away, a variable that each caller fills in his own way takes nothing from all of them.
  const takesAway = (statement.effect === 'deny') !== statement.resources.not;
  return statement.resources.patterns.flatMap((pattern) => {
    if (takesAway && isOwn(pattern, statement, asker)) return [];
    const text = replaced(pattern, statement, asker, '?');
    return text === null ? [] : [text];
  });
}

/** Does a variable in it stand for something that differs from caller to caller? */
function isOwn(text: string, { variables }: Statement, asker: Asker): boolean {
  if (!variables || !text.includes('${')) return false;
  const { caller, operation, world } = asker;
  return [...text.matchAll(/\$\{([^},*?$]+)/g)].some(([, name = '']) => {
    const value = variableValue(name.trim().toLowerCase(), caller, operation, world);
    return value === ANY_VALUE || value === OWN_VALUE;
  });
}

/** The text with its policy variables replaced; null where the request cannot fill one. */
export function replaced(
  text: string,
  statement: Statement,
  asker: Asker,
  plainStar: '?' | '*',
): string | null {
  if (!statement.variables || !text.includes('${')) return text;
  let missing = false;
  const result = text.replace(/\$\{([^},]*)(?:,\s*'([^']*)')?\}/g, (_, name: string, other) => {
    if (name === '*' || name === '?') return plainStar === '?' ? '?' : name;
    if (name === '$') return '$';
    const { caller, operation, world } = asker;
    const value = variableValue(name.trim().toLowerCase(), caller, operation, world);
    const text = value === OWN_VALUE ? null : (value ?? other);
    if (typeof text === 'string') return text;
    missing = true;
    return '';
  });
  return missing ? null : result;
}

/** What the Denies leave of a part; on the bucket itself a Deny leaves nothing. */
export function carve(part: Part, denies: readonly Statement[], scope: Scope): readonly Part[] {
  if (scope.operation.on === 'bucket') return denies.length > 0 ? [] : [part];
  return denies.reduce<readonly Part[]>(
    (parts, deny) => parts.flatMap((rest) => carveOne(rest, deny, scope)),
    [part],
  );
}

function carveOne(part: Part, deny: Statement, scope: Scope): readonly Part[] {
  const patterns = objectPatterns(deny, scope);
  const pattern = part.pattern ?? '*';
  if (deny.resources.not) {
    const left = patterns.flatMap((spared) => globBoth(pattern, spared));
    return left
      .map((one): Part => ({ pattern: one === '*' ? null : one, except: part.except }))
      .filter((one) => !part.except.some((gone) => globCovers(gone, one.pattern ?? '*')));
  }
  if (patterns.some((gone) => globCovers(gone, pattern))) return [];
  const touching = isGlob(pattern)
    ? patterns.filter((gone) => globBoth(pattern, gone).length > 0)
    : [];
  return [{ pattern: part.pattern, except: [...new Set([...part.except, ...touching])] }];
}
