/**
 * What is kept of a finished asset so that a killed run can go on after it, and the way back.
 *
 * Taken over, an asset counts as if this process had looked at it: its findings, coverage, gaps and
 * the exact sets of people, from which the totals are made. Nothing of it is asked for again.
 */
import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import type { Checkpoint } from '../model/store.ts';
import type { AssetOutcome } from './asset.ts';

const DIGEST_CHARACTERS = 24;

/** What the end of a run needs of each asset. */
export interface FinishedAsset {
  readonly shown: AssetOutcome['shown'];
  readonly coverage: AssetOutcome['coverage'];
  readonly concluded: readonly { readonly finding: Finding; readonly persons: BigUint64Array }[];
}

interface Body {
  readonly shown: FinishedAsset['shown'];
  readonly coverage: FinishedAsset['coverage'];
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/** Stands for the asset's id, which may hold what must not be kept. */
export function assetDigest(assetId: string): string {
  return createHash('sha256').update(assetId).digest('hex').slice(0, DIGEST_CHARACTERS);
}

export function toCheckpoint(
  assetId: string,
  { shown, coverage, concluded }: FinishedAsset,
  gaps: readonly Gap[],
): Checkpoint {
  const body: Body = { shown, coverage, findings: concluded.map(({ finding }) => finding), gaps };
  return {
    asset: assetDigest(assetId),
    body,
    persons: concluded.map(({ persons }) => littleEndian(persons)),
  };
}

export function fromCheckpoint({ body, persons }: Checkpoint): {
  readonly done: FinishedAsset;
  readonly gaps: readonly Gap[];
} {
  const { shown, coverage, findings, gaps } = body as Body;
  const concluded = findings.map((finding, index) => ({
    finding,
    persons: hashes(persons[index] ?? new Uint8Array()),
  }));
  return { done: { shown, coverage, concluded }, gaps };
}

/** Another machine may go on with it. */
function littleEndian(set: BigUint64Array): Uint8Array {
  const bytes = new Uint8Array(set.length * 8);
  const view = new DataView(bytes.buffer);
  set.forEach((value, index) => {
    view.setBigUint64(index * 8, value, true);
  });
  return bytes;
}

function hashes(bytes: Uint8Array): BigUint64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return BigUint64Array.from({ length: bytes.byteLength / 8 }, (_, index) =>
    view.getBigUint64(index * 8, true),
  );
}
