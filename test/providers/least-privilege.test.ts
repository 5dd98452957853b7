/** The printed roles are enough for every call that is made, and hold nothing that writes. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../localstack/standins/s3/index.ts';
import { route } from '../../localstack/standins/s3/operations.ts';
import { loadProviders } from '../../providers/registry.ts';
import { s3 } from '../../providers/s3/provider.ts';
import type { Gap } from '../../src/model/gap.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Connection, LeastPrivilege } from '../../src/model/provider.ts';
import { collect } from '../kit/collect.ts';
import { STRANGER, type Stage, setStage } from './gcs/stage.ts';

async function roleOf(id: string): Promise<LeastPrivilege> {
  const role = (await loadProviders()).find((one) => one.id === id)?.leastPrivilege;
  if (!role) throw new Error(`${id} names no role`);
  return role;
}

/** Everything that a scan does with a connection. */
async function scanAll(connection: Connection): Promise<readonly Gap[]> {
  const gaps: Gap[] = [];
  for (const found of await collect(connection.assets())) {
    if ('gap' in found) {
      gaps.push(found.gap);
      continue;
    }
    const { asset } = found;
    gaps.push(...(await connection.probes(asset)).gaps);
    const objects = await collect(connection.objects(asset));
    await collect(connection.objectProbes(asset, objects));
    for (const object of objects) {
      for (const as of ['credentials', 'anonymous'] as const) {
        await collect(connection.read(asset, object, null, as)).catch(() => {});
      }
    }
  }
  await connection.close();
  return gaps;
}

test.each(['s3', 'gcs', 'azure-blob'])('the role for %s only reads', async (id) => {
  const { permissions, document } = await roleOf(id);
  for (const permission of permissions) {
    expect(permission).toMatch(
      /[:.](Get|List)[A-Za-z]+$|[./](get|list|read|getIamPolicy)$|\/getAcl\/action$/,
    );
    expect(document).toContain(permission);
  }
});

describe('Amazon S3', () => {
  let standIn: S3StandIn;
  beforeAll(async () => {
    const { permissions: allow } = await roleOf('s3');
    const account = { id: '111122223333', canonicalId: 'c-lands' };
    standIn = await startS3StandIn({
      accounts: [
        { ...account, accessKeyId: 'SCANNER', secretAccessKey: 'made-up', allow },
        { ...account, accessKeyId: 'OWNER', secretAccessKey: 'made-up' },
      ],
    });
    const { seed } = standIn;
    seed.bucket({ name: 'lands', versioning: 'Enabled', tags: { unit: 'survey' } });
    for (const body of ['1', '2'])
      seed.object({ bucket: 'lands', key: 'a', body, acl: 'public-read' });
    const point = {
      name: 'door',
      networkOrigin: 'VPC',
      policy: '{}',
      publicAccessBlock: {},
    } as const;
    seed.bucket({ name: 'pointed', accessPoints: [point], acl: 'public-read' });
    seed.object({ bucket: 'pointed', key: 'b', body: '3' });
  });
  afterAll(() => standIn.stop());

  test('is scanned without a gap by exactly this role, and every call is in it', async () => {
    const { permissions } = await roleOf('s3');
    const connection = await s3.connect(
      {
        uri: 's3+http://s3.us-east-1.amazonaws.com/',
        credentials: { accessKeyId: 'ID', secretAccessKey: 'SECRET' },
      },
      {
        limits: DEFAULT_LIMITS,
        signal: new AbortController().signal,
        allow: () => {},
        env: {
          ID: 'SCANNER',
          SECRET: 'made-up',
          HTTP_PROXY: standIn.url,
          AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
          AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
        },
      },
    );
    expect(await scanAll(connection)).toEqual([]);
    const actions = standIn.log
      .filter(({ signedBy }) => signedBy !== null)
      .map(({ method, path, query, bucket }) => {
        const at = bucket === null || path.startsWith(`/${bucket}`) ? path : `/${bucket}${path}`;
        return route(method, at, new URLSearchParams(query)).operation?.action;
      })
      .filter((action) => typeof action === 'string');
    expect(permissions).toEqual(expect.arrayContaining([...new Set(actions)]));
    expect(new Set(actions).size).toBeGreaterThan(12);
  });
});

describe('Google Cloud Storage', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    const { permissions } = await roleOf('gcs');
    stage.role('projects/lands/roles/ajarRead', permissions);
    stage.bucket({
      name: 'lands-data',
      iam: [{ role: 'projects/lands/roles/ajarRead', members: ['user:scanner@example.org'] }],
      objects: { 'a.csv': 'made up' },
    });
  });
  afterEach(() => stage.clearLog());
  afterAll(() => stage.stop());

  test('is scanned without a gap by exactly this role', async () => {
    const connection = await stage.connect(
      { uri: 'gs://lands-data' },
      { env: { GCS_TOKEN: STRANGER } },
    );
    expect(await scanAll(connection)).toEqual([]);
    expect(stage.log.every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(true);
  });
});
