/** The GCS stand-in, asked by the real SDK and without any credential. */
import { Storage } from '@google-cloud/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GcsStandIn, startGcsStandIn } from '../../localstack/standins/gcs/index.ts';

let server: GcsStandIn;
let storage: Storage;

beforeAll(async () => {
  server = await startGcsStandIn({
    projects: [{ id: 'lands', token: 'owner-token' }],
    accounts: [{ email: 'stranger@example.org', token: 'stranger-token' }],
    host: '127.0.0.1',
    port: 0,
  });
  storage = new Storage({ apiEndpoint: server.url, projectId: 'lands' });
  storage.interceptors.push({
    request: (options) => {
      options.headers = { ...options.headers, authorization: 'Bearer owner-token' };
      return options as Parameters<typeof storage.request>[0];
    },
  });
});

afterAll(() => server.stop());

async function status(path: string, token?: string, init: RequestInit = {}): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${server.url}${path}`, { ...init, headers });
  await answer.arrayBuffer();
  return answer.status;
}

test('the SDK creates, fills, lists by pages and reads a bucket', async () => {
  const [bucket] = await storage.createBucket('round-trip', { labels: { unit: 'survey' } });
  for (const name of ['a.csv', 'b/ö & 1.csv', 'c.csv']) {
    await bucket.file(name).save(`content of ${name}`, { resumable: false });
  }
  const [first, next] = await bucket.getFiles({ maxResults: 2, autoPaginate: false });
  const [all] = await bucket.getFiles();
  const [bytes] = await bucket.file('b/ö & 1.csv').download();
  const [part] = await bucket.file('a.csv').download({ start: 0, end: 6 });
  expect(first.length).toBe(2);
  expect(next).toMatchObject({ pageToken: expect.any(String) });
  expect(all.map(({ name }) => name)).toEqual(['a.csv', 'b/ö & 1.csv', 'c.csv']);
  expect(bytes.toString()).toBe('content of b/ö & 1.csv');
  expect(part.toString()).toBe('content');
  const [metadata] = await bucket.getMetadata({ projection: 'full' });
  expect(metadata.labels).toEqual({ unit: 'survey' });
});

test('an object the SDK makes public is readable by name and its bucket stays unlisted', async () => {
  const [bucket] = await storage.createBucket('one-public');
  await bucket.file('open.csv').save('x', { resumable: false });
  await bucket.file('shut.csv').save('x', { resumable: false });
  expect(await status('/one-public/open.csv')).toBe(403);
  await bucket.file('open.csv').makePublic();
  expect(await status('/one-public/open.csv')).toBe(200);
  expect(await status('/one-public/shut.csv')).toBe(403);
  expect(await status('/storage/v1/b/one-public/o/open.csv?alt=media')).toBe(200);
  expect(await status('/storage/v1/b/one-public/o')).toBe(401);
  const [acl] = await bucket.file('open.csv').acl.get();
  expect(acl).toMatchObject([{ entity: 'allUsers', role: 'READER' }]);
});

test('a role opens exactly what its permissions say', async () => {
  const [bucket] = await storage.createBucket('by-role');
  await bucket.file('a.csv').save('x', { resumable: false });
  const seen: Record<string, number[]> = {};
  for (const role of [
    'objectViewer',
    'legacyObjectReader',
    'legacyBucketReader',
    'objectCreator',
  ]) {
    await bucket.iam.setPolicy({
      bindings: [{ role: `roles/storage.${role}`, members: ['allUsers'] }],
    });
    seen[role] = [await status('/by-role/a.csv'), await status('/by-role')];
  }
  expect(seen).toEqual({
    objectViewer: [200, 200],
    legacyObjectReader: [200, 403],
    legacyBucketReader: [403, 200],
    objectCreator: [403, 403],
  });
});

test('testPermissions tells an unsigned caller what it holds', async () => {
  server.bucket({
    name: 'drop-box',
    iam: [{ role: 'roles/storage.objectCreator', members: ['allUsers'] }],
  });
  const answer = await fetch(
    `${server.url}/storage/v1/b/drop-box/iam/testPermissions?permissions=storage.objects.get&permissions=storage.objects.create`,
  );
  expect(await answer.json()).toMatchObject({ permissions: ['storage.objects.create'] });
});

test('public access prevention overrules a stored public binding and refuses a new one', async () => {
  const [bucket] = await storage.createBucket('prevented');
  await bucket.file('a.csv').save('x', { resumable: false });
  const policy = { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] };
  await bucket.iam.setPolicy(policy);
  expect(await status('/prevented/a.csv')).toBe(200);
  await bucket.setMetadata({ iamConfiguration: { publicAccessPrevention: 'enforced' } });
  expect(await status('/prevented/a.csv')).toBe(403);
  await expect(bucket.iam.setPolicy(policy)).rejects.toMatchObject({ code: 412 });
});

test('uniform bucket-level access silences ACLs and answers ACL calls with 400', async () => {
  server.bucket({
    name: 'uniform',
    uniform: true,
    acl: [{ entity: 'allUsers', role: 'READER' }],
    objects: { 'a.csv': 'x' },
    objectAcl: { 'a.csv': [{ entity: 'allUsers', role: 'READER' }] },
  });
  expect(await status('/uniform/a.csv')).toBe(403);
  expect(await status('/uniform')).toBe(403);
  await expect(storage.bucket('uniform').acl.get()).rejects.toMatchObject({ code: 400 });
});

test('allAuthenticatedUsers lets in any account and nobody without one', async () => {
  server.bucket({
    name: 'any-account',
    iam: [{ role: 'roles/storage.objectViewer', members: ['allAuthenticatedUsers'] }],
    objects: { 'a.csv': 'x' },
  });
  expect(await status('/storage/v1/b/any-account/o', 'stranger-token')).toBe(200);
  expect(await status('/storage/v1/b/any-account/o')).toBe(401);
  expect(await status('/storage/v1/b/any-account/o', 'no-such-token')).toBe(401);
});

test('a stranger is told 403 and nobody is told 401', async () => {
  server.bucket({ name: 'shut', objects: { 'a.csv': 'x' } });
  expect(await status('/storage/v1/b/shut/o', 'stranger-token')).toBe(403);
  expect(await status('/storage/v1/b/shut/o')).toBe(401);
  expect(await status('/storage/v1/b/no-such-bucket/o')).toBe(404);
});

test('a condition confines a binding to a prefix and to a time', async () => {
  const binding = { role: 'roles/storage.objectViewer', members: ['allUsers'] };
  const prefix = 'resource.name.startsWith("projects/_/buckets/conditional/objects/open/")';
  server.bucket({
    name: 'conditional',
    iam: [
      { ...binding, condition: { expression: prefix } },
      {
        ...binding,
        condition: { expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' },
      },
    ],
    objects: { 'open/a.csv': 'x', 'shut/a.csv': 'x' },
  });
  expect(await status('/conditional/open/a.csv')).toBe(200);
  expect(await status('/conditional/shut/a.csv')).toBe(403);
});

test('a managed folder opens its own prefix only', async () => {
  server.bucket({
    name: 'folders',
    uniform: true,
    folders: { 'open/': [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
    objects: { 'open/a.csv': 'x', 'shut/a.csv': 'x' },
  });
  expect(await status('/folders/open/a.csv')).toBe(200);
  expect(await status('/folders/shut/a.csv')).toBe(403);
});

test('Requester Pays refuses an unsigned request to a public bucket', async () => {
  server.bucket({
    name: 'payer',
    requesterPays: true,
    iam: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }],
    objects: { 'a.csv': 'x' },
  });
  expect(await status('/payer/a.csv')).toBe(403);
});

test('the project of a listing counts, and only its owner gets it', async () => {
  const [own] = await storage.getBuckets();
  expect(own.length).toBeGreaterThan(3);
  expect(await status('/storage/v1/b?project=lands', 'stranger-token')).toBe(403);
  expect(await status('/storage/v1/b?project=other', 'owner-token')).toBe(403);
});

test('a fault is answered as told, and the log knows who signed', async () => {
  server.clearLog();
  server.fault(({ path }) =>
    path.endsWith('/iam') ? { kind: 'answer', status: 503, body: 'later' } : null,
  );
  expect(await status('/storage/v1/b/shut/iam', 'owner-token')).toBe(503);
  server.fault(null);
  expect(await status('/storage/v1/b/shut/iam', 'owner-token')).toBe(200);
  expect(server.log.map(({ method, path, signed }) => [method, path, signed])).toEqual([
    ['GET', '/storage/v1/b/shut/iam', true],
    ['GET', '/storage/v1/b/shut/iam', true],
  ]);
});
