/**
 * Buckets of the AWS provider in a plan.
 *
 * What is known only after apply may turn out either way, so each bucket is judged twice, once with
 * every such value at its most closed and once at its most open; where the two differ, the answer is
 * unknown. A new bucket that says nothing gets what Amazon gives since April 2023: all four blocks
 * on and BucketOwnerEnforced.
 */
import type { Because } from '../../model/access.ts';
import { type OutsideAcl, type OutsideGrant, readAcl } from '../dialects/acl.ts';
import { askS3 } from '../dialects/clones.ts';
import { because } from '../fact.ts';
import { type Json, list, record } from '../input.ts';
import { type Judgement, unjudged } from '../judgement.ts';
import { attachments, isUnknown, type Plan, type Resource } from './plan.ts';
import { bothWays, known, type Maybe, type TerraformCase, unknownValue } from './verdict.ts';

const PARTS = [
  'aws_s3_bucket_policy',
  'aws_s3_bucket_acl',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_request_payment_configuration',
  'aws_s3_bucket_website_configuration',
  'aws_s3_object',
  'aws_s3_bucket_object',
] as const;
const BUCKET_NAMES = ['bucket', 'id', 'arn'];
const FLAGS = [
  ['BlockPublicAcls', 'block_public_acls'],
  ['IgnorePublicAcls', 'ignore_public_acls'],
  ['BlockPublicPolicy', 'block_public_policy'],
  ['RestrictPublicBuckets', 'restrict_public_buckets'],
] as const;

const OPEN_POLICY: Json = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
};
const OPEN_ACL: readonly OutsideGrant[] = [
  { to: 'anyone', permission: 'FULL_CONTROL', delivered: false },
];

/** What a plan says of one bucket, each part perhaps unknown. */
interface BucketPlan {
  readonly name: string | null;
  readonly policy: Maybe<unknown>;
  readonly acl: Maybe<OutsideAcl>;
  readonly objectAcl: Maybe<OutsideAcl>;
  readonly ownership: Maybe<string>;
  readonly block: Readonly<Record<string, Maybe<boolean>>>;
  readonly requesterPays: Maybe<boolean>;
  readonly reasons: readonly Because[];
}

/** One case a bucket of the plan, and one for each bucket elsewhere that the plan touches. */
export function awsCases(plan: Plan): readonly TerraformCase[] {
  const parts = attachments(plan, PARTS, ['bucket'], 'aws_s3_bucket', BUCKET_NAMES);
  const account = accountBlock(plan);
  const own = plan.resources
    .filter((one) => one.type === 'aws_s3_bucket')
    .map((bucket): TerraformCase => {
      const of = (...types: readonly string[]) => parts.of(bucket, ...types);
      return { id: bucket.address, judgement: judge(bucketPlan(plan, bucket, of, account)) };
    });
  const others = [...parts.elsewhere].map(([name, resources]): TerraformCase => {
    const of = (...types: readonly string[]) => ({
      resources: resources.filter((one) => types.includes(one.type)),
      unclear: false,
    });
    return {
      id: resources[0]?.address ?? name,
      judgement: judge(bucketPlan(plan, null, of, account)),
    };
  });
  return [...own, ...others];
}

type Parts = (...types: readonly string[]) => {
  readonly resources: readonly Resource[];
  readonly unclear: boolean;
};

function bucketPlan(
  plan: Plan,
  bucket: Resource | null,
  of: Parts,
  account: BucketPlan['block'],
): BucketPlan {
  const created = bucket?.created ?? false;
  const blocks = of('aws_s3_bucket_public_access_block');
  const owned = of('aws_s3_bucket_ownership_controls');
  const silent = created && blocks.resources.length === 0 && !blocks.unclear;
  const payment = of('aws_s3_bucket_request_payment_configuration');
  const name = bucket?.values.bucket;
  return {
    name: typeof name === 'string' ? name : null,
    policy: firstOf(bucket, 'policy', of('aws_s3_bucket_policy'), 'policy', policyValue, null),
    acl: bucketAcl(bucket, of('aws_s3_bucket_acl')),
    objectAcl: objectAcls(of('aws_s3_object', 'aws_s3_bucket_object')),
    ownership: ownership(owned, created),
    block: merged(bucketBlock(plan, bucket, blocks, created), account),
    requesterPays: firstOf(
      bucket,
      'request_payer',
      payment,
      'payer',
      (value) => value === 'Requester',
      false,
    ),
    reasons: silent ? [because('terraform.new-bucket')] : [],
  };
}

function policyValue(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : value;
}

/** The value of the resource of its own, else the bucket's inline one, else what holds without either. */
function firstOf<T>(
  bucket: Resource | null,
  inline: string,
  attached: ReturnType<Parts>,
  attribute: string,
  read: (value: unknown) => T,
  otherwise: T,
): Maybe<T> {
  const own = attached.resources.find(
    (one) => one.values[attribute] !== undefined || isUnknown(one, attribute),
  );
  if (own) {
    return isUnknown(own, attribute)
      ? unknownValue(`${own.address}.${attribute}`)
      : known(read(own.values[attribute]));
  }
  if (attached.unclear) return unknownValue(`a resource that may belong to this bucket`);
  const value = bucket?.values[inline];
  // Provider 4 and later compute the inline attributes; what they turn out to be is the other resource's.
  return value === undefined || value === null ? known(otherwise) : known(read(value));
}

function bucketAcl(bucket: Resource | null, attached: ReturnType<Parts>): Maybe<OutsideAcl> {
  const own = attached.resources[0];
  if (!own && attached.unclear) return unknownValue('an ACL that may belong to this bucket');
  const source = own ?? bucket;
  if (!source) return known(null);
  for (const attribute of own ? ['acl', 'access_control_policy'] : ['acl', 'grant']) {
    const value = source.values[attribute];
    const empty = value === undefined || value === null || list(value).length === 0;
    if (own && empty && isUnknown(own, 'acl') && isUnknown(own, 'access_control_policy')) {
      return unknownValue(`${own.address}.${attribute}`);
    }
    if (empty) continue;
    if (own && isUnknown(own, attribute)) return unknownValue(`${own.address}.${attribute}`);
    const given = attribute === 'access_control_policy' ? list(value)[0] : value;
    const read = readAcl(terraformGrants(given), 'the ACL');
    return read.state === 'read'
      ? known(read.value)
      : unknownValue(`${source.address}.${attribute}`);
  }
  return known(null);
}

/** Terraform writes a nested block as a list of one. */
function terraformGrants(value: unknown): unknown {
  const policy = record(value);
  if (!policy || policy.grant === undefined) return value;
  return list(policy.grant).map((item) => {
    const grant = record(item) ?? {};
    return { ...grant, grantee: list(grant.grantee)[0] ?? null };
  });
}

function objectAcls(attached: ReturnType<Parts>): Maybe<OutsideAcl> {
  let result: Maybe<OutsideAcl> = known(null);
  for (const object of attached.resources) {
    const read = readAcl(object.values.acl, 'the object ACL');
    if (isUnknown(object, 'acl') && object.values.acl === undefined) continue;
    if (read.state === 'denied') return unknownValue(`${object.address}.acl`);
    if (read.value && read.value.length > 0) result = known(read.value);
  }
  return result;
}

function ownership(attached: ReturnType<Parts>, created: boolean): Maybe<string> {
  const own = attached.resources[0];
  if (own) {
    const rule = record(list(own.values.rule)[0]);
    const value = rule?.object_ownership;
    return typeof value === 'string' ? known(value) : unknownValue(`${own.address}.rule`);
  }
  if (attached.unclear) return unknownValue('ownership controls that may belong to this bucket');
  return created
    ? known('BucketOwnerEnforced')
    : unknownValue('the object ownership of a bucket that is there already');
}

function bucketBlock(
  plan: Plan,
  bucket: Resource | null,
  attached: ReturnType<Parts>,
  created: boolean,
): BucketPlan['block'] {
  const own = attached.resources[0];
  if (own) return blockFlags(own);
  const name = bucket?.values.bucket;
  const removed = plan.deleted.some(
    (one) =>
      one.type === 'aws_s3_bucket_public_access_block' &&
      typeof name === 'string' &&
      one.values.bucket === name,
  );
  if (removed) return allFlags(known(false));
  if (created && !attached.unclear) return allFlags(known(true));
  return allFlags(unknownValue('the public access block of a bucket that is there already'));
}

function allFlags(value: Maybe<boolean>): BucketPlan['block'] {
  return Object.fromEntries(FLAGS.map(([flag]) => [flag, value]));
}

function blockFlags(resource: Resource): BucketPlan['block'] {
  return Object.fromEntries(
    FLAGS.map(([flag, attribute]) => [
      flag,
      isUnknown(resource, attribute)
        ? unknownValue(`${resource.address}.${attribute}`)
        : known(resource.values[attribute] === true),
    ]),
  );
}

function accountBlock(plan: Plan): BucketPlan['block'] {
  const own = plan.resources.find((one) => one.type === 'aws_s3_account_public_access_block');
  return own ? blockFlags(own) : allFlags(known(false));
}

/** A flag that is on at either level is on. */
function merged(bucket: BucketPlan['block'], account: BucketPlan['block']): BucketPlan['block'] {
  return Object.fromEntries(
    FLAGS.map(([flag]) => {
      const levels = [bucket[flag], account[flag]].filter((level) => level !== undefined);
      const on = levels.find((level) => level.state === 'known' && level.value);
      return [flag, on ?? levels.find((level) => level.state === 'unknown') ?? known(false)];
    }),
  );
}

function judge(bucket: BucketPlan): Judgement {
  if (bucket.policy.state === 'known' && typeof bucket.policy.value === 'string') {
    try {
      JSON.parse(bucket.policy.value);
    } catch {
      return unjudged(because('config.denied', { document: 'policy', detail: 'it is no JSON' }));
    }
  }
  const parts = [
    bucket.policy,
    bucket.acl,
    bucket.objectAcl,
    bucket.ownership,
    bucket.requesterPays,
    ...Object.values(bucket.block),
  ];
  return bothWays(parts, bucket.reasons, (open) =>
    askS3({
      policy: settle(bucket.policy, open ? OPEN_POLICY : null),
      acl: settle(bucket.acl, open ? OPEN_ACL : null),
      objectAcl: settle(bucket.objectAcl, open ? OPEN_ACL : null),
      more: {
        ...(bucket.name === null ? {} : { bucketName: bucket.name }),
        ownership: settle(bucket.ownership, open ? 'ObjectWriter' : 'BucketOwnerEnforced'),
        requesterPays: settle(bucket.requesterPays, !open),
        publicAccessBlock: Object.fromEntries(
          Object.entries(bucket.block).map(([flag, value]) => [flag, settle(value, !open)]),
        ),
      },
    }),
  );
}

function settle<T>(value: Maybe<T>, extreme: T): T {
  return value.state === 'known' ? value.value : extreme;
}
