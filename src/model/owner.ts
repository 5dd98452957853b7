/** Departments and the rules that give assets to them. */
import type { Lapsed } from './finding.ts';
import type { Language } from './language.ts';

export interface Contact {
  readonly name?: string;
  readonly email: string;
  /** `owner` answers for the data, `privacy-officer` hears of every exposure, `technical` closes the door. */
  readonly role: 'owner' | 'privacy-officer' | 'technical';
}

export interface Contractor {
  readonly name: string;
  readonly contact?: string;
  /** ISO 8601 date, the last day of the contract. */
  readonly contractEnd?: string;
}

export interface Owner {
  readonly id: string;
  readonly name: string;
  /** The name in other languages. */
  readonly names?: Readonly<Partial<Record<Language, string>>>;
  /** Where its lists go when `contacts` says nothing else. */
  readonly contact?: string;
  readonly contacts?: readonly Contact[];
  /** Addresses that hear of it when nobody answers, nearest first. */
  readonly escalation?: readonly string[];
  readonly language?: Language;
  /** Whose law applies: `HK`, `SG`, `JP`, …; public bodies have clocks of their own. */
  readonly jurisdiction?: string;
  readonly publicBody?: boolean;
  readonly contractor?: Contractor;
}

/** First match wins; every field given must match. Globs use `*` and `?`. */
export interface OwnerRule {
  readonly owner: string;
  /** On `provider:authority/name`. */
  readonly asset?: string;
  readonly provider?: string;
  readonly account?: string;
  /** Azure; the same field of an asset as `account`, by its own name. */
  readonly subscription?: string;
  /** Google Cloud; the same field of an asset as `account`, by its own name. */
  readonly project?: string;
  /** On the bucket's, container's or folder's name. */
  readonly bucket?: string;
  /** Host name of the asset's address, or a domain above it. */
  readonly domain?: string;
  /** `host` or `host:port` of the asset's address. */
  readonly endpoint?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Only keys under this prefix. */
  readonly prefix?: string;
  /** ISO 8601 date until which the data is needed. */
  readonly purposeEnd?: string;
  /** ISO 8601 date; overrides the owner's contractor's. */
  readonly contractEnd?: string;
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
  /** `high`: a rule that names the asset, its bucket or its account. `medium`: by label, domain or endpoint. `low`: by provider alone. */
  readonly confidence: 'high' | 'medium' | 'low' | 'none';
  /** What of it had ended on the day of the run. */
  readonly lapsed: Lapsed | null;
}
