/** Is a permission there? The call that needs it is made, and its answer tells. */
import { ScanError } from '../src/model/errors.ts';
import type { PermissionCheck } from '../src/model/provider.ts';

export interface Trial {
  readonly permission: string;
  /** Makes the call. What it throws by `untried` says why the call could not be made. */
  readonly ask: () => Promise<unknown>;
}

/** There is nothing to ask about: no bucket, no object, no key that could. */
class Untried extends Error {}

export function untried(why: string): never {
  throw new Untried(why);
}

/** In their order, one at a time: a check is no reason to press a control plane. */
export async function* outcomesOf(trials: readonly Trial[]): AsyncGenerator<PermissionCheck> {
  for (const { permission, ask } of trials) yield { permission, ...(await outcome(ask)) };
}

async function outcome(ask: Trial['ask']): Promise<Pick<PermissionCheck, 'state' | 'detail'>> {
  try {
    await ask();
    return { state: 'granted', detail: '' };
  } catch (error) {
    if (error instanceof Untried) return { state: 'not-tried', detail: error.message };
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    // "There is none" is an answer, which nobody gets who may not ask.
    if (error.code === 'not-found') return { state: 'granted', detail: '' };
    const state = error.code === 'denied' ? 'refused' : 'not-tried';
    return { state, detail: error.detail };
  }
}

/** Made once, when first asked for; what it throws is thrown to everybody who asks. */
export function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
