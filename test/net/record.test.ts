/** What is written down of unsigned requests: everything but the bytes, and nothing of signed ones. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Served, serve } from '../../localstack/standins/served.ts';
import { s3 } from '../../providers/s3/provider.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Exchange } from '../../src/model/proof.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { hasCredentials } from '../../src/net/record.ts';
import { collect } from '../kit/collect.ts';
import { CREDENTIALS, type S3ServerUnderTest, startS3 } from '../kit/s3-servers.ts';

const BODY = 'a'.repeat(1_000);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const seen: Exchange[] = [];
let server: Served;
let bucket: S3ServerUnderTest;

function context(change: Partial<ProviderContext> = {}): ProviderContext {
  return {
    limits: { ...DEFAULT_LIMITS, requestTimeMs: 2_000 },
    signal: new AbortController().signal,
    env: bucket.env,
    allow: () => {},
    observe: (exchange) => seen.push(exchange),
    ...change,
  };
}

beforeAll(async () => {
  server = await serve(
    { host: '127.0.0.1', port: 0 },
    () => true,
    () => ({ status: 200, body: BODY }),
  );
  bucket = await startS3('stand-in');
  await bucket.createBucket('lands-open', true);
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const object = { Bucket: 'lands-open', Key: 'a.csv', Body: BODY, ACL: 'public-read' } as const;
  await bucket.client.send(new PutObjectCommand(object));
});
beforeEach(() => {
  seen.splice(0);
  server.fault(null);
});
afterAll(async () => {
  await server.stop();
  await bucket.stop();
});

test('an unsigned request is recorded with the hash of what was read', async () => {
  const http = httpClient(context());
  await http.ask({ url: `${server.url}/x?y=1` });
  http.close();
  expect(seen).toEqual([
    {
      method: 'GET',
      url: `${server.url}/x?y=1`,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      status: 200,
      bodySha256: sha256(BODY),
      bytes: 1_000,
      error: null,
    },
  ]);
});

test('what is cut off counts as far as it was read', async () => {
  const http = httpClient(context());
  const answer = await http.open({ url: server.url });
  answer.cancel();
  http.close();
  expect(seen.map(({ bytes, bodySha256 }) => [bytes, bodySha256])).toEqual([[0, sha256('')]]);
});

test('each attempt is a request of its own', async () => {
  let left = 1;
  server.fault(() => (left-- > 0 ? { kind: 'answer', status: 503 } : null));
  const http = httpClient(context());
  await http.ask({ url: server.url });
  http.close();
  expect(seen.map(({ status }) => status)).toEqual([503, 200]);
});

test('where nobody answers there is an error, and no hash', async () => {
  const http = httpClient(context());
  await http.ask({ url: 'http://127.0.0.1:1/' }).catch(() => {});
  http.close();
  expect(seen).toMatchObject([
    { status: null, bodySha256: null, error: expect.stringMatching(/^unreachable: /) },
  ]);
});

test('a request outside the scope was none', async () => {
  const { ScanError } = await import('../../src/model/errors.ts');
  const allow = (): void => {
    throw new ScanError('out-of-scope', 'not declared');
  };
  const http = httpClient(context({ allow }));
  await http.ask({ url: server.url }).catch(() => {});
  http.close();
  expect(seen).toEqual([]);
});

test.each([
  [{ authorization: 'Bearer x' }, '/'],
  [{ Cookie: 'session=1' }, '/'],
  [{}, '/?sv=2022&sig=abc'],
  [{}, '/?X-Amz-Signature=abc'],
])('a request that says who sends it is not recorded: %j %s', async (headers, path) => {
  expect(hasCredentials({ url: `https://x.example${path}`, headers })).toBe(true);
  const http = httpClient(context());
  await http.ask({
    url: `${server.url}${path}`,
    headers: { ...headers } as Record<string, string>,
  });
  http.close();
  expect(seen).toEqual([]);
});

test('the S3 SDK is recorded where it signs nothing, and only there', async () => {
  const uri = `${bucket.url.replace(/^http/, 's3+http')}/lands-open`;
  const connection = await s3.connect({ uri, credentials: CREDENTIALS }, context());
  for await (const found of connection.assets()) {
    if (!('asset' in found)) continue;
    seen.splice(0);
    const object = { key: 'a.csv', sizeBytes: 1_000 };
    await collect(connection.read(found.asset, object, null, 'credentials'));
    expect(seen).toEqual([]);
    const bytes = await collect(connection.read(found.asset, object, null, 'anonymous'));
    expect(Buffer.concat(bytes)).toHaveLength(1_000);
  }
  await connection.close();
  expect(seen).toMatchObject([
    {
      method: 'GET',
      url: `${bucket.url}/lands-open/a.csv?x-id=GetObject`,
      status: 200,
      bodySha256: sha256(BODY),
      bytes: 1_000,
    },
  ]);
});
