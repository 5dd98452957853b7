/** Which permissions of the scanning identity are missing: each is tried by the call that needs it. */
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type Azurite,
  type AzuriteAccount,
  startAzurite,
} from '../../../localstack/servers/azurite.ts';
import { type ArmStandIn, startArmStandIn } from '../../../localstack/standins/arm/index.ts';
import { LEAST_PRIVILEGE } from '../../../providers/azure-blob/permissions.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { PermissionCheck, TargetSpec } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { type FaultProxy, startFaultProxy } from '../../kit/fault-proxy.ts';

const LANDS: AzuriteAccount = {
  name: 'lands',
  key: Buffer.from('made up: lands').toString('base64'),
};
const ARM_RIGHTS = [
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Storage/storageAccounts/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/read',
];
const DATA_RIGHTS = [
  'Microsoft.Storage/storageAccounts/blobServices/containers/getAcl/action',
  'Microsoft.Storage/storageAccounts/blobServices/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
];

let azurite: Azurite;
let proxy: FaultProxy;
let arm: ArmStandIn;

beforeAll(async () => {
  azurite = await startAzurite([LANDS]);
  proxy = await startFaultProxy(azurite.url);
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString(LANDS));
  await service.getContainerClient('forms').create();
  arm = await startArmStandIn({
    token: 'arm-token',
    subscriptions: [{ id: 'sub-1', name: 'Lands' }],
    host: '127.0.0.1',
    port: 0,
  });
  arm.account({
    subscription: 'sub-1',
    resourceGroup: 'rg-data',
    name: 'lands',
    blobEndpoint: `${proxy.url}/lands/`,
    containers: [{ name: 'forms' }],
  });
}, 60_000);
afterEach(() => {
  arm.fault(null);
  proxy.reset();
});
afterAll(async () => {
  await arm?.stop();
  await proxy?.stop();
  await azurite?.stop();
});

function tried(change: Partial<TargetSpec>): Promise<readonly PermissionCheck[]> {
  const checks = azureBlob.tryPermissions?.(
    { uri: 'az://lands', endpoint: `${proxy.url}/lands`, ...change },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: {
        AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
        ARM_TOKEN: 'arm-token',
        LANDS_KEY: LANDS.key,
      },
    },
  );
  if (!checks) throw new Error('Azure tries no permissions');
  return collect(checks);
}

const READER = { credentials: { armToken: 'ARM_TOKEN' } };
const BY_KEY = { credentials: { key: 'LANDS_KEY' } };

function states(
  checks: readonly PermissionCheck[],
  state: PermissionCheck['state'],
): readonly string[] {
  return checks.filter((one) => one.state === state).map(({ permission }) => permission);
}

test('every permission of the role is spoken of', async () => {
  const checks = await tried(READER);
  expect(checks.map(({ permission }) => permission).toSorted()).toEqual(
    [...LEAST_PRIVILEGE.permissions].toSorted(),
  );
});

test('a token for the Resource Manager has its permissions; one for the data is not there', async () => {
  const checks = await tried(READER);
  expect(states(checks, 'granted')).toEqual(ARM_RIGHTS);
  expect(states(checks, 'not-tried')).toEqual(DATA_RIGHTS);
});

test('a key reads data and cannot ask the Resource Manager, which is said', async () => {
  const checks = await tried(BY_KEY);
  expect(states(checks, 'granted')).toEqual(DATA_RIGHTS);
  expect(states(checks, 'not-tried')).toEqual(ARM_RIGHTS);
  expect(checks[0]?.detail).toContain('az login');
});

test.each([
  [/\/containers$/, 'Microsoft.Storage/storageAccounts/blobServices/containers/read'],
  [/sub-1\/providers/, 'Microsoft.Storage/storageAccounts/read'],
])('where the Resource Manager refuses %s, %s is missing', async (path, permission) => {
  arm.fault((asked) => (path.test(asked.path) ? { kind: 'answer', status: 403 } : null));
  const checks = await tried(READER);
  expect(states(checks, 'refused')).toEqual([permission]);
  expect(checks.find((one) => one.state === 'refused')?.detail).toContain(permission);
});

test('where the list of blobs is refused, the right on the data is missing', async () => {
  proxy.fault({
    when: ({ url }) => /comp=list/.test(url) && /restype=container/.test(url),
    trouble: { kind: 'status', status: 403 },
  });
  expect(states(await tried(BY_KEY), 'refused')).toEqual(DATA_RIGHTS.slice(-1));
});
