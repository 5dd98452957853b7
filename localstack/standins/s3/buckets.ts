/** Operations on buckets and their settings. */
import { aclDocument, cannedAcl, requestedAcl } from './acl.ts';
import {
  type Answer,
  type Asked,
  type BucketAsked,
  DONE,
  documentAnswer,
  GONE,
  S3Error,
} from './answer.ts';
import { effectiveAcl, effectiveBlock } from './authorize.ts';
import { parsePolicy } from './policy.ts';
import { aclIsPublic, policyIsPublic } from './publicness.ts';
import {
  type BlockFlags,
  emptyBucket,
  type Ownership,
  removeObject,
  removeVersion,
} from './state.ts';
import {
  child,
  childrenOf,
  childText,
  type Markup,
  parseXml,
  type XmlElement,
  xml,
} from './xml.ts';

const ALL_BLOCKED: BlockFlags = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** As Amazon makes them since April 2023: everything blocked, ACLs off. */
export function createBucket(asked: Asked, name: string): Answer {
  const account = asked.account;
  if (!account) throw new S3Error(403, 'AccessDenied');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new S3Error(400, 'InvalidBucketName');
  const taken = asked.state.buckets.get(name);
  if (taken) {
    const own = taken.account.id === account.id;
    throw new S3Error(409, own ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists');
  }
  const bucket = emptyBucket(name, account, bodyRegion(asked) ?? asked.region);
  bucket.ownership = ownershipOf(asked.headers['x-amz-object-ownership']) ?? 'BucketOwnerEnforced';
  const canned = asked.headers['x-amz-acl'];
  if (canned !== undefined && canned !== 'private') {
    if (bucket.ownership === 'BucketOwnerEnforced') {
      throw new S3Error(400, 'InvalidBucketAclWithObjectOwnership');
    }
    bucket.acl = cannedAcl(canned, account.canonicalId, account.canonicalId);
    if (aclIsPublic(bucket.acl)) throw new S3Error(403, 'AccessDenied');
  }
  bucket.publicAccessBlock = ALL_BLOCKED;
  asked.state.buckets.set(name, bucket);
  return { status: 200, headers: { location: `/${name}` } };
}

function bodyRegion(asked: Asked): string | undefined {
  return childText(parseXml(asked.body.toString()), 'LocationConstraint');
}

function ownershipOf(text: string | undefined): Ownership | null {
  const known: readonly Ownership[] = [
    'BucketOwnerEnforced',
    'BucketOwnerPreferred',
    'ObjectWriter',
  ];
  return known.find((one) => one === text) ?? null;
}

export function deleteBucket(asked: BucketAsked): Answer {
  if (asked.bucket.objects.size > 0) throw new S3Error(409, 'BucketNotEmpty');
  asked.state.buckets.delete(asked.bucket.name);
  return GONE;
}

export function getLocation({ bucket }: BucketAsked): Answer {
  const constraint = bucket.region === 'us-east-1' ? '' : bucket.region;
  return documentAnswer('LocationConstraint', constraint);
}

export function getPolicy({ bucket }: BucketAsked): Answer {
  if (bucket.policy === null) throw new S3Error(404, 'NoSuchBucketPolicy');
  return { status: 200, headers: { 'content-type': 'application/json' }, body: bucket.policy };
}

export function putPolicy({ state, bucket, body }: BucketAsked): Answer {
  const statements = parsePolicy(body.toString());
  if (!statements) throw new S3Error(400, 'MalformedPolicy');
  if (effectiveBlock(state, bucket).BlockPublicPolicy && policyIsPublic(statements)) {
    throw new S3Error(403, 'AccessDenied');
  }
  bucket.policy = body.toString();
  return GONE;
}

export function getPolicyStatus({ bucket }: BucketAsked): Answer {
  const statements = bucket.policy === null ? null : parsePolicy(bucket.policy);
  if (!statements) throw new S3Error(404, 'NoSuchBucketPolicy');
  return documentAnswer('PolicyStatus', xml('IsPublic', policyIsPublic(statements)));
}

export function getAcl({ state, bucket }: BucketAsked): Answer {
  const body = aclDocument(effectiveAcl(state, bucket, bucket.acl));
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

export function putAcl({ state, bucket, headers, body }: BucketAsked): Answer {
  const acl = requestedAcl(headers, body, bucket.account.canonicalId, bucket);
  if (!acl) throw new S3Error(400, 'MissingSecurityHeader');
  if (bucket.ownership === 'BucketOwnerEnforced' && acl.grants.length > 1) {
    throw new S3Error(400, 'AccessControlListNotSupported');
  }
  if (effectiveBlock(state, bucket).BlockPublicAcls && aclIsPublic(acl)) {
    throw new S3Error(403, 'AccessDenied');
  }
  bucket.acl = acl;
  return DONE;
}

export function getOwnership({ bucket }: BucketAsked): Answer {
  if (bucket.ownership === null) throw new S3Error(404, 'OwnershipControlsNotFoundError');
  return documentAnswer('OwnershipControls', xml('Rule', xml('ObjectOwnership', bucket.ownership)));
}

export function putOwnership({ bucket, body }: BucketAsked): Answer {
  const rule = child(parseXml(body.toString()), 'Rule');
  const ownership = ownershipOf(childText(rule, 'ObjectOwnership'));
  if (!ownership) throw new S3Error(400, 'MalformedXML');
  if (ownership === 'BucketOwnerEnforced' && bucket.acl.grants.length > 1) {
    throw new S3Error(400, 'InvalidBucketAclWithObjectOwnership');
  }
  bucket.ownership = ownership;
  return DONE;
}

const FLAGS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;

export function blockDocument(block: BlockFlags): Answer {
  return documentAnswer(
    'PublicAccessBlockConfiguration',
    FLAGS.map((flag) => xml(flag, block[flag] ?? false)),
  );
}

export function readBlock(body: Buffer): BlockFlags {
  const root = parseXml(body.toString());
  if (root?.name !== 'PublicAccessBlockConfiguration') throw new S3Error(400, 'MalformedXML');
  return Object.fromEntries(FLAGS.map((flag) => [flag, childText(root, flag) === 'true']));
}

export function getBlock({ bucket }: BucketAsked): Answer {
  if (!bucket.publicAccessBlock) throw new S3Error(404, 'NoSuchPublicAccessBlockConfiguration');
  return blockDocument(bucket.publicAccessBlock);
}

export function getWebsite({ bucket }: BucketAsked): Answer {
  if (bucket.website === null) throw new S3Error(404, 'NoSuchWebsiteConfiguration');
  return documentAnswer(
    'WebsiteConfiguration',
    xml('IndexDocument', xml('Suffix', bucket.website)),
  );
}

export function getPayment({ bucket }: BucketAsked): Answer {
  const payer = bucket.requesterPays ? 'Requester' : 'BucketOwner';
  return documentAnswer('RequestPaymentConfiguration', xml('Payer', payer));
}

export function getEncryption({ bucket }: BucketAsked): Answer {
  return documentAnswer(
    'ServerSideEncryptionConfiguration',
    xml('Rule', xml('ApplyServerSideEncryptionByDefault', xml('SSEAlgorithm', bucket.encryption))),
  );
}

export function getVersioning({ bucket }: BucketAsked): Answer {
  const status = bucket.versioning;
  return documentAnswer(
    'VersioningConfiguration',
    status === null ? undefined : xml('Status', status),
  );
}

export function tagDocument(tags: Readonly<Record<string, string>>): Answer {
  const set: Markup[] = Object.entries(tags).map(([key, value]) =>
    xml('Tag', xml('Key', key), xml('Value', value)),
  );
  return documentAnswer('Tagging', xml('TagSet', set));
}

export function readTags(body: Buffer): Readonly<Record<string, string>> {
  const root = parseXml(body.toString());
  if (root?.name !== 'Tagging') throw new S3Error(400, 'MalformedXML');
  return Object.fromEntries(
    childrenOf(child(root, 'TagSet'), 'Tag').map((tag) => [
      childText(tag, 'Key') ?? '',
      childText(tag, 'Value') ?? '',
    ]),
  );
}

export function getTagging({ bucket }: BucketAsked): Answer {
  if (bucket.tags === null) throw new S3Error(404, 'NoSuchTagSet');
  return tagDocument(bucket.tags);
}

/** PUT and DELETE of the plain settings. */
export function putSetting(asked: BucketAsked, operation: string): Answer {
  const { bucket, body } = asked;
  const root = parseXml(body.toString());
  if (operation === 'PutPublicAccessBlock') bucket.publicAccessBlock = readBlock(body);
  else if (operation === 'PutBucketTagging') bucket.tags = readTags(body);
  else if (operation === 'PutBucketWebsite') {
    bucket.website = childText(child(root, 'IndexDocument'), 'Suffix') ?? 'index.html';
  } else if (operation === 'PutBucketRequestPayment') {
    bucket.requesterPays = childText(root, 'Payer') === 'Requester';
  } else if (operation === 'PutBucketVersioning') {
    bucket.versioning = childText(root, 'Status') === 'Enabled' ? 'Enabled' : 'Suspended';
  } else if (operation === 'PutBucketEncryption') {
    bucket.encryption = algorithmOf(root);
  }
  return DONE;
}

function algorithmOf(root: XmlElement | null): 'AES256' | 'aws:kms' {
  const byDefault = child(child(root, 'Rule'), 'ApplyServerSideEncryptionByDefault');
  return childText(byDefault, 'SSEAlgorithm') === 'aws:kms' ? 'aws:kms' : 'AES256';
}

export function deleteSetting({ bucket }: BucketAsked, operation: string): Answer {
  if (operation === 'DeleteBucketPolicy') bucket.policy = null;
  else if (operation === 'DeletePublicAccessBlock') bucket.publicAccessBlock = null;
  else if (operation === 'DeleteBucketOwnershipControls') bucket.ownership = null;
  else if (operation === 'DeleteBucketWebsite') bucket.website = null;
  else if (operation === 'DeleteBucketTagging') bucket.tags = null;
  else if (operation === 'DeleteBucketEncryption') bucket.encryption = 'AES256';
  return GONE;
}

/** `may` is asked for each key, as S3 does. */
export function deleteObjects(asked: BucketAsked, may: (key: string) => boolean): Answer {
  const wanted = childrenOf(parseXml(asked.body.toString()), 'Object');
  const results = wanted.map((one) => {
    const key = childText(one, 'Key') ?? '';
    const version = childText(one, 'VersionId');
    if (!may(key)) return xml('Error', xml('Key', key), xml('Code', 'AccessDenied'));
    if (version === undefined) removeObject(asked.bucket, key, asked.bucket.account.canonicalId);
    else removeVersion(asked.bucket, key, version);
    return xml('Deleted', xml('Key', key));
  });
  return documentAnswer('DeleteResult', results);
}
