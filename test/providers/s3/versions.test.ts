/** Old versions: overwritten or deleted, and still there for whoever may get a version. */
import { beforeAll, expect, test } from 'vitest';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { ObjectRef } from '../../../src/model/asset.ts';
import { collect } from '../../kit/collect.ts';
import { type Looked, openPolicy, stage } from './stage.ts';

const on = stage();

function versioned(name: string, seed: object = {}, ...acls: readonly string[]): void {
  on.standIn.seed.bucket({ name, versioning: 'Enabled', ...seed });
  for (const [at, body] of ['as it was', 'as it is now'].entries()) {
    const acl = acls[at];
    on.standIn.seed.object({ bucket: name, key: 'a.csv', body, ...(acl && { acl }) });
  }
}

beforeAll(() => {
  versioned('both-open', { policy: openPolicy('both-open', 's3:GetObject*') });
  versioned('now-open', {
    policy: openPolicy('now-open', 's3:GetObject'),
    ownership: 'BucketOwnerEnforced',
  });
  versioned('once-open', {}, 'public-read', 'private');
  versioned('shut');
});

async function old({ connection, asset }: Looked): Promise<readonly ObjectRef[]> {
  return (await collect(connection.objects(asset))).filter(({ version }) => version !== undefined);
}

test('where the policy lets anyone get versions, they are listed, tried and read', async () => {
  const looked = await on.lookAtAmazon('both-open');
  const { connection, asset } = looked;
  const versions = await old(looked);
  expect(versions.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([['a.csv', 9]]);
  const facts = await collect(connection.objectProbes(asset, versions));
  expect(facts.map(({ answer }) => answer)).toEqual(['yes']);
  for (const version of versions) {
    const bytes = await collect(connection.read(asset, version, null, 'anonymous'));
    expect(Buffer.concat(bytes).toString()).toBe('as it was');
  }
});

test('where only the current object is open, old versions are not even listed', async () => {
  const looked = await on.lookAtAmazon('now-open');
  expect(looked.verdict.read.state).toBe('open');
  expect(await old(looked)).toEqual([]);
  expect(on.standIn.log.some(({ operation }) => operation === 'ListObjectVersions')).toBe(false);
});

test('an old version that was public stays so when its object was made private', async () => {
  const looked = await on.lookAtAmazon('once-open');
  expect(looked.verdict.read.state).toBe('closed');
  const { connection, asset } = looked;
  const objects = await collect(connection.objects(asset));
  const facts = await collect(connection.objectProbes(asset, objects));
  const [version] = objects.filter((one) => one.version !== undefined);
  const id = version?.version;
  expect(
    facts.map(({ action, because, slice }) => [
      action,
      because.code,
      because.params.version,
      slice?.version,
    ]),
  ).toEqual([
    ['read', 'probe.read-version', id, id],
    ['read', 's3.object-acl.allow', id, id],
  ]);
  expect(evaluate([...looked.probed.facts, ...facts]).read.disagreement).toBeNull();
});

test('old versions of a closed bucket stay closed', async () => {
  const looked = await on.lookAtAmazon('shut');
  const versions = await old(looked);
  expect(versions).toHaveLength(1);
  expect(await collect(looked.connection.objectProbes(looked.asset, versions))).toEqual([]);
});

test('a page is not the end of the versions', async () => {
  on.standIn.seed.bucket({
    name: 'deep',
    versioning: 'Enabled',
    policy: openPolicy('deep', 's3:GetObject*'),
  });
  for (let at = 0; at < 2105; at += 1) {
    on.standIn.seed.object({ bucket: 'deep', key: `k${at % 3}`, body: 'x' });
  }
  expect(await old(await on.lookAtAmazon('deep'))).toHaveLength(2102);
});

test('a refused list of versions ends with a refusal, not with silence', async () => {
  const looked = await on.lookAtAmazon('both-open');
  const trouble = { kind: 'status', status: 403 } as const;
  on.standIn.fault({ scope: { operation: 'ListObjectVersions', signed: true }, trouble });
  await expect(old(looked)).rejects.toMatchObject({
    code: 'denied',
    detail: expect.stringContaining('s3:ListBucketVersions'),
  });
});

test('named keys are described without any listing, missing ones are left out', async () => {
  const { connection, asset } = await on.look('both-open', { anonymous: true });
  const keys = [{ key: 'a.csv' }, { key: 'gone.csv' }];
  const found = connection.named ? await collect(connection.named(asset, keys)) : [];
  expect(found.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([['a.csv', 12]]);
  expect(on.standIn.log.filter(({ signedBy }) => signedBy !== null)).toEqual([]);
});
