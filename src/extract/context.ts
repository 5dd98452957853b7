/** What every format's reader is given: where its output goes, where it stands, and the object's shared counters. */
import type { ScanErrorCode } from '../model/errors.ts';
import type { Sink } from '../model/extraction.ts';
import type { Limits } from '../model/limits.ts';
import type { Budget } from './budget.ts';

/** Row ids and column indices run through a whole object, so that two members' never meet. */
export interface Ids {
  nextRow: number;
  nextColumn: number;
}

export interface Context {
  readonly sink: Sink;
  readonly limits: Limits;
  /** The object's name, then the members that lead here. */
  readonly trail: readonly string[];
  readonly ids: Ids;
  readonly budget: Budget;
}

/** What stands before every place: nothing in the object itself, `a.zip › list.csv › ` in a member. */
export function placePrefix(context: Context): string {
  return context.trail.length > 1 ? `${context.trail.join(' › ')} › ` : '';
}

export function reportGap(context: Context, code: ScanErrorCode, detail: string): void {
  context.sink.gap({ code, what: context.trail.slice(1).join(' › '), detail });
}

/** The context of a member. Control signs in a name are shown as spaces: names come from strangers. */
export function inside(context: Context, member: string): Context {
  const shown = member.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
  const short = shown.length > 300 ? `${shown.slice(0, 300)}…` : shown;
  return { ...context, trail: [...context.trail, short.trim() || 'unnamed'] };
}

/** How deep in archives this is: 0 in the object itself. */
export function depth(context: Context): number {
  return context.trail.length - 1;
}

/** Marks an error of the sink, which is not a damaged file and must reach the caller. */
export class SinkError extends Error {
  constructor(cause: unknown) {
    super('the sink failed', { cause });
    this.name = 'SinkError';
  }
}

/** Lets `action` fail as a file may fail: `onDamage` is told, unless it was the sink that failed. */
export async function guarded(
  action: () => Promise<void> | void,
  onDamage: (error: unknown) => void,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof SinkError) throw error;
    onDamage(error);
  }
}
