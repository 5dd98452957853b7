/**
 * What is needed to repeat the unsigned requests of a finding, kept sealed beside it.
 *
 * Keys are not in it: they lie sealed behind their references already (`ajar locate`).
 */
import type { Asset } from './asset.ts';
import type { TargetSpec } from './provider.ts';

/** An object that holds people, by its reference. */
export interface ExposedObject {
  readonly ref: string;
  /** As ObjectRef names it; null for the current one. */
  readonly version: string | null;
  readonly sizeBytes: number;
  /** It was read by a request without credentials: only then does a refusal now prove anything. */
  readonly unsigned: boolean;
}

export interface Replay {
  readonly schema: 'ajar-replay/1';
  readonly provider: string;
  /** Names this one asset, without credentials. */
  readonly target: TargetSpec;
  readonly asset: Asset;
  /** Not masked: it is sealed with the rest. */
  readonly slice: string;
  /** A request without credentials got the list when it was found. */
  readonly listed: boolean;
  /** Those of the samples, and up to twenty more. */
  readonly objects: readonly ExposedObject[];
}
