/** Stored access policies on the real Azurite: told as what a link's holder may do, and true of a real link. */
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type Azurite,
  type AzuriteAccount,
  startAzurite,
} from '../../../localstack/servers/azurite.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { Probed } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { type FaultProxy, startFaultProxy } from '../../kit/fault-proxy.ts';

const LANDS: AzuriteAccount = {
  name: 'lands',
  key: Buffer.from('made up: lands').toString('base64'),
};

let azurite: Azurite;
let proxy: FaultProxy;
let link = '';

beforeAll(async () => {
  azurite = await startAzurite([LANDS]);
  proxy = await startFaultProxy(azurite.url);
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString(LANDS));
  for (const name of ['shared', 'plain']) {
    const container = service.getContainerClient(name);
    await container.create();
    await container.getBlockBlobClient('a.csv').upload('made up', 7);
  }
  const shared = service.getContainerClient('shared');
  const expiresOn = new Date(Date.now() + 400 * 86_400_000);
  await shared.setAccessPolicy(undefined, [
    { id: 'partners', accessPolicy: { permissions: 'rl', startsOn: new Date(0), expiresOn } },
  ]);
  const signing = new BlobServiceClient(
    `${azurite.url}/lands`,
    new StorageSharedKeyCredential(LANDS.name, LANDS.key),
  );
  link = await signing.getContainerClient('shared').generateSasUrl({ identifier: 'partners' });
}, 60_000);
afterEach(() => proxy.reset());
afterAll(async () => {
  await proxy?.stop();
  await azurite?.stop();
});

interface Looked {
  readonly probed: Readonly<Record<string, Probed>>;
}

async function look(credentials: Record<string, string>, uri = 'az://lands'): Promise<Looked> {
  const connection = await azureBlob.connect(
    { uri, endpoint: `${proxy.url}/lands`, credentials },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: { KEY: LANDS.key, SAS: new URL(link).search },
    },
  );
  const probed: Record<string, Probed> = {};
  for (const found of await collect(connection.assets())) {
    if ('asset' in found) probed[found.asset.name] = await connection.probes(found.asset);
  }
  await connection.close();
  return { probed };
}

function reasons(probed: Probed | undefined): readonly string[] {
  return (probed?.facts ?? [])
    .filter(({ audience }) => audience === 'link-holder')
    .map(({ action, answer, because }) => `${action} ${answer} ${because.code}`);
}

test('a policy that lasts a year is told for reading and listing, and the container stays closed', async () => {
  const { probed } = await look({ key: 'KEY' });
  expect(reasons(probed.shared)).toEqual([
    'read yes azure.link.policy-long',
    'list yes azure.link.policy-long',
  ]);
  expect(evaluate(probed.shared?.facts ?? []).read.state).toBe('closed');
  expect(reasons(probed.plain)).toEqual([]);
});

test('what is told is true: whoever holds a link of this policy reads and lists', async () => {
  const { hostname, search } = new URL(link);
  expect(hostname).toBe('127.0.0.1');
  const read = await fetch(`${azurite.url}/lands/shared/a.csv${search}`);
  const list = await fetch(`${azurite.url}/lands/shared${search}&restype=container&comp=list`);
  expect([read.status, list.status]).toEqual([200, 200]);
  expect((await fetch(`${azurite.url}/lands/shared/a.csv`)).status).toBeGreaterThanOrEqual(401);
});

test('a link that is given for the scan is judged itself, and its signature is in no fact', async () => {
  const { probed } = await look({ sas: 'SAS' }, 'az://lands/shared');
  const signature = new URL(link).searchParams.get('sig') ?? 'none';
  expect(JSON.stringify(probed)).not.toContain(signature);
  expect(reasons(probed.shared)).toEqual([
    'read unknown azure.link.given-policy',
    'read unknown azure.link.policies-unread',
  ]);
});

test('a refusal is one gap an account that names the permission, not one a container', async () => {
  proxy.fault({
    when: ({ url }) => /comp=acl/.test(url),
    trouble: { kind: 'status', status: 403 },
  });
  const { probed } = await look({ key: 'KEY' });
  const gaps = Object.values(probed).flatMap((one) => one.gaps);
  expect(gaps.map(({ code, what }) => [code, what])).toEqual([
    ['denied', 'stored access policies'],
  ]);
  expect(gaps[0]?.detail).toContain('containers/getAcl/action');
  for (const one of Object.values(probed)) {
    expect(reasons(one)).toEqual(['read unknown azure.link.policies-unread']);
  }
});

test('a container costs at most two calls of the account\u2019s own', async () => {
  const seen = proxy.seen.length;
  await look({ key: 'KEY' });
  const control = proxy.seen
    .slice(seen)
    .filter(({ signed, url }) => signed && /restype=container(?!.*comp=list)/.test(url));
  expect(control.length).toBeLessThanOrEqual(2 * 2);
});
