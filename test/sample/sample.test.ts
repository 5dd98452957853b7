import { expect, test } from 'vitest';
import { claimFrom, upperShare } from '../../src/sample/claim.ts';
import { createSampler, type SampleOptions } from '../../src/sample/sampler.ts';

const options: SampleOptions = {
  budgetBytes: 1_000_000,
  seed: 7,
  plannedObjects: 2_000,
  objectBytes: 400_000,
};

function fill(count: number, sizeBytes: number, folders = 4, seed = options.seed) {
  const sampler = createSampler({ ...options, seed });
  for (let i = 0; i < count; i++) {
    sampler.add({ key: `f${i % folders}/${i}.csv`, sizeBytes });
  }
  return sampler.plan();
}

test('what fits the budget is read wholly', () => {
  const plan = fill(100, 1_000);
  expect(plan.everything).toBe(true);
  expect(plan.first).toHaveLength(100);
});

test('what does not fit is sampled within the budget, every stratum at least once', () => {
  const plan = fill(1_000, 10_000);
  expect(plan.everything).toBe(false);
  expect(plan.first.reduce((sum, read) => sum + read.bytes, 0)).toBeLessThanOrEqual(1_000_000);
  expect(new Set(plan.first.map((read) => read.stratum)).size).toBe(4);
});

test('the same seed draws the same sample and another seed another', () => {
  const keys = (seed: number) => fill(1_000, 10_000, 4, seed).first.map(({ object }) => object.key);
  expect(keys(1)).toEqual(keys(1));
  expect(keys(1)).not.toEqual(keys(2));
});

test('a listing far over the memory limit keeps a bounded, even sample', () => {
  const plan = fill(200_000, 5_000, 4);
  expect(plan.objectsListed).toBe(200_000);
  const late = plan.first.filter(({ object }) => Number(/\d+\./.exec(object.key)?.[0]) > 100_000);
  expect(late.length / plan.first.length).toBeGreaterThan(0.3);
  expect(late.length / plan.first.length).toBeLessThan(0.7);
});

test('a stratum first met after the memory limit is still sampled', () => {
  const sampler = createSampler(options);
  for (let i = 0; i < 10_000; i++) sampler.add({ key: `a/${i}.txt`, sizeBytes: 5_000 });
  for (let i = 0; i < 10; i++) sampler.add({ key: `late/${i}.sql`, sizeBytes: 5_000 });
  expect(sampler.plan().first.some(({ object }) => object.key.startsWith('late/'))).toBe(true);
});

test('widening stays in the strata that were named and within the budget', () => {
  const plan = fill(1_000, 10_000);
  const named = plan.first[0]?.stratum ?? '';
  const more = plan.widen(new Set([named]));
  expect(more.length).toBeGreaterThan(0);
  expect(new Set(more.map((read) => read.stratum))).toEqual(new Set([named]));
  const bytes = [...plan.first, ...more].reduce((sum, read) => sum + read.bytes, 0);
  expect(bytes).toBeLessThanOrEqual(1_000_000);
});

test('a large object is read by its head and ranges inside it', () => {
  const sampler = createSampler({ ...options, budgetBytes: 1e9 });
  sampler.add({ key: 'big.csv', sizeBytes: 50_000_000 });
  const read = sampler.plan().first[0];
  expect(read?.ranges?.[0]?.start).toBe(0);
  const ranges = read?.ranges ?? [];
  for (const [index, range] of ranges.entries()) {
    expect(range.start).toBeLessThan(range.end);
    expect(range.end).toBeLessThanOrEqual(50_000_000);
    expect(range.start).toBeGreaterThanOrEqual(ranges[index - 1]?.end ?? 0);
  }
});

test('a clean sample of 300 of a million bounds the share near the rule of three', () => {
  expect(upperShare(1_000_000, 300, 0)).toBeCloseTo(3 / 300, 3);
});

test('reading everything leaves no room for doubt', () => {
  expect(upperShare(10, 10, 0)).toBe(0);
  expect(upperShare(10, 10, 3)).toBe(0.3);
});

test('the bound is exact on a case that can be counted by hand', () => {
  // Two of four drawn clean: with one marked object that has probability 1/2, with two 1/6, with three 0.
  expect(upperShare(4, 2, 0)).toBe(0.5);
});

test('the claim says what was read in words', () => {
  const counts = { objectsListed: 900, objectsRead: 300, bytesListed: 9, bytesRead: 3, inPart: 0 };
  const claim = claimFrom({ ...counts, seed: 1, firstPhase: { read: 300, positive: 0 } });
  expect(claim.text).toMatch(/^300 of 900 objects were read: at most 0\.\d+ % of the objects/);
});
