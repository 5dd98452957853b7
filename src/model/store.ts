/** The store port: domain verbs, no SQL. SQLite today, PostgreSQL behind the same verbs later. */
import type { Finding } from './finding.ts';
import type { Entry, EntryFilter, NewEntry } from './ledger.ts';
import type { FindingRecord, RecordFilter } from './lifecycle.ts';
import type { Message, MessageState, NewMessage } from './message.ts';
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

/** What stays when runs are over: records, the ledger, the outbox. */
export interface Archive {
  /** Newest first. */
  runs(): Promise<readonly RunInfo[]>;
  /** A finished run's report, whole; null for an unknown or unfinished run. `latest`: the last finished one. */
  report(run: string | 'latest'): Promise<Report | null>;
  /** By severity, then people; one page at a time inside, so that any number is fine. */
  records(filter?: RecordFilter): AsyncIterable<FindingRecord>;
  /**
   * Writes entries at the end of this store's chain, the records' status with them, and messages to
   * the outbox, all in one transaction. An entry whose `once` is there already, or a message whose
   * id is, changes nothing.
   */
  append(entries: readonly NewEntry[], messages?: readonly NewMessage[]): Promise<readonly Entry[]>;
  /** In the order of `at`, then chain, then number. */
  entries(filter?: EntryFilter): AsyncIterable<Entry>;
  /** In chain order, for verification. */
  chains(): AsyncIterable<Entry>;
  /** Takes up to `limit` messages that are due for sending by this process; others can't have them now. */
  claim(limit: number): Promise<readonly Message[]>;
  /** What became of a claimed message; `waiting` with `nextAt` for another attempt. */
  settle(
    id: string,
    state: Exclude<MessageState, 'sending'>,
    error: string | null,
    nextAt: string | null,
  ): Promise<void>;
  /** Messages by state, oldest first; those claimed by a process that is gone come as `unsure`. */
  messages(states?: readonly MessageState[]): Promise<readonly Message[]>;
  /** How to replay the requests of a finding: sealed, since it names keys. */
  saveReplay(finding: string, sealed: Uint8Array): Promise<void>;
  replay(finding: string): Promise<Uint8Array | null>;
}
