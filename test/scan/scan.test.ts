/** The scan as a stream of events over a provider written for the test: what is read, what is told, what ends it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel, sketch } from '../../src/detect/index.ts';
import type { AccessFact } from '../../src/model/access.ts';
import { assetId } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { ScanEvent } from '../../src/model/event.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Connection, Provider } from '../../src/model/provider.ts';
import type { Report } from '../../src/model/report.ts';
import type { ScanJob } from '../../src/scan/job.ts';
import { createPool, type DetectionPool } from '../../src/scan/pool.ts';
import { scan } from '../../src/scan/scan.ts';
import { openStore } from '../../src/store/open.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const BECAUSE = { code: 'folder.assumed', params: { path: 'x' } };

interface Made {
  readonly name: string;
  readonly facts: readonly AccessFact[];
  readonly objects: Readonly<Record<string, string | Error>>;
  readonly objectGrants?: boolean;
  /** Keys with a grant of their own. */
  readonly granted?: readonly string[];
}

function fact(
  action: AccessFact['action'],
  answer: AccessFact['answer'],
  over: Partial<AccessFact> = {},
): AccessFact {
  return {
    audience: 'anyone',
    action,
    answer,
    source: 'config',
    slice: null,
    because: BECAUSE,
    ...over,
  };
}

function provider(made: readonly Made[], asked: string[]): Provider {
  const of = (name: string): Made => {
    const one = made.find((each) => each.name === name);
    if (!one) throw new Error('no such asset');
    return one;
  };
  const connection: Connection = {
    async *assets() {
      for (const { name } of made) {
        const id = assetId('made', 'up', name);
        yield {
          asset: {
            id,
            provider: 'made',
            authority: 'up',
            name,
            kind: 'bucket',
            url: name,
            labels: {},
          },
        };
      }
    },
    async probes({ name }) {
      return { facts: of(name).facts, gaps: [], objectGrants: of(name).objectGrants === true };
    },
    async *objects({ name }) {
      for (const [key, body] of Object.entries(of(name).objects)) {
        yield { key, sizeBytes: typeof body === 'string' ? Buffer.byteLength(body) : 10 };
      }
    },
    async *objectProbes({ name }, objects) {
      for (const { key } of objects) {
        if (!of(name).granted?.includes(key)) continue;
        const slice = { kind: 'object', pattern: key, except: [] } as const;
        yield fact('read', 'yes', { source: 'probe', slice });
      }
    },
    async *read({ name }, { key }) {
      asked.push(`${name}/${key}`);
      const body = of(name).objects[key];
      if (body instanceof Error) throw body;
      yield Buffer.from(body ?? '');
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

let pool: DetectionPool;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-scan-'));
  const registry = new URL('../../detectors/registry.ts', import.meta.url).href;
  pool = createPool({ registry, hashKey: new Uint8Array(16), limits: DEFAULT_LIMITS, threads: 1 });
});
afterEach(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(made: readonly Made[], over: Partial<ScanJob> = {}) {
  const asked: string[] = [];
  const hasher = createHasher(new Uint8Array(16));
  const kernel = createKernel(await loadDetectors(), hasher);
  const store = await openStore(join(folder, 'store.db'));
  const job: ScanJob = {
    run: {
      id: 'r',
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: null,
      version: '0',
      targets: ['made://'],
      status: 'running',
      seed: 1,
    },
    targets: [{ spec: { uri: 'made://' }, provider: provider(made, asked) }],
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
    assetsAtOnce: 2,
    objectsAtOnce: 2,
    signal: new AbortController().signal,
    now: () => new Date('2026-01-01T00:00:01.000Z'),
    ...over,
  };
  const events: ScanEvent[] = [];
  for await (const event of scan(job)) events.push(event);
  await store.close();
  const last = events.at(-1);
  if (last?.type !== 'report') throw new Error('no report');
  return { events, asked, report: last.report as Report };
}

const OPEN = [fact('read', 'yes'), fact('list', 'yes')];
const CLOSED = [fact('read', 'no'), fact('list', 'no')];
const body = (people: readonly string[]): string => `HKID\n${people.join('\n')}\n`;

test('contents behind an open door are read and become a finding', async () => {
  const { report, events } = await run([
    { name: 'a', facts: OPEN, objects: { 'x.csv': body(PEOPLE) } },
  ]);
  expect(report.findings[0]?.people).toEqual({ atLeast: 3, atMost: 3 });
  expect(events.map(({ type }) => type)).toContain('finding');
  expect(JSON.stringify(events)).not.toContain(PEOPLE[0]);
});

test('contents behind a closed door are not asked for', async () => {
  const { report, asked } = await run([
    { name: 'a', facts: CLOSED, objects: { 'x.csv': body(PEOPLE) } },
  ]);
  expect(asked).toEqual([]);
  expect(report.findings).toEqual([]);
  expect(report.coverage.assets[0]?.claim.text).toBe('Closed: its contents were not read.');
});

const ENDED = {
  owners: [{ id: 'lands', name: 'Lands Department' }],
  rules: [
    { owner: 'lands', prefix: 'survey/', purposeEnd: '2025-12-31' },
    { owner: 'lands', bucket: 'a' },
  ],
};

test('behind a closed door only that is read which nobody may hold any more', async () => {
  const objects = { 'survey/x.csv': body(PEOPLE), 'forms/y.csv': body(PEOPLE) };
  const { report, asked } = await run([{ name: 'a', facts: CLOSED, objects }], { owners: ENDED });
  expect(asked).toEqual(['a/survey/x.csv']);
  expect(report.findings).toHaveLength(1);
  const [finding] = report.findings;
  expect(finding?.verdict.read).toBe('closed');
  expect(finding?.lapsed).toEqual({ what: 'purpose', on: '2025-12-31' });
  expect(finding?.score).toContainEqual({ code: 'lapsed', value: '2025-12-31', points: 20 });
  expect(finding?.remedy.map(({ purpose }) => purpose)).toEqual(['remove', 'prove']);
});

test('what is read because nobody may hold it any more is no skip, asked for or not', async () => {
  const objects = { 'survey/x.csv': body(PEOPLE), 'forms/y.csv': body(PEOPLE) };
  const made = { facts: CLOSED, objects };
  const { report } = await run(
    [
      { ...made, name: 'a' },
      { ...made, name: 'b', objectGrants: true },
    ],
    {
      owners: {
        ...ENDED,
        rules: [{ owner: 'lands', prefix: 'survey/', purposeEnd: '2025-12-31' }],
      },
    },
  );
  const skips = Object.fromEntries(
    report.coverage.assets.map(({ asset, skips: told }) => [asset, told]),
  );
  expect(skips).toEqual({
    'made:up/a': [{ reason: 'closed: contents are not read', objects: 1 }],
    'made:up/b': [
      { reason: 'closed, each asked for without credentials: contents are not read', objects: 1 },
    ],
  });
});

test('the last day of a purpose still counts', async () => {
  const owners = { ...ENDED, rules: [{ owner: 'lands', purposeEnd: '2026-01-01' }] };
  const objects = { 'survey/x.csv': body(PEOPLE) };
  const { asked } = await run([{ name: 'a', facts: CLOSED, objects }], { owners });
  expect(asked).toEqual([]);
});

test('what is held too long beside an open part is read too, and told apart', async () => {
  const slice = { kind: 'keys', pattern: 'public/*', except: [] } as const;
  const facts = [fact('read', 'yes', { slice }), ...CLOSED];
  const objects = { 'public/x.csv': body(PEOPLE), 'survey/y.csv': body(PEOPLE), 'z.csv': '' };
  const { report, asked } = await run([{ name: 'a', facts, objects }], { owners: ENDED });
  expect(asked.toSorted()).toEqual(['a/public/x.csv', 'a/survey/y.csv']);
  expect(report.findings.map(({ slice }) => slice).toSorted()).toEqual([
    '(held after its end)',
    'public/*',
  ]);
});

test('what is open and held too long is one finding with both reasons', async () => {
  const objects = { 'survey/x.csv': body(PEOPLE) };
  const { report } = await run([{ name: 'a', facts: OPEN, objects }], { owners: ENDED });
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]?.verdict.read).toBe('open');
  expect(report.findings[0]?.verdict.reasons.map(({ code }) => code)).toContain('held.purpose');
});

test('a gate asks who would be exposed if it were public', async () => {
  const objects = { 'x.csv': body(PEOPLE) };
  const { report, asked } = await run([{ name: 'a', facts: CLOSED, objects }], { ifPublic: true });
  expect(asked).toEqual(['a/x.csv']);
  expect(report.findings[0]?.people.atMost).toBe(3);
  expect(report.findings[0]?.verdict.reasons.map(({ code }) => code)).toEqual([
    'gate.assumed',
    'gate.assumed',
  ]);
});

test('unknown is never closed: what lies behind it is read', async () => {
  const { report } = await run([{ name: 'a', facts: [], objects: { 'x.csv': body(PEOPLE) } }]);
  expect(report.assets[0]?.read).toBe('unknown');
  expect(report.findings[0]?.verdict.read).toBe('unknown');
});

test('only the open slice is read', async () => {
  const slice = { kind: 'keys', pattern: 'public/*', except: [] } as const;
  const facts = [fact('read', 'yes', { slice }), ...CLOSED];
  const objects = { 'public/x.csv': body(PEOPLE), 'private/y.csv': body(PEOPLE) };
  const { report, asked } = await run([{ name: 'a', facts, objects }]);
  expect(asked).toEqual(['a/public/x.csv']);
  expect(report.findings[0]?.slice).toBe('public/*');
});

test('names that can be counted through make it worse where there is no open list, and only there', async () => {
  const objects = Object.fromEntries(PEOPLE.map((id, n) => [`scan-${n + 1}.csv`, body([id])]));
  const read = fact('read', 'yes');
  const made = [
    { name: 'unlisted', facts: [read, fact('list', 'no')], objects },
    { name: 'listed', facts: [read, fact('list', 'yes')], objects },
  ];
  const { report } = await run(made);
  const codes = (name: string) =>
    report.findings.find(({ asset }) => asset.name === name)?.score.map(({ code }) => code);
  expect(codes('unlisted')).toContain('guessable');
  expect(codes('listed')).toContain('listable');
  expect(codes('listed')).not.toContain('guessable');
});

test('an object with a grant of its own is found in a closed bucket, the others stay unread', async () => {
  const objects = { 'a.csv': body(PEOPLE), 'b.csv': body(PEOPLE) };
  const { report, asked } = await run([
    { name: 'a', facts: CLOSED, objects, objectGrants: true, granted: ['b.csv'] },
  ]);
  expect(asked).toEqual(['a/b.csv']);
  expect(report.findings).toHaveLength(1);
});

test('keys that anyone can list are data too', async () => {
  const facts = [fact('read', 'no'), fact('list', 'yes')];
  const objects = Object.fromEntries(PEOPLE.map((id) => [`scans/${id}.pdf`, '']));
  const { report, asked } = await run([{ name: 'a', facts, objects }]);
  expect(asked).toEqual([]);
  expect(report.findings[0]?.slice).toBe('(object keys)');
  expect(report.findings[0]?.people.atMost).toBe(3);
});

test('an unreadable object is a gap, not a silence, and the others are read', async () => {
  const objects = { 'x.csv': new ScanError('denied', 'no'), 'y.csv': body(PEOPLE) };
  const { report } = await run([{ name: 'a', facts: OPEN, objects }]);
  expect(report.gaps).toEqual([
    { code: 'denied', asset: 'made:up/a', what: 'x.csv', detail: 'no' },
  ]);
  expect(report.findings).toHaveLength(1);
});

test('one person in two assets counts once in the run', async () => {
  const objects = { 'x.csv': body(PEOPLE) };
  const { report } = await run([
    { name: 'a', facts: OPEN, objects },
    { name: 'b', facts: OPEN, objects },
  ]);
  expect(report.findings).toHaveLength(2);
  expect(report.people).toBe(3);
  expect(report.departments[0]?.people).toBe(3);
});

test('an identifier in a key is masked wherever the key is shown', async () => {
  const objects = {
    [`${PEOPLE[0]}.csv`]: body(PEOPLE),
    [`${PEOPLE[1]}.bin`]: new ScanError('denied', 'no'),
  };
  const { events } = await run([{ name: 'a', facts: OPEN, objects }]);
  const text = JSON.stringify(events);
  for (const person of PEOPLE) expect(text.includes(person)).toBe(false);
});

test('an identifier in an asset’s name or in a reason is masked in every step of the remedy', async () => {
  const because = { code: 'gate.planned', params: { resource: `door of ${PEOPLE[1]}` } };
  const name = `intake-${PEOPLE[0]}`;
  const objects = { 'survey/x.csv': body(PEOPLE) };
  const facts = [fact('read', 'yes', { because }), fact('list', 'yes', { because })];
  const made = [{ name, facts, objects }];
  const { report } = await run(made, { owners: ENDED });
  const steps = report.findings[0]?.remedy ?? [];
  expect(steps.map(({ purpose }) => purpose)).toEqual(['close', 'remove', 'prove']);
  expect(steps[0]?.what).toContain('No ready-made command is known');
  for (const person of PEOPLE) expect(JSON.stringify(steps).includes(person)).toBe(false);
});

test('an aborted scan ends with a report that says so', async () => {
  const { report } = await run([{ name: 'a', facts: OPEN, objects: { 'x.csv': body(PEOPLE) } }], {
    signal: AbortSignal.abort(),
  });
  expect(report.run.status).toBe('interrupted');
  expect(report.coverage.complete).toBe(false);
  expect(report.gaps.map(({ code }) => code)).toEqual(['interrupted']);
});
