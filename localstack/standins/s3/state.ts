/** What the stand-in remembers: accounts, buckets, object versions, settings. */
import { createHash, randomBytes } from 'node:crypto';

/** One access key. Two keys of one account share its `id`; `allow` is the identity policy of this key. */
export interface StandInAccount {
  readonly id: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly canonicalId: string;
  /** Patterns of actions this key may do: `s3:List*`. Default everything. */
  readonly allow?: readonly string[];
  /** Names of roles by which others come in, with the rights of this key. */
  readonly roles?: readonly string[];
}

export interface BlockFlags {
  readonly BlockPublicAcls?: boolean;
  readonly IgnorePublicAcls?: boolean;
  readonly BlockPublicPolicy?: boolean;
  readonly RestrictPublicBuckets?: boolean;
}

export type Grantee =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly uri: string };

export type Permission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';

export interface Grant {
  readonly grantee: Grantee;
  readonly permission: Permission;
}

export interface Acl {
  readonly owner: string;
  readonly grants: readonly Grant[];
}

export type Ownership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

/** Bytes, or a rule that makes any range of them, so that a huge object costs no memory. */
export type Body =
  | Uint8Array
  | { readonly sizeBytes: number; readonly bytes: (start: number, end: number) => Uint8Array };

export interface ObjectVersion {
  readonly id: string;
  readonly key: string;
  readonly body: Body;
  readonly etag: string;
  readonly modifiedAt: Date;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Canonical id. */
  readonly owner: string;
  readonly kms: boolean;
  readonly deleteMarker: boolean;
  acl: Acl;
  tags: Readonly<Record<string, string>>;
}

export interface StandInAccessPoint {
  readonly name: string;
  readonly networkOrigin: 'Internet' | 'VPC';
  readonly policy: string | null;
  readonly publicAccessBlock: BlockFlags | null;
}

/** A door to buckets of several regions. */
export interface MultiRegionPoint {
  readonly account: string;
  readonly name: string;
  readonly alias: string;
  readonly buckets: readonly string[];
  readonly policy: string | null;
  readonly publicAccessBlock: BlockFlags | null;
}

export interface DirectoryBucket {
  readonly account: string;
  readonly region: string;
  /** `base--zone--x-s3` */
  readonly name: string;
}

/** A unit of an organisation; the root has no parent. */
export interface OrganizationUnit {
  readonly id: string;
  readonly parent: string | null;
}

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly status?: 'ACTIVE' | 'SUSPENDED';
}

export interface Organization {
  /** Only this account may ask about it. */
  readonly management: string;
  readonly units: readonly OrganizationUnit[];
  readonly accounts: readonly OrganizationAccount[];
}

export interface Bucket {
  readonly name: string;
  readonly account: StandInAccount;
  readonly region: string;
  readonly createdAt: Date;
  /** Versions by key, newest last. */
  readonly objects: Map<string, ObjectVersion[]>;
  /** Keys in UTF-8 order; null after a change. */
  sortedKeys: string[] | null;
  policy: string | null;
  acl: Acl;
  ownership: Ownership | null;
  publicAccessBlock: BlockFlags | null;
  website: string | null;
  requesterPays: boolean;
  encryption: 'AES256' | 'aws:kms';
  versioning: 'Enabled' | 'Suspended' | null;
  tags: Readonly<Record<string, string>> | null;
  accessPoints: readonly StandInAccessPoint[];
}

export interface State {
  readonly accounts: readonly StandInAccount[];
  readonly buckets: Map<string, Bucket>;
  readonly accountBlocks: Map<string, BlockFlags>;
  readonly multiRegionPoints: MultiRegionPoint[];
  readonly directoryBuckets: DirectoryBucket[];
  readonly organization: Organization | null;
}

export function emptyBucket(name: string, account: StandInAccount, region: string): Bucket {
  return {
    name,
    account,
    region,
    createdAt: new Date(),
    objects: new Map(),
    sortedKeys: null,
    policy: null,
    acl: privateAcl(account.canonicalId),
    ownership: null,
    publicAccessBlock: null,
    website: null,
    requesterPays: false,
    encryption: 'AES256',
    versioning: null,
    tags: null,
    accessPoints: [],
  };
}

export function privateAcl(owner: string): Acl {
  return { owner, grants: [{ grantee: { kind: 'user', id: owner }, permission: 'FULL_CONTROL' }] };
}

export function sizeOf(body: Body): number {
  return body instanceof Uint8Array ? body.length : body.sizeBytes;
}

export function sliceOf(body: Body, start: number, end: number): Uint8Array {
  return body instanceof Uint8Array ? body.subarray(start, end) : body.bytes(start, end);
}

/** Puts a version in its place: over the old one, or after it where the bucket keeps versions. */
export function storeVersion(
  bucket: Bucket,
  version: Omit<ObjectVersion, 'id' | 'etag'>,
): ObjectVersion {
  const kept = bucket.versioning === 'Enabled';
  const made: ObjectVersion = {
    ...version,
    id: kept ? randomBytes(16).toString('hex') : 'null',
    etag: etagOf(version.body),
  };
  const before = bucket.objects.get(version.key);
  if (!before) bucket.sortedKeys = null;
  const older = before?.filter((one) => kept || one.id !== 'null') ?? [];
  bucket.objects.set(version.key, [...older, made]);
  return made;
}

function etagOf(body: Body): string {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(`generated ${body.sizeBytes}`);
  return createHash('md5').update(bytes).digest('hex');
}

/** Removes the newest version or leaves a marker, as the bucket's versioning says. */
export function removeObject(bucket: Bucket, key: string, owner: string): void {
  if (bucket.versioning !== null) {
    storeVersion(bucket, {
      key,
      body: new Uint8Array(0),
      modifiedAt: new Date(),
      contentType: '',
      headers: {},
      owner,
      kms: false,
      deleteMarker: true,
      acl: privateAcl(owner),
      tags: {},
    });
    return;
  }
  bucket.objects.delete(key);
  bucket.sortedKeys = null;
}

export function removeVersion(bucket: Bucket, key: string, id: string): void {
  const left = (bucket.objects.get(key) ?? []).filter((one) => one.id !== id);
  if (left.length > 0) bucket.objects.set(key, left);
  else bucket.objects.delete(key);
  bucket.sortedKeys = null;
}

/** The version a plain GET means; undefined for a missing key and for a deleted one. */
export function currentVersion(bucket: Bucket, key: string): ObjectVersion | undefined {
  const newest = bucket.objects.get(key)?.at(-1);
  return newest?.deleteMarker ? undefined : newest;
}

/** S3 lists keys in UTF-8 byte order, which is code point order and not JavaScript's. */
export function keysInOrder(bucket: Bucket): readonly string[] {
  bucket.sortedKeys ??= [...bucket.objects.keys()]
    .map((key) => ({ key, bytes: Buffer.from(key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map((one) => one.key);
  return bucket.sortedKeys;
}
