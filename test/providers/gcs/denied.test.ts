/** Refused reads of the configuration: an open bucket never turns closed, and each refusal is told. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Asked, Fault } from '../../../localstack/standins/served.ts';
import { EVERYONE_VIEWS, type Judged, judge, type Stage, setStage } from './stage.ts';

let stage: Stage;

const ROLE = 'projects/lands/roles/reader';

beforeAll(async () => {
  stage = await setStage();
  stage.role(ROLE, ['storage.objects.get']);
  const objects = { 'a/1.csv': 'made up', 'b/2.csv': 'made up' };
  const everyone = { entity: 'allUsers', role: 'READER' } as const;
  stage.bucket({ name: 'open-by-iam', iam: [EVERYONE_VIEWS], objects });
  stage.bucket({ name: 'open-by-acl', acl: [everyone], objects });
  stage.bucket({ name: 'open-by-role', iam: [{ role: ROLE, members: ['allUsers'] }], objects });
  stage.bucket({
    name: 'open-by-folder',
    uniform: true,
    folders: { 'a/': [EVERYONE_VIEWS] },
    objects,
  });
  stage.bucket({ name: 'shut', objects });
});
afterEach(() => stage.fault(null));
afterAll(() => stage.stop());

/** What is open of each bucket when everything can be read. */
const OPEN = {
  'open-by-iam': { read: 'open', list: 'open' },
  'open-by-acl': { read: null, list: 'open' },
  'open-by-role': { read: 'open', list: null },
  'open-by-folder': { read: 'partly-open', list: null },
} as const;
type OpenBucket = keyof typeof OPEN;
const BUCKETS = Object.keys(OPEN) as OpenBucket[];

interface Call {
  /** What its refusal has to name. */
  readonly permission: string;
  readonly path: RegExp;
  /** The bucket for which the call is made. */
  readonly bucket: OpenBucket;
}

const CALLS: Readonly<Record<string, Call>> = {
  'buckets.get': {
    permission: 'storage.buckets.get',
    path: /\/b\/[^/]+$/,
    bucket: 'open-by-iam',
  },
  'buckets.getIamPolicy': {
    permission: 'storage.buckets.getIamPolicy',
    path: /\/b\/[^/]+\/iam$/,
    bucket: 'open-by-iam',
  },
  'bucketAccessControls.list': {
    permission: 'storage.buckets.getIamPolicy',
    path: /\/acl$/,
    bucket: 'open-by-acl',
  },
  'defaultObjectAccessControls.list': {
    permission: 'storage.buckets.getIamPolicy',
    path: /\/defaultObjectAcl$/,
    bucket: 'open-by-acl',
  },
  'managedFolders.list': {
    permission: 'storage.managedFolders.list',
    path: /\/managedFolders$/,
    bucket: 'open-by-folder',
  },
  'managedFolders.getIamPolicy': {
    permission: 'storage.managedFolders.getIamPolicy',
    path: /\/managedFolders\/.+\/iam$/,
    bucket: 'open-by-folder',
  },
  'roles.get': { permission: 'iam.roles.get', path: /\/roles\//, bucket: 'open-by-role' },
  'policies.getEffectivePolicy': {
    permission: 'orgpolicy.policy.get',
    path: /:getEffectivePolicy$/,
    bucket: 'open-by-iam',
  },
};

const FORBIDDEN: Fault = { kind: 'answer', status: 403, body: '{"error":{"code":403}}' };

function refuse(calls: readonly Call[], outsidersToo: boolean): void {
  // ACLs come with the bucket where they may, so who may not have them is refused there as well.
  const withAcls = calls.some(({ path }) => /acl/i.test(path.source));
  const refused = ({ signed, path, query }: Asked): boolean =>
    signed
      ? calls.some((call) => call.path.test(path)) ||
        (withAcls && query.get('projection') === 'full')
      : outsidersToo;
  stage.fault((asked) => (refused(asked) ? FORBIDDEN : null));
}

async function look(bucket: string): Promise<Judged> {
  return judge(await stage.connect({ uri: `gs://${bucket}` }));
}

function expectNotClosed(bucket: OpenBucket, { verdict }: Judged): void {
  for (const action of ['read', 'list'] as const) {
    if (OPEN[bucket][action] !== null) {
      expect(verdict[action].state, `${action} of ${bucket}`).not.toBe('closed');
    }
  }
}

function named({ gaps }: Judged, permission: string): boolean {
  return gaps.some(({ code, detail }) => code === 'denied' && detail.includes(permission));
}

test('with everything readable each bucket is what it was made to be', async () => {
  for (const bucket of BUCKETS) {
    const looked = await look(bucket);
    for (const action of ['read', 'list'] as const) {
      const state = OPEN[bucket][action];
      if (state !== null) expect(looked.verdict[action].state, `${action} ${bucket}`).toBe(state);
    }
    expect(looked.gaps).toEqual([]);
  }
  const { verdict, gaps } = await look('shut');
  expect([verdict.read.state, verdict.list.state, gaps]).toEqual(['closed', 'closed', []]);
});

describe.each(Object.entries(CALLS))('%s refused', (_, call) => {
  test.each(BUCKETS)('leaves %s open or unknown', async (bucket) => {
    refuse([call], false);
    expectNotClosed(bucket, await look(bucket));
    refuse([call], true);
    expectNotClosed(bucket, await look(bucket));
  });

  test('is a gap that names the permission', async () => {
    // Where anybody gets in anyway the organisation's policy is not missed.
    refuse([call], true);
    expect(named(await look(call.bucket), call.permission)).toBe(true);
  });

  test('does not open a closed bucket', async () => {
    refuse([call], false);
    const { verdict } = await look('shut');
    for (const { state } of [verdict.read, verdict.list]) {
      expect(['closed', 'unknown']).toContain(state);
    }
  });
});

test('every call refused leaves nothing closed, and each permission is named', async () => {
  const all = Object.values(CALLS);
  refuse(all, false);
  for (const bucket of BUCKETS) expectNotClosed(bucket, await look(bucket));
  refuse(all, true);
  for (const bucket of [...BUCKETS, 'shut']) {
    const looked = await look(bucket);
    expect([looked.verdict.read.state, looked.verdict.list.state]).toEqual(['unknown', 'unknown']);
    for (const permission of [
      'storage.buckets.get',
      'storage.buckets.getIamPolicy',
      'storage.managedFolders.list',
    ]) {
      expect(named(looked, permission), permission).toBe(true);
    }
  }
});
