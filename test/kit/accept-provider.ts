/**
 * What every provider must do, whatever it speaks: the suite that `test/providers/<id>` registers.
 *
 * The server behind it is real or a stand-in; all trouble is made by a proxy between, so it is the
 * same trouble for all.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { evaluate } from '../../src/exposure/evaluate.ts';
import type { Verdict } from '../../src/model/access.ts';
import type { Asset, ByteRange, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type {
  Connection,
  Probed,
  Provider,
  ProviderContext,
  ReadAs,
  TargetSpec,
} from '../../src/model/provider.ts';
import { collect } from './collect.ts';
import { type FaultProxy, type SeenRequest, startFaultProxy } from './fault-proxy.ts';

export interface AssetToSeed {
  /** Letters and digits only, so that every provider accepts it. */
  readonly name: string;
  /** `list-read`: anyone may list and read; `read`: read by name only. */
  readonly open: 'closed' | 'read' | 'list-read';
  readonly objects: readonly { readonly key: string; readonly body: string }[];
}

/** A running server with its provider. */
export interface ProviderUnderTest {
  readonly provider: Provider;
  /** The server's own address: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Holds what `target` names in its credentials. */
  readonly env: ProviderContext['env'];
  /** `address` is the proxy's, to be used in place of `url`; `asset` null means all of the account. */
  target(address: string, asset: string | null): TargetSpec;
  seed(asset: AssetToSeed): Promise<void>;
  /** Objects that take more than one page of listing. */
  readonly morePagesObjects: number;
  /** Is this a request for (a page of) the object list of an asset? */
  isListing(seen: SeenRequest): boolean;
  /** Is this a request for one of the access-control documents? */
  isConfiguration(seen: SeenRequest): boolean;
  /** Reading calls that are not GET, HEAD or OPTIONS: `POST / Action=GetCallerIdentity`. */
  isReadingPost?(seen: SeenRequest): boolean;
  stop(): Promise<void>;
}

export interface AcceptProvider {
  /** Part of every test's name. */
  readonly name: string;
  readonly start: () => Promise<ProviderUnderTest>;
  /**
   * An open server: one asset a target, no credentials and no access-control documents, so that
   * what is not open is unknown. Left out: a cloud's account.
   */
  readonly openServer?: true;
}

/** Made up; long enough to be cut and ranged. */
const TEXT = `${'name,phone\n'.repeat(2000)}end`;
const SMALL_LIMITS = { ...DEFAULT_LIMITS, requestTimeMs: 3_000 };

export function acceptProvider({ name, start, openServer }: AcceptProvider): void {
  const suite = prepare(name, start);
  if (!openServer) findsTheAccount(suite);
  findsEverything(suite);
  if (!openServer) tellsDoorsApart(suite);
  provesWithoutCredentials(suite);
  readsExactly(suite);
  survivesTrouble(suite);
  staysInBounds(suite);
}

interface Change {
  readonly spec?: Partial<TargetSpec>;
  readonly context?: Partial<ProviderContext>;
}

/** Filled when the tests run, not while they are registered. */
interface Suite {
  readonly name: string;
  readonly server: ProviderUnderTest;
  readonly proxy: FaultProxy;
  connect(asset: string | null, change?: Change): Promise<Connection>;
  connectAsset(
    asset: string,
    change?: Change,
  ): Promise<{ readonly connection: Connection; readonly asset: Asset }>;
}

/** Starts server and proxy, seeds, closes connections; after each test no request may have written. */
function prepare(name: string, start: AcceptProvider['start']): Suite {
  let server: ProviderUnderTest;
  let proxy: FaultProxy;
  const connections: Connection[] = [];

  beforeAll(async () => {
    server = await start();
    proxy = await startFaultProxy(server.url);
    await seedAll(server);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((one) => one.close()));
    const writes = proxy.seen.filter((seen) => !isReading(server, seen));
    proxy.reset();
    expect(
      writes.map(({ method, url }) => `${method} ${url}`),
      'no request that writes was sent',
    ).toEqual([]);
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });

  async function connect(asset: string | null, change: Change = {}): Promise<Connection> {
    const { credentials, ...bare } = server.target(proxy.url, asset);
    const spec = change.spec?.anonymous ? bare : { ...bare, ...(credentials && { credentials }) };
    const connection = await server.provider.connect(
      { ...spec, ...change.spec },
      {
        limits: SMALL_LIMITS,
        signal: new AbortController().signal,
        env: server.env,
        allow: () => {},
        ...change.context,
      },
    );
    connections.push(connection);
    return connection;
  }

  return {
    name,
    get server() {
      return server;
    },
    get proxy() {
      return proxy;
    },
    connect,
    async connectAsset(asset, change) {
      const connection = await connect(asset, change);
      const { assets } = await discovered(connection);
      const found = assets.find((one) => one.name.endsWith(asset));
      if (!found) throw new Error(`the provider did not find ${asset}`);
      return { connection, asset: found };
    },
  };
}

async function seedAll(server: ProviderUnderTest): Promise<void> {
  const objects = [{ key: 'a.csv', body: TEXT }];
  await server.seed({ name: 'closedone', open: 'closed', objects });
  await server.seed({ name: 'openone', open: 'list-read', objects });
  await server.seed({ name: 'byname', open: 'read', objects });
  await server.seed({ name: 'manyone', open: 'closed', objects: manyObjects(server) });
}

/** Every asset of an account. */
function findsTheAccount(suite: Suite): void {
  const { name } = suite;

  test(`${name}: discovery finds every asset of the account, each with a stable id`, async () => {
    const first = await discovered(await suite.connect(null));
    const second = await discovered(await suite.connect(null));
    const names = first.assets.map((one) => one.name);
    for (const wanted of ['closedone', 'openone', 'byname', 'manyone']) {
      expect(names.some((one) => one.endsWith(wanted))).toBe(true);
    }
    expect(first.gaps).toEqual([]);
    expect(second.assets.map((one) => one.id)).toEqual(first.assets.map((one) => one.id));
    expect(first.assets.every((one) => one.id.startsWith(`${suite.server.provider.id}:`))).toBe(
      true,
    );
  });
}

/** What is there is found, all of it, as it is named. */
function findsEverything(suite: Suite): void {
  const { name } = suite;

  test(`${name}: listing goes on past the first page and names each object once`, async () => {
    const { connection, asset } = await suite.connectAsset('manyone');
    suite.proxy.seen.length = 0;
    const keys = (await collect(connection.objects(asset))).map((one) => one.key);
    expect(new Set(keys).size).toBe(suite.server.morePagesObjects);
    expect(keys).toHaveLength(suite.server.morePagesObjects);
    expect(suite.proxy.seen.filter((seen) => suite.server.isListing(seen)).length).toBeGreaterThan(
      1,
    );
  }, 30_000);

  test(`${name}: odd keys are listed and read as they are`, async () => {
    const { connection, asset } = await suite.connectAsset('manyone');
    const objects = await collect(connection.objects(asset));
    for (const [at, key] of ODD_KEYS.entries()) {
      const object = objects.find((one) => one.key === key);
      expect(object, `key ${at}`).toBeDefined();
      if (object) expect(await text(connection, asset, object)).toBe(`odd ${at}`);
    }
  });

  test(`${name}: an asset that is not there is a gap, not silence`, async () => {
    const connection = await suite.connect('nosuchone');
    const { assets, gaps } = await discovered(connection);
    const probed: Probed | null = assets[0] ? await connection.probes(assets[0]) : null;
    const codes = [...gaps, ...(probed?.gaps ?? [])].map((gap) => gap.code);
    expect(codes).toContain('not-found');
  });

  test(`${name}: an object that is gone is not-found`, async () => {
    const { connection, asset } = await suite.connectAsset('openone');
    const gone: ObjectRef = { key: 'gone.csv', sizeBytes: 3 };
    await expect(text(connection, asset, gone)).rejects.toMatchObject({ code: 'not-found' });
  });
}

/** What is open, closed and unknown. */
function tellsDoorsApart(suite: Suite): void {
  const { name } = suite;

  test(`${name}: closed, open by name and open with its list are told apart`, async () => {
    const states: Record<string, string> = {};
    for (const one of ['closedone', 'byname', 'openone']) {
      const { connection, asset } = await suite.connectAsset(one);
      const verdict = evaluate((await connection.probes(asset)).facts);
      states[one] = `read ${verdict.read.state}, list ${verdict.list.state}`;
    }
    expect(states).toEqual({
      closedone: 'read closed, list closed',
      byname: 'read open, list closed',
      openone: 'read open, list open',
    });
  });

  test(`${name}: configuration that may not be read is unknown and a gap, never closed`, async () => {
    const { connection, asset } = await suite.connectAsset('closedone');
    suite.proxy.fault({
      when: (seen) =>
        seen.signed && (suite.server.isConfiguration(seen) || suite.server.isListing(seen)),
      trouble: { kind: 'status', status: 403 },
    });
    const probed = await connection.probes(asset);
    const verdict: Verdict = evaluate(probed.facts);
    expect(verdict.read.state).toBe('unknown');
    expect(probed.gaps.map((gap) => gap.code)).toContain('denied');
  });
}

/** What an outsider sees. */
function provesWithoutCredentials(suite: Suite): void {
  const { name } = suite;

  test(`${name}: without credentials an open asset is proved open and a closed one never closed`, async () => {
    const open = await suite.connectAsset('openone', { spec: { anonymous: true } });
    const openFacts = (await open.connection.probes(open.asset)).facts;
    expect(evaluate(openFacts).list.state).toBe('open');
    const objects = await collect(open.connection.objects(open.asset));
    const own = await collect(open.connection.objectProbes(open.asset, objects));
    expect(evaluate([...openFacts, ...own]).read.state).toMatch(/open/);
    expect(suite.proxy.seen.some((seen) => seen.signed)).toBe(false);
    const connection = await suite.connect('closedone', { spec: { anonymous: true } });
    const { assets } = await discovered(connection);
    const probed = assets[0] ? await connection.probes(assets[0]) : null;
    if (probed) expect(evaluate(probed.facts).read.state).toBe('unknown');
  });
}

/** Bytes: those asked for, and never fewer in silence. */
function readsExactly(suite: Suite): void {
  const { name } = suite;

  test.each<ReadAs>(['credentials', 'anonymous'])(
    `${name}: a range is read as asked for, as %s, and no more is fetched`,
    async (as) => {
      const { connection, asset } = await suite.connectAsset('openone');
      const object: ObjectRef = { key: 'a.csv', sizeBytes: TEXT.length };
      suite.proxy.seen.length = 0;
      const range = { start: 11, end: 31 };
      expect(await text(connection, asset, object, { range, as })).toBe(TEXT.slice(11, 31));
      expect(await text(connection, asset, object, { as })).toBe(TEXT);
      const reads = suite.proxy.seen.filter((seen) => seen.url.includes('a.csv'));
      const asked = reads[0]?.headers.range ?? reads[0]?.headers['x-ms-range'];
      expect(asked).toBe('bytes=11-30');
      if (as === 'anonymous') expect(reads.some((seen) => seen.signed)).toBe(false);
    },
  );

  test(`${name}: reading without credentials what is closed is denied`, async () => {
    const { connection, asset } = await suite.connectAsset('closedone');
    const object: ObjectRef = { key: 'a.csv', sizeBytes: TEXT.length };
    const reading = text(connection, asset, object, { as: 'anonymous' });
    await expect(reading).rejects.toSatisfy(
      // Azure hides what is private: not-found is then the honest answer.
      (error) => error instanceof ScanError && ['denied', 'not-found'].includes(error.code),
    );
  });

  test.each<ReadAs>(['credentials', 'anonymous'])(
    `${name}: an answer that is cut off is truncated, never a short object, read as %s`,
    async (as) => {
      const { connection, asset } = await suite.connectAsset('openone');
      const object: ObjectRef = { key: 'a.csv', sizeBytes: TEXT.length };
      const trouble = { kind: 'cut', afterBytes: 500 } as const;
      suite.proxy.fault({ when: (seen) => seen.url.includes('a.csv'), trouble });
      const outcome = await text(connection, asset, object, { as }).catch(
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject({ code: 'truncated' });
    },
    30_000,
  );
}

/** Trouble on the way. */
function survivesTrouble(suite: Suite): void {
  const { name } = suite;

  test.each([429, 503])(
    `${name}: HTTP %i on listing and reading is tried again`,
    async (status) => {
      const { connection, asset } = await suite.connectAsset('openone');
      const once = { kind: 'status', status, headers: { 'retry-after': '0' } } as const;
      suite.proxy.fault({ when: (seen) => suite.server.isListing(seen), trouble: once, times: 1 });
      const objects = await collect(connection.objects(asset));
      expect(objects).toHaveLength(1);
      const [object] = objects;
      if (!object) return;
      suite.proxy.fault({ when: (seen) => seen.url.includes('a.csv'), trouble: once, times: 1 });
      expect(await text(connection, asset, object)).toBe(TEXT);
    },
  );

  test(`${name}: a server that falls silent is a timeout`, async () => {
    const { connection, asset } = await suite.connectAsset('openone', {
      context: { limits: { ...SMALL_LIMITS, requestTimeMs: 300 } },
    });
    const object: ObjectRef = { key: 'a.csv', sizeBytes: TEXT.length };
    suite.proxy.fault({
      when: (seen) => seen.url.includes('a.csv'),
      trouble: { kind: 'silence', forMs: 20_000 },
    });
    await expect(text(connection, asset, object)).rejects.toMatchObject({ code: 'timeout' });
  }, 30_000);

  test(`${name}: an abort ends a listing and a read at once`, async () => {
    const stop = new AbortController();
    const { connection, asset } = await suite.connectAsset('openone', {
      context: { signal: stop.signal },
    });
    suite.proxy.fault({ when: () => true, trouble: { kind: 'silence', forMs: 20_000 } });
    const object: ObjectRef = { key: 'a.csv', sizeBytes: TEXT.length };
    const both = [text(connection, asset, object), collect(connection.objects(asset))];
    setTimeout(() => stop.abort(), 50);
    const startedAt = Date.now();
    for (const outcome of await Promise.allSettled(both)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'interrupted' } });
    }
    expect(Date.now() - startedAt).toBeLessThan(2_500);
  });

  test(`${name}: a page of the list that is cut off is never taken for the whole list`, async () => {
    const { connection, asset } = await suite.connectAsset('manyone');
    const trouble = { kind: 'cut', afterBytes: 400 } as const;
    suite.proxy.fault({ when: (seen) => suite.server.isListing(seen), trouble, times: 1 });
    const outcome = await collect(connection.objects(asset)).then(
      (objects) => objects.length,
      (error: unknown) => (error instanceof ScanError ? error.code : 'unexpected'),
    );
    expect([suite.server.morePagesObjects, 'truncated']).toContain(outcome);
  }, 30_000);
}

/** Scope and plan. */
function staysInBounds(suite: Suite): void {
  const { name } = suite;

  test(`${name}: a host that is out of scope is refused before a request leaves`, async () => {
    const refuse = (): never => {
      throw new ScanError('out-of-scope', 'not declared');
    };
    const outcome = await suite
      .connect('openone', { context: { allow: refuse } })
      .then(async (connection) => {
        const { assets, gaps } = await discovered(connection);
        const [asset] = assets;
        if (!asset) return gaps.map((gap) => gap.code);
        const probed = await connection.probes(asset);
        return probed.gaps.map((gap) => gap.code);
      })
      .catch((error: unknown) => [error instanceof ScanError ? error.code : 'unexpected']);
    expect(outcome).toContain('out-of-scope');
    expect(suite.proxy.seen).toEqual([]);
  });

  test(`${name}: a plan names the host and sends nothing`, async () => {
    const target = suite.server.target(suite.proxy.url, 'openone');
    const plan = suite.server.provider.plan(target, suite.server.env);
    expect(plan.hosts.join(' ')).toContain(new URL(suite.proxy.url).port);
    expect(plan.calls.length).toBeGreaterThan(0);
    expect(suite.proxy.seen).toEqual([]);
  });
}

/** Unicode, signs that URLs mean something by, and segments that a URL library would fold. */
const ODD_KEYS: readonly string[] = ['名單/個人 資料.csv', 'a+b & c=d%20e?.csv', 'q#h.csv'];

function manyObjects(server: ProviderUnderTest): AssetToSeed['objects'] {
  const odd = ODD_KEYS.map((key, at) => ({ key, body: `odd ${at}` }));
  const plain = Array.from({ length: server.morePagesObjects - odd.length }, (_, at) => ({
    key: `p${String(at).padStart(5, '0')}`,
    body: 'x',
  }));
  return [...odd, ...plain];
}

async function discovered(
  connection: Connection,
): Promise<{ readonly assets: readonly Asset[]; readonly gaps: readonly Gap[] }> {
  const found = await collect(connection.assets());
  return {
    assets: found.flatMap((one) => ('asset' in one ? [one.asset] : [])),
    gaps: found.flatMap((one) => ('gap' in one ? [one.gap] : [])),
  };
}

async function text(
  connection: Connection,
  asset: Asset,
  object: ObjectRef,
  how: { readonly range?: ByteRange; readonly as?: ReadAs } = {},
): Promise<string> {
  const pieces = connection.read(asset, object, how.range ?? null, how.as ?? 'credentials');
  return Buffer.concat(await collect(pieces)).toString();
}

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

function isReading(server: ProviderUnderTest, seen: SeenRequest): boolean {
  return READING_METHODS.has(seen.method) || server.isReadingPost?.(seen) === true;
}
