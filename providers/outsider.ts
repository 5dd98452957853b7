/** What every provider says alike about requests without credentials: facts, the keys to try, the gaps. */
import {
  ACTIONS,
  type AccessFact,
  type Action,
  type Answer,
  type Slice,
} from '../src/model/access.ts';
import type { Asset, ObjectRef } from '../src/model/asset.ts';
import { ScanError, type ScanErrorCode } from '../src/model/errors.ts';
import type { Gap } from '../src/model/gap.ts';

/** What one unsigned request showed. `slice` null: it speaks for the whole asset. */
export function probeFact(
  action: Action,
  answer: Answer,
  code: string,
  params: Readonly<Record<string, string>>,
  slice: Slice | null = null,
): AccessFact {
  return { audience: 'anyone', action, answer, source: 'probe', slice, because: { code, params } };
}

/** An unsigned request got the object, or the old version that the slice names. */
export function readFactOf(
  params: Readonly<Record<string, string>>,
  slice: Slice | null,
): AccessFact {
  const version = slice?.version;
  return version === undefined
    ? probeFact('read', 'yes', 'probe.read', params, slice)
    : probeFact('read', 'yes', 'probe.read-version', { ...params, version }, slice);
}

/** A request that could not be made proves nothing. Rethrows what is no operating error, and an interruption. */
export function failedProbe(
  action: Action,
  url: string,
  error: unknown,
  slice: Slice | null = null,
): AccessFact {
  if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
  const params = { url, detail: error.detail, error: error.code };
  return probeFact(action, 'unknown', 'probe.failed', params, slice);
}

/** Requests that did not come through are gaps: what nobody answered is not closed. */
export function unansweredGaps(asset: Asset, facts: readonly AccessFact[]): readonly Gap[] {
  return facts
    .filter(({ because }) => because.code === 'probe.failed')
    .map(({ action, because }) => ({
      code: (because.params.error ?? 'unreachable') as ScanErrorCode,
      asset: asset.id,
      what: `unsigned ${action} request`,
      detail: because.params.detail ?? 'the unsigned request could not be made',
    }));
}

/** Without credentials no document is asked for, and nothing is known from any. */
export function unaskedFacts(): readonly AccessFact[] {
  return ACTIONS.map((action) => ({
    audience: 'anyone',
    action,
    answer: 'unknown',
    source: 'config',
    slice: null,
    because: { code: 'config.none', params: {} },
  }));
}

/** Objects of a listing's beginning from which the keys to try are taken. */
const FIRST_OBJECTS = 100;

/**
 * Up to three keys to try without credentials before any verdict: the first, the middle and the last
 * of the listing's beginning. Empty objects are left out where there are others, because they have no
 * byte to ask for. None where the listing is refused: whoever lists next meets that and reports it.
 */
export async function keysToTry(objects: AsyncIterable<ObjectRef>): Promise<readonly string[]> {
  const page: ObjectRef[] = [];
  try {
    for await (const object of objects) {
      page.push(object);
      if (page.length === FIRST_OBJECTS) break;
    }
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
  }
  const filled = page.filter(({ sizeBytes }) => sizeBytes > 0);
  const some = filled.length > 0 ? filled : page;
  const places = new Set([0, Math.floor(some.length / 2), some.length - 1]);
  return [...places].flatMap((place) => some[place]?.key ?? []);
}
