/** Every account of an organisation, or of one of its units: found, entered, judged; who refuses is told. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../../localstack/standins/s3/index.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { UsageError } from '../../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { Connection, TargetSpec } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { found, openPolicy } from './stage.ts';

const OFFICE = '999900001111';
const LANDS = '111122223333';
const TAXES = '444455556666';
const POLICE = '777788889999';
const UNIT = 'ou-abcd-11112222';
const BELOW = 'ou-abcd-33334444';

let standIn: S3StandIn;

beforeAll(async () => {
  const account = (id: string, name: string, more: object = {}): object => ({
    id,
    accessKeyId: `${name}KEY`,
    secretAccessKey: 'made-up',
    canonicalId: `c-${name}`,
    ...more,
  });
  const entered = { roles: ['AjarRead'] };
  standIn = await startS3StandIn({
    accounts: [
      account(OFFICE, 'office'),
      account(OFFICE, 'clerk', { allow: ['s3:*', 's3express:*'] }),
      account(LANDS, 'lands', entered),
      account(TAXES, 'taxes', entered),
      account(POLICE, 'police'),
    ] as Parameters<typeof startS3StandIn>[0]['accounts'],
    organization: {
      management: OFFICE,
      units: [
        { id: 'r-abcd', parent: null },
        { id: UNIT, parent: 'r-abcd' },
        { id: BELOW, parent: UNIT },
      ],
      accounts: [
        { id: OFFICE, name: 'Office', parent: 'r-abcd' },
        { id: LANDS, name: 'Lands', parent: UNIT },
        { id: TAXES, name: 'Taxes', parent: BELOW },
        { id: POLICE, name: 'Police', parent: 'r-abcd', status: 'SUSPENDED' },
      ],
    },
  });
  for (const [id, name] of [
    [OFFICE, 'office-data'],
    [LANDS, 'lands-data'],
    [TAXES, 'taxes-data'],
    [POLICE, 'police-data'],
  ] as const) {
    standIn.seed.bucket({ name, account: id, policy: openPolicy(name, 's3:GetObject') });
    standIn.seed.object({ bucket: name, key: 'a.csv', body: name });
  }
  standIn.seed.directoryBucket({
    account: LANDS,
    region: 'eu-west-1',
    name: 'lands-fast--euw1-az1--x-s3',
  });
});
afterEach(() => {
  standIn.clearFaults();
  standIn.clearLog();
});
afterAll(() => standIn.stop());

function connect(spec: Partial<TargetSpec>, key = 'office'): Promise<Connection> {
  return s3.connect(
    {
      uri: 's3+http://s3.us-east-1.amazonaws.com/',
      role: 'AjarRead',
      credentials: { accessKeyId: 'ID', secretAccessKey: 'SECRET' },
      ...spec,
    },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: {
        ID: `${key}KEY`,
        SECRET: 'made-up',
        HTTP_PROXY: standIn.url,
        AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
        AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
        AWS_ENDPOINT_URL_ORGANIZATIONS: 'http://organizations.us-east-1.amazonaws.com',
      },
    },
  );
}

test('the whole organisation is found, its own account by the credentials as they are', async () => {
  const connection = await connect({ account: 'organization' });
  const { assets, gaps } = await found(connection);
  expect(assets.filter(({ kind }) => kind === 'bucket').map(({ name }) => name)).toEqual([
    'office-data',
    'lands-data',
    'taxes-data',
  ]);
  for (const asset of assets.filter(({ kind }) => kind === 'bucket')) {
    const { facts, gaps: unread } = await connection.probes(asset);
    expect([evaluate(facts).read.state, unread]).toEqual(['open', []]);
  }
  expect(gaps).toMatchObject([{ code: 'denied', what: `account ${POLICE}` }]);
  expect(gaps[0]?.detail).toContain(`role/AjarRead`);
  expect(gaps[0]?.detail).toContain('HTTP 403 AccessDenied');
  expect(gaps[0]?.detail).toContain('SUSPENDED');
  await connection.close();
});

test('a unit means its accounts and those of the units below it', async () => {
  const connection = await connect({ account: UNIT });
  const { assets, gaps } = await found(connection);
  const accounts = assets.filter(({ kind }) => kind === 'bucket').map(({ account }) => account);
  expect([accounts, gaps]).toEqual([[LANDS, TAXES], []]);
  await connection.close();
});

test('an account that is meant twice is entered once', async () => {
  const connection = await connect({ account: `${TAXES}, ${BELOW}` });
  expect((await found(connection)).assets).toHaveLength(1);
  await connection.close();
});

test('who may not list the accounts is told which permission is missing', async () => {
  for (const [account, permission] of [
    ['organization', 'organizations:ListAccounts'],
    [UNIT, 'organizations:ListAccountsForParent'],
    [UNIT, 'organizations:ListOrganizationalUnitsForParent'],
  ] as const) {
    const connection = await connect({ account }, 'clerk');
    const { assets, gaps } = await found(connection);
    expect(assets).toEqual([]);
    expect(gaps.map(({ code }) => code)).toContain('denied');
    expect(gaps.map(({ detail }) => detail).join()).toContain(permission);
    await connection.close();
  }
});

test('accounts that are listed go on where the organisation refuses', async () => {
  const connection = await connect({ account: `organization,${LANDS}` }, 'clerk');
  const { assets, gaps } = await found(connection);
  expect(assets.map(({ account }) => account)).toContain(LANDS);
  expect(gaps).toHaveLength(1);
  await connection.close();
});

test('several accounts without a role to take are wrong usage', async () => {
  for (const account of ['organization', UNIT]) {
    const target = { uri: 's3://', account };
    expect(() => s3.plan(target, {})).toThrow(UsageError);
    expect(() => s3.plan(target, {})).toThrow(/name the role/);
  }
});

test('directory buckets of every region are found and closed, without a call for any of them', async () => {
  const connection = await connect({ account: LANDS });
  const { assets } = await found(connection);
  const fast = assets.find(({ kind }) => kind === 'directory-bucket');
  if (!fast) throw new Error('no directory bucket');
  expect([fast.name, fast.region]).toEqual(['lands-fast--euw1-az1--x-s3', 'eu-west-1']);
  standIn.clearLog();
  const { facts, gaps, objectGrants } = await connection.probes(fast);
  const verdict = evaluate(facts);
  expect([verdict.read.state, verdict.list.state, gaps, objectGrants]).toEqual([
    'closed',
    'closed',
    [],
    false,
  ]);
  expect(standIn.log).toEqual([]);
  await expect(collect(connection.objects(fast))).rejects.toMatchObject({ code: 'unsupported' });
  await connection.close();
});

test('who may not list directory buckets is told once, not once a region', async () => {
  standIn.fault({
    scope: { operation: 'ListDirectoryBuckets' },
    trouble: { kind: 'status', status: 403 },
  });
  const connection = await connect({ account: LANDS });
  const { gaps } = await found(connection);
  expect(gaps.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('s3express:ListAllMyDirectoryBuckets'),
  ]);
  await connection.close();
});

test('the doctor tries the role in each account, and what it holds in the first that lets it in', async () => {
  const target = {
    uri: 's3+http://s3.us-east-1.amazonaws.com/lands-data',
    account: `${POLICE},${LANDS},${TAXES}`,
    role: 'AjarRead',
    credentials: { accessKeyId: 'ID', secretAccessKey: 'SECRET' },
  };
  const checks = s3.tryPermissions?.(target, {
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    allow: () => {},
    env: {
      ID: 'officeKEY',
      SECRET: 'made-up',
      HTTP_PROXY: standIn.url,
      AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
      AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
    },
  });
  if (!checks) throw new Error('S3 tries no permissions');
  const all = await collect(checks);
  const roles = all.filter(({ permission }) => permission.startsWith('sts:AssumeRole'));
  expect(roles.map(({ permission, state }) => [permission.slice(-12), state])).toEqual([
    [POLICE, 'refused'],
    [LANDS, 'granted'],
    [TAXES, 'granted'],
  ]);
  const policies = all.filter(({ permission }) => permission === 's3:GetBucketPolicy');
  expect(policies.map(({ state }) => state)).toEqual(['granted']);
  const signers = new Set(standIn.log.map(({ signedBy }) => signedBy));
  expect(signers.has('taxesKEY')).toBe(false);
});
