import type { ScanErrorCode } from './errors.ts';

/** Something that was not looked at, and why. Never silent, never counted as clean. */
export interface Gap {
  readonly code: ScanErrorCode;
  /** Asset id, or the target when no asset was reached. */
  readonly asset: string;
  /** Masked key, `key › member`, or the document that could not be read (`bucket policy`); null for the whole asset. */
  readonly what: string | null;
  /** One sentence: what happened and what to do. Holds no object content. */
  readonly detail: string;
}
