/** What a draft of a notification says, as a type: a sentence missing in a language is a type error. */
import type { State } from '../../model/access.ts';
import type { Assessed, FindingSeen, ProofSummary, Told } from '../../model/ledger.ts';
import type { StatusChange } from '../../model/lifecycle.ts';

export interface DraftWords {
  /** Where a person must write. */
  readonly blank: string;
  readonly title: string;
  readonly notice: string;
  readonly to: string;
  readonly under: string;
  readonly stage: Readonly<Record<'notification' | 'preliminary' | 'final', string>>;
  readonly reference: string;
  readonly unverified: string;
  readonly deadline: {
    readonly head: string;
    readonly known: string;
    readonly due: string;
    readonly asSoonAsPracticable: string;
    readonly late: (by: string) => string;
    readonly lateReason: string;
    readonly left: (by: string) => string;
    readonly told: (at: string) => string;
    readonly toldLate: (at: string) => string;
    readonly assessment: string;
    readonly hours: (count: number) => string;
    readonly days: (count: number) => string;
  };
  readonly who: {
    readonly head: string;
    readonly organisation: string;
    readonly contact: string;
    readonly officer: string;
  };
  readonly what: {
    readonly head: string;
    readonly place: string;
    readonly readers: string;
    readonly cause: string;
    readonly since: string;
    readonly sinceUnknown: string;
    readonly state: string;
    readonly closed: (at: string) => string;
    readonly open: Readonly<Record<State, string>>;
    readonly accessed: string;
  };
  readonly data: {
    readonly head: string;
    readonly people: string;
    readonly peopleNote: string;
    readonly kinds: string;
    readonly samples: string;
    readonly special: string;
  };
  readonly harm: { readonly head: string; readonly ask: string };
  readonly measures: {
    readonly head: string;
    readonly none: string;
    readonly further: string;
    readonly prevention: string;
  };
  readonly affected: { readonly head: string; readonly ask: string };
  readonly timeline: {
    readonly head: string;
    readonly at: string;
    readonly by: string;
    readonly what: string;
    readonly seen: (body: FindingSeen) => string;
    readonly status: (body: StatusChange) => string;
    readonly proof: (body: ProofSummary) => string;
    readonly assessed: (body: Assessed) => string;
    readonly told: (body: Told) => string;
  };
  readonly proofOf: (hash: string, chain: string, seq: number) => string;
}
