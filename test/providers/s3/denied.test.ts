/** Refused reads of the configuration: an open bucket never turns closed, and each refusal is told. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { State } from '../../../src/model/access.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { found, LANDS, openPolicy, stage } from './stage.ts';

const on = stage();

/** What each call of the control plane needs, as its refusal has to say. */
const NEEDS: Readonly<Record<string, string>> = {
  GetBucketPolicy: 's3:GetBucketPolicy',
  GetBucketAcl: 's3:GetBucketAcl',
  GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  GetBucketWebsite: 's3:GetBucketWebsite',
  GetBucketRequestPayment: 's3:GetBucketRequestPayment',
  GetBucketTagging: 's3:GetBucketTagging',
  GetAccountPublicAccessBlock: 's3:GetAccountPublicAccessBlock',
  ListAccessPoints: 's3:ListAccessPoints',
  GetAccessPoint: 's3:GetAccessPoint',
  GetAccessPointPolicy: 's3:GetAccessPointPolicy',
  ListMultiRegionAccessPoints: 's3:ListMultiRegionAccessPoints',
  GetMultiRegionAccessPointPolicy: 's3:GetMultiRegionAccessPointPolicy',
  GetCallerIdentity: 'sts:GetCallerIdentity',
};

/** How each bucket is open: the actions, and whether its objects are. */
const OPEN = {
  'open-by-policy': { read: ['open'], list: ['open'] },
  'open-by-slice': { read: ['partly-open'], list: [] },
  'open-by-acl': { read: [], list: ['open'] },
  'open-by-world': { read: ['open-to-any-account'], list: [] },
  'open-by-point': { read: ['open-to-any-account'], list: [] },
} as const satisfies Readonly<Record<string, { read: readonly State[]; list: readonly State[] }>>;
type OpenBucket = keyof typeof OPEN;

const BUCKETS = Object.keys(OPEN) as OpenBucket[];
const SHUT = 'shut';

const POINT = {
  name: 'door',
  networkOrigin: 'Internet',
  policy: JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:us-east-1:${LANDS.id}:accesspoint/door/object/*`,
    },
  }),
  publicAccessBlock: {},
} as const;

function allowing(statement: object): object {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', ...statement } };
}

beforeAll(() => {
  const { seed } = on.standIn;
  seed.bucket({
    name: 'open-by-policy',
    policy: openPolicy('open-by-policy', 's3:GetObject', 's3:ListBucket'),
  });
  seed.bucket({
    name: 'open-by-slice',
    policy: allowing({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::open-by-slice/a/*' }),
  });
  seed.bucket({ name: 'open-by-acl', acl: 'public-read' });
  seed.bucket({
    name: 'open-by-point',
    accessPoints: [POINT],
    policy: allowing({
      Action: '*',
      Resource: ['arn:aws:s3:::open-by-point', 'arn:aws:s3:::open-by-point/*'],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': LANDS.id } },
    }),
  });
  seed.bucket({
    name: 'open-by-world',
    policy: allowing({
      Action: '*',
      Resource: ['arn:aws:s3:::open-by-world', 'arn:aws:s3:::open-by-world/*'],
      Condition: { StringEquals: { 's3:DataAccessPointAccount': LANDS.id } },
    }),
  });
  seed.multiRegionPoint({
    account: LANDS.id,
    name: 'world',
    alias: 'mfzwi23gnjvgw.mrap',
    buckets: ['open-by-world', 'elsewhere'],
    policy: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3::${LANDS.id}:accesspoint/mfzwi23gnjvgw.mrap/object/*`,
      },
    }),
    publicAccessBlock: {},
  });
  seed.bucket({ name: SHUT });
  for (const bucket of [...BUCKETS, SHUT]) seed.object({ bucket, key: 'a/1.csv', body: 'made up' });
});

interface Looked {
  readonly read: State;
  readonly list: State;
  readonly gaps: readonly Gap[];
}

async function look(bucket: string): Promise<Looked> {
  const connection = await on.amazon(bucket);
  const { assets, gaps } = await found(connection);
  const [asset] = assets;
  if (!asset) throw new Error(`${bucket} was not found`);
  const { evaluate } = await import('../../../src/exposure/evaluate.ts');
  const probed = await connection.probes(asset);
  const { read, list } = evaluate(probed.facts);
  return { read: read.state, list: list.state, gaps: [...gaps, ...probed.gaps] };
}

function refuse(...operations: readonly string[]): void {
  const trouble = { kind: 'status', status: 403 } as const;
  on.standIn.fault({ scope: { operation: operations, signed: true }, trouble });
}

/** Outsiders are turned away by a network in between, so that only the documents can tell. */
function refuseOutsiders(): void {
  on.standIn.fault({ scope: { signed: false }, trouble: { kind: 'status', status: 403 } });
}

function expectNotClosed(bucket: OpenBucket, looked: Looked): void {
  for (const action of ['read', 'list'] as const) {
    if (OPEN[bucket][action].length > 0) {
      expect(looked[action], `${action} of ${bucket}`).not.toBe('closed');
    }
  }
}

function named({ gaps }: Looked, permission: string): boolean {
  return gaps.some(({ code, detail }) => code === 'denied' && detail.includes(permission));
}

test('with everything readable each bucket is what it was made to be', async () => {
  for (const bucket of BUCKETS) {
    const looked = await look(bucket);
    for (const action of ['read', 'list'] as const) {
      const [state] = OPEN[bucket][action];
      if (state) expect(looked[action], `${action} of ${bucket}`).toBe(state);
    }
    expect(looked.gaps).toEqual([]);
  }
  expect(await look(SHUT)).toEqual({ read: 'closed', list: 'closed', gaps: [] });
});

describe.each(Object.entries(NEEDS))('%s refused', (operation, permission) => {
  test.each(BUCKETS)('leaves %s open or unknown', async (bucket) => {
    refuse(operation);
    expectNotClosed(bucket, await look(bucket));
    refuseOutsiders();
    expectNotClosed(bucket, await look(bucket));
  });

  test('is a gap that names the permission', async () => {
    refuse(operation);
    // What an unsigned request has shown is not asked for any more.
    refuseOutsiders();
    const looked = await Promise.all([
      look('open-by-point'),
      look('open-by-world'),
      look('open-by-policy'),
    ]);
    expect(looked.some((one) => named(one, permission))).toBe(true);
  });

  test('does not open a closed bucket', async () => {
    refuse(operation);
    const { read, list } = await look(SHUT);
    for (const state of [read, list]) expect(['closed', 'unknown']).toContain(state);
  });
});

describe('every call refused', () => {
  test.each(BUCKETS)('leaves %s open or unknown, inside and outside', async (bucket) => {
    refuse(...Object.keys(NEEDS));
    const looked = await look(bucket);
    expectNotClosed(bucket, looked);
    refuseOutsiders();
    const blind = await look(bucket);
    expect([blind.read, blind.list]).toEqual(['unknown', 'unknown']);
  });

  test('names each permission that is missing', async () => {
    refuse(...Object.keys(NEEDS));
    refuseOutsiders();
    const looked = await look('open-by-policy');
    // Points that could not be listed cannot be asked about.
    const asked = Object.entries(NEEDS).filter(([call]) => !/^Get.*AccessPoint/.test(call));
    const without = asked.filter(([, permission]) => !named(looked, permission));
    // The account's own calls need its id first.
    const byId = ['GetAccountPublicAccessBlock', 'ListAccessPoints', 'ListMultiRegionAccessPoints'];
    expect(without.map(([call]) => call).filter((call) => !byId.includes(call))).toEqual([]);
  });

  test('says of a closed bucket that nothing is known', async () => {
    refuse(...Object.keys(NEEDS));
    expect(await look(SHUT)).toMatchObject({ read: 'unknown', list: 'unknown' });
  });
});
