/** Departments and the rules that give assets to them. */

export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly contact?: string;
}

/** First match wins; every field given must match. Globs use `*` and `?`. */
export interface OwnerRule {
  readonly owner: string;
  /** On `provider:authority/name`. */
  readonly asset?: string;
  readonly provider?: string;
  readonly account?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Only keys under this prefix. */
  readonly prefix?: string;
}

export interface OwnerBook {
  readonly owners: readonly Owner[];
  readonly rules: readonly OwnerRule[];
}

export interface Assignment {
  /** Null: nobody's, goes to the orphan queue of the CIO office. */
  readonly owner: Owner | null;
  /** The rule that decided, in words. */
  readonly reason: string;
}
