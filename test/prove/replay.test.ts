/** What closes a finding and what does not, over a server that is made for the test. */
import { expect, test } from 'vitest';
import type { AccessFact, Answer } from '../../src/model/access.ts';
import type { Asset } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Exchange } from '../../src/model/proof.ts';
import type { Connection } from '../../src/model/provider.ts';
import type { ExposedObject, Replay } from '../../src/model/replay.ts';
import { type Replayed, repeat } from '../../src/prove/replay.ts';

const ASSET: Asset = {
  id: 'made:up/lands',
  provider: 'made',
  authority: 'up',
  name: 'lands',
  kind: 'bucket',
  url: 'https://store.example/lands/',
  labels: {},
};

function object(ref: string, change: Partial<ExposedObject> = {}): ExposedObject {
  return { ref, version: null, sizeBytes: 9, unsigned: true, ...change };
}

interface Server {
  readonly list?: Status;
  /** By key, or `key@version`: the status of HEAD and, after a slash, of GET where it differs. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Facts of other doors. */
  readonly doors?: readonly AccessFact[];
  readonly listed?: boolean;
  readonly exposed?: readonly ExposedObject[];
  readonly domains?: readonly string[];
  /** Keys that the store does not have any more. */
  readonly lost?: readonly string[];
}

type Status = 200 | 302 | 401 | 403 | 404 | 429 | 503 | 'silent' | 'page';

const ANSWERS: Readonly<Record<string, Answer>> = { 200: 'yes', 206: 'yes', 401: 'no', 403: 'no' };

function fact(
  action: 'list' | 'read',
  status: string,
  key: string | null,
  url = ASSET.url,
): AccessFact {
  const answer = ANSWERS[status] ?? 'unknown';
  const code =
    status === 'silent' ? 'probe.failed' : answer === 'unknown' ? 'probe.unclear' : 'probe.read';
  return {
    audience: 'anyone',
    action,
    answer,
    source: 'probe',
    slice: key === null ? null : { kind: 'object', pattern: key, except: [] },
    // A page that is shown for any address comes with 200.
    because: {
      code,
      params: { url, status: status === 'page' ? '200' : status, detail: `answered ${status}` },
    },
  };
}

async function replayed(server: Server): Promise<Replayed> {
  const {
    list = 403,
    objects = {},
    exposed = Object.keys(objects).map((ref) => object(ref)),
  } = server;
  const exchanges: Exchange[] = [];
  const saw = (status: string): void => {
    const code = status === 'silent' ? null : status === 'page' ? 200 : Number(status);
    const at = '2026-01-01T00:00:00.000Z';
    exchanges.push({
      method: 'GET',
      url: ASSET.url,
      at,
      status: code,
      bodySha256: null,
      bytes: 0,
      error: null,
    });
  };
  const statusOf = ({ key, version }: { key: string; version?: string }, call: 0 | 1): string => {
    const both = objects[version === undefined ? key : `${key}@${version}`] ?? '404';
    return both.split('/')[call] ?? both.split('/')[0] ?? '';
  };
  const connection: Connection = {
    async *assets() {},
    async probes() {
      saw(String(list));
      return { facts: [fact('list', String(list), null)], gaps: [], objectGrants: true };
    },
    async *objects() {},
    async *objectProbes(_asset, asked) {
      for (const one of asked) {
        const status = statusOf(one, 0);
        saw(status);
        // As the providers do: a refusal needs no fact.
        const answered = fact('read', status, one.key);
        if (answered.answer !== 'no') yield answered;
      }
    },
    async *read(_asset, one) {
      const status = statusOf(one, 1);
      saw(status);
      if (status === '200') yield Buffer.from('x');
      else throw new ScanError(status === '404' ? 'not-found' : 'denied', `HTTP ${status}`);
    },
    ...(server.doors && { doors: async () => server.doors ?? [] }),
    async close() {},
  };
  const replay: Replay = {
    schema: 'ajar-replay/1',
    provider: 'made',
    target: { uri: 'made://lands', ...(server.domains && { domains: server.domains }) },
    asset: ASSET,
    slice: '*',
    listed: server.listed ?? true,
    objects: exposed,
  };
  const keyOf = async (ref: string): Promise<string | null> =>
    server.lost?.includes(ref) ? null : ref;
  return repeat({ replay, connection, keyOf, exchanges });
}

test('all that was open is refused: closed', async () => {
  const { result, because, subjects } = await replayed({ objects: { a: '403', b: '401/403' } });
  expect([result, because]).toEqual(['closed', 'the list and 2 objects refused']);
  expect(subjects.map(({ ref, action }) => [ref, action])).toEqual([
    ['*', 'list'],
    ['a', 'read'],
    ['b', 'read'],
  ]);
});

test('a bucket that is gone is closed, and it is said that it is gone', async () => {
  const { result, because } = await replayed({ list: 404, objects: { a: '404', b: '404' } });
  expect([result, because]).toEqual(['closed', 'the list and 2 objects not there any more']);
});

test.each<[string, Server]>([
  ['the list is still answered', { list: 200, objects: { a: '403' } }],
  ['one of the objects is still served', { objects: { a: '403', b: '200' } }],
  ['HEAD is refused and GET is not', { objects: { a: '403/200' } }],
  ['the object is gone by HEAD and served by GET', { objects: { a: '404/200' } }],
  ['a range beyond the end is told only to who may read', { objects: { a: '403/416' } }],
  [
    'only an old version is still served',
    {
      objects: { a: '403', 'a@v1': '200' },
      exposed: [object('a'), object('a', { version: 'v1' })],
    },
  ],
  [
    'another door still serves it',
    { objects: { a: '403' }, doors: [fact('read', '200', 'a', 'https://cdn.example/…')] },
  ],
  [
    'another door still lists it',
    { objects: { a: '403' }, doors: [fact('list', '200', null, 'https://cdn.example/')] },
  ],
  [
    'what was read with credentials only is read without them now',
    { objects: { a: '200' }, exposed: [object('a', { unsigned: false })] },
  ],
])('open: %s', async (_, server) => {
  expect((await replayed(server)).result).toBe('open');
});

test.each<[string, Server]>([
  ['nobody answers', { list: 'silent', objects: { a: 'silent' } }],
  [
    'the list is refused and the object asked for is not answered',
    { objects: { a: '403/silent' } },
  ],
  ['the store is busy', { list: 503, objects: { a: '403' } }],
  ['the store asks to slow down', { objects: { a: '429' } }],
  ['a redirect leads elsewhere', { list: 302, objects: { a: '403' } }],
  ['a page is shown for any address', { list: 'page', objects: { a: '403' } }],
  ['a page is shown in place of the object', { objects: { a: 'page' } }],
  ['the key of an object is lost', { objects: { a: '403' }, lost: ['a'] }],
  [
    'no request without credentials had got through when it was found',
    { listed: false, objects: { a: '403' }, exposed: [object('a', { unsigned: false })] },
  ],
  [
    'a door that somebody named does not answer',
    {
      objects: { a: '403' },
      domains: ['cdn.example'],
      doors: [fact('list', 'silent', null, 'https://cdn.example/')],
    },
  ],
])('unknown, which closes nothing: %s', async (_, server) => {
  const { result, because } = await replayed(server);
  expect(result).toBe('unknown');
  expect(because).not.toBe('');
});

test('an address that nobody named and that never answered takes nothing away from a proof', async () => {
  const doors = [fact('list', 'silent', null, 'http://lands.website.example/')];
  expect((await replayed({ objects: { a: '403' }, doors })).result).toBe('closed');
});

test('an interruption is no answer', async () => {
  const stopped: Connection['probes'] = async () => {
    throw new ScanError('interrupted', 'the run was stopped');
  };
  const connection = { probes: stopped } as unknown as Connection;
  const replay = {
    asset: ASSET,
    target: { uri: 'x' },
    objects: [],
    listed: true,
  } as unknown as Replay;
  const input = { replay, connection, keyOf: async () => null, exchanges: [] };
  await expect(repeat(input)).rejects.toThrow(/stopped/);
});
