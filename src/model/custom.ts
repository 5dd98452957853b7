/** An office's own detectors and allow lists, as `ajar.yaml` says them: plain data, so that they can go to other processes. */
import type { Confidence, DetectorKind, Shape } from './detector.ts';

/** Check-digit systems by name. `mod11` takes weights; X stands for ten. */
export const CHECKS = [
  'luhn',
  'verhoeff',
  'mod11',
  'mod97',
  'iso7064-mod11-2',
  'iso7064-mod11-10',
  'iso7064-mod37-36',
] as const;

export type CheckName = (typeof CHECKS)[number];

export interface CustomDetector {
  /** `office.staff-number`: none of the built-in ids. */
  readonly id: `${string}.${string}`;
  readonly title: string;
  readonly kind: Exclude<DetectorKind, 'company'>;
  readonly shapes: readonly Shape[];
  readonly masks: readonly Shape[];
  readonly hints: readonly string[];
  readonly against: readonly string[];
  /** Null: the shape alone decides. */
  readonly check: CheckName | null;
  /** Of `mod11`, from the first character; as many as there are characters, or one fewer. */
  readonly weights: readonly number[];
  /** What a match is worth with nothing to support it. */
  readonly alone: 'none' | Confidence;
}

/** Values that are known and are not to be reported: they stay hits, at most `low`. All that is given must match. */
export interface AllowEntry {
  /** Only of this detector. */
  readonly detector: string | null;
  /** Keyed hashes, 16 hexadecimal digits, as `ajar hash` prints them; null for any value. */
  readonly values: readonly string[] | null;
  /** `*` and `?` over the value without separators: `S0000*`. Null for any. */
  readonly pattern: string | null;
  /** `*` and `?` over the object's key or the file's path. Null for any. */
  readonly path: string | null;
  /** ISO 8601, the last day on which it holds. */
  readonly until: string;
  readonly reason: string;
}

export interface Customs {
  readonly detectors: readonly CustomDetector[];
  readonly allow: readonly AllowEntry[];
}

export const NO_CUSTOMS: Customs = { detectors: [], allow: [] };
