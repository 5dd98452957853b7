/**
 * May this caller do this? Policy, ACL, Object Ownership, Block Public Access and Requester Pays, in
 * the order in which Amazon S3 documents them.
 */
import { type Caller, decide, like, type PolicyRequest, parsePolicy } from './policy.ts';
import { aclIsPublic, PUBLIC_GROUPS, policyIsPublic } from './publicness.ts';
import type {
  Acl,
  BlockFlags,
  Bucket,
  ObjectVersion,
  Permission,
  StandInAccount,
  State,
} from './state.ts';

export interface Access {
  readonly account: StandInAccount | null;
  readonly action: string;
  readonly bucket: Bucket;
  /** Null for an action on the bucket. */
  readonly key: string | null;
  /** The object's version that is meant, where one is there. */
  readonly object: ObjectVersion | undefined;
  readonly context: PolicyRequest['context'];
  /** The caller offers to pay. */
  readonly payer: boolean;
}

const BUCKET_PERMISSION: Readonly<Record<string, Permission>> = {
  's3:ListBucket': 'READ',
  's3:ListBucketVersions': 'READ',
  's3:PutObject': 'WRITE',
  's3:DeleteObject': 'WRITE',
  's3:GetBucketAcl': 'READ_ACP',
  's3:PutBucketAcl': 'WRITE_ACP',
};

const OBJECT_PERMISSION: Readonly<Record<string, Permission>> = {
  's3:GetObject': 'READ',
  's3:GetObjectVersion': 'READ',
  's3:GetObjectAcl': 'READ_ACP',
  's3:PutObjectAcl': 'WRITE_ACP',
};

/** The account's root can always repair its own policy. */
const REPAIR = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);

export function allowed(state: State, access: Access): boolean {
  const { account, bucket } = access;
  if (account && !identityAllows(account, access.action)) return false;
  const own = account?.id === bucket.account.id;
  if (!own && bucket.requesterPays && !(account && access.payer)) return false;
  const foreignObject =
    access.object !== undefined && access.object.owner !== bucket.account.canonicalId;
  const aclsLive = bucket.ownership !== 'BucketOwnerEnforced';
  const answer = policyAnswer(state, access, own);
  if (answer === 'deny' && !(own && REPAIR.has(access.action))) return false;
  if (foreignObject && aclsLive) return aclAllows(state, access);
  if (own || answer === 'allow') return true;
  return aclsLive && aclAllows(state, access);
}

function identityAllows(account: StandInAccount, action: string): boolean {
  return (account.allow ?? ['*']).some((pattern) =>
    like(pattern.toLowerCase(), action.toLowerCase()),
  );
}

function policyAnswer(state: State, access: Access, own: boolean): 'allow' | 'deny' | null {
  const { bucket } = access;
  const statements = bucket.policy === null ? null : parsePolicy(bucket.policy);
  if (!statements) return null;
  const resource = access.key === null ? bucket.name : `${bucket.name}/${access.key}`;
  const answer = decide(statements, {
    caller: callerOf(access.account),
    action: access.action,
    resource: `arn:aws:s3:::${resource}`,
    context: access.context,
  });
  const restricted =
    effectiveBlock(state, bucket).RestrictPublicBuckets && policyIsPublic(statements);
  return answer === 'allow' && restricted && !own ? null : answer;
}

function callerOf(account: StandInAccount | null): Caller {
  if (!account) return { kind: 'anonymous' };
  return { kind: 'account', id: account.id, canonicalId: account.canonicalId };
}

function aclAllows(state: State, access: Access): boolean {
  const onObject = OBJECT_PERMISSION[access.action];
  if (onObject)
    return access.object !== undefined && granted(state, access, access.object.acl, onObject);
  const onBucket = BUCKET_PERMISSION[access.action];
  return onBucket !== undefined && granted(state, access, access.bucket.acl, onBucket);
}

function granted(state: State, access: Access, acl: Acl, wanted: Permission): boolean {
  const ignorePublic = effectiveBlock(state, access.bucket).IgnorePublicAcls === true;
  return acl.grants.some(({ grantee, permission }) => {
    if (permission !== wanted && permission !== 'FULL_CONTROL') return false;
    if (grantee.kind === 'user') return grantee.id === access.account?.canonicalId;
    if (ignorePublic && PUBLIC_GROUPS.includes(grantee.uri)) return false;
    if (grantee.uri.endsWith('/AllUsers')) return true;
    return grantee.uri.endsWith('/AuthenticatedUsers') && access.account !== null;
  });
}

/** A flag that is set at any level is set. */
export function effectiveBlock(state: State, bucket: Bucket): BlockFlags {
  const account = state.accountBlocks.get(bucket.account.id) ?? {};
  const own = bucket.publicAccessBlock ?? {};
  return {
    BlockPublicAcls: account.BlockPublicAcls || own.BlockPublicAcls || false,
    IgnorePublicAcls: account.IgnorePublicAcls || own.IgnorePublicAcls || false,
    BlockPublicPolicy: account.BlockPublicPolicy || own.BlockPublicPolicy || false,
    RestrictPublicBuckets: account.RestrictPublicBuckets || own.RestrictPublicBuckets || false,
  };
}

/** What GetBucketAcl and GetObjectAcl answer: dead grants are not shown, and come back with the setting. */
export function effectiveAcl(state: State, bucket: Bucket, acl: Acl): Acl {
  if (bucket.ownership === 'BucketOwnerEnforced') {
    const owner = bucket.account.canonicalId;
    return {
      owner,
      grants: [{ grantee: { kind: 'user', id: owner }, permission: 'FULL_CONTROL' }],
    };
  }
  if (!effectiveBlock(state, bucket).IgnorePublicAcls || !aclIsPublic(acl)) return acl;
  const grants = acl.grants.filter(
    ({ grantee }) => grantee.kind === 'user' || !PUBLIC_GROUPS.includes(grantee.uri),
  );
  return { owner: acl.owner, grants };
}
