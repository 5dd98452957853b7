/** Which permissions of the role are missing: each is tried by the call that needs it, and only read. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { LEAST_PRIVILEGE } from '../../../providers/s3/permissions.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { PermissionCheck, TargetSpec } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { LANDS, stage } from './stage.ts';

const on = stage();

beforeAll(() => {
  const { seed } = on.standIn;
  seed.bucket({
    name: 'whole',
    versioning: 'Enabled',
    accessPoints: [
      { name: 'door', networkOrigin: 'Internet', policy: '{}', publicAccessBlock: null },
    ],
  });
  seed.object({ bucket: 'whole', key: 'a.csv', body: 'made up' });
  seed.multiRegionPoint({
    account: LANDS.id,
    name: 'world',
    alias: 'w.mrap',
    buckets: ['whole'],
    policy: '{}',
    publicAccessBlock: null,
  });
  seed.bucket({ name: 'empty' });
});
afterEach(() => on.standIn.clearFaults());

function tried(path: string, change: Partial<TargetSpec> = {}): Promise<PermissionCheck[]> {
  const checks = s3.tryPermissions?.(
    {
      uri: `s3+http://s3.us-east-1.amazonaws.com/${path}`,
      credentials: { accessKeyId: 'ID', secretAccessKey: 'SECRET' },
      ...change,
    },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: {
        ID: LANDS.accessKeyId,
        SECRET: LANDS.secretAccessKey,
        HTTP_PROXY: on.standIn.url,
        AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
        AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
      },
    },
  );
  if (!checks) throw new Error('S3 tries no permissions');
  return collect(checks);
}

function states(checks: readonly PermissionCheck[], state: PermissionCheck['state']): string[] {
  return checks.filter((one) => one.state === state).map(({ permission }) => permission);
}

test('every permission of the role is tried, and found where it is', async () => {
  const checks = await tried('whole');
  expect(checks.map(({ permission }) => permission).sort()).toEqual(
    [...LEAST_PRIVILEGE.permissions].sort(),
  );
  expect(states(checks, 'refused')).toEqual([]);
  expect(states(checks, 'not-tried')).toEqual([]);
});

test.each([
  ['GetBucketPolicy', 's3:GetBucketPolicy'],
  ['GetBucketAcl', 's3:GetBucketAcl'],
  ['GetAccountPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
  ['ListDirectoryBuckets', 's3express:ListAllMyDirectoryBuckets'],
  ['GetMultiRegionAccessPointPolicy', 's3:GetMultiRegionAccessPointPolicy'],
])('where %s is refused, exactly %s is missing', async (operation, permission) => {
  on.standIn.fault({ scope: { operation }, trouble: { kind: 'status', status: 403 } });
  const checks = await tried('whole');
  expect(states(checks, 'refused')).toEqual([permission]);
  expect(checks.find((one) => one.state === 'refused')?.detail).toContain(permission);
});

test('what there is nothing to try with is said, never counted as granted', async () => {
  const checks = await tried('empty');
  expect(states(checks, 'refused')).toEqual([]);
  expect(states(checks, 'not-tried')).toEqual([
    's3:GetObject',
    's3:GetObjectVersion',
    's3:GetObjectVersionAcl',
    's3:GetObjectAcl',
    's3:GetAccessPoint',
    's3:GetAccessPointPolicy',
  ]);
});

test('without a bucket the first of the account is taken', async () => {
  expect(states(await tried(''), 'granted')).toContain('s3:GetBucketPolicy');
});

test('with every call refused nothing is granted and nothing is hidden', async () => {
  on.standIn.fault({ scope: { signed: true }, trouble: { kind: 'status', status: 403 } });
  const checks = await tried('whole');
  expect(states(checks, 'granted')).toEqual([]);
  expect(states(checks, 'refused')).toContain('s3:GetBucketPolicy');
});

test('trying changes nothing and reads no object', async () => {
  await tried('whole');
  expect(on.standIn.log.filter(({ operation }) => operation === 'GetObject')).toEqual([]);
  const methods = on.standIn.log.filter(({ operation }) => operation !== 'GetCallerIdentity');
  expect(methods.every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(true);
});
