/** Judging a plan in which some values are known only after apply. */
import type { Because } from '../../model/access.ts';
import { agreed } from '../dialects/clones.ts';
import { because } from '../fact.ts';
import { distinct, type Judgement } from '../judgement.ts';

export interface TerraformCase {
  /** The resource's address. */
  readonly id: string;
  readonly judgement: Judgement;
}

/** A value of the plan, or where it will come from. */
export type Maybe<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'unknown'; readonly what: string };

export function known<T>(value: T): Maybe<T> {
  return { state: 'known', value };
}

export function unknownValue<T>(what: string): Maybe<T> {
  return { state: 'unknown', what };
}

/** Judges with the unknown values at their most closed and at their most open; says which they were where that decides. */
export function bothWays(
  parts: readonly Maybe<unknown>[],
  reasons: readonly Because[],
  judge: (open: boolean) => Judgement,
): Judgement {
  const unknown = parts.flatMap((part) => (part.state === 'unknown' ? [part.what] : []));
  const closed = judge(false);
  const both = unknown.length === 0 ? closed : agreed(closed, judge(true));
  const decided = (['anonymousRead', 'anonymousList', 'anonymousWrite', 'public'] as const).every(
    (name) => both[name] !== 'unknown' || closed[name] === 'unknown',
  );
  const missing = decided
    ? []
    : [because('terraform.unknown', { what: [...new Set(unknown)].join(', ') })];
  return { ...both, because: distinct([...reasons, ...missing, ...closed.because]) };
}
