import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../localstack/standins/served.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { type HttpClient, type HttpContext, httpClient } from '../../src/net/client.ts';
import { rangeOf } from '../../src/net/range.ts';
import { collect } from '../kit/collect.ts';

let server: Served;
const clients: HttpClient[] = [];

beforeAll(async () => {
  server = await serve(
    { host: '127.0.0.1', port: 0 },
    (request) => request.headers.authorization !== undefined,
    () => ({ status: 200, body: 'a'.repeat(1_000) }),
  );
});
afterEach(() => {
  server.fault(null);
  server.clearLog();
  for (const one of clients.splice(0)) one.close();
});
afterAll(() => server.stop());

function client(change: Partial<HttpContext> = {}): HttpClient {
  const made = httpClient({
    limits: { ...DEFAULT_LIMITS, requestTimeMs: 2_000 },
    signal: new AbortController().signal,
    env: {},
    allow: () => {},
    ...change,
  });
  clients.push(made);
  return made;
}

test('an answer is what the server said, whatever its status', async () => {
  server.fault(() => ({ kind: 'answer', status: 403, headers: { 'x-reason': 'no' }, body: 'no' }));
  const answer = await client().ask({ url: server.url });
  expect([answer.status, answer.headers['x-reason'], answer.body.toString()]).toEqual([
    403,
    'no',
    'no',
  ]);
});

test('a redirect is an answer and is not followed', async () => {
  server.fault(() => ({ kind: 'answer', status: 302, headers: { location: '/elsewhere' } }));
  expect((await client().ask({ url: server.url })).status).toBe(302);
  expect(server.log).toHaveLength(1);
});

test('a body is read up to the limit and no further', async () => {
  const answer = await client().ask({ url: server.url, maxBodyBytes: 10 });
  expect([answer.body.length, answer.cut]).toEqual([10, true]);
});

test.each([429, 500, 502, 503, 504])('HTTP %i is asked again', async (status) => {
  let left = 1;
  server.fault(() => (left-- > 0 ? { kind: 'answer', status } : null));
  expect((await client().ask({ url: server.url })).status).toBe(200);
  expect(server.log).toHaveLength(2);
});

test('a server that asks for more patience than there is gets its last answer told', async () => {
  server.fault(() => ({ kind: 'answer', status: 429, headers: { 'retry-after': '3600' } }));
  expect((await client().ask({ url: server.url })).status).toBe(429);
  expect(server.log).toHaveLength(1);
});

test('a server that stays busy is left after five requests', async () => {
  server.fault(() => ({ kind: 'answer', status: 503 }));
  expect((await client().ask({ url: server.url })).status).toBe(503);
  expect(server.log).toHaveLength(5);
}, 15_000);

test('a body that ends early is truncated, after it was tried again', async () => {
  server.fault(() => ({ kind: 'cut', afterBytes: 100 }));
  await expect(client().ask({ url: server.url })).rejects.toMatchObject({ code: 'truncated' });
  expect(server.log.length).toBeGreaterThan(1);
});

test('a server that says nothing is a timeout that names the host and the seconds', async () => {
  server.fault(() => ({ kind: 'late', delayMs: 10_000 }));
  const limits = { ...DEFAULT_LIMITS, requestTimeMs: 200 };
  await expect(client({ limits }).ask({ url: server.url })).rejects.toMatchObject({
    code: 'timeout',
    detail: `${new URL(server.url).host} did not answer within 0.2 s`,
  });
});

test('an abort ends a request, a wait between two and all that follow', async () => {
  const stop = new AbortController();
  const aborted = client({ signal: stop.signal });
  server.fault(() => ({ kind: 'answer', status: 503, headers: { 'retry-after': '15' } }));
  const waiting = aborted.ask({ url: server.url });
  setTimeout(() => stop.abort(), 50);
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  await expect(aborted.ask({ url: server.url })).rejects.toMatchObject({ code: 'interrupted' });
});

test('a port where nothing listens is unreachable, at once and in words', async () => {
  const error = await client()
    .ask({ url: 'http://127.0.0.1:1/secret-path?sig=secret' })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'unreachable' });
  expect(String(error)).not.toContain('secret');
});

test('the scope is asked with host and port before anything leaves', async () => {
  const asked: string[] = [];
  const allow = (host: string, port: number): void => {
    asked.push(`${host}:${port}`);
    throw new Error('refused');
  };
  await expect(client({ allow }).ask({ url: server.url })).rejects.toThrow('refused');
  expect(asked).toEqual([new URL(server.url).host]);
  expect(server.log).toEqual([]);
});

test('a range comes out alike whether the server honours it or sends everything', async () => {
  const range = { start: 990, end: 995 };
  const whole = await client().open({ url: server.url });
  expect(Buffer.concat(await collect(rangeOf(whole, range))).toString()).toBe('aaaaa');
  server.fault(() => ({ kind: 'answer', status: 206, body: 'bbbbb' }));
  const part = await client().open({ url: server.url });
  expect(Buffer.concat(await collect(rangeOf(part, range))).toString()).toBe('bbbbb');
});

test('a question leaves by POST for the reading APIs that take one, and for nothing else', async () => {
  const graph = `${server.url}/providers/Microsoft.ResourceGraph/resources?api-version=1`;
  expect((await client().ask({ url: graph, question: { query: 'resources' } })).status).toBe(200);
  expect(server.log.map(({ method }) => method)).toEqual(['POST']);
  for (const path of ['/', '/subscriptions', '/providers/Microsoft.ResourceGraph/resources/x']) {
    await expect(client().ask({ url: `${server.url}${path}`, question: {} })).rejects.toThrow(
      'on no list of reading calls',
    );
  }
  expect(server.log).toHaveLength(1);
});
