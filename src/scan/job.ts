/** What a scan is told, by the composition root. */
import type { Gap } from '../model/gap.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { FindingRecord } from '../model/lifecycle.ts';
import type { Limits } from '../model/limits.ts';
import type { OwnerBook } from '../model/owner.ts';
import type { Provider, ProviderContext, TargetSpec } from '../model/provider.ts';
import type { Replay } from '../model/replay.ts';
import type { Report, RunInfo } from '../model/report.ts';
import type { Sketch, Store } from '../model/store.ts';
import type { DetectionPool } from './pool.ts';

/** Gives out stable references to keys and remembers them, sealed. */
export interface Locators {
  ref(asset: string, key: string): Promise<string>;
}

/** Keeps what a proof needs to repeat a finding's requests, sealed. */
export interface Replays {
  save(finding: string, replay: Replay): Promise<void>;
}

export interface ScanJob {
  readonly run: RunInfo;
  /** A digest of all that decides the result; only a run with the same can be gone on with. */
  readonly configuration?: string;
  /** This is a killed run, taken over: what it finished is not looked at again. */
  readonly resumed?: boolean;
  /** Ledger entries that belong to the run's end; written with it or not at all. */
  readonly entries?: (
    report: Report,
    before: AsyncIterable<FindingRecord>,
  ) => Promise<readonly NewEntry[]>;
  readonly targets: readonly { readonly spec: TargetSpec; readonly provider: Provider }[];
  readonly limits: Limits;
  readonly budgetBytes: number;
  /** Whose own grants are asked where the asset itself is closed: a random sample of limits.objectProbes, or every object. Default `sample`. */
  readonly objects?: 'sample' | 'all';
  /** A gate's question: who would be exposed if this were public? Left out for what is. */
  readonly ifPublic?: boolean;
  readonly owners: OwnerBook;
  readonly store: Store;
  readonly pool: DetectionPool;
  readonly locators: Locators;
  /** Left out: nothing is kept, and nothing can be proved later. */
  readonly replays?: Replays;
  /** Told of each request without credentials; not masked. */
  readonly observe?: ProviderContext['observe'];
  /** Every identifier in a text masked: keys, names and messages pass through it before they leave. */
  readonly mask: (text: string) => string;
  /** Registers of a set of keyed hashes. */
  readonly sketch: (subject: string, persons: BigUint64Array) => Sketch;
  /** Throws ScanError `out-of-scope`. */
  readonly allow: (host: string, port: number) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly deadlineDays: number;
  /** Assets at a time. */
  readonly assetsAtOnce: number;
  /** Objects at a time, over all assets. */
  readonly objectsAtOnce: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

export type Emit = {
  gap(gap: Gap): void;
  read(objects: number, bytes: number): void;
  planned(objects: number, bytes: number): void;
};
