import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { gcs } from '../../../providers/gcs/provider.ts';
import { becauseText } from '../../../src/model/because.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import {
  assetsOf,
  bytesOf,
  collect,
  EVERYONE_VIEWS,
  GUARDED,
  judge,
  ref,
  STRANGER,
  type Stage,
  setStage,
} from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.fault(null));
afterAll(() => stage.stop());

const READER = { entity: 'allUsers', role: 'READER' } as const;

test('gs:// finds every bucket of the project with labels, region and account', async () => {
  stage.bucket({ name: 'first', labels: { unit: 'survey' }, location: 'ASIA-EAST1' });
  const { assets } = await assetsOf(await stage.connect({ name: 'lands-cloud' }));
  expect(assets.find(({ name }) => name === 'first')).toEqual({
    id: 'gcs:lands-cloud/first',
    provider: 'gcs',
    authority: 'lands-cloud',
    name: 'first',
    kind: 'bucket',
    url: `${stage.url}/first`,
    account: 'lands',
    region: 'asia-east1',
    labels: { unit: 'survey' },
  });
});

test('a bucket open by IAM is open to read and list, and both witnesses say so', async () => {
  stage.bucket({ name: 'open-iam', iam: [EVERYONE_VIEWS], objects: { 'a.csv': 'x' } });
  const { verdict, facts, gaps } = await judge(await stage.connect({ uri: 'gs://open-iam' }));
  expect(verdict.read).toMatchObject({ state: 'open', disagreement: null });
  expect(verdict.list).toMatchObject({ state: 'open', disagreement: null });
  expect(verdict.write.state).toBe('closed');
  expect(gaps).toEqual([]);
  const codes = facts.filter(({ answer }) => answer === 'yes').map(({ because }) => because.code);
  expect(codes).toEqual(
    expect.arrayContaining(['gcs.iam.allow', 'probe.permissions', 'probe.listed', 'probe.read']),
  );
});

test('a shut bucket is closed, and single objects may still be open', async () => {
  stage.bucket({ name: 'shut', objects: { 'a.csv': 'x' } });
  const { verdict, objectGrants } = await judge(await stage.connect({ uri: 'gs://shut' }));
  expect([verdict.read.state, verdict.list.state]).toEqual(['closed', 'closed']);
  expect(objectGrants).toBe(true);
});

test('uniform access and prevention each rule grants of single objects out', async () => {
  stage.bucket({ name: 'uniform', uniform: true, objects: { 'a.csv': 'x' } });
  stage.bucket({
    name: 'prevented',
    publicAccessPrevention: 'enforced',
    iam: [EVERYONE_VIEWS],
    objects: { 'a.csv': 'x' },
  });
  const uniform = await judge(await stage.connect({ uri: 'gs://uniform' }));
  const prevented = await judge(await stage.connect({ uri: 'gs://prevented' }));
  expect([uniform.objectGrants, prevented.objectGrants]).toEqual([false, false]);
  expect(uniform.gaps).toEqual([]);
  expect(prevented.verdict.read).toMatchObject({ state: 'closed', disagreement: null });
});

test('the one public object of a closed bucket is found and explained by its own ACL', async () => {
  stage.bucket({
    name: 'one-object',
    objects: { 'open & ö.csv': 'x', 'shut.csv': 'x' },
    objectAcl: { 'open & ö.csv': [READER] },
  });
  const connection = await stage.connect({ uri: 'gs://one-object' });
  const { asset } = await judge(connection);
  const objects = await collect(connection.objects(asset));
  const facts = await collect(connection.objectProbes(asset, objects));
  expect(facts.map(({ source, answer, because }) => [source, answer, because.code])).toEqual([
    ['probe', 'yes', 'probe.read'],
    ['config', 'yes', 'gcs.acl.object'],
  ]);
  expect(facts[0]?.slice).toEqual({ kind: 'object', pattern: 'open & ö.csv', except: [] });
});

test('the organisation closes what the bucket still grants, and says so', async () => {
  stage.bucket({
    name: 'guarded-one',
    project: 'guarded',
    iam: [EVERYONE_VIEWS],
    objects: { 'a.csv': 'x' },
  });
  const connection = await stage.connect(
    { uri: 'gs://guarded-one', account: 'guarded' },
    { env: { GCS_TOKEN: GUARDED } },
  );
  const { verdict } = await judge(connection);
  expect(verdict.read).toMatchObject({ state: 'closed', disagreement: null });
  expect(verdict.read.because.map(({ code }) => code)).toContain('gcs.pap.organization');
});

test('a public default ACL says that objects may be open, and the request tells which', async () => {
  stage.bucket({ name: 'default-acl', defaultObjectAcl: [READER], objects: { 'a.csv': 'x' } });
  const { verdict } = await judge(await stage.connect({ uri: 'gs://default-acl' }));
  expect(verdict.read.state).toBe('partly-open');
  expect(verdict.read.slices.map(({ pattern }) => pattern)).toEqual(['a.csv']);
});

test('requester pays keeps outsiders out, and a scanner of another project is told why', async () => {
  stage.bucket({
    name: 'payer',
    requesterPays: true,
    iam: [EVERYONE_VIEWS],
    objects: { 'a.csv': 'x' },
  });
  const own = await judge(await stage.connect({ uri: 'gs://payer' }));
  const other = await stage.connect({ uri: 'gs://payer' }, { env: { GCS_TOKEN: STRANGER } });
  expect(own.verdict.read).toMatchObject({ state: 'open-to-any-account', disagreement: null });
  const { verdict, gaps } = await judge(other);
  expect(verdict.read.state).toBe('unknown');
  expect(gaps[0]?.detail).toContain('requester pays is on');
});

test('an asset from another process is probed, listed and read without being discovered again', async () => {
  stage.bucket({
    name: 'handed-on',
    objects: { 'a.csv': 'x' },
    objectAcl: { 'a.csv': [READER] },
  });
  const { assets } = await assetsOf(await stage.connect({ uri: 'gs://' }));
  const asset = assets.find(({ name }) => name === 'handed-on');
  if (!asset) throw new Error('no bucket');
  const worker = await stage.connect({ uri: 'gs://' });
  const objects = await collect(worker.objects(asset));
  const facts = await collect(worker.objectProbes(asset, objects));
  expect(facts.map(({ because }) => because.code)).toEqual(['probe.read', 'gcs.acl.object']);
});

test('a managed folder opens a slice', async () => {
  stage.bucket({
    name: 'folders',
    uniform: true,
    folders: { 'open/': [EVERYONE_VIEWS], 'own/': [] },
    objects: { 'open/a.csv': 'x', 'own/a.csv': 'x' },
  });
  const { verdict } = await judge(await stage.connect({ uri: 'gs://folders' }));
  expect(verdict.read.state).toBe('partly-open');
  expect(verdict.read.slices.map(({ pattern }) => pattern)).toContain('open/*');
});

test('a custom role is judged by the permissions that IAM names', async () => {
  stage.role('projects/lands/roles/peek', ['storage.objects.get']);
  stage.bucket({
    name: 'custom',
    iam: [{ role: 'projects/lands/roles/peek', members: ['allUsers'] }],
    objects: { 'a.csv': 'x' },
  });
  const { verdict } = await judge(await stage.connect({ uri: 'gs://custom' }));
  expect([verdict.read.state, verdict.list.state]).toEqual(['open', 'closed']);
});

test('a drop box that anybody may write is told apart from one that anybody may read', async () => {
  stage.bucket({
    name: 'drop-box',
    iam: [{ role: 'roles/storage.objectCreator', members: ['allUsers'] }],
    objects: { 'a.csv': 'x' },
  });
  const { verdict } = await judge(await stage.connect({ uri: 'gs://drop-box' }));
  expect([verdict.read.state, verdict.write.state]).toEqual(['closed', 'open']);
});

test('documents that the credentials may not read are unknown and each is a gap', async () => {
  stage.bucket({
    name: 'unreadable',
    iam: [{ role: 'roles/storage.objectViewer', members: ['user:scanner@example.org'] }],
    objects: { 'a.csv': 'x' },
  });
  const connection = await stage.connect(
    { uri: 'gs://unreadable' },
    { env: { GCS_TOKEN: STRANGER } },
  );
  const { verdict, gaps } = await judge(connection);
  expect(verdict.read.state).toBe('unknown');
  expect(gaps.map(({ code, what }) => [code, what])).toEqual(
    expect.arrayContaining([
      ['denied', 'bucket metadata'],
      ['denied', 'bucket IAM policy'],
    ]),
  );
  expect(gaps[0]?.detail).toContain('storage.buckets.get');
});

test('an outsider sees an open bucket without any credential being sent', async () => {
  stage.bucket({ name: 'outside', iam: [EVERYONE_VIEWS], objects: { 'a.csv': 'ab' } });
  stage.clearLog();
  const connection = await stage.connect({ uri: 'gs://outside', anonymous: true });
  const { asset, verdict } = await judge(connection);
  const objects = await collect(connection.objects(asset));
  const [object] = objects;
  expect(verdict.read.state).toBe('open');
  expect(object).toMatchObject({ key: 'a.csv', sizeBytes: 2 });
  expect(await bytesOf(connection.read(asset, ref('a.csv'), null, 'anonymous'))).toBe('ab');
  expect(stage.log.filter(({ signed }) => signed)).toEqual([]);
});

test('an outsider who is refused knows nothing, not that it is closed', async () => {
  stage.bucket({ name: 'outside-shut', objects: { 'a.csv': 'ab' } });
  const { verdict } = await judge(
    await stage.connect({ uri: 'gs://outside-shut', anonymous: true }),
  );
  expect(verdict.read.state).toBe('unknown');
});

test('credentials that may not list give way to the list that anybody gets', async () => {
  stage.bucket({
    name: 'list-by-anyone',
    iam: [EVERYONE_VIEWS],
    objects: { 'a.csv': 'x' },
  });
  stage.fault(({ path, signed }) =>
    path === '/storage/v1/b/list-by-anyone/o' && signed ? { kind: 'answer', status: 403 } : null,
  );
  const connection = await stage.connect({ uri: 'gs://list-by-anyone' });
  const { asset } = await judge(connection);
  expect((await collect(connection.objects(asset))).map(({ key }) => key)).toEqual(['a.csv']);
});

test('a prefix confines the listing and the probed keys', async () => {
  stage.bucket({ name: 'prefixed', objects: { 'in/a.csv': 'x', 'out/a.csv': 'x' } });
  stage.clearLog();
  const connection = await stage.connect({ uri: 'gs://prefixed/in/' });
  const { asset } = await judge(connection);
  expect((await collect(connection.objects(asset))).map(({ key }) => key)).toEqual(['in/a.csv']);
  expect(stage.log.some(({ path }) => path.includes('out/'))).toBe(false);
});

test('an object stored with gzip encoding is read as stored, and so are its ranges', async () => {
  const stored = gzipSync('name,phone\n'.repeat(100));
  const bucket = stage.bucket({ name: 'zipped', objects: { 'a.csv': stored } });
  const [object] = bucket.objects.get('a.csv') ?? [];
  if (object) bucket.objects.set('a.csv', [{ ...object, contentEncoding: 'gzip' }]);
  const connection = await stage.connect({ uri: 'gs://zipped' });
  const { asset } = await judge(connection);
  const range = { start: 0, end: 4 };
  const head = await collect(connection.read(asset, ref('a.csv'), range, 'credentials'));
  expect(Buffer.concat(head)).toEqual(stored.subarray(0, 4));
});

test('an object that was overwritten after it was listed is told as changed', async () => {
  stage.bucket({ name: 'moving', objects: { 'a.csv': 'old' } });
  const connection = await stage.connect({ uri: 'gs://moving' });
  const { asset } = await judge(connection);
  const [object] = await collect(connection.objects(asset));
  stage.bucket({ name: 'moving', objects: { 'a.csv': 'new' } });
  if (!object) throw new Error('nothing listed');
  await expect(bytesOf(connection.read(asset, object, null, 'credentials'))).rejects.toMatchObject({
    code: 'changed',
  });
});

test('a page that a gateway makes up for every address is no open object', async () => {
  stage.bucket({ name: 'gateway', objects: { 'a.csv': 'x' } });
  stage.fault(({ path, signed }) =>
    path.startsWith('/gateway/') && !signed
      ? { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<p>hi' }
      : null,
  );
  const { verdict, facts } = await judge(await stage.connect({ uri: 'gs://gateway' }));
  expect(verdict.read.state).toBe('closed');
  expect(facts.map(({ because }) => becauseText(because)).join('\n')).toContain('proves nothing');
});

test('a login page in place of a document is no document', async () => {
  stage.bucket({ name: 'portal', objects: { 'a.csv': 'x' } });
  stage.fault(({ path }) =>
    path.endsWith('/iam') ? { kind: 'answer', status: 200, body: '<html>log in</html>' } : null,
  );
  const { verdict, gaps } = await judge(await stage.connect({ uri: 'gs://portal' }));
  expect(verdict.read.state).toBe('unknown');
  expect(gaps).toMatchObject([{ code: 'malformed', what: 'bucket IAM policy' }]);
});

test('a bucket that is not there is a gap that says so', async () => {
  const { assets, gaps } = await assetsOf(await stage.connect({ uri: 'gs://no-such-bucket' }));
  expect(assets).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'not-found', asset: 'gs://no-such-bucket' }]);
});

test('an empty token variable is named, without asking anybody', async () => {
  stage.clearLog();
  const { gaps } = await assetsOf(await stage.connect({ uri: 'gs://shut' }, { env: {} }));
  expect(gaps).toMatchObject([{ code: 'no-credentials' }]);
  expect(gaps[0]?.detail).toContain('GCS_TOKEN');
  expect(stage.log).toEqual([]);
});

test('each host passes the scope before anything is sent to it', async () => {
  const asked: string[] = [];
  const allow = (host: string, port: number): void => {
    asked.push(`${host}:${port}`);
    throw new Error('not in scope');
  };
  stage.clearLog();
  const connection = await stage.connect({ uri: 'gs://shut' }, { allow });
  await expect(assetsOf(connection)).rejects.toThrow('not in scope');
  expect(asked).toEqual([new URL(stage.url).host]);
  expect(stage.log).toEqual([]);
});

test('the plan names hosts and calls, and Google has its own hosts', () => {
  const own = gcs.plan({ uri: 'gs://lands' }, {});
  const outside = gcs.plan({ uri: 'gs://lands', anonymous: true }, {});
  const sovereign = gcs.plan(
    { uri: 'gs://lands' },
    { GOOGLE_CLOUD_UNIVERSE_DOMAIN: 'cloud.example' },
  );
  expect(own.hosts).toContain('storage.googleapis.com:443');
  expect(own.calls).toContain('storage.buckets.getIamPolicy');
  expect(outside.hosts).toEqual(['storage.googleapis.com:443']);
  expect(sovereign.hosts).toContain('storage.cloud.example:443');
});

test('a target that cannot be meant is refused in one sentence', () => {
  for (const target of [
    { uri: 's3://lands' },
    { uri: 'gs://Not_A_Bucket!' },
    { uri: 'gs://', anonymous: true },
    { uri: 'gs://lands', endpoint: 'ftp://host' },
    { uri: 'gs://lands', credentials: { key: 'X' } },
  ]) {
    expect(() => gcs.plan(target, {})).toThrow(/^(target|endpoint|credentials) /);
  }
});

test('a server that does not answer is a timeout and not a hang', async () => {
  stage.bucket({ name: 'slow', objects: { 'a.csv': 'x' } });
  stage.fault(() => ({ kind: 'late', delayMs: 2_000 }));
  const limits = { ...DEFAULT_LIMITS, requestTimeMs: 150 };
  const { gaps } = await assetsOf(await stage.connect({ uri: 'gs://slow' }, { limits }));
  expect(gaps).toMatchObject([{ code: 'timeout' }]);
});
