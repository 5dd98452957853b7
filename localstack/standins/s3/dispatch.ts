/** One request → one answer: route, authorise, handle. */
import { type Answer, type Asked, type BucketAsked, type ObjectAsked, S3Error } from './answer.ts';
import { type Access, allowed } from './authorize.ts';
import * as buckets from './buckets.ts';
import { control, getCallerIdentity } from './control.ts';
import {
  listBuckets,
  listDirectoryBuckets,
  listObjectsV1,
  listObjectsV2,
  listObjectVersions,
} from './listing.ts';
import * as objects from './objects.ts';
import type { Operation, Route } from './operations.ts';
import { organization } from './organization.ts';
import { like } from './policy.ts';
import { type Bucket, currentVersion, type ObjectVersion } from './state.ts';

export interface Call extends Asked {
  readonly route: Route;
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** The region the request was signed for; null for an unsigned one. */
  readonly signedRegion: string | null;
}

const BUCKET_HANDLERS: Readonly<Record<string, (asked: BucketAsked) => Answer>> = {
  ListObjects: listObjectsV1,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  GetBucketLocation: buckets.getLocation,
  GetBucketPolicy: buckets.getPolicy,
  GetBucketPolicyStatus: buckets.getPolicyStatus,
  GetBucketAcl: buckets.getAcl,
  GetBucketOwnershipControls: buckets.getOwnership,
  GetPublicAccessBlock: buckets.getBlock,
  GetBucketWebsite: buckets.getWebsite,
  GetBucketRequestPayment: buckets.getPayment,
  GetBucketEncryption: buckets.getEncryption,
  GetBucketVersioning: buckets.getVersioning,
  GetBucketTagging: buckets.getTagging,
  HeadBucket: () => ({ status: 200 }),
  PutBucketPolicy: buckets.putPolicy,
  PutBucketAcl: buckets.putAcl,
  PutBucketOwnershipControls: buckets.putOwnership,
  DeleteBucket: buckets.deleteBucket,
};

const OBJECT_HANDLERS: Readonly<Record<string, (asked: ObjectAsked) => Answer>> = {
  GetObject: (asked) => objects.getObject(asked, true),
  HeadObject: (asked) => objects.getObject(asked, false),
  GetObjectAcl: objects.getObjectAcl,
  GetObjectTagging: objects.getObjectTagging,
  PutObject: objects.putObject,
  PutObjectAcl: objects.putObjectAcl,
  PutObjectTagging: objects.putObjectTagging,
  DeleteObject: objects.deleteObject,
  DeleteObjectTagging: objects.deleteObjectTagging,
};

/** Throws S3Error. */
export function dispatch(call: Call): Answer {
  const { operation, bucket: name, key } = call.route;
  if (!operation) throw new S3Error(501, 'NotImplemented');
  if (name === null) return serviceAnswer(call, operation);
  if (operation.name === 'CreateBucket') {
    identityMust(call, operation);
    return buckets.createBucket(call, name);
  }
  const bucket = call.state.buckets.get(name);
  if (!bucket) throw new S3Error(404, 'NoSuchBucket');
  refuseWrongRegion(call, bucket);
  const wanted = call.headers['x-amz-expected-bucket-owner'];
  if (wanted !== undefined && wanted !== bucket.account.id) throw new S3Error(403, 'AccessDenied');
  const answer =
    key === null ? onBucket(call, operation, bucket) : onObject(call, operation, bucket, key);
  return {
    ...answer,
    headers: { 'x-amz-bucket-region': bucket.region, ...answer.headers },
  };
}

function serviceAnswer(call: Call, operation: Operation): Answer {
  if (operation.name === 'GetCallerIdentity') return getCallerIdentity(call);
  if (operation.name === 'ListBuckets') {
    identityMust(call, operation);
    return listBuckets(call);
  }
  if (operation.name === 'ListDirectoryBuckets') {
    identityMust(call, operation);
    return listDirectoryBuckets(call, call.signedRegion ?? call.region);
  }
  if (operation.action?.startsWith('organizations:')) {
    return organization(call, operation.name);
  }
  return control(call, operation.name, operation.action ?? '', call.route.key);
}

function identityMust(call: Call, operation: Operation): void {
  const action = operation.action ?? '';
  const patterns = call.account ? (call.account.allow ?? ['*']) : [];
  if (!patterns.some((pattern) => like(pattern, action))) throw new S3Error(403, 'AccessDenied');
}

/** A request signed for another region is sent on to the bucket's own. */
function refuseWrongRegion(call: Call, bucket: Bucket): void {
  if (call.signedRegion === null || call.signedRegion === bucket.region) return;
  throw new S3Error(301, 'PermanentRedirect', { 'x-amz-bucket-region': bucket.region });
}

function onBucket(call: Call, operation: Operation, bucket: Bucket): Answer {
  const access = accessOf(call, bucket, null, undefined);
  const asked: BucketAsked = { ...askedOf(call), bucket };
  if (operation.name === 'DeleteObjects') {
    return buckets.deleteObjects(asked, (key) =>
      allowed(call.state, { ...access, key, action: 's3:DeleteObject' }),
    );
  }
  must(call, { ...access, action: operation.action ?? '' });
  const handler = BUCKET_HANDLERS[operation.name];
  if (handler) return handler(asked);
  return operation.name.startsWith('Put')
    ? buckets.putSetting(asked, operation.name)
    : buckets.deleteSetting(asked, operation.name);
}

function onObject(call: Call, operation: Operation, bucket: Bucket, key: string): Answer {
  const object = objectOf(call, bucket, key);
  const action = operation.action ?? '';
  // Writing over another account's object is a matter of the bucket, not of the old object.
  const touched = ['s3:PutObject', 's3:DeleteObject'].includes(action) ? undefined : object;
  must(call, { ...accessOf(call, bucket, key, touched), action });
  if (!object && action.startsWith('s3:Get')) hideMissing(call, bucket);
  const handler = OBJECT_HANDLERS[operation.name];
  if (!handler) throw new S3Error(501, 'NotImplemented');
  const asked = { ...askedOf(call), bucket, key, object };
  if (action === 's3:PutObject' && (call.headers['x-amz-acl'] ?? 'private') !== 'private') {
    must(call, { ...accessOf(call, bucket, key, undefined), action: 's3:PutObjectAcl' });
  }
  return handler(asked);
}

function objectOf(call: Call, bucket: Bucket, key: string): ObjectVersion | undefined {
  const version = call.query.get('versionId');
  if (version !== null) return bucket.objects.get(key)?.find((one) => one.id === version);
  return currentVersion(bucket, key);
}

/** "No such key" is told only to those who may list. */
function hideMissing(call: Call, bucket: Bucket): void {
  const list = { ...accessOf(call, bucket, null, undefined), action: 's3:ListBucket' };
  if (!allowed(call.state, list)) throw new S3Error(403, 'AccessDenied');
}

function must(call: Call, access: Access): void {
  if (!allowed(call.state, access)) {
    throw new S3Error(403, 'AccessDenied', { 'x-amz-bucket-region': access.bucket.region });
  }
}

function accessOf(
  call: Call,
  bucket: Bucket,
  key: string | null,
  object: ObjectVersion | undefined,
): Access {
  const tags = Object.entries(object?.tags ?? {}).map(([name, value]) => [
    `s3:existingobjecttag/${name.toLowerCase()}`,
    [value],
  ]);
  return {
    account: call.account,
    action: '',
    bucket,
    key,
    object,
    context: {
      ...call.context,
      'aws:resourceaccount': [bucket.account.id],
      's3:resourceaccount': [bucket.account.id],
      ...Object.fromEntries(tags),
    },
    payer: call.headers['x-amz-request-payer'] === 'requester',
  };
}

function askedOf(call: Call): Asked {
  const { state, account, query, headers, body, region } = call;
  return { state, account, query, headers, body, region };
}
