/** What most rules have in common, so that each rule says only what is its own. */
import type { ClockDeadline, ClockRule } from '../../model/clock.ts';

type Told = Omit<ClockRule, Defaulted>;
type Defaulted =
  | 'regulator'
  | 'stage'
  | 'binds'
  | 'duty'
  | 'conditions'
  | 'from'
  | 'inForceFrom'
  | 'note';

export function rule(own: Told & Partial<Pick<ClockRule, Defaulted>>): ClockRule {
  return {
    regulator: own.id,
    stage: 'notification',
    binds: 'everyone',
    duty: 'law',
    conditions: [],
    from: 'first-known',
    inForceFrom: null,
    note: '',
    ...own,
  };
}

export const H72: ClockDeadline = { amount: 72, unit: 'hours' };

/** The day on which the stored sources of all these rules were read. A rule that is read again gets its own. */
export const READ: string = '2026-11-22';

export const RISK: { readonly judge: string } = {
  judge: "a risk to people's rights and freedoms; only where there is none, nobody need be told",
};
