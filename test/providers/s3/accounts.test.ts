/** One target, several accounts: a role is taken in each, and one that refuses hides no other. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../../localstack/standins/s3/index.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { UsageError } from '../../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { Connection } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { found, openPolicy } from './stage.ts';

const OFFICE = '999900001111';
const LANDS = '111122223333';
const TAXES = '444455556666';
const POLICE = '777788889999';

let standIn: S3StandIn;

beforeAll(async () => {
  const account = (id: string, name: string, roles: readonly string[]): object => ({
    id,
    accessKeyId: `${name}KEY`,
    secretAccessKey: `${name}-secret`,
    canonicalId: `c-${name}`,
    roles,
  });
  standIn = await startS3StandIn({
    accounts: [
      account(OFFICE, 'office', []),
      account(LANDS, 'lands', ['audit/AjarRead']),
      account(TAXES, 'taxes', ['audit/AjarRead']),
      account(POLICE, 'police', []),
    ] as Parameters<typeof startS3StandIn>[0]['accounts'],
  });
  for (const [id, name] of [
    [LANDS, 'lands-data'],
    [TAXES, 'taxes-data'],
    [POLICE, 'police-data'],
  ] as const) {
    standIn.seed.bucket({ name, account: id, policy: openPolicy(name, 's3:GetObject') });
    standIn.seed.object({ bucket: name, key: 'a.csv', body: name });
  }
});
afterEach(() => standIn.clearLog());
afterAll(() => standIn.stop());

function connect(account: string): Promise<Connection> {
  return s3.connect(
    {
      uri: 's3+http://s3.us-east-1.amazonaws.com/',
      account,
      role: 'audit/AjarRead',
      credentials: { accessKeyId: 'ID', secretAccessKey: 'SECRET' },
    },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: {
        ID: 'officeKEY',
        SECRET: 'office-secret',
        HTTP_PROXY: standIn.url,
        AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
        AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
      },
    },
  );
}

test('the buckets of every account are found, judged and read by its own role', async () => {
  const connection = await connect(`${LANDS}, ${TAXES}`);
  const { assets, gaps } = await found(connection);
  expect(gaps).toEqual([]);
  expect(assets.map(({ account, name }) => `${account} ${name}`)).toEqual([
    `${LANDS} lands-data`,
    `${TAXES} taxes-data`,
  ]);
  for (const asset of assets) {
    const probed = await connection.probes(asset);
    expect([evaluate(probed.facts).read.state, probed.gaps]).toEqual(['open', []]);
    const [object] = await collect(connection.objects(asset));
    if (!object) throw new Error('no object');
    const bytes = await collect(connection.read(asset, object, null, 'credentials'));
    expect(Buffer.concat(bytes).toString()).toBe(asset.name);
  }
  const signers = new Set(standIn.log.map(({ signedBy }) => signedBy));
  expect([...signers].filter(Boolean).sort()).toEqual(['landsKEY', 'officeKEY', 'taxesKEY']);
  await connection.close();
});

test('an account that refuses the role is a gap that names it, and the others go on', async () => {
  const connection = await connect(`${POLICE},${TAXES}`);
  const { assets, gaps } = await found(connection);
  expect(assets.map(({ name }) => name)).toEqual(['taxes-data']);
  expect(gaps).toMatchObject([{ code: 'denied', what: `account ${POLICE}` }]);
  expect(gaps[0]?.detail).toContain(`sts:AssumeRole on arn:aws:iam::${POLICE}:role/audit/AjarRead`);
  await connection.close();
});

test('with a role anything but accounts and units is wrong usage', async () => {
  for (const account of ['organisation', 'ou-', '1111', 'organization;ls']) {
    await expect(connect(account)).rejects.toThrow(UsageError);
  }
});
