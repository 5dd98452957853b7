/** Puts buckets and objects in place without requests; what is not said is not configured. */
import { cannedAcl } from './acl.ts';
import {
  type Acl,
  type BlockFlags,
  type Body,
  type Bucket,
  type DirectoryBucket,
  emptyBucket,
  type MultiRegionPoint,
  type Ownership,
  type StandInAccessPoint,
  type StandInAccount,
  type State,
  storeVersion,
} from './state.ts';

export interface BucketSeed {
  readonly name: string;
  /** Account id; the first account's where not given. */
  readonly account?: string;
  readonly region?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** An object is written as JSON; a string stands as it is, however broken. */
  readonly policy?: object | string;
  /** A canned name or the ACL itself. */
  readonly acl?: string | Acl;
  readonly ownership?: Ownership;
  readonly publicAccessBlock?: BlockFlags;
  readonly requesterPays?: boolean;
  /** The index document's name. */
  readonly website?: string;
  readonly encryption?: 'AES256' | 'aws:kms';
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly accessPoints?: readonly StandInAccessPoint[];
}

export interface ObjectSeed {
  readonly bucket: string;
  readonly key: string;
  readonly body: string | Body;
  /** A canned name. */
  readonly acl?: string;
  readonly contentType?: string;
  readonly modifiedAt?: Date;
  readonly kms?: boolean;
  /** Canonical id of another account that wrote the object. */
  readonly owner?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Seed {
  bucket(seed: BucketSeed): void;
  object(seed: ObjectSeed): void;
  /** Replaces settings of a bucket that is there; objects stay. */
  configure(name: string, change: Omit<BucketSeed, 'name' | 'account' | 'region'>): void;
  accountPublicAccessBlock(account: string, block: BlockFlags | null): void;
  multiRegionPoint(point: MultiRegionPoint): void;
  directoryBucket(bucket: DirectoryBucket): void;
  /** An object as it is stored now; null where there is none. */
  stored(bucket: string, key: string): Uint8Array | null;
  buckets(): readonly string[];
}

export function seeding(state: State, defaultRegion: string): Seed {
  const bucketOf = (name: string): Bucket => {
    const bucket = state.buckets.get(name);
    if (!bucket) throw new Error(`the stand-in has no bucket ${name}: seed it first`);
    return bucket;
  };
  return {
    bucket(seed) {
      const account = accountOf(state, seed.account);
      const bucket = emptyBucket(seed.name, account, seed.region ?? defaultRegion);
      configure(bucket, seed);
      state.buckets.set(seed.name, bucket);
    },
    object(seed) {
      putSeed(bucketOf(seed.bucket), seed);
    },
    configure(name, change) {
      configure(bucketOf(name), change);
    },
    accountPublicAccessBlock(account, block) {
      if (block) state.accountBlocks.set(account, block);
      else state.accountBlocks.delete(account);
    },
    multiRegionPoint(point) {
      state.multiRegionPoints.push(point);
    },
    directoryBucket(bucket) {
      state.directoryBuckets.push(bucket);
    },
    stored(bucket, key) {
      const body = state.buckets.get(bucket)?.objects.get(key)?.at(-1)?.body;
      return body instanceof Uint8Array ? body : null;
    },
    buckets() {
      return [...state.buckets.keys()];
    },
  };
}

function accountOf(state: State, id: string | undefined): StandInAccount {
  const account = state.accounts.find((one) => id === undefined || one.id === id);
  if (!account) throw new Error(`the stand-in has no account ${id ?? ''}`);
  return account;
}

function configure(bucket: Bucket, seed: Partial<BucketSeed>): void {
  const owner = bucket.account.canonicalId;
  if (seed.policy !== undefined) {
    bucket.policy = typeof seed.policy === 'string' ? seed.policy : JSON.stringify(seed.policy);
  }
  if (seed.acl !== undefined) {
    bucket.acl = typeof seed.acl === 'string' ? cannedAcl(seed.acl, owner, owner) : seed.acl;
  }
  if (seed.ownership !== undefined) bucket.ownership = seed.ownership;
  if (seed.publicAccessBlock !== undefined) bucket.publicAccessBlock = seed.publicAccessBlock;
  if (seed.requesterPays !== undefined) bucket.requesterPays = seed.requesterPays;
  if (seed.website !== undefined) bucket.website = seed.website;
  if (seed.encryption !== undefined) bucket.encryption = seed.encryption;
  if (seed.versioning !== undefined) bucket.versioning = seed.versioning;
  if (seed.tags !== undefined) bucket.tags = seed.tags;
  if (seed.accessPoints !== undefined) bucket.accessPoints = seed.accessPoints;
}

function putSeed(bucket: Bucket, seed: ObjectSeed): void {
  const owner = seed.owner ?? bucket.account.canonicalId;
  storeVersion(bucket, {
    key: seed.key,
    body: typeof seed.body === 'string' ? new TextEncoder().encode(seed.body) : seed.body,
    modifiedAt: seed.modifiedAt ?? new Date(),
    contentType: seed.contentType ?? 'binary/octet-stream',
    headers: {},
    owner,
    kms: seed.kms ?? false,
    deleteMarker: false,
    acl: cannedAcl(seed.acl ?? 'private', owner, bucket.account.canonicalId),
    tags: seed.tags ?? {},
  });
}
