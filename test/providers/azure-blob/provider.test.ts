/** Azure Blob against the real Azurite and the ARM stand-in; the common suite is in accept.test.ts. */
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type Azurite,
  type AzuriteAccount,
  startAzurite,
} from '../../../localstack/servers/azurite.ts';
import { type ArmStandIn, startArmStandIn } from '../../../localstack/standins/arm/index.ts';
import { serve } from '../../../localstack/standins/served.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { Asset } from '../../../src/model/asset.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { Connection, ProviderContext, TargetSpec } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';

const LANDS: AzuriteAccount = {
  name: 'lands',
  key: Buffer.from('made up: lands').toString('base64'),
};
const TAXES: AzuriteAccount = {
  name: 'taxes',
  key: Buffer.from('made up: taxes').toString('base64'),
};

let azurite: Azurite;
let arm: ArmStandIn;

beforeAll(async () => {
  azurite = await startAzurite([LANDS, TAXES]);
  for (const account of [LANDS, TAXES]) await fill(account);
  arm = await startArmStandIn({
    token: 'arm-token',
    subscriptions: [
      { id: 'sub-1', name: 'Lands' },
      { id: 'sub-2', name: 'Taxes' },
    ],
    host: '127.0.0.1',
    port: 0,
  });
}, 60_000);
afterEach(() => arm.fault(null));
afterAll(async () => {
  await arm?.stop();
  await azurite?.stop();
});

async function fill(account: AzuriteAccount): Promise<void> {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString(account));
  for (const [name, access] of [
    ['shut', undefined],
    ['byname', 'blob'],
    ['listed', 'container'],
    ['$web', undefined],
  ] as const) {
    const container = service.getContainerClient(name);
    await container.create({ metadata: { unit: 'survey' }, ...(access && { access }) });
    await container.getBlockBlobClient('people/a.csv').upload('name,phone', 10);
  }
}

const CONTAINERS = [
  { name: 'shut' },
  { name: 'byname', publicAccess: 'Blob', metadata: { unit: 'survey' } },
  { name: 'listed', publicAccess: 'Container' },
  { name: 'gone', publicAccess: 'Container', deleted: true },
] as const;

function tell(
  account: AzuriteAccount,
  change: Partial<Parameters<ArmStandIn['account']>[0]> = {},
): void {
  arm.account({
    subscription: account === LANDS ? 'sub-1' : 'sub-2',
    resourceGroup: 'rg-data',
    name: account.name,
    tags: { department: account.name },
    blobEndpoint: `${azurite.url}/${account.name}/`,
    allowBlobPublicAccess: true,
    publicNetworkAccess: 'Enabled',
    containers: CONTAINERS,
    ...change,
  });
}

function connect(
  spec: Partial<TargetSpec>,
  context: Partial<ProviderContext> = {},
): Promise<Connection> {
  return azureBlob.connect(
    { uri: 'az://', ...spec },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      ...context,
      env: {
        AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
        ARM_TOKEN: 'arm-token',
        LANDS_KEY: LANDS.key,
        ...context.env,
      },
    },
  );
}

/** By a token for the Resource Manager, without any right on the data: the Reader role. */
const READER = { credentials: { armToken: 'ARM_TOKEN' } };
const BY_KEY = { credentials: { key: 'LANDS_KEY' } };

async function assetsOf(connection: Connection): Promise<readonly Asset[]> {
  const found = await collect(connection.assets());
  return found.flatMap((one) => ('asset' in one ? [one.asset] : []));
}

async function gapsOf(connection: Connection): Promise<readonly unknown[]> {
  const found = await collect(connection.assets());
  return found.flatMap((one) => ('gap' in one ? [one.gap] : []));
}

interface Judged {
  readonly read: string;
  readonly list: string;
  readonly disagreement: string | null;
  readonly gaps: readonly string[];
}

async function judge(connection: Connection, name: string): Promise<Judged> {
  const asset = (await assetsOf(connection)).find((one) => one.name === name);
  if (!asset) throw new Error(`no container ${name}`);
  const { facts, gaps } = await connection.probes(asset);
  const { read, list } = evaluate(facts);
  return {
    read: read.state,
    list: list.state,
    disagreement: read.disagreement,
    gaps: gaps.map(({ code, what }) => `${code} ${what}`),
  };
}

test('az:// finds the containers of every account in every subscription by the Reader role alone', async () => {
  tell(LANDS);
  tell(TAXES);
  const assets = await assetsOf(await connect({ ...READER, name: 'office' }));
  expect(assets.map(({ id }) => id).sort()).toEqual(
    ['lands', 'taxes'].flatMap((account) =>
      ['byname', 'listed', 'shut'].map((name) => `azure-blob:office/${account}/${name}`),
    ),
  );
  expect(assets.find(({ name }) => name === 'byname')).toMatchObject({
    account: 'lands',
    region: 'westeurope',
    url: `${azurite.url}/lands/byname`,
    labels: {
      department: 'lands',
      unit: 'survey',
      'azure:subscription': 'sub-1',
      'azure:resource-group': 'rg-data',
    },
  });
});

test('one subscription can be named', async () => {
  tell(LANDS);
  tell(TAXES);
  const assets = await assetsOf(await connect({ ...READER, account: 'sub-2' }));
  expect(new Set(assets.map(({ account }) => account))).toEqual(new Set(['taxes']));
});

test('with both switches on, the documents and the real request agree', async () => {
  tell(LANDS);
  const judged = await judge(await connect({ ...READER, account: 'sub-1' }), 'byname');
  expect(judged).toEqual({ read: 'open', list: 'closed', disagreement: null, gaps: [] });
});

test('the account switch closes what a left-over level opens, and a request that gets through is told', async () => {
  tell(LANDS, { allowBlobPublicAccess: false });
  // Azurite does not enforce the switch, so here the request contradicts the documents.
  const judged = await judge(await connect({ ...READER, account: 'sub-1' }), 'listed');
  expect(judged.read).toBe('open');
  expect(judged.disagreement).toContain('allowBlobPublicAccess off');
});

test('a firewall that lists addresses makes an open level network-limited', async () => {
  tell(LANDS, { defaultAction: 'Deny', ipRules: ['203.0.113.0/24'] });
  const connection = await connect({ ...READER, account: 'sub-1' });
  const asset = (await assetsOf(connection)).find(({ name }) => name === 'listed');
  const { facts } = asset ? await connection.probes(asset) : { facts: [] };
  expect(facts.some(({ audience }) => audience === 'network-limited')).toBe(true);
});

test('a Resource Manager that refuses is a gap that names the role', async () => {
  arm.fault(() => ({ kind: 'answer', status: 403 }));
  const gaps = await gapsOf(await connect(READER));
  expect(gaps).toMatchObject([{ code: 'denied', asset: 'az://' }]);
  expect(JSON.stringify(gaps)).toContain('Reader');
});

test('a wrong token and an empty one are told apart', async () => {
  const wrong = await gapsOf(await connect(READER, { env: { ARM_TOKEN: 'stale' } }));
  const empty = await gapsOf(await connect(READER, { env: { ARM_TOKEN: '' } }));
  expect(wrong).toMatchObject([{ code: 'denied' }]);
  expect(empty).toMatchObject([{ code: 'no-credentials' }]);
  expect(JSON.stringify([wrong, empty])).not.toContain('stale');
});

test('a next page on another host is not followed with the token', async () => {
  arm.fault(({ path }) =>
    path === '/subscriptions'
      ? {
          kind: 'answer',
          status: 200,
          body: JSON.stringify({ value: [], nextLink: 'http://127.0.0.1:1/subscriptions' }),
        }
      : null,
  );
  expect(await gapsOf(await connect(READER))).toMatchObject([{ code: 'out-of-scope' }]);
});

test('a static website is a second door that the account switch does not close', async () => {
  const website = await serve(
    { host: '127.0.0.1', port: 0 },
    () => false,
    () => ({ status: 200, headers: { 'x-ms-request-id': 'made-up' }, body: '<html>' }),
  );
  try {
    tell(LANDS, {
      allowBlobPublicAccess: false,
      webEndpoint: `${website.url}/`,
      containers: [{ name: '$web' }],
    });
    const connection = await connect({ ...READER, account: 'sub-1' });
    const judged = await judge(connection, '$web');
    const [asset] = await assetsOf(connection);
    if (!asset) throw new Error('no container');
    const page = { key: 'index.html', sizeBytes: 6 };
    const bytes = await collect(connection.read(asset, page, null, 'anonymous'));
    expect(judged).toMatchObject({ read: 'open', list: 'closed' });
    expect(Buffer.concat(bytes).toString()).toBe('<html>');
    expect(website.log.some(({ signed }) => signed)).toBe(false);
  } finally {
    await website.stop();
  }
});

test('an asset from another process is probed, listed and read without being discovered again', async () => {
  const spec = { uri: 'az://lands', endpoint: `${azurite.url}/lands`, ...BY_KEY };
  const [asset] = (await assetsOf(await connect(spec))).filter(({ name }) => name === 'byname');
  if (!asset) throw new Error('no container');
  const worker = await connect(spec);
  const object = { key: 'people/a.csv', sizeBytes: 10 };
  expect(evaluate((await worker.probes(asset)).facts).read.state).toBe('open');
  expect((await collect(worker.objects(asset))).map(({ key }) => key)).toEqual([object.key]);
  const bytes = await collect((await connect(spec)).read(asset, object, null, 'credentials'));
  expect(Buffer.concat(bytes).toString()).toBe('name,phone');
});

test('one account that cannot be listed does not hide the others', async () => {
  tell(LANDS);
  tell(TAXES);
  arm.fault(({ path }) =>
    path.includes('/storageAccounts/lands/') ? { kind: 'answer', status: 403 } : null,
  );
  const found = await collect((await connect(READER)).assets());
  expect(found.filter((one) => 'asset' in one)).toHaveLength(3);
  expect(found.flatMap((one) => ('gap' in one ? [one.gap.what] : []))).toEqual([
    'containers of lands',
    'storage account lands',
  ]);
});

test('a key sees private containers as closed although it cannot ask for the account switch', async () => {
  const spec = { uri: 'az://lands', endpoint: `${azurite.url}/lands`, ...BY_KEY };
  expect(await judge(await connect(spec), 'shut')).toEqual({
    read: 'closed',
    list: 'closed',
    disagreement: null,
    gaps: [],
  });
});

test('where only the level is known, the request that gets through decides', async () => {
  const spec = { uri: 'az://lands/byname', endpoint: `${azurite.url}/lands`, ...BY_KEY };
  expect(await judge(await connect(spec), 'byname')).toMatchObject({ read: 'open', gaps: [] });
});

test('a level whose account switch is unread and whose blobs are refused is unknown, and a gap', async () => {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString(LANDS));
  await service.getContainerClient('emptyone').create({ access: 'blob' });
  const spec = { uri: 'az://lands/emptyone', endpoint: `${azurite.url}/lands`, ...BY_KEY };
  const judged = await judge(await connect(spec), 'emptyone');
  expect(judged.read).toBe('unknown');
  expect(judged.gaps).toEqual(['no-credentials account settings']);
});

test('a connection string is enough, and its endpoint is used', async () => {
  const env = { AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString(LANDS) };
  const assets = await assetsOf(await connect({ uri: 'az://lands' }, { env }));
  const names = assets.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['$web', 'byname', 'listed', 'shut']));
});

test('a SAS reads what it may read and its signature shows up nowhere', async () => {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString(LANDS));
  const { AccountSASPermissions } = await import('@azure/storage-blob');
  const url = service.generateAccountSasUrl(
    new Date(Date.now() + 3_600_000),
    AccountSASPermissions.parse('rl'),
    'sco',
  );
  const sas = new URL(url).search;
  const connection = await connect(
    {
      uri: 'az://lands/shut',
      endpoint: `${azurite.url}/lands`,
      credentials: { sas: 'LANDS_SAS' },
    },
    { env: { LANDS_SAS: sas } },
  );
  const [asset] = await assetsOf(connection);
  if (!asset) throw new Error('no container');
  const probed = await connection.probes(asset);
  const [object] = await collect(connection.objects(asset));
  if (!object) throw new Error('no blob');
  const bytes = await collect(connection.read(asset, object, null, 'credentials'));
  expect(Buffer.concat(bytes).toString()).toBe('name,phone');
  const signature = new URLSearchParams(sas).get('sig') ?? 'none';
  expect(JSON.stringify([asset, probed, object])).not.toContain(encodeURIComponent(signature));
});

test('a wrong key is told with what to do and without the key', async () => {
  const env = { LANDS_KEY: Buffer.from('not the key').toString('base64') };
  const spec = { uri: 'az://lands', endpoint: `${azurite.url}/lands`, ...BY_KEY };
  const gaps = await gapsOf(await connect(spec, { env }));
  expect(gaps).toMatchObject([{ code: 'denied' }]);
  expect(JSON.stringify(gaps)).not.toContain(env.LANDS_KEY);
});

test('a page that a web application answers everywhere opens nothing', async () => {
  const page = { kind: 'answer', status: 200, body: '<html>welcome</html>' } as const;
  arm.fault(() => page);
  const connection = await connect({
    uri: 'az://lands/byname',
    endpoint: `${arm.url}/lands`,
    anonymous: true,
  });
  expect(await judge(connection, 'byname')).toMatchObject({ read: 'unknown', list: 'unknown' });
});

test('an account that allows nobody, a hidden container and a firewall are all refusals', async () => {
  for (const [status, code] of [
    [409, 'PublicAccessNotPermitted'],
    [404, 'ResourceNotFound'],
    [403, 'AuthorizationFailure'],
    [401, 'NoAuthenticationInformation'],
  ] as const) {
    arm.fault(() => ({ kind: 'answer', status, headers: { 'x-ms-error-code': code } }));
    const connection = await connect({
      uri: 'az://lands/byname',
      endpoint: `${arm.url}/lands`,
      anonymous: true,
    });
    const [asset] = await assetsOf(connection);
    const { facts } = asset ? await connection.probes(asset) : { facts: [] };
    const probe = facts.find(({ source }) => source === 'probe');
    expect([probe?.answer, probe?.because.code]).toEqual(['no', 'probe.list-refused']);
  }
});

test('sovereign clouds have their own hosts', () => {
  const china = azureBlob.plan({ uri: 'az://lands' }, { AZURE_CLOUD: 'AzureChinaCloud' });
  const gov = azureBlob.plan({ uri: 'az://lands' }, { AZURE_CLOUD: 'usgovernment' });
  const string = 'AccountName=lands;AccountKey=QQ==;EndpointSuffix=core.chinacloudapi.cn';
  const named = azureBlob.plan({ uri: 'az://' }, { AZURE_STORAGE_CONNECTION_STRING: string });
  expect(china.hosts).toContain('lands.blob.core.chinacloudapi.cn:443');
  expect(china.hosts).toContain('management.chinacloudapi.cn:443');
  expect(gov.hosts).toContain('lands.blob.core.usgovcloudapi.net:443');
  expect(named.hosts).toEqual(['lands.blob.core.chinacloudapi.cn:443']);
});

test('a target that cannot be meant is refused in one sentence', () => {
  for (const [target, env] of [
    [{ uri: 's3://lands' }, {}],
    [{ uri: 'az://Not_An_Account' }, {}],
    [{ uri: 'az://lands/Bad--Name' }, {}],
    [{ uri: 'az://lands', anonymous: true }, {}],
    [{ uri: 'az://lands', credentials: { password: 'X' } }, {}],
    [{ uri: 'az://lands' }, { AZURE_CLOUD: 'moon' }],
    [
      { uri: 'az://lands' },
      { AZURE_STORAGE_CONNECTION_STRING: 'AccountName=taxes;AccountKey=QQ==' },
    ],
  ] as const) {
    expect(() => azureBlob.plan(target, env)).toThrow(/^(target|credentials|AZURE_CLOUD)/);
  }
});
