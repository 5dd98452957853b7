/** Reasons from the access-control documents of Amazon S3 and of servers that keep its rules. */

/** What a cause may turn out to do; `subject` names the cause. */
function answers(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.allow`]: `${subject} allows {actions} to everyone`,
    [`${family}.allow-network`]: `${subject} allows {actions} without a signature, but only from {network}`,
    [`${family}.allow-broad`]: `${subject} allows {actions} without a signature from {network}, which is a large part of the internet`,
    [`${family}.allow-account`]: `${subject} allows {actions} to any account, but not to unsigned requests`,
    [`${family}.allow-organisation`]: `${subject} allows {actions} to those whom {keys} names`,
    [`${family}.depends`]: `${subject} may allow {actions}: that depends on {keys}, which the documents do not settle`,
    [`${family}.unmet`]: `${subject} asks for {keys}, which {caller} cannot bring`,
    [`${family}.refused`]: `${subject} would allow it, but the policy's Deny {deny} refuses it`,
  };
}

/** What makes a grant of an ACL void. */
function voids(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.off`]: `${subject} has no effect: Object Ownership is BucketOwnerEnforced`,
    [`${family}.ignored`]: `${subject} has no effect: IgnorePublicAcls is set on {level}`,
    [`${family}.no-effect`]: `${subject} has no effect: {dialect} does not keep it`,
    [`${family}.guard-unsure`]: `${subject} may be void: it is not known whether {dialect} keeps its guard rails`,
  };
}

const POLICY = 'statement {statement} of the bucket policy (on {resources})';
const ACL = 'the grant of {permission} to {grantee} in the bucket ACL';
const OBJECT_ACL = 'the grant of {permission} to {grantee} in the ACL of the object';
const POINT = 'statement {statement} of access point {point} (on {resources})';

export const S3: Readonly<Record<string, string>> = {
  ...answers('s3.policy', POLICY),
  's3.policy.restricted': `${POLICY} has no effect for outsiders: RestrictPublicBuckets is set on {level}`,
  's3.policy.restrict-unsure': `${POLICY} is public, but whether RestrictPublicBuckets of {level} cuts it off is not known`,
  's3.policy.write-unsure': `${POLICY} allows writing, but {dialect} may refuse it without a signature`,
  's3.policy.unread': 'the bucket policy could not be read ({detail}), and it may grant access',
  ...answers('s3.acl', ACL),
  ...voids('s3.acl', ACL),
  's3.acl-unsure': `${ACL} may allow {actions}: {dialect} is not clear about it`,
  's3.acl.unread': 'the bucket ACL could not be read ({detail}), and it may grant access',
  's3.acl.cannot-be-set':
    'Object Ownership is BucketOwnerEnforced, so no request can change an ACL',
  ...answers('s3.acl.data', `${ACL}, which on this server reaches the objects,`),
  's3.acl.data-unsure': `${ACL} may reach the data of the objects: {dialect} is not clear about it`,
  ...answers('s3.object-acl', OBJECT_ACL),
  ...voids('s3.object-acl', OBJECT_ACL),
  's3.object-acl.none': 'the ACL of the object grants nothing to everyone',
  's3.object-acl.unread': 'the ACL of the object could not be read ({detail})',
  's3.object.kms':
    'the object is encrypted with a KMS key or a key of the customer, so an unsigned request cannot get its data',
  ...answers('s3.access-point', POINT),
  's3.access-point.restricted': `${POINT} has no effect for outsiders: RestrictPublicBuckets is set for it`,
  's3.access-point.not-delegated': `${POINT} has no effect for outsiders: the bucket policy does not let them in`,
  's3.access-point.delegation-unread': `${POINT} may let any account in: the bucket policy, which has to agree, could not be read ({detail})`,
  's3.access-point.unread':
    'the bucket policy lets in whom its access points let in, and these could not be read ({detail})',
  's3.access-point.elsewhere':
    'the bucket policy lets in whom access points of account {accounts} let in, and only that account sees whom they do',
  's3.requester-pays': 'the requester pays, so unsigned requests are refused',
  's3.requester-pays-unread':
    'whether the requester pays, so that unsigned requests are refused, could not be read ({detail})',
  's3.published-elsewhere':
    '{dialect} publishes buckets by a domain or a switch that these documents do not show',
  's3.directory-bucket':
    'a directory bucket has no ACL, and its public access block is on and stays on: only accounts that its policy names get in',
  's3.nothing-grants':
    'no statement of the bucket policy and no grant of the ACL allows it to outsiders',
};
