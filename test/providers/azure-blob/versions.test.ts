/** Snapshots are copies that stay when the blob changes: listed, tried and read like the blob itself. */
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Azurite,
  DEVELOPMENT_ACCOUNT,
  startAzurite,
} from '../../../localstack/servers/azurite.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { Connection } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';

let azurite: Azurite;

beforeAll(async () => {
  azurite = await startAzurite();
  const service = BlobServiceClient.fromConnectionString(
    azurite.connectionString(DEVELOPMENT_ACCOUNT),
  );
  for (const [name, access] of [
    ['shut', undefined],
    ['byname', 'blob'],
  ] as const) {
    const container = service.getContainerClient(name);
    await container.create(access && { access });
    const blob = container.getBlockBlobClient('a.csv');
    await blob.upload('as it was', 9);
    await blob.createSnapshot();
    await blob.upload('as it is now', 12);
  }
}, 60_000);
afterAll(() => azurite?.stop());

function connect(container: string): Promise<Connection> {
  const account = DEVELOPMENT_ACCOUNT.name;
  return azureBlob.connect(
    {
      uri: `az://${account}/${container}`,
      endpoint: `${azurite.url}/${account}`,
      credentials: { key: 'KEY' },
    },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: { KEY: DEVELOPMENT_ACCOUNT.key },
    },
  );
}

async function opened(container: string): Promise<{
  readonly connection: Connection;
  readonly asset: Parameters<Connection['probes']>[0];
}> {
  const connection = await connect(container);
  for await (const found of connection.assets()) {
    if ('asset' in found) return { connection, asset: found.asset };
  }
  throw new Error('no container');
}

test('the snapshot is listed beside the blob, with what names it', async () => {
  const { connection, asset } = await opened('byname');
  const objects = await collect(connection.objects(asset));
  expect(objects.map(({ key, sizeBytes }) => [key, sizeBytes]).sort()).toEqual([
    ['a.csv', 12],
    ['a.csv', 9],
  ]);
  expect(objects.filter(({ version }) => version?.startsWith('snapshot='))).toHaveLength(1);
});

test('anyone reads the old bytes where the container lets anyone read, by both doors', async () => {
  const { connection, asset } = await opened('byname');
  const old = (await collect(connection.objects(asset))).filter(({ version }) => version);
  const facts = await collect(connection.objectProbes(asset, old));
  expect(facts.map(({ answer, slice }) => [answer, slice?.version])).toEqual([
    ['yes', old[0]?.version],
  ]);
  for (const as of ['anonymous', 'credentials'] as const) {
    for (const object of old) {
      const bytes = await collect(connection.read(asset, object, null, as));
      expect(Buffer.concat(bytes).toString()).toBe('as it was');
    }
  }
});

test('nobody gets at the snapshot of a private container', async () => {
  const { connection, asset } = await opened('shut');
  const old = (await collect(connection.objects(asset))).filter(({ version }) => version);
  expect(old).toHaveLength(1);
  expect(await collect(connection.objectProbes(asset, old))).toEqual([]);
});

test('a named key is described without any listing, a missing one is left out', async () => {
  const { connection, asset } = await opened('byname');
  const keys = [{ key: 'a.csv' }, { key: 'gone.csv' }];
  const found = connection.named ? await collect(connection.named(asset, keys)) : [];
  expect(found.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([['a.csv', 12]]);
});
