/** Sorted sets of 64-bit hashes: merging two is one walk, so sums over shards are unions, never additions. */

export const EMPTY: BigUint64Array = new BigUint64Array(0);

/** Sorts a copy and drops repeats. */
export function sortedSet(values: Iterable<bigint>): BigUint64Array {
  const sorted = BigUint64Array.from(values).sort();
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i];
    if (value === undefined || (i > 0 && value === sorted[i - 1])) continue;
    sorted[kept++] = value;
  }
  return sorted.slice(0, kept);
}

/** Union of two sorted sets. */
export function union(a: BigUint64Array, b: BigUint64Array): BigUint64Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = new BigUint64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  let size = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (right === undefined || (left !== undefined && left < right)) {
      merged[size++] = left ?? 0n;
      i++;
    } else {
      merged[size++] = right;
      j++;
      if (left === right) i++;
    }
  }
  return merged.slice(0, size);
}

/** Union of many: pairwise, so that each value is copied log(n) times. */
export function unionAll(sets: readonly BigUint64Array[]): BigUint64Array {
  let round = [...sets];
  while (round.length > 1) {
    const next: BigUint64Array[] = [];
    for (let i = 0; i < round.length; i += 2)
      next.push(union(round[i] ?? EMPTY, round[i + 1] ?? EMPTY));
    round = next;
  }
  return round[0] ?? EMPTY;
}
