/** An office's network: everything through a CONNECT proxy, servers with certificates of a private CA. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Azurite,
  DEVELOPMENT_ACCOUNT,
  startAzurite,
} from '../../localstack/servers/azurite.ts';
import { type GcsStandIn, startGcsStandIn } from '../../localstack/standins/gcs/index.ts';
import type { TargetSpec } from '../../src/model/provider.ts';
import { askProvider } from '../kit/ask-provider.ts';
import { type ConnectProxy, startConnectProxy } from '../kit/connect-proxy.ts';

const ca = (name: string): string => join(import.meta.dirname, '../fixtures/ca', name);
const TRUST = { NODE_EXTRA_CA_CERTS: ca('test-only-ca.pem') };

let proxy: ConnectProxy;
let gcs: GcsStandIn;
let azurite: Azurite;
let gcsTarget: TargetSpec;
let azureTarget: TargetSpec;

beforeAll(async () => {
  proxy = await startConnectProxy();
  gcs = await startGcsStandIn({
    projects: [{ id: 'lands', token: 'owner-token' }],
    host: '127.0.0.1',
    port: 0,
    tls: {
      cert: readFileSync(ca('test-only-server.pem'), 'utf8'),
      key: readFileSync(ca('test-only-server.key'), 'utf8'),
    },
  });
  gcs.bucket({
    name: 'open-one',
    iam: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }],
    objects: { 'a.csv': 'x' },
  });
  gcsTarget = {
    uri: 'gs://open-one',
    endpoint: gcs.url,
    credentials: { token: 'GCS_TOKEN' },
  };
  azurite = await startAzurite([DEVELOPMENT_ACCOUNT], {
    tls: { certFile: ca('test-only-server.pem'), keyFile: ca('test-only-server.key') },
  });
  azureTarget = {
    uri: `az://${DEVELOPMENT_ACCOUNT.name}/openone`,
    endpoint: `${azurite.url}/${DEVELOPMENT_ACCOUNT.name}`,
    credentials: { key: 'AZURE_KEY' },
  };
  await seedAzurite();
}, 60_000);
afterAll(async () => {
  await azurite?.stop();
  await gcs?.stop();
  await proxy?.stop();
});

/** This process does not trust the test's CA, so the seeding client is told to for itself. */
async function seedAzurite(): Promise<void> {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, readFileSync(ca('test-only-ca.pem'), 'utf8')]);
  try {
    const service = BlobServiceClient.fromConnectionString(
      azurite.connectionString(DEVELOPMENT_ACCOUNT),
    );
    const container = service.getContainerClient('openone');
    await container.create({ access: 'container' });
    await container.getBlockBlobClient('a.csv').upload('x', 1);
  } finally {
    tls.setDefaultCACertificates(before);
  }
}

const SECRETS = { GCS_TOKEN: 'owner-token', AZURE_KEY: DEVELOPMENT_ACCOUNT.key };

test('a private CA named in NODE_EXTRA_CA_CERTS is trusted for GCS and for Azure', async () => {
  const env = { ...SECRETS, ...TRUST };
  const told = [
    await askProvider('gcs', gcsTarget, env),
    await askProvider('azure-blob', azureTarget, env),
  ];
  expect(told.map(({ assets }) => assets)).toEqual([
    ['open-one: read open, list open'],
    ['openone: read open, list open'],
  ]);
}, 30_000);

test('a bearer token for the storage service lists, explains and proves a container', async () => {
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/00000000-0000-0000-0000-000000000001/',
    nbf: 0,
    iat: 0,
    exp: Math.floor(Date.now() / 1000) + 3_600,
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const STORAGE_TOKEN = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${part('none')}`;
  const target = {
    ...azureTarget,
    uri: `az://${DEVELOPMENT_ACCOUNT.name}`,
    credentials: { token: 'STORAGE_TOKEN' },
  };
  const told = await askProvider('azure-blob', target, { ...TRUST, STORAGE_TOKEN });
  expect(told).toEqual({ assets: ['openone: read open, list open'], gaps: [] });
}, 30_000);

test('without the CA the gap names the variable to set', async () => {
  const told = [
    await askProvider('gcs', gcsTarget, SECRETS),
    await askProvider('azure-blob', azureTarget, SECRETS),
  ];
  for (const { assets, gaps } of told) {
    expect(assets).toEqual([]);
    expect(gaps.join()).toMatch(/^unreachable .*NODE_EXTRA_CA_CERTS/);
  }
}, 30_000);

test('HTTPS_PROXY carries signed and unsigned requests of both, and NO_PROXY takes hosts out', async () => {
  const env = { ...SECRETS, ...TRUST, HTTPS_PROXY: proxy.url };
  for (const [id, target, url] of [
    ['gcs', gcsTarget, gcs.url],
    ['azure-blob', azureTarget, azurite.url],
  ] as const) {
    proxy.wanted.length = 0;
    const through = await askProvider(id, target, env);
    expect(through.assets[0]).toContain('read open, list open');
    expect(new Set(proxy.wanted)).toEqual(new Set([new URL(url).host]));
    proxy.wanted.length = 0;
    const past = await askProvider(id, target, { ...env, NO_PROXY: '127.0.0.1' });
    expect(past.assets).toEqual(through.assets);
    expect(proxy.wanted).toEqual([]);
  }
}, 60_000);

test('the SDKs ask for their tokens through the proxy too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ajar-adc-'));
  try {
    const keyFile = join(folder, 'user.json');
    const user = {
      type: 'authorized_user',
      client_id: 'x',
      client_secret: 'x',
      refresh_token: 'x',
    };
    await writeFile(keyFile, JSON.stringify(user));
    proxy.wanted.length = 0;
    const google = await askProvider(
      'gcs',
      { uri: 'gs://open-one' },
      { HTTPS_PROXY: proxy.url, GOOGLE_APPLICATION_CREDENTIALS: keyFile },
    );
    const azure = await askProvider(
      'azure-blob',
      { uri: 'az://' },
      {
        HTTPS_PROXY: proxy.url,
        AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
        AZURE_TENANT_ID: '00000000-0000-0000-0000-000000000001',
        AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000002',
        AZURE_CLIENT_SECRET: 'made-up-secret',
      },
    );
    expect(proxy.wanted).toContain('oauth2.googleapis.com:443');
    expect(proxy.wanted).toContain('login.microsoftonline.com:443');
    expect([google.gaps[0], azure.gaps[0]].map((gap) => gap?.split(' ')[0])).toEqual([
      'no-credentials',
      'no-credentials',
    ]);
    expect(JSON.stringify([google, azure])).not.toContain('made-up-secret');
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
