/** Noncurrent generations: who may read an object may read what it was before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, ObjectRef } from '../../../src/model/asset.ts';
import type { Connection } from '../../../src/model/provider.ts';
import { assetsOf, bytesOf, collect, EVERYONE_VIEWS, type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  for (const [name, iam] of [
    ['kept-open', [EVERYONE_VIEWS]],
    ['kept-shut', []],
  ] as const) {
    stage.bucket({ name, iam, versioning: true });
    const upload = `${stage.url}/upload/storage/v1/b/${name}/o?uploadType=media&name=a.csv`;
    for (const body of ['as it was', 'as it is now']) {
      const headers = { authorization: 'Bearer owner-token' };
      await fetch(upload, { method: 'POST', body, headers });
    }
  }
});
afterAll(() => stage.stop());

interface Opened {
  readonly connection: Connection;
  readonly asset: Asset;
  readonly old: readonly ObjectRef[];
}

async function opened(bucket: string): Promise<Opened> {
  const connection = await stage.connect({ uri: `gs://${bucket}` });
  const [asset] = (await assetsOf(connection)).assets;
  if (!asset) throw new Error('no bucket');
  const objects = await collect(connection.objects(asset));
  expect(objects.map(({ sizeBytes }) => sizeBytes).sort()).toEqual([12, 9]);
  return { connection, asset, old: objects.filter(({ version }) => version !== undefined) };
}

test('an old generation is listed, opens to anyone and is read as it was', async () => {
  const { connection, asset, old } = await opened('kept-open');
  const facts = await collect(connection.objectProbes(asset, old));
  expect(facts.map(({ answer, slice }) => [answer, slice?.version])).toEqual([
    ['yes', old[0]?.version],
  ]);
  for (const object of old) {
    expect(await bytesOf(connection.read(asset, object, null, 'anonymous'))).toBe('as it was');
  }
});

test('nobody gets at the old generation of a closed bucket', async () => {
  const { connection, asset, old } = await opened('kept-shut');
  expect(old).toHaveLength(1);
  expect(await collect(connection.objectProbes(asset, old))).toEqual([]);
});

test('a named key is described without any listing, a missing one is left out', async () => {
  const { connection, asset } = await opened('kept-open');
  const keys = [{ key: 'a.csv' }, { key: 'gone.csv' }];
  const found = connection.named ? await collect(connection.named(asset, keys)) : [];
  expect(found.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([['a.csv', 12]]);
});

test('a generation that was public stays so when its object was made private, and says why', async () => {
  stage.bucket({ name: 'once-open', iam: [], versioning: true });
  const upload = `${stage.url}/upload/storage/v1/b/once-open/o?uploadType=media&name=a.csv`;
  for (const [acl, body] of [
    ['&predefinedAcl=publicRead', 'as it was'],
    ['', 'as it is now'],
  ] as const) {
    const headers = { authorization: 'Bearer owner-token' };
    await fetch(`${upload}${acl}`, { method: 'POST', body, headers });
  }
  const { connection, asset, old } = await opened('once-open');
  const id = old[0]?.version;
  const objects = await collect(connection.objects(asset));
  const facts = await collect(connection.objectProbes(asset, objects));
  expect(
    facts.map(({ because, slice }) => [because.code, because.params.version, slice?.version]),
  ).toEqual([
    ['probe.read-version', id, id],
    ['gcs.acl.object', id, id],
  ]);
});
