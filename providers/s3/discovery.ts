/** Buckets: all of an account, or the one that the target names; with region, owner and tags. */
import type { ListBucketsCommandOutput } from '@aws-sdk/client-s3';
import type { S3Dialect } from '../../src/exposure/documents.ts';
import { type Asset, assetId } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import type { HttpClient } from '../../src/net/client.ts';
import type { Account } from './account.ts';
import type { Clients } from './clients.ts';
import { dialectOfAnswer } from './dialect.ts';
import { directoryAsset, directoryBuckets, isDirectoryName } from './directory.ts';
import { type Doing, faultOf, scanError } from './errors.ts';
import type { S3Target } from './target.ts';

/** One target, connected. */
export interface Store {
  readonly target: S3Target;
  readonly context: ProviderContext;
  readonly clients: Clients;
  readonly http: HttpClient;
  readonly byHost: S3Dialect | null;
  /** Buckets that are known to be another account's. */
  readonly foreign: Set<string>;
}

type Found = { readonly asset: Asset } | { readonly gap: Gap };

const BUCKETS: Doing = { what: 'the list of buckets', permission: 's3:ListAllMyBuckets' };
const BUCKET_PAGE = 1000;
/** Buckets whose region and tags are asked for at once. */
const AT_ONCE = 16;

export async function* discover(store: Store, account: Account): AsyncGenerator<Found> {
  const { bucket } = store.target;
  if (bucket !== null) {
    yield* await named(store, account, bucket);
    return;
  }
  try {
    yield* all(store, account);
    yield* directoryBuckets(store, await account.id());
  } catch (error) {
    const problem = scanError(error, BUCKETS, store.context.signal);
    if (problem.code === 'interrupted') throw problem;
    const { code, detail } = problem;
    yield { gap: { code, asset: `s3:${store.target.authority}`, what: BUCKETS.what, detail } };
  }
}

async function* all(store: Store, account: Account): AsyncGenerator<Found> {
  const id = await account.id();
  for await (const page of bucketPages(store)) {
    // In small batches: the first buckets are looked at while the others are still described.
    for (let start = 0; start < page.length; start += AT_ONCE) {
      const batch = page.slice(start, start + AT_ONCE).map(async ({ name, region }) => {
        const located = await regionOf(store, name, region);
        const { tags } = await tagsOf(store, name, located.region, null);
        return described(store, name, located, id, tags);
      });
      yield* (await Promise.all(batch)).flat();
    }
  }
}

interface ListedBucket {
  readonly name: string;
  readonly region: string | null;
}

async function* bucketPages(store: Store): AsyncGenerator<readonly ListedBucket[]> {
  const { ListBucketsCommand } = await import('@aws-sdk/client-s3');
  const { clients, target, context } = store;
  let token: string | undefined;
  do {
    let page: ListBucketsCommandOutput;
    try {
      page = await clients.signed(target.region).send(
        new ListBucketsCommand({
          // Only Amazon pages; other stores may refuse parameters that they do not know.
          ...(target.amazon && { MaxBuckets: BUCKET_PAGE }),
          ...(token !== undefined && { ContinuationToken: token }),
        }),
        { abortSignal: context.signal },
      );
    } catch (error) {
      throw scanError(error, BUCKETS, context.signal);
    }
    yield (page.Buckets ?? []).flatMap(({ Name, BucketRegion }) =>
      Name === undefined ? [] : [{ name: Name, region: BucketRegion ?? null }],
    );
    if (page.ContinuationToken !== undefined && page.ContinuationToken === token) {
      throw new ScanError('malformed', 'the store repeats a page of its buckets and never ends');
    }
    token = page.ContinuationToken;
  } while (token);
}

async function named(store: Store, account: Account, bucket: string): Promise<readonly Found[]> {
  const { target, clients } = store;
  if (target.amazon && isDirectoryName(bucket)) {
    return [{ asset: directoryAsset(store, bucket, target.region, await account.id()) }];
  }
  const id = assetId('s3', target.authority, bucket);
  const found = await regionOf(store, bucket);
  if (found.problem) {
    const { code, detail } = found.problem;
    return [{ gap: { code, asset: id, what: null, detail } }];
  }
  if (!found.exists) return [{ gap: missing(id) }];
  if (!clients.signs) return described(store, bucket, found, null, {});
  const owner = await account.id();
  const tags = await tagsOf(store, bucket, found.region, owner);
  // Tags that are given, or told not to be there, to whom expects this owner settle whose it is.
  const standing = tags.standing ?? (await standingOf(store, bucket, found.region, owner));
  if (standing === 'missing') return [{ gap: missing(id) }];
  if (standing === 'foreign') store.foreign.add(bucket);
  const known = standing === 'own' ? owner : null;
  return described(store, bucket, found, known, tags.tags);
}

function missing(id: string): Gap {
  const detail = 'there is no such bucket; check its name and the endpoint';
  return { code: 'not-found', asset: id, what: null, detail };
}

interface Located {
  readonly exists: boolean;
  readonly region: string;
  /** Null where no answer told. */
  readonly dialect: S3Dialect | null;
  readonly problem: ScanError | null;
}

/** An unsigned HEAD: every answer of Amazon's names the region, a refusal too. */
async function regionOf(
  store: Store,
  bucket: string,
  listed: string | null = null,
): Promise<Located> {
  const { http, clients, target, byHost } = store;
  const known = { exists: true, region: listed ?? target.region, dialect: byHost, problem: null };
  if (listed !== null && byHost !== null) return known;
  try {
    const url = `${clients.bucketUrl(bucket, target.region)}/`;
    const { status, headers } = await http.ask({ url, method: 'HEAD' });
    const dialect = byHost ?? dialectOfAnswer(headers);
    const region = headers['x-amz-bucket-region'] ?? known.region;
    return { ...known, dialect, region, exists: status !== 404 };
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    return { ...known, problem: error };
  }
}

type Standing = 'missing' | 'own' | 'foreign';

/**
 * Is it there, and is it the credentials' own? Some stores hide what is missing from strangers, so the
 * credentials ask. Amazon refuses a call that expects the wrong owner; other stores ignore the question.
 */
async function standingOf(
  store: Store,
  bucket: string,
  region: string,
  owner: string | null,
): Promise<Standing> {
  const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
  const { clients, context } = store;
  const input = { Bucket: bucket, ...expecting(owner) };
  try {
    await clients
      .signed(region)
      .send(new HeadBucketCommand(input), { abortSignal: context.signal });
    return 'own';
  } catch (error) {
    if (context.signal.aborted) throw scanError(error, BUCKETS, context.signal);
    const { status } = faultOf(error);
    if (status === 404) return 'missing';
    // Refused outright it may be anybody's, so our account's block must not be counted for it.
    return status === 403 && owner !== null ? 'foreign' : 'own';
  }
}

function expecting(owner: string | null): { readonly ExpectedBucketOwner?: string } {
  return owner === null ? {} : { ExpectedBucketOwner: owner };
}

type Tags = Readonly<Record<string, string>>;

function described(
  { target, clients }: Store,
  bucket: string,
  { region, dialect }: Located,
  account: string | null,
  tags: Tags | ScanError,
): readonly Found[] {
  const id = assetId('s3', target.authority, bucket);
  const refused = tags instanceof ScanError;
  const asset: Asset = {
    id,
    provider: 's3',
    authority: target.authority,
    name: bucket,
    kind: 'bucket',
    url: `${clients.bucketUrl(bucket, region)}/`,
    ...(account !== null && { account }),
    ...(dialect !== null && dialect !== 'generic' && { service: dialect }),
    region,
    labels: refused ? {} : tags,
  };
  if (!refused) return [{ asset }];
  return [{ asset }, { gap: { code: tags.code, asset: id, what: TAGS.what, detail: tags.detail } }];
}

const TAGS: Doing = { what: 'the tags', permission: 's3:GetBucketTagging' };

interface TagsRead {
  readonly tags: Tags | ScanError;
  /** Null where the answer leaves it open. */
  readonly standing: Standing | null;
}

/** Tags help to find the owner. A bucket without them has none; one that hides them gives the refusal. */
async function tagsOf(
  { clients, context }: Store,
  bucket: string,
  region: string,
  owner: string | null,
): Promise<TagsRead> {
  const { GetBucketTaggingCommand } = await import('@aws-sdk/client-s3');
  const command = new GetBucketTaggingCommand({ Bucket: bucket, ...expecting(owner) });
  try {
    const answer = await clients.signed(region).send(command, { abortSignal: context.signal });
    const pairs = (answer.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
    return { tags: Object.fromEntries(pairs), standing: 'own' };
  } catch (error) {
    const problem = scanError(error, TAGS, context.signal);
    if (problem.code === 'interrupted' || problem.code === 'out-of-scope') throw problem;
    const { name } = faultOf(error);
    const standing = name === 'NoSuchTagSet' ? 'own' : name === 'NoSuchBucket' ? 'missing' : null;
    // Everything but a refusal means that the store keeps no tags, or none for this bucket.
    return { tags: problem.code === 'denied' ? problem : {}, standing };
  }
}
