/** Proxies and private certificate authorities, for signed and unsigned requests alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../../localstack/standins/s3/index.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { collect } from '../../kit/collect.ts';
import { type ConnectProxy, startConnectProxy } from '../../kit/connect-proxy.ts';
import { found, LANDS, openPolicy } from './stage.ts';

const CA_FOLDER = join(import.meta.dirname, '../../fixtures/ca');
const read = (name: string): string => readFileSync(join(CA_FOLDER, name), 'utf8');

let standIn: S3StandIn;
let proxy: ConnectProxy;

beforeAll(async () => {
  const tls = { key: read('test-only-server.key'), cert: read('test-only-server.pem') };
  standIn = await startS3StandIn({ accounts: [LANDS], tls });
  standIn.seed.bucket({ name: 'data', policy: openPolicy('data', 's3:GetObject') });
  standIn.seed.object({ bucket: 'data', key: 'a', body: 'made up' });
  proxy = await startConnectProxy();
});
afterAll(async () => {
  await proxy.stop();
  await standIn.stop();
});

async function look(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const connection = await s3.connect(
    { uri: `${standIn.url.replace('https', 's3+https')}/data` },
    {
      env: {
        AWS_ACCESS_KEY_ID: LANDS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: LANDS.secretAccessKey,
        ...env,
      },
      limits: { ...DEFAULT_LIMITS, requestTimeMs: 5_000 },
      signal: new AbortController().signal,
      allow: () => {},
    },
  );
  try {
    const { assets, gaps } = await found(connection);
    const [asset] = assets;
    if (!asset) return gaps.map(({ code, detail }) => `${code}: ${detail}`);
    const probed = await connection.probes(asset);
    const objects = await collect(connection.objects(asset));
    return [evaluate(probed.facts).read.state, ...objects.map(({ key }) => key)];
  } finally {
    await connection.close();
  }
}

test('a certificate of an unknown authority is refused, and the sentence names the variable', async () => {
  const [gap] = await look({});
  expect(gap).toMatch(/^unreachable: .*NODE_EXTRA_CA_CERTS/);
});

test('a private authority in Node’s own store is trusted, through a proxy too', async () => {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, read('test-only-ca.pem')]);
  try {
    expect(await look({})).toEqual(['open', 'a']);
    expect(proxy.wanted).toEqual([]);
    expect(await look({ HTTPS_PROXY: proxy.url })).toEqual(['open', 'a']);
    // Signed and unsigned requests keep connections of their own: both went through.
    expect(proxy.wanted.length).toBeGreaterThan(1);
    expect(new Set(proxy.wanted)).toEqual(new Set([new URL(standIn.url).host]));
    proxy.wanted.length = 0;
    expect(await look({ HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' })).toEqual(['open', 'a']);
    expect(proxy.wanted).toEqual([]);
  } finally {
    setDefaultCACertificates(before);
  }
});
