/** Replaying the unsigned requests that found a door open, and the signed statement of it. */
import type { ProofResult } from './ledger.ts';

/** One request without credentials and what came back. URLs and errors are masked. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** ISO 8601, when it was sent. */
  readonly at: string;
  /** Null where nothing answered. */
  readonly status: number | null;
  /** SHA-256, hex, of the bytes of the answer that were read; null without an answer. */
  readonly bodySha256: string | null;
  readonly bytes: number;
  /** The masked error where nothing answered; else null. */
  readonly error: string | null;
}

export interface Statement {
  readonly schema: 'ajar-proof/1';
  readonly finding: string;
  readonly asset: string;
  readonly slice: string;
  readonly result: ProofResult;
  /** In one sentence. */
  readonly because: string;
  /** What was tried: the asset as a whole and each object by its locator reference. */
  readonly subjects: readonly {
    /** `*` or a locator reference. */
    readonly ref: string;
    readonly version: string | null;
    readonly action: 'list' | 'read';
    readonly result: ProofResult;
  }[];
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly version: string;
}
