/** Requests in combination: which Denies each runs into, and which of them are worth looking at. */
import type { Answer } from '../../../model/access.ts';
import type { AddressRange } from './address.ts';
import { both, type Truth } from './condition.ts';
import type { Caller, Candidate } from './request.ts';
import type { Statement } from './statement.ts';

/** Does the statement name callers of this kind? */
export function includes(statement: Statement, caller: Caller): Answer {
  const { anonymous, strangers } = statement.principals;
  return caller === 'anonymous' || caller === 'vpc' ? anonymous : strangers;
}

/** A candidate with what every condition on its key says to it. */
export interface Judged {
  readonly candidate: Candidate;
  readonly truths: ReadonlyMap<Statement, Truth>;
}

export interface Outcome {
  readonly hit: readonly Statement[];
  readonly maybe: readonly Statement[];
  readonly certain: boolean;
  readonly listed: string | null;
  readonly addresses: readonly AddressRange[] | null;
}

export function* combinations(
  axes: readonly (readonly Judged[])[],
  limit: number,
): Generator<readonly Judged[]> {
  const at = axes.map(() => 0);
  for (let count = 0; count < limit; count += 1) {
    yield axes.flatMap((axis, index) => axis[at[index] ?? 0] ?? []);
    let index = axes.length - 1;
    while (index >= 0) {
      const next = (at[index] ?? 0) + 1;
      if (next < (axes[index]?.length ?? 0)) {
        at[index] = next;
        break;
      }
      at[index] = 0;
      index -= 1;
    }
    if (index < 0) return;
  }
}

export function outcomeOf(
  request: readonly Judged[],
  { allow, caller }: { readonly allow: Statement; readonly caller: Caller },
  denies: readonly Statement[],
): Outcome {
  const said = (statement: Statement): Truth =>
    both(request.map(({ truths }) => truths.get(statement) ?? 'true'));
  const hit: Statement[] = [];
  const maybe: Statement[] = [];
  for (const deny of denies) {
    const applies = said(deny);
    if (applies === 'false') continue;
    const sure = applies === 'true' && !deny.odd && includes(deny, caller) === 'yes';
    (sure ? hit : maybe).push(deny);
  }
  return {
    hit,
    maybe,
    certain: said(allow) === 'true' && !request.some(({ candidate }) => candidate.assumed),
    listed: request.find(({ candidate }) => candidate.listed !== null)?.candidate.listed ?? null,
    addresses: request.find(({ candidate }) => candidate.addresses)?.candidate.addresses ?? null,
  };
}

/** By position: two statements may carry the same Sid. */
export function identity(outcome: Outcome, denies: readonly Statement[]): string {
  const { hit, maybe, certain, listed, addresses } = outcome;
  return JSON.stringify([
    hit.map((deny) => denies.indexOf(deny)),
    maybe.map((deny) => denies.indexOf(deny)),
    certain,
    listed,
    (addresses ?? []).map(({ family, start, end }) => [family, `${start}`, `${end}`]),
  ]);
}

/** Without the outcomes to which another request of the same reach is preferable. */
export function least(outcomes: readonly Outcome[]): readonly Outcome[] {
  const within = (a: Outcome, b: Outcome): boolean =>
    a.hit.every((deny) => b.hit.includes(deny)) &&
    a.maybe.every((deny) => b.maybe.includes(deny) || b.hit.includes(deny)) &&
    (a.certain || !b.certain) &&
    (a.listed === null || a.listed === b.listed) &&
    a.addresses === b.addresses;
  return outcomes.filter(
    (one, index) =>
      !outcomes.some(
        (other, at) => other !== one && within(other, one) && (!within(one, other) || at < index),
      ),
  );
}
