/**
 * What Amazon itself calls public, which is not the same as anonymous: any holder of an account
 * counts, and a fixed address range does not.
 *
 * Source: Amazon S3 User Guide, "Blocking public access", "The meaning of public".
 */
import type { AccessControlList, AccessPoint, PolicyDocument, S3Documents } from '../documents.ts';
import { fetched } from '../documents.ts';
import { publicGrants } from './acl.ts';
import { guards } from './blocks.ts';
import { resourcePrefix, traitsOf } from './dialect.ts';
import { parseCidr } from './iam/address.ts';
import { arnParts, parseOperator } from './iam/condition.ts';
import { isGlob } from './iam/glob.ts';
import { bucketMatches, objectPatterns, type Place, placeNamed } from './iam/resource.ts';
import { type Condition, type Statement, statements } from './iam/statement.ts';
import { operations } from './operations.ts';

/** Keys that pin a caller when their values are fixed. */
const TRUSTED: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

const RESTRICTIVE: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);

/** Where the policy lies: an access point's may not leave access points open. */
export type PolicyHome = 'bucket' | 'access-point';

/** One public statement makes the whole policy public; Deny statements grant nothing and save nothing. */
export function policyIsPublic(
  policy: PolicyDocument | null,
  place: Place | null,
  home: PolicyHome = 'bucket',
): boolean {
  return policy !== null && statementsArePublic(statements(policy), place, home);
}

/** The same for a policy that is parsed already. */
export function statementsArePublic(
  all: readonly Statement[],
  place: Place | null,
  home: PolicyHome = 'bucket',
): boolean {
  return all.some(
    (statement) =>
      statement.effect === 'allow' &&
      statement.principals.loose &&
      (place === null || concerns(statement, place)) &&
      !statement.conditions.some((condition) => pins(condition, home)),
  );
}

/** S3 refuses a policy for another bucket; a text that holds one all the same grants nothing here. */
function concerns(statement: Statement, place: Place): boolean {
  const [operation] = operations('read');
  if (!operation || statement.odd || statement.resources.not) return true;
  const question = { place, operation, caller: 'anonymous', world: EPOCH } as const;
  return bucketMatches(statement, question) || objectPatterns(statement, question).length > 0;
}

const EPOCH = { now: new Date(0), account: null, kmsNeedsSignature: true };

function pins(condition: Condition, home: PolicyHome): boolean {
  const operator = parseOperator(condition.operator);
  if (!TRUSTED.has(condition.key) || !RESTRICTIVE.has(operator.base)) return false;
  // An absent key passes all of these, so they pin nobody.
  if (operator.negated || operator.ifExists || operator.set === 'all') return false;
  return (
    condition.values.length > 0 &&
    condition.values.every((value) => fixed(condition.key, value, home))
  );
}

function fixed(key: string, value: string, home: PolicyHome): boolean {
  if (value.includes('${')) return false;
  if (key === 'aws:sourceip') return narrowRange(value);
  if (!isGlob(value)) return true;
  if (key === 'aws:principalorgpaths') return !isGlob(value.split('/')[0] ?? '*');
  if (key === 's3:dataaccesspointarn' && home === 'access-point') return false;
  // Not documented: an ARN whose account is given, with a wildcard elsewhere. It names one owner.
  return key.endsWith('arn') && /^\d{12}$/.test(arnParts(value)[4] ?? '');
}

/** Broader than /8 or, in IPv6, /32 is public. Private ranges are exempt; none is that broad. */
function narrowRange(value: string): boolean {
  const cidr = parseCidr(value);
  return cidr !== null && cidr.bits >= (cidr.family === 4 ? 8 : 32);
}

export function placeOf(documents: Pick<S3Documents, 'bucket' | 'dialect'>): Place {
  return placeNamed(documents.bucket, resourcePrefix(documents.dialect));
}

export interface PublicExtras {
  readonly objectAcl?: AccessControlList | null;
}

/** The provider's own definition after effective blocks. A document that could not be read adds nothing. */
export function s3Public(documents: S3Documents, extras: PublicExtras = {}): boolean {
  const traits = traitsOf(documents.dialect);
  const { ignorePublicAcls, restrictPublicBuckets } = guards(documents);
  const policy = documents.policy.state === 'read' ? documents.policy.value : null;
  if (
    traits.policy !== 'no' &&
    restrictPublicBuckets.answer !== 'yes' &&
    policyIsPublic(policy, placeOf(documents))
  ) {
    return true;
  }
  const enforced = documents.ownership.state === 'read' && documents.ownership.value;
  const aclsOff = enforced === 'BucketOwnerEnforced' && traits.ownership === 'yes';
  if (!aclsOff && ignorePublicAcls.answer !== 'yes') {
    const acl = documents.acl.state === 'read' ? documents.acl.value : null;
    if (traits.bucketAcl !== 'no' && publicGrants(acl).length > 0) return true;
    if (traits.objectAcl !== 'no' && publicGrants(extras.objectAcl ?? null).length > 0) return true;
  }
  const { accessPoints, multiRegionAccessPoints: multi } = documents;
  return [accessPoints, ...(multi ? [multi] : [])].some(
    (points) =>
      points.state === 'read' &&
      points.value.some((point) => accessPointIsPublic(documents, point)),
  );
}

/** A point for one VPC is never public, whatever its policy says. */
export function accessPointIsPublic(documents: S3Documents, point: AccessPoint): boolean {
  if (point.networkOrigin === 'VPC') return false;
  const own = { name: point.name, block: fetched(point.publicAccessBlock) };
  if (guards(documents, [own]).restrictPublicBuckets.answer === 'yes') return false;
  return policyIsPublic(point.policy, null, 'access-point');
}
