/** One target, connected: documents by the credentials, doors without them. */
import pLimit from 'p-limit';
import { fetched } from '../../src/exposure/documents.ts';
import { objectGrantsPossible, s3Facts, s3ObjectFacts } from '../../src/exposure/s3/index.ts';
import type { AccessFact } from '../../src/model/access.ts';
import type { Asset, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { NamedKey, Probed } from '../../src/model/provider.ts';
import { tryDoors } from '../doors.ts';
import { keysToTry, unaskedFacts } from '../outsider.ts';
import type { Account } from './account.ts';
import { servedGaps } from './cdn.ts';
import { dialectOfAnswer } from './dialect.ts';
import { directoryProbes, isDirectory } from './directory.ts';
import type { Store } from './discovery.ts';
import { type DocumentSource, readDocuments, readWebsite } from './documents.ts';
import { type DoorsQuestion, doorsOf } from './doors.ts';
import { scanError } from './errors.ts';
import { coveredBy, type Known, objectFacts } from './grants.ts';
import { listPages } from './objects.ts';
import { type ListProbe, type Outsider, probeList, probeObject } from './probes.ts';
import { keepsVersions, oldVersions } from './versions.ts';

const DIRECTORY_UNREAD =
  'ajar does not list what lies in directory buckets, which are never public';

/** Concurrent unsigned HEADs of `objectProbes`. */
const AT_ONCE = 16;

export interface Session {
  readonly store: Store;
  readonly account: Account;
  /** What `probes` read, by asset id, for `objectProbes`. */
  readonly known: Map<string, Known>;
}

export async function probes(session: Session, asset: Asset): Promise<Probed> {
  if (isDirectory(asset)) return directoryProbes();
  const { store, known } = session;
  const outsider = outsiderOf(store, asset);
  const listed = await probeList(store.http, outsider.bucketUrl);
  const gaps = listGaps(asset, listed);
  if (!store.clients.signs) return outsideOnly(store, asset, outsider, listed, gaps);
  const documents = await readKnown(session, asset, listed);
  known.set(asset.id, documents);
  const keys = await keysToTry(currentObjects(store, asset));
  const read = await probeSample(keys, asset, outsider, documents);
  const { dialect } = documents.source;
  const refused = [listed.fact, ...read].some(({ answer }) => answer === 'no');
  // A website serves what anyone may read and nothing else; where that is proved, it adds nothing.
  const asWebsite =
    dialect === 'aws' && !read.some(isOpening) && documents.facts.some(mayRead)
      ? await readWebsite(documents.source, asset)
      : { website: false, gaps: [] };
  const doors = await otherDoors(store, asset, keys, {
    dialect,
    website: asWebsite.website,
    refused: refused && documents.facts.some(isOpening),
  });
  // Where somebody named domains, those were tried.
  const served =
    store.target.domains.length > 0
      ? []
      : servedGaps(asset, documents.documents, [...documents.facts, ...read]);
  return {
    facts: [...documents.facts, listed.fact, ...read, ...doors.facts],
    gaps: [...gaps, ...documents.gaps, ...asWebsite.gaps, ...doors.gaps, ...served],
    objectGrants: objectGrantsPossible(documents.documents),
  };
}

function outsiderOf({ clients, target, context }: Store, asset: Asset): Outsider {
  const region = asset.region ?? target.region;
  return {
    client: clients.unsigned(region),
    bucket: asset.name,
    bucketUrl: clients.bucketUrl(asset.name, region),
    signal: context.signal,
  };
}

async function readKnown(
  { store, account }: Session,
  asset: Asset,
  listed: ListProbe,
): Promise<Known> {
  const { clients, target, context, byHost, foreign } = store;
  const source: DocumentSource = {
    client: clients.signed(asset.region ?? target.region),
    account,
    dialect: byHost ?? dialectOfAnswer(listed.headers),
    own: !foreign.has(asset.name),
    signal: context.signal,
  };
  const read = await readDocuments(source, asset, { listed: listed.fact.answer === 'yes' });
  return { ...read, source, facts: s3Facts(read.documents) };
}

function listGaps(asset: Asset, { status, problem }: ListProbe): readonly Gap[] {
  const gap = (code: Gap['code'], detail: string): readonly Gap[] => [
    { code, asset: asset.id, what: null, detail },
  ];
  if (problem) return gap(problem.code, problem.detail);
  if (status !== 404) return [];
  return gap('not-found', 'there is no such bucket; check its name and the endpoint');
}

function isOpening({ audience, answer }: AccessFact): boolean {
  return audience === 'anyone' && answer === 'yes';
}

function mayRead({ audience, action, answer }: AccessFact): boolean {
  return audience === 'anyone' && action === 'read' && answer !== 'no';
}

function otherDoors(
  { http, target }: Store,
  asset: Asset,
  keys: readonly string[],
  given: Pick<DoorsQuestion, 'dialect' | 'website' | 'refused'>,
): ReturnType<typeof tryDoors> {
  const { name: bucket, region = target.region } = asset;
  return tryDoors(http, asset, doorsOf({ ...given, target, bucket, region }), keys);
}

/** Tries one byte of each of these objects. */
async function probeSample(
  keys: readonly string[],
  asset: Asset,
  outsider: Outsider,
  { facts, documents, source }: Known,
): Promise<readonly AccessFact[]> {
  const out: AccessFact[] = [];
  for (const key of keys) {
    const probed = await probeObject(outsider, { key }, 'GET');
    out.push(probed);
    if (probed.answer === 'yes' || !coveredBy(facts, key, false)) continue;
    // Open by the documents and yet refused: where its own encryption is the reason, that is said.
    const encryption = await encryptionOf(source, asset.name, key);
    if (encryption === 'kms') out.push(...s3ObjectFacts(documents, key, fetched(null), encryption));
  }
  return out;
}

/** Without credentials the documents stay unasked: what is not proved open is unknown. */
async function outsideOnly(
  store: Store,
  asset: Asset,
  outsider: Outsider,
  listed: ListProbe,
  gaps: readonly Gap[],
): Promise<Probed> {
  const read: AccessFact[] = [];
  const keys: string[] = [];
  if (listed.fact.answer === 'yes') {
    keys.push(...(await keysToTry(currentObjects(store, asset))));
    for (const key of keys) read.push(await probeObject(outsider, { key }, 'GET'));
  }
  const dialect = store.byHost ?? dialectOfAnswer(listed.headers);
  const doors = await otherDoors(store, asset, keys, { dialect, website: true, refused: false });
  const detail =
    'no credentials were found, so only the outside was looked at; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE';
  const missing: Gap = {
    code: 'no-credentials',
    asset: asset.id,
    what: 'the access-control documents',
    detail,
  };
  return {
    facts: [...unaskedFacts(), listed.fact, ...read, ...doors.facts],
    gaps: [...gaps, ...doors.gaps, ...(store.target.access.kind === 'anonymous' ? [] : [missing])],
    objectGrants: true,
  };
}

/** The current objects, then their old versions where a stranger may come to those. */
export async function* objects(session: Session, asset: Asset): AsyncGenerator<ObjectRef> {
  if (isDirectory(asset)) throw new ScanError('unsupported', DIRECTORY_UNREAD);
  yield* currentObjects(session.store, asset);
  yield* oldObjects(session, asset);
}

/** By the credentials; where those may not list, perhaps anyone may. */
async function* currentObjects(store: Store, asset: Asset): AsyncGenerator<ObjectRef> {
  const { clients, target, context } = store;
  const region = asset.region ?? target.region;
  const pages = (client: Outsider['client']): ReturnType<typeof listPages> =>
    listPages(client, asset.name, target.prefix, context.signal);
  const outside = pages(clients.unsigned(region));
  const inside = clients.signs ? pages(clients.signed(region)) : outside;
  let first: IteratorResult<readonly ObjectRef[]>;
  let rest = inside;
  try {
    first = await inside.next();
  } catch (error) {
    const refused = error instanceof ScanError && error.code === 'denied';
    if (!refused || rest === outside) throw error;
    rest = outside;
    // Refused both ways, the credentials' refusal says what to do.
    first = await outside.next().catch((): never => {
      throw error;
    });
  }
  if (first.done) return;
  yield* first.value;
  for await (const page of rest) yield* page;
}

async function* oldObjects({ store, known }: Session, asset: Asset): AsyncGenerator<ObjectRef> {
  const { clients, target, context } = store;
  const region = asset.region ?? target.region;
  const { name: bucket } = asset;
  const { prefix } = target;
  const { signal } = context;
  if (!clients.signs) {
    // Whom nobody lets list old versions cannot find them either.
    yield* quietly(oldVersions({ client: clients.unsigned(region), bucket, prefix, signal }));
    return;
  }
  const before = known.get(asset.id);
  const open = !before || objectGrantsPossible(before.documents) || versionsMayOpen(before.facts);
  if (!open) return;
  const question = { client: clients.signed(region), bucket, prefix, signal };
  if (!(await keepsVersions(question))) return;
  // Stores that are not Amazon's may not know the call: then there is nothing to find by it.
  const unknown = before?.documents.dialect !== 'aws';
  yield* unknown ? quietly(oldVersions(question), 'unsupported') : oldVersions(question);
}

/** Ends where the first answer is a refusal; a list that has begun ends with its error. */
async function* quietly(
  versions: AsyncIterable<ObjectRef>,
  ...codes: readonly ScanError['code'][]
): AsyncGenerator<ObjectRef> {
  const quiet = codes.length > 0 ? codes : ['denied', 'unsupported', 'malformed', 'not-found'];
  let begun = false;
  try {
    for await (const one of versions) {
      begun = true;
      yield one;
    }
  } catch (error) {
    if (begun || !(error instanceof ScanError) || !quiet.includes(error.code)) throw error;
  }
}

/** Do the documents let anyone read old versions, or not say? */
function versionsMayOpen(facts: readonly AccessFact[]): boolean {
  return facts.some(
    ({ action, audience, answer, because }) =>
      action === 'read' &&
      audience === 'anyone' &&
      answer !== 'no' &&
      /GetObjectVersion/.test(because.params.actions ?? 'GetObjectVersion'),
  );
}

/** A fact for each object that opens without credentials, and why; a refused one needs none. */
export async function* objectProbes(
  { store, known }: Session,
  asset: Asset,
  refs: readonly ObjectRef[],
): AsyncGenerator<AccessFact> {
  const outsider = outsiderOf(store, asset);
  const limit = pLimit(AT_ONCE);
  const before = known.get(asset.id) ?? null;
  for (let start = 0; start < refs.length; start += 4 * AT_ONCE) {
    const batch = refs.slice(start, start + 4 * AT_ONCE);
    const found = await Promise.all(
      batch.map((object) => limit(() => objectFacts(outsider, before, object))),
    );
    yield* found.flat();
  }
}

/** What is there under these keys: asked as an outsider, then by the credentials. */
export async function* named(
  { store }: Session,
  asset: Asset,
  keys: readonly NamedKey[],
): AsyncGenerator<ObjectRef> {
  const { clients, target, context } = store;
  const region = asset.region ?? target.region;
  const doors = [clients.unsigned(region), ...(clients.signs ? [clients.signed(region)] : [])];
  const limit = pLimit(AT_ONCE);
  for (const found of await limit.map([...keys], (key) =>
    headOf(doors, asset.name, key, context.signal),
  )) {
    if (found) yield found;
  }
}

/** Null where no door shows it. */
async function headOf(
  doors: readonly Outsider['client'][],
  bucket: string,
  { key, version }: NamedKey,
  signal: AbortSignal,
): Promise<ObjectRef | null> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const input = { Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) };
  for (const client of doors) {
    try {
      const head = await client.send(new HeadObjectCommand(input), { abortSignal: signal });
      return {
        key,
        sizeBytes: head.ContentLength ?? 0,
        ...(version !== undefined && { version }),
        ...(head.LastModified && { modifiedAt: head.LastModified }),
        ...(head.ETag !== undefined && { etag: head.ETag }),
      };
    } catch (error) {
      const doing = { what: 'an object', permission: 's3:GetObject' };
      const problem = scanError(error, doing, signal);
      if (!['denied', 'not-found', 'unsupported'].includes(problem.code)) throw problem;
    }
  }
  return null;
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
