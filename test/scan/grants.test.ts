/** Objects asked for one by one: what is asked, what opens, what is said of the rest. */
import { expect, test } from 'vitest';
import type { AccessFact } from '../../src/model/access.ts';
import type { Asset, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { createGrants, type Granted } from '../../src/scan/grants.ts';

const ASSET: Asset = {
  id: 'made:up/a',
  provider: 'made',
  authority: 'up',
  name: 'a',
  kind: 'bucket',
  url: 'https://a.example/',
  labels: {},
};

interface Run extends Granted {
  readonly opened: readonly string[];
  readonly asked: number;
  /** The most objects handed over at once. */
  readonly largest: number;
}

interface Making {
  readonly objects: 'sample' | 'all';
  readonly count: number;
  readonly isOpen: (object: ObjectRef) => boolean;
  readonly failsAfter?: number;
}

function ref(at: number): ObjectRef {
  return { key: `k${at}`, sizeBytes: 1, ...(at % 10 === 9 && { version: `v${at}` }) };
}

async function run({
  objects,
  count,
  isOpen,
  failsAfter = Number.POSITIVE_INFINITY,
}: Making): Promise<Run> {
  const opened: string[] = [];
  let [asked, largest] = [0, 0];
  const grants = createGrants({
    job: {
      limits: { ...DEFAULT_LIMITS, objectProbes: 100 },
      objects,
      mask: (text) => text,
      signal: new AbortController().signal,
    },
    connection: {
      async *objectProbes(_, batch) {
        if (asked >= failsAfter) throw new ScanError('throttled', 'too fast');
        asked += batch.length;
        largest = Math.max(largest, batch.length);
        for (const { key, version } of batch.filter(isOpen)) {
          const slice = { kind: 'object', pattern: key, except: [] } as const;
          yield {
            audience: 'anyone',
            action: 'read',
            answer: 'yes',
            source: 'probe',
            slice: version === undefined ? slice : { ...slice, version },
            because: { code: 'probe.read', params: {} },
          } satisfies AccessFact;
        }
      },
    },
    asset: ASSET,
    seed: 1,
    onOpen: ({ key, version }) => opened.push(version ?? key),
  });
  for (let at = 0; at < count; at += 1) await grants.add(ref(at));
  return { ...(await grants.end()), opened, asked, largest };
}

const told = ({ skips }: Granted): readonly (readonly [string, number])[] =>
  skips.map(({ reason, objects }) => [reason.split(':')[0] ?? '', objects]);

test('a sample asks for so many and says how many it did not ask for', async () => {
  const ran = await run({ objects: 'sample', count: 5_000, isOpen: () => false });
  expect(ran.asked).toBe(100);
  expect(told(ran)).toEqual([
    ['closed, each asked for without credentials', 100],
    ['not asked for one by one (limits.objectProbes)', 4_900],
  ]);
});

test('all means every object, in pieces that do not grow with the listing', async () => {
  const ran = await run({
    objects: 'all',
    count: 5_000,
    isOpen: ({ key }) => key === 'k4321',
  });
  expect([ran.asked, ran.opened]).toEqual([5_000, ['k4321']]);
  expect(ran.largest).toBeLessThan(1_000);
  expect(told(ran)).toEqual([['closed, each asked for without credentials', 4_999]]);
});

test('however many open, all go on to be read and only a verdict’s worth of facts is kept', async () => {
  const ran = await run({ objects: 'all', count: 3_000, isOpen: () => true });
  expect(ran.opened).toHaveLength(3_000);
  expect(ran.facts).toHaveLength(100);
  expect(ran.skips).toEqual([]);
});

test('an old version that opens does not open the object of the same name', async () => {
  const ran = await run({
    objects: 'all',
    count: 20,
    isOpen: ({ version }) => version === 'v19',
  });
  expect(ran.opened).toEqual(['v19']);
});

test('a failure is a gap, and what follows counts as not asked', async () => {
  const ran = await run({ objects: 'all', count: 2_000, isOpen: () => false, failsAfter: 500 });
  expect(ran.gaps).toMatchObject([{ code: 'throttled', what: 'object grants' }]);
  const asked = ran.asked;
  expect(told(ran)).toContainEqual([
    'not asked for one by one (limits.objectProbes)',
    2_000 - asked,
  ]);
});
