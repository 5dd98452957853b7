/** The store port: domain verbs, no SQL. SQLite and PostgreSQL stand behind the same verbs. */
import type { Finding } from './finding.ts';
import type { ChainHead, Entry, EntryFilter, NewEntry } from './ledger.ts';
import type { FindingRecord, RecordFilter } from './lifecycle.ts';
import type { Message, MessageState, NewMessage } from './message.ts';
import type { Report, RunInfo } from './report.ts';

export interface Store {
  /**
   * Records the start; a run that never finishes stays visible as interrupted. `configuration` is a
   * digest of all that decides the result: only the same can be gone on with.
   */
  beginRun(run: RunInfo, configuration?: string): Promise<void>;
  /** Runs that began and did not end, newest first: still going on somewhere, or killed. */
  unfinished(): Promise<readonly UnfinishedRun[]>;
  /** Makes a killed run this process's own; false where another process has it, or it has ended. */
  takeOver(runId: string): Promise<boolean>;
  /** What a run's earlier processes finished. */
  checkpoints(runId: string): AsyncIterable<Checkpoint>;
  /** When each of these findings was first known; unknown ids are absent. */
  known(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Records a finding as seen in this run; keeps the earlier `firstKnown`. */
  saveFinding(runId: string, finding: Finding): Promise<void>;
  /**
   * An asset is done: its findings as seen in this run, and what a later process needs to go on after
   * it, in one transaction. Throws where another process has taken the run over.
   */
  saveOutcome(runId: string, findings: readonly Finding[], done: Checkpoint): Promise<void>;
  /**
   * Assets, findings' records, sketches, ledger entries and the end of the run, in one transaction;
   * checkpoints go with it. A finding seen for the first time gets the status `new`. `entries` may be
   * made of the records as they stand before, while nobody else can change them.
   */
  finishRun(
    report: Report,
    sketches: readonly Sketch[],
    entries?: readonly NewEntry[] | EntriesOf,
  ): Promise<void>;
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

export type EntriesOf = (before: AsyncIterable<FindingRecord>) => Promise<readonly NewEntry[]>;

/** A run that began and has not ended. */
export interface UnfinishedRun {
  readonly run: RunInfo;
  /** As given to beginRun; null where none was, or by an older ajar. */
  readonly configuration: string | null;
  /** Assets it had finished. */
  readonly assets: number;
  /** Its process still lives, as far as can be told: then nobody else may go on with it. */
  readonly alive: boolean;
}

/** One finished asset of a run that goes on. */
export interface Checkpoint {
  /** A digest of the asset's id, since the id itself may hold what must not be kept. */
  readonly asset: string;
  /** Plain JSON. */
  readonly body: object;
  /** Keyed hashes of the people of each finding, 8 bytes each; kept only until the run ends. */
  readonly persons: readonly Uint8Array[];
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
   * id is, changes nothing. Throws UsageError, and writes nothing, where a `finding.status` starts
   * from another status than the record has: somebody was faster.
   */
  append(entries: readonly NewEntry[], messages?: readonly NewMessage[]): Promise<readonly Entry[]>;
  /** In the order of `at`, then chain, then number. */
  entries(filter?: EntryFilter): AsyncIterable<Entry>;
  /** In chain order, for verification. */
  chains(): AsyncIterable<Entry>;
  /** How far each chain has got, as the store notes it apart from the entries; the own one first. */
  heads(): Promise<readonly ChainHead[]>;
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
  message(id: string): Promise<Message | null>;
  /** Sent, failed or unsure, and not in the ledger under its `outcomeOnce`: whoever settled it did not live to note it. */
  unnoted(): Promise<readonly Message[]>;
  /** How to replay the requests of a finding: sealed, since it names keys. */
  saveReplay(finding: string, sealed: Uint8Array): Promise<void>;
  replay(finding: string): Promise<Uint8Array | null>;
}
