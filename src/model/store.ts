/** The store port: domain verbs, no SQL. SQLite today, PostgreSQL behind the same verbs later. */
import type { Finding } from './finding.ts';
import type { Report, RunInfo } from './report.ts';

export interface KnownFinding {
  readonly id: string;
  /** ISO 8601. */
  readonly firstKnown: string;
}

export interface Store {
  /** Records the start; a run that never finishes stays visible as interrupted. */
  beginRun(run: RunInfo): Promise<void>;
  /** When each of these findings was first known; unknown ids are absent. */
  known(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Records a finding as seen in this run; keeps the earlier `firstKnown`. */
  saveFinding(runId: string, finding: Finding): Promise<void>;
  /** Assets, gaps, sketches and the end of the run, in one transaction. */
  finishRun(report: Report, sketches: readonly Sketch[]): Promise<void>;
  /** The latest finished run's findings. */
  findings(): Promise<readonly Finding[]>;
  /** An encrypted key for `ajar locate`. */
  saveLocator(ref: string, sealed: Uint8Array): Promise<void>;
  locator(ref: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** HyperLogLog registers of distinct people, kept instead of hashes. */
export interface Sketch {
  /** `asset:<id>`, `owner:<id>` or `run`. */
  readonly subject: string;
  /** Identifies the hashing key; sketches under different keys are never merged. */
  readonly keyId: string;
  readonly registers: Uint8Array;
}
