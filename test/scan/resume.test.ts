import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel, sketch } from '../../src/detect/index.ts';
import type { AccessFact } from '../../src/model/access.ts';
import { assetId } from '../../src/model/asset.ts';
import { OutputError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Connection, Provider } from '../../src/model/provider.ts';
import type { Report } from '../../src/model/report.ts';
import type { Store } from '../../src/model/store.ts';
import type { ScanJob } from '../../src/scan/job.ts';
import { createPool, type DetectionPool } from '../../src/scan/pool.ts';
import { scan } from '../../src/scan/scan.ts';
import { openStore } from '../../src/store/open.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const NAMES = ['a', 'b', 'c'];

let folder: string;
let pool: DetectionPool;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-resume-'));
  const registry = new URL('../../detectors/registry.ts', import.meta.url).href;
  pool = createPool({ registry, hashKey: new Uint8Array(16), limits: DEFAULT_LIMITS, threads: 1 });
});
afterEach(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Made {
  /** Assets that were asked anything. */
  readonly asked: Set<string>;
  /** Never answers, as if the process ended meanwhile. */
  readonly stuck?: string;
  /** Not there any more. */
  readonly gone?: string;
}

/** Three open buckets of two people each, of whom neighbours share one; one unreadable object each. */
function provider({ asked, stuck, gone }: Made): Provider {
  const facts = (['read', 'list'] as const).map(
    (action): AccessFact => ({
      audience: 'anyone',
      action,
      answer: 'yes',
      source: 'config',
      slice: null,
      because: { code: 'test', params: {} },
    }),
  );
  const connection: Connection = {
    async *assets() {
      for (const name of NAMES.filter((each) => each !== gone)) {
        const id = assetId('made', 'up', name);
        const asset = { id, provider: 'made', authority: 'up', name, kind: 'bucket', url: name };
        yield { asset: { ...asset, labels: {} } };
      }
    },
    async probes({ name }) {
      asked.add(name);
      return { facts, gaps: [], objectGrants: false };
    },
    async *objects({ name }) {
      asked.add(name);
      yield { key: `${name}.csv`, sizeBytes: 30 };
      yield { key: `${name}.zip`, sizeBytes: 10 };
    },
    async *objectProbes() {},
    async *read({ name }, { key }) {
      asked.add(name);
      if (name === stuck) await new Promise(() => undefined);
      const at = NAMES.indexOf(name);
      const people = [PEOPLE[at], PEOPLE[(at + 1) % PEOPLE.length]];
      yield Buffer.from(
        key.endsWith('.zip') ? 'PK\u0003\u0004 broken' : `HKID\n${people.join('\n')}\n`,
      );
    },
    async close() {},
  };
  return {
    id: 'made',
    title: 'Made for the test',
    schemes: ['made'],
    plan: () => ({ hosts: [], calls: [] }),
    connect: async () => connection,
    remedies: [],
    prove: () => ({ purpose: 'prove', what: 'ask again', command: 'true' }),
  };
}

async function jobOf(store: Store, made: Made, over: Partial<ScanJob> = {}): Promise<ScanJob> {
  const hasher = createHasher(new Uint8Array(16));
  const kernel = createKernel(await loadDetectors(), hasher);
  return {
    run: {
      id: 'r',
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: null,
      version: '0',
      targets: ['made://'],
      status: 'running',
      seed: 1,
    },
    targets: [{ spec: { uri: 'made://' }, provider: provider(made) }],
    limits: DEFAULT_LIMITS,
    budgetBytes: 1e9,
    owners: { owners: [], rules: [] },
    store,
    pool,
    locators: { ref: async (_asset, key) => `K-${key.length}` },
    mask: (text) => kernel.mask(text),
    sketch: (subject, persons) => ({ subject, keyId: hasher.keyId, registers: sketch(persons) }),
    allow: () => {},
    env: {},
    deadlineDays: 7,
    assetsAtOnce: 3,
    // Two are stuck in one of the tests.
    objectsAtOnce: 4,
    signal: new AbortController().signal,
    now: () => new Date('2026-01-01T00:00:01.000Z'),
    ...over,
  };
}

async function reportOf(job: ScanJob): Promise<Report> {
  for await (const event of scan(job)) if (event.type === 'report') return event.report;
  throw new Error('no report');
}

const file = (name: string): string => join(folder, `${name}.db`);
/** A run of which two assets were finished when its process ended. */
async function killed(path: string): Promise<void> {
  const store = await openStore(path);
  let findings = 0;
  for await (const event of scan(await jobOf(store, { asked: new Set(), stuck: 'b' }))) {
    if (event.type === 'finding') findings++;
    if (findings === 2) break;
  }
  await store.close();
}

async function goOn(path: string, made: Made): Promise<Report> {
  const store = await openStore(path);
  try {
    expect(await store.takeOver('r')).toBe(true);
    return await reportOf(await jobOf(store, made, { resumed: true }));
  } finally {
    await store.close();
  }
}

async function undisturbed(): Promise<Report> {
  const store = await openStore(file('undisturbed'));
  const report = await reportOf(await jobOf(store, { asked: new Set() }));
  await store.close();
  return report;
}

test('a run that goes on asks nothing of what was finished, and ends as if it had never stopped', async () => {
  await killed(file('s'));
  const asked = new Set<string>();
  expect(await goOn(file('s'), { asked })).toEqual(await undisturbed());
  expect([...asked]).toEqual(['b']);
});

test('what was finished counts, though it has gone since', async () => {
  await killed(file('s'));
  expect(await goOn(file('s'), { asked: new Set(), gone: 'a' })).toEqual(await undisturbed());
});

test('a store that cannot be written any more ends the scan, and is no gap', async () => {
  const store = await openStore(file('s'));
  const full: Store = {
    ...store,
    saveOutcome: async () => {
      throw new OutputError('s', 'ENOSPC', 'the disk is full');
    },
  };
  await expect(jobOf(full, { asked: new Set() }).then(reportOf)).rejects.toThrow(/disk is full/);
  await store.close();
});
