/** The one place where an operating error becomes a gap. */
import { ScanError, UsageError } from '../model/errors.ts';
import type { Gap } from '../model/gap.ts';

/** `what` is masked here; the text of an unknown error is dropped, because it may quote content. */
export function gapFrom(
  error: unknown,
  asset: string,
  what: string | null,
  mask: (text: string) => string,
): Gap {
  const shown = what === null ? null : mask(what);
  if (error instanceof ScanError) {
    return { code: error.code, asset: mask(asset), what: shown, detail: mask(error.detail) };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    const detail = 'the scan was stopped before this was looked at';
    return { code: 'interrupted', asset: mask(asset), what: shown, detail };
  }
  if (error instanceof UsageError) {
    // One target that cannot be meant must not end the scan of the others.
    return { code: 'unreachable', asset: mask(asset), what: shown, detail: mask(error.message) };
  }
  const name = error instanceof Error ? error.name : typeof error;
  const detail = `an unexpected ${name} ended it; run again with --verbose and report it`;
  return { code: 'malformed', asset: mask(asset), what: shown, detail };
}
