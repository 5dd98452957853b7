import { expect, test } from 'vitest';
import { createRandom } from '../../src/sample/random.ts';
import { EMPTY_RESULT, merge, type ShardResult } from '../../src/scan/merge.ts';
import { sortedSet, union, unionAll } from '../../src/scan/sets.ts';

const random = createRandom(11);

function set(): BigUint64Array {
  return sortedSet(Array.from({ length: random.below(8) }, () => BigInt(random.below(12))));
}

function shard(id: number): ShardResult {
  const kind = { id: 'hk.hkid', kind: 'person', form: 'full', confidence: 'high' } as const;
  const detector = { ...kind, candidates: null };
  const group = (name: string) => ({
    [name]: {
      detectors: { 'hk.hkid full': { ...detector, hits: random.below(9), values: set() } },
      persons: set(),
      samples: [
        {
          detector: 'hk.hkid',
          masked: `A${random.below(9)}***`,
          place: `row ${id}`,
          ref: `K-${id}`,
          version: null,
        },
      ],
      refs: [`K-${random.below(20)}`],
      exposed: [{ ref: `K-${id}`, version: null, sizeBytes: 9, unsigned: true }],
      since: random.below(2) === 0 ? null : `2026-01-0${1 + random.below(9)}T00:00:00.000Z`,
    },
  });
  return {
    shards: [`s${id}`],
    groups: { ...group('a'), ...(id % 2 === 0 ? group('b') : {}) },
    strata: [`x${random.below(3)}`],
    gaps: [],
    tally: { objects: 1, bytes: random.below(99), inPart: 0, firstPhase: { read: 1, positive: 0 } },
  };
}

test('merging is associative and commutative', () => {
  for (let round = 0; round < 50; round++) {
    const [a, b, c] = [shard(round * 3), shard(round * 3 + 1), shard(round * 3 + 2)];
    expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
    expect(merge(a, b)).toEqual(merge(b, a));
    expect(merge(a, EMPTY_RESULT)).toEqual(merge(EMPTY_RESULT, a));
  }
});

test('a shard that arrives twice is refused instead of counted twice', () => {
  const one = shard(1);
  expect(() => merge(one, one)).toThrow(/merged twice/);
});

test('a union counts a person in two sets once', () => {
  expect([...union(sortedSet([1n, 2n]), sortedSet([2n, 3n]))]).toEqual([1n, 2n, 3n]);
  expect([...unionAll([sortedSet([0n]), sortedSet([0n, 5n]), sortedSet([5n])])]).toEqual([0n, 5n]);
});

test('a hash of zero is a person too', () => {
  expect([...union(sortedSet([0n, 1n]), sortedSet([0n]))]).toEqual([0n, 1n]);
});
