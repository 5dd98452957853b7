/** Who may do what to an asset: facts as they are found, and the verdict they fold into. */

export type Audience =
  | 'anyone' // an unsigned request from any internet address works
  | 'any-account' // any holder of some account of that cloud
  | 'link-holder' // a bearer link: SAS, presigned URL
  | 'network-limited' // unsigned, but only from listed addresses
  | 'organisation';

export type Action = 'list' | 'read' | 'write' | 'read-acl' | 'write-acl';

export const ACTIONS: readonly Action[] = ['list', 'read', 'write', 'read-acl', 'write-acl'];

export type Answer = 'yes' | 'no' | 'unknown';

/** A reason as data: `code` picks a sentence of src/model/because.ts, `params` fill it. */
export interface Because {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A part of an asset's keys. `keys`: `*` any run, `?` one character. `object`: that key, literally. */
export interface Slice {
  readonly kind: 'keys' | 'object';
  readonly pattern: string;
  /** Patterns taken out of it again (an explicit Deny). */
  readonly except: readonly string[];
  /** With `object`: one old version of it, as ObjectRef names it; left out for the current one. */
  readonly version?: string;
}

/** One answer to: may this audience do this action on this asset, or this slice of it? */
export interface AccessFact {
  readonly audience: Audience;
  readonly action: Action;
  readonly answer: Answer;
  /** `config`: what the access-control documents say. `probe`: a real request without credentials. `assumed`: a folder, a plan. */
  readonly source: 'config' | 'probe' | 'assumed';
  /** Null for the whole asset. */
  readonly slice: Slice | null;
  readonly because: Because;
}

export type State = 'open' | 'open-to-any-account' | 'partly-open' | 'closed' | 'unknown';

/** What holds for one action. */
export interface ActionVerdict {
  readonly state: State;
  /** The open parts when `partly-open`, else empty. */
  readonly slices: readonly Slice[];
  readonly because: readonly Because[];
  /** Set where the documents and the real request say different things. */
  readonly disagreement: string | null;
}

/** What holds for one asset. `read` decides whether contents are exposed, `list` whether they can be found. */
export type Verdict = Readonly<Record<Action, ActionVerdict>>;

const patterns = new Map<string, RegExp>();

/** Does a `*`/`?` pattern cover a whole key? Compiled patterns are kept. */
export function patternCovers(pattern: string, key: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    const body = pattern
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replace(/\*+/g, '[^]*')
      .replaceAll('?', '[^]');
    compiled = new RegExp(`^${body}$`, 'u');
    if (patterns.size > 1000) patterns.clear();
    patterns.set(pattern, compiled);
  }
  return compiled.test(key);
}

/** Is this key in the slice? */
export function sliceCovers(slice: Slice, key: string): boolean {
  const inside =
    slice.kind === 'object' ? slice.pattern === key : patternCovers(slice.pattern, key);
  return inside && !slice.except.some((pattern) => patternCovers(pattern, key));
}

/** A slice as a person reads it: `export/*` or `* without private/*`. */
export function sliceText(slice: Slice | null): string {
  if (slice === null) return '*';
  return slice.except.length > 0
    ? `${slice.pattern} without ${slice.except.join(', ')}`
    : slice.pattern;
}
