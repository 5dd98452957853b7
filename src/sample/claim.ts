/** What a sample lets us say about the objects that were not read. */
import type { Claim } from '../model/coverage.ts';

const CONFIDENCE = 0.95;

/** ln n! by Stirling's series, exact to 1e-10 above 10; smaller ones by product. */
function logFactorial(n: number): number {
  if (n < 12) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const x = n + 1;
  return (
    (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
  );
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** P(at most `found` marked ones among `drawn`) when `marked` of `total` are marked (hypergeometric). */
function atMostProbability(total: number, marked: number, drawn: number, found: number): number {
  let sum = 0;
  const least = Math.max(0, drawn - (total - marked));
  for (let k = least; k <= Math.min(found, marked); k++) {
    const log =
      logChoose(marked, k) + logChoose(total - marked, drawn - k) - logChoose(total, drawn);
    sum += Math.exp(log);
  }
  return sum;
}

/**
 * The largest share of `total` objects that can hold an identifier without a random sample of
 * `drawn` showing only `found` of them being less likely than 5 % (exact, one sided).
 */
export function upperShare(total: number, drawn: number, found: number): number {
  if (drawn === 0) return 1;
  if (drawn >= total) return found / total;
  let low = found;
  let high = total - (drawn - found);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (atMostProbability(total, middle, drawn, found) > 1 - CONFIDENCE) low = middle;
    else high = middle - 1;
  }
  return low / total;
}

export interface ReadCounts {
  readonly objectsListed: number;
  readonly objectsRead: number;
  readonly bytesListed: number;
  readonly bytesRead: number;
  /** Objects of the fixed first phase, and how many of them held an identifier. */
  readonly firstPhase: { readonly read: number; readonly positive: number };
  /** Objects of which only ranges were read. */
  readonly inPart: number;
  readonly seed: number;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}

function sentence(counts: ReadCounts, everything: boolean, atMost: number): string {
  const { objectsListed, objectsRead, inPart } = counts;
  const part = inPart > 0 ? `; ${inPart} of them were read in part, by ranges` : '';
  if (objectsListed === 0) return 'There was nothing to read.';
  if (everything) return `All ${objectsListed} objects were read${part}.`;
  return (
    `${objectsRead} of ${objectsListed} objects were read${part}: ` +
    `at most ${percent(atMost)} of the objects hold an identifier, at 95 %.`
  );
}

export function claimFrom(counts: ReadCounts): Claim {
  const { objectsListed, objectsRead, bytesListed, bytesRead, seed, firstPhase } = counts;
  const everything = objectsRead >= objectsListed;
  const atMost = upperShare(objectsListed, firstPhase.read, firstPhase.positive);
  return {
    basis: everything && counts.inPart === 0 ? 'everything' : 'sample',
    objectsListed,
    objectsRead,
    bytesListed,
    bytesRead,
    atMost: everything ? null : atMost,
    text: sentence(counts, everything, atMost),
    seed,
  };
}

/** For an asset whose contents were not read at all. */
export function noClaim(
  text: string,
  seed: number,
  listed?: { objects: number; bytes: number },
): Claim {
  return {
    basis: 'none',
    objectsListed: listed?.objects ?? 0,
    objectsRead: 0,
    bytesListed: listed?.bytes ?? 0,
    bytesRead: 0,
    atMost: null,
    text,
    seed,
  };
}
