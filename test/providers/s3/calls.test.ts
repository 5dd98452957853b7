/** What a scan costs the owner: calls of the control plane are counted, a bucket and an account. */
import { beforeAll, expect, test } from 'vitest';
import type { LoggedRequest } from '../../../localstack/standins/s3/index.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { Connection } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { found, LANDS, openPolicy, stage } from './stage.ts';

const on = stage();

/** The most that the control plane is asked for one bucket, its access points included. */
const MOST_A_BUCKET = 8;

/** Lists and objects: they grow with what lies in the bucket. */
const DATA = [
  'ListObjectsV2',
  'ListObjectVersions',
  'HeadObject',
  'GetObject',
  'GetObjectAcl',
] as const;

const OF_ACCOUNT = [
  'GetCallerIdentity',
  'ListBuckets',
  'GetAccountPublicAccessBlock',
  'ListAccessPoints',
  'ListMultiRegionAccessPoints',
];

function delegating(name: string): object {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': LANDS.id } },
    },
  };
}

function point(name: string): object {
  const policy = {
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:us-east-1:${LANDS.id}:accesspoint/${name}/object/*`,
    },
  };
  return {
    name,
    networkOrigin: 'Internet',
    policy: JSON.stringify(policy),
    publicAccessBlock: {},
  };
}

const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const BUCKETS: Readonly<Record<string, object>> = {
  plain: {},
  blocked: { publicAccessBlock: ALL_BLOCKED, policy: openPolicy('blocked', 's3:GetObject') },
  open: {
    policy: openPolicy('open', 's3:GetObject*', 's3:ListBucket'),
    versioning: 'Enabled',
    website: 'index.html',
    tags: { unit: 'survey' },
  },
  'by-acl': { acl: 'public-read', versioning: 'Enabled' },
  pointed: { policy: delegating('pointed'), accessPoints: [point('door')], versioning: 'Enabled' },
  payer: { policy: openPolicy('payer', 's3:GetObject*'), requesterPays: true },
};

beforeAll(() => {
  for (const [name, seed] of Object.entries(BUCKETS)) {
    on.standIn.seed.bucket({ name, ...seed });
    for (const body of ['1', '2']) on.standIn.seed.object({ bucket: name, key: 'a.csv', body });
  }
});

/** All that a scan does before it reads contents; the verdicts of reading. */
async function scanned(connection: Connection): Promise<Readonly<Record<string, string>>> {
  const states: Record<string, string> = {};
  for (const asset of (await found(connection)).assets) {
    const probed = await connection.probes(asset);
    states[asset.name] = evaluate(probed.facts).read.state;
    const objects = await collect(connection.objects(asset));
    await collect(connection.objectProbes(asset, objects));
  }
  return states;
}

function control(): readonly LoggedRequest[] {
  return on.standIn.log.filter(
    ({ signedBy, operation }) => signedBy !== null && !DATA.some((one) => one === operation),
  );
}

/** A point of a bucket counts for the bucket. */
function perBucket(): ReadonlyMap<string, readonly string[]> {
  const others = [...OF_ACCOUNT, 'ListDirectoryBuckets'];
  const all = control().filter(({ operation }) => !others.includes(operation ?? ''));
  const names = (one: LoggedRequest): string =>
    one.bucket ?? (one.path.includes('/door') ? 'pointed' : one.path);
  const groups = Map.groupBy(all, names);
  return new Map(
    [...groups].map(([name, calls]) => [name, calls.map(({ operation }) => operation ?? '')]),
  );
}

const EXPECTED = {
  plain: 'closed',
  blocked: 'closed',
  open: 'open',
  'by-acl': 'closed',
  pointed: 'open-to-any-account',
  payer: 'open-to-any-account',
};

test('no bucket costs more than eight calls, and what the account says is asked for once', async () => {
  expect(await scanned(await on.amazon(''))).toEqual(EXPECTED);
  for (const [name, calls] of perBucket()) {
    expect(calls.length, `${name}: ${calls.join(', ')}`).toBeLessThanOrEqual(MOST_A_BUCKET);
    expect(new Set(calls).size, `${name}: ${calls.join(', ')}`).toBe(calls.length);
  }
  expect(perBucket().size).toBe(Object.keys(BUCKETS).length);
  const asked = (name: string): readonly LoggedRequest[] =>
    control().filter(({ operation }) => operation === name);
  for (const name of OF_ACCOUNT) expect(asked(name).length, name).toBe(1);
  const regions = asked('ListDirectoryBuckets').map(({ host }) => host);
  expect(regions.length).toBe(new Set(regions).size);
});

test('where outsiders are turned away on the way, as few are enough', async () => {
  on.standIn.fault({ scope: { signed: false }, trouble: { kind: 'status', status: 403 } });
  expect(await scanned(await on.amazon(''))).toEqual(EXPECTED);
  for (const [name, calls] of perBucket()) {
    expect(calls.length, `${name}: ${calls.join(', ')}`).toBeLessThanOrEqual(MOST_A_BUCKET);
  }
});

test.each(Object.keys(BUCKETS))('named alone, %s costs no more', async (name) => {
  on.standIn.fault({ scope: { signed: false }, trouble: { kind: 'status', status: 403 } });
  await scanned(await on.amazon(name));
  const calls = perBucket().get(name) ?? [];
  expect(calls.length, calls.join(', ')).toBeLessThanOrEqual(MOST_A_BUCKET);
});

test('a bucket that everything blocks costs three', async () => {
  await scanned(await on.amazon(''));
  expect(perBucket().get('blocked')?.toSorted()).toEqual([
    'GetBucketPolicy',
    'GetBucketTagging',
    'GetPublicAccessBlock',
  ]);
});

test('a control plane that asks for patience gets it, and the verdicts stay', async () => {
  const trouble = { kind: 'status', status: 503, code: 'SlowDown' } as const;
  for (const operation of ['GetBucketPolicy', 'GetPublicAccessBlock', 'ListAccessPoints']) {
    on.standIn.fault({ scope: { operation, signed: true }, trouble, times: 1 });
  }
  expect(await scanned(await on.amazon(''))).toEqual(EXPECTED);
});

test('an account-level call that failed once is asked again, one that was refused is not', async () => {
  const once = (status: number): void => {
    on.standIn.fault({
      scope: { operation: 'GetAccountPublicAccessBlock' },
      trouble: { kind: 'status', status },
    });
  };
  const asked = (): number =>
    control().filter(({ operation }) => operation === 'GetAccountPublicAccessBlock').length;
  once(403);
  await scanned(await on.amazon(''));
  expect(asked()).toBe(1);
  on.standIn.clearFaults();
  on.standIn.clearLog();
  once(400);
  await scanned(await on.amazon(''));
  expect(asked()).toBe(Object.keys(BUCKETS).length);
});
