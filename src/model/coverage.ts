/** What was looked at, and what the result therefore lets us say. */

/** A statement about the objects of an asset that were not all read. */
export interface Claim {
  /** `everything`: all objects wholly read. `sample`: a stratified random sample. `none`: contents were not read (closed, or could not be). */
  readonly basis: 'everything' | 'sample' | 'none';
  readonly objectsListed: number;
  readonly objectsRead: number;
  readonly bytesListed: number;
  readonly bytesRead: number;
  /** Upper bound of the share of objects with an identifier at 95 %, 0..1; null when `basis` is not `sample`. */
  readonly atMost: number | null;
  /** The same in words. */
  readonly text: string;
  readonly seed: number;
}

export interface Skip {
  readonly reason: string;
  readonly objects: number;
}

export interface AssetCoverage {
  readonly asset: string;
  readonly claim: Claim;
  readonly skips: readonly Skip[];
}

export interface Coverage {
  readonly assets: readonly AssetCoverage[];
  readonly targets: number;
  readonly assetsFound: number;
  readonly objectsListed: number;
  readonly objectsRead: number;
  readonly bytesListed: number;
  readonly bytesRead: number;
  readonly gaps: number;
  /** False when the run was interrupted: everything above is then a lower bound. */
  readonly complete: boolean;
}
