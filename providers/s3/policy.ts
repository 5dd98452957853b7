/** A policy's text → the noun. */
import type { PolicyDocument } from '../../src/exposure/documents.ts';
import { ScanError } from '../../src/model/errors.ts';

export const UNEXPECTED = 'the store gave an unexpected answer, which says nothing';

/** Throws ScanError `malformed` for what is no JSON object. */
export function parsePolicy(text: string | undefined): PolicyDocument {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(text ?? '');
  } catch {
    // Falls through to the same error as a policy that is no object.
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ScanError('malformed', UNEXPECTED);
  }
  return parsed as PolicyDocument;
}
