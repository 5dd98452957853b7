/**
 * Amazon S3 and everything that speaks S3.
 *
 * Documents are read with the credentials, doors are tried without them. Which store answers decides
 * what its documents mean; see src/exposure/documents.ts, S3Dialect.
 */
import pLimit from 'p-limit';
import type { S3Dialect } from '../../src/exposure/documents.ts';
import { objectGrantsPossible, s3Facts, s3ObjectFacts } from '../../src/exposure/s3/index.ts';
import { type AccessFact, sliceCovers } from '../../src/model/access.ts';
import type { Asset, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type {
  Connection,
  Probed,
  Provider,
  ProviderContext,
  TargetSpec,
} from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { openAccount } from './account.ts';
import { CALLS, openClients } from './clients.ts';
import { dialectOfAnswer, dialectOfHost, wantsVirtualHosts } from './dialect.ts';
import { discover, type Store } from './discovery.ts';
import {
  type DocumentSource,
  type ReadDocuments,
  readDocuments,
  readObjectAcl,
} from './documents.ts';
import { scanError } from './errors.ts';
import { listPages, readObject } from './objects.ts';
import { fact, type ListProbe, type Outsider, probeList, probeObject } from './probes.ts';
import { prove, REMEDIES } from './remedies.ts';
import { hostsOf, readTarget } from './target.ts';

/** Objects that `probes` tries, spread over the first page of the list. */
const SAMPLED_KEYS = 3;
/** Concurrent unsigned HEADs of `objectProbes`. */
const AT_ONCE = 16;

export const s3: Provider = {
  id: 's3',
  title: 'Amazon S3 and S3-compatible stores',
  schemes: ['s3', 's3+https', 's3+http'],
  plan(spec, env) {
    const target = readTarget(spec, env);
    const unsigned = [
      'unsigned ListObjectsV2 (1 key)',
      'unsigned GetObject (1 byte)',
      'HeadObject',
    ];
    const calls = target.access.kind === 'anonymous' ? unsigned : [...CALLS, ...unsigned];
    return { hosts: hostsOf(target, env), calls };
  },
  connect,
  remedies: REMEDIES,
  prove,
};

async function connect(spec: TargetSpec, context: ProviderContext): Promise<Connection> {
  const target = readTarget(spec, context.env);
  const byHost = dialectOfHost(target.endpoint?.hostname ?? 'amazonaws.com');
  const clients = await openClients(target, context, wantsVirtualHosts(byHost));
  if (target.bucket === null && !clients.signs) {
    clients.close();
    throw new ScanError(
      'no-credentials',
      'listing the buckets of an account needs credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, or name variables under credentials',
    );
  }
  const http = httpClient(context);
  const store: Store = { target, context, clients, http, byHost, foreign: new Set() };
  const account = openAccount(target, clients, context.signal);
  const { signal } = context;
  /** Facts of the documents, kept for objectProbes. */
  const known = new Map<string, Known>();

  function outsiderOf(asset: Asset): Outsider {
    const region = asset.region ?? target.region;
    return {
      client: clients.unsigned(region),
      bucket: asset.name,
      bucketUrl: clients.bucketUrl(asset.name, region),
      signal,
    };
  }

  async function readKnown(asset: Asset, dialect: S3Dialect): Promise<Known & ReadDocuments> {
    const source: DocumentSource = {
      client: clients.signed(asset.region ?? target.region),
      account,
      dialect,
      own: !store.foreign.has(asset.name),
      signal,
    };
    const read = await readDocuments(source, asset);
    const facts = s3Facts(read.documents);
    return { ...read, source, facts };
  }

  return {
    assets: () => discover(store, account),
    async probes(asset): Promise<Probed> {
      const outsider = outsiderOf(asset);
      const listed = await probeList(http, outsider.bucketUrl);
      const gaps = listGaps(asset, listed);
      const dialect = byHost ?? dialectOfAnswer(listed.headers);
      if (!clients.signs) return outsideOnly(asset, outsider, listed, gaps);
      const documents = await readKnown(asset, dialect);
      known.set(asset.id, documents);
      const read = await probeSample(asset, outsider, documents);
      return {
        facts: [...documents.facts, listed.fact, ...read],
        gaps: [...gaps, ...documents.gaps],
        objectGrants: objectGrantsPossible(documents.documents),
      };
    },
    objects: (asset) => objects(asset),
    objectProbes: (asset, refs) => objectProbes(asset, refs),
    read(asset, object, range, as) {
      const region = asset.region ?? target.region;
      const signed = as === 'credentials' && clients.signs;
      const client = signed ? clients.signed(region) : clients.unsigned(region);
      return readObject(client, asset.name, object, range, context);
    },
    async close() {
      clients.close();
      http.close();
    },
  };

  /** By the credentials; where those may not list, perhaps anyone may. */
  async function* objects(asset: Asset): AsyncGenerator<ObjectRef> {
    const region = asset.region ?? target.region;
    const pages = (client: Outsider['client']): AsyncGenerator<readonly ObjectRef[]> =>
      listPages(client, asset.name, target.prefix, signal);
    let begun = false;
    try {
      const client = clients.signs ? clients.signed(region) : clients.unsigned(region);
      for await (const page of pages(client)) {
        begun = true;
        yield* page;
      }
      return;
    } catch (error) {
      const refused = error instanceof ScanError && error.code === 'denied';
      if (begun || !refused || !clients.signs) throw error;
      const outside = pages(clients.unsigned(region));
      const first = await outside.next().catch((): never => {
        throw error;
      });
      if (!first.done) yield* first.value;

      for await (const page of outside) yield* page;
    }
  }

  /** The first page's first, middle and last key; none where the list may not be read. */
  async function sampleKeys(asset: Asset): Promise<readonly string[]> {
    const keys: string[] = [];
    try {
      for await (const object of objects(asset)) {
        keys.push(object.key);
        if (keys.length === 1000) break;
      }
    } catch (error) {
      if (error instanceof ScanError && error.code === 'interrupted') throw error;
      // The scan lists the objects next and reports what it meets.
      return [];
    }
    const last = keys.length - 1;
    const places = [0, Math.floor(last / 2), last].slice(0, SAMPLED_KEYS);
    return [...new Set(places.flatMap((at) => keys[at] ?? []))];
  }

  async function probeSample(
    asset: Asset,
    outsider: Outsider,
    { facts, documents, source }: Known & ReadDocuments,
  ): Promise<readonly AccessFact[]> {
    const out: AccessFact[] = [];
    for (const key of await sampleKeys(asset)) {
      const probed = await probeObject(outsider, key, 'GET');
      out.push(probed);
      if (probed.answer === 'yes' || !coveredBy(facts, key)) continue;
      // Open by the documents and yet refused: the object's own encryption is the usual reason.
      const acl = await readObjectAcl(source, asset.name, key);
      const encryption = await encryptionOf(source, asset.name, key);
      out.push(...s3ObjectFacts(documents, key, acl, encryption));
    }
    return out;
  }

  /** Without credentials the documents stay unasked: what is not proved open is unknown. */
  async function outsideOnly(
    asset: Asset,
    outsider: Outsider,
    listed: ListProbe,
    gaps: readonly Gap[],
  ): Promise<Probed> {
    const read: AccessFact[] = [];
    if (listed.fact.answer === 'yes') {
      for (const key of await sampleKeys(asset)) read.push(await probeObject(outsider, key, 'GET'));
    }
    const none = { code: 'config.none', params: {} };
    const unknown = (['list', 'read', 'write'] as const).map(
      (action): AccessFact => ({
        ...fact(action, 'unknown', none.code, none.params),
        source: 'config',
      }),
    );
    const missing: readonly Gap[] =
      target.access.kind === 'anonymous'
        ? []
        : [
            {
              code: 'no-credentials',
              asset: asset.id,
              what: 'the access-control documents',
              detail:
                'no credentials were found, so only the outside was looked at; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE',
            },
          ];
    return {
      facts: [...unknown, listed.fact, ...read],
      gaps: [...gaps, ...missing],
      objectGrants: true,
    };
  }

  async function* objectProbes(
    asset: Asset,
    refs: readonly ObjectRef[],
  ): AsyncGenerator<AccessFact> {
    const outsider = outsiderOf(asset);
    const limit = pLimit(AT_ONCE);
    const before = known.get(asset.id) ?? null;
    for (let start = 0; start < refs.length; start += 4 * AT_ONCE) {
      const batch = refs.slice(start, start + 4 * AT_ONCE);
      const found = await Promise.all(
        batch.map(({ key }) => limit(() => objectFacts(outsider, before, key))),
      );
      yield* found.flat();
    }
  }
}

/** What was read of an asset before its objects are tried. */
interface Known {
  readonly documents: ReadDocuments['documents'];
  readonly source: DocumentSource;
  readonly facts: readonly AccessFact[];
}

/** Facts of one object that opens without credentials; a refused one needs none. */
async function objectFacts(
  outsider: Outsider,
  known: Known | null,
  key: string,
): Promise<readonly AccessFact[]> {
  const probed = await probeObject(outsider, key, 'HEAD');
  if (probed.answer === 'no') return [];
  if (probed.answer !== 'yes' || !known || coveredBy(known.facts, key)) return [probed];
  const acl = await readObjectAcl(known.source, outsider.bucket, key);
  const own = s3ObjectFacts(known.documents, key, acl);
  return [probed, ...own.filter((one) => one.answer === 'yes')];
}

/** Do the bucket's documents already say that anyone reads this key? */
function coveredBy(facts: readonly AccessFact[], key: string): boolean {
  return facts.some(
    ({ action, audience, answer, slice }) =>
      action === 'read' &&
      audience === 'anyone' &&
      answer === 'yes' &&
      (slice === null || sliceCovers(slice, key)),
  );
}

async function encryptionOf(
  { client, signal }: DocumentSource,
  bucket: string,
  key: string,
): Promise<'kms' | 'none' | 'unknown'> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    });
    return /^aws:kms/.test(head.ServerSideEncryption ?? '') ? 'kms' : 'none';
  } catch (error) {
    const problem = scanError(error, { what: 'the object', permission: 's3:GetObject' }, signal);
    if (problem.code === 'interrupted') throw problem;
    return 'unknown';
  }
}

function listGaps(asset: Asset, { status, problem }: ListProbe): readonly Gap[] {
  const gap = (code: Gap['code'], detail: string): readonly Gap[] => [
    { code, asset: asset.id, what: null, detail },
  ];
  if (problem) return gap(problem.code, problem.detail);
  if (status !== 404) return [];
  return gap('not-found', 'there is no such bucket; check its name and the endpoint');
}
