/** Buckets of several projects: a list of them, or all under an organisation or a folder. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GcsStandIn, startGcsStandIn } from '../../../localstack/standins/gcs/index.ts';
import { gcs } from '../../../providers/gcs/provider.ts';
import { readTarget } from '../../../providers/gcs/target.ts';
import { UsageError } from '../../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { assetsOf } from './stage.ts';

let cloud: GcsStandIn;

beforeAll(async () => {
  const token = (id: string): string => `${id}-token`;
  cloud = await startGcsStandIn({
    projects: [
      { id: 'lands', token: token('lands'), parent: 'organizations/1' },
      { id: 'taxes', token: token('taxes'), parent: 'organizations/1' },
      { id: 'health', token: token('health'), parent: 'folders/22' },
      { id: 'police', token: token('police'), parent: 'folders/21', secluded: true },
      { id: 'courts', token: token('courts'), parent: 'folders/23' },
      { id: 'elsewhere', token: token('elsewhere') },
    ],
    folders: [
      { name: 'folders/21', parent: 'organizations/1' },
      { name: 'folders/22', parent: 'folders/21' },
      { name: 'folders/23', parent: 'organizations/1', secluded: true },
    ],
    accounts: [{ email: 'scanner@example.org', token: 'scanner-token', viewer: true }],
    host: '127.0.0.1',
    port: 0,
  });
  for (const project of ['lands', 'taxes', 'health', 'police', 'courts', 'elsewhere']) {
    cloud.bucket({ name: `${project}-data`, project });
  }
});
afterAll(() => cloud.stop());

async function found(account: string): Promise<{
  readonly buckets: readonly string[];
  readonly gaps: readonly string[];
}> {
  const connection = await gcs.connect(
    { uri: 'gs://', endpoint: cloud.url, account, credentials: { token: 'TOKEN' } },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      env: { TOKEN: 'scanner-token' },
      allow: () => {},
    },
  );
  const { assets, gaps } = await assetsOf(connection);
  return {
    buckets: assets.map((asset) => `${asset.account} ${asset.name}`).sort(),
    gaps: gaps.map(({ code, what, detail }) => `${code} ${what}: ${detail}`),
  };
}

test('an organisation gives the buckets of its projects, through folders and pages', async () => {
  expect((await found('organizations/1')).buckets).toEqual([
    'health health-data',
    'lands lands-data',
    'taxes taxes-data',
  ]);
});

test('a project and a folder that refuse are gaps with the missing permission', async () => {
  const { gaps } = await found('organizations/1');
  expect([...gaps].sort()).toEqual([
    expect.stringMatching(/^denied buckets of project police: .*storage\.buckets\.list/),
    expect.stringMatching(/^denied folders under folders\/23: .*resourcemanager\.folders\.list/),
    expect.stringMatching(/^denied projects under folders\/23: .*resourcemanager\.projects\.list/),
  ]);
});

test('a folder gives what is below it', async () => {
  expect((await found('folders/22')).buckets).toEqual(['health health-data']);
});

test('projects can be listed by hand', async () => {
  const { buckets, gaps } = await found('lands, police,elsewhere');
  expect(buckets).toEqual(['elsewhere elsewhere-data', 'lands lands-data']);
  expect(gaps).toHaveLength(1);
});

test('an account that is none of these is wrong usage', () => {
  expect(() => readTarget({ uri: 'gs://', account: 'organizations/me' }, {})).toThrow(UsageError);
});
