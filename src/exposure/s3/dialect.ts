/**
 * Which of Amazon's rules a server keeps. `yes` it does, `no` it ignores the document, `unknown`
 * nobody has seen it, so the document proves nothing.
 *
 * Measured on the real servers (MinIO, SeaweedFS 4.48, VersityGW 1.8, Ceph RGW 16.2), else read in
 * the vendor's documentation.
 */
import type { Answer } from '../../model/access.ts';
import type { S3Dialect } from '../documents.ts';

export interface Traits {
  readonly policy: Answer;
  /** Does the policy let unsigned callers write where it says so? */
  readonly policyWrites: Answer;
  readonly bucketAcl: Answer;
  /** Does READ in the bucket's ACL also give the objects' data? Amazon: no, only the list. */
  readonly bucketReadGivesData: Answer;
  /** Does READ in the bucket's ACL give the list? */
  readonly bucketReadGivesList: Answer;
  readonly objectAcl: Answer;
  /** BucketOwnerEnforced switches ACLs off. */
  readonly ownership: Answer;
  readonly ignorePublicAcls: Answer;
  readonly restrictPublicBuckets: Answer;
  /** An account has a block of its own. */
  readonly accountBlock: boolean;
  readonly requesterPays: Answer;
  /** Private networks reach the server, so a private address in a condition admits somebody. */
  readonly privateNetworks: boolean;
}

const AMAZON: Traits = {
  policy: 'yes',
  policyWrites: 'yes',
  bucketAcl: 'yes',
  bucketReadGivesData: 'no',
  bucketReadGivesList: 'yes',
  objectAcl: 'yes',
  ownership: 'yes',
  ignorePublicAcls: 'yes',
  restrictPublicBuckets: 'yes',
  accountBlock: true,
  requesterPays: 'yes',
  privateNetworks: false,
};

/** A server that speaks S3 and keeps none of Amazon's guard rails. */
const PLAIN: Traits = {
  ...AMAZON,
  ownership: 'no',
  ignorePublicAcls: 'no',
  restrictPublicBuckets: 'no',
  accountBlock: false,
  requesterPays: 'no',
  privateNetworks: true,
};

/** What no one has told about: guard rails and ACLs may or may not work. */
const UNKNOWN: Traits = {
  ...PLAIN,
  bucketReadGivesData: 'unknown',
  ownership: 'unknown',
  ignorePublicAcls: 'unknown',
  restrictPublicBuckets: 'unknown',
  requesterPays: 'unknown',
};

const TRAITS: Readonly<Record<S3Dialect, Traits>> = {
  aws: AMAZON,
  ceph: { ...PLAIN, ignorePublicAcls: 'yes', restrictPublicBuckets: 'unknown' },
  minio: { ...PLAIN, bucketAcl: 'no', objectAcl: 'no' },
  seaweedfs: { ...PLAIN, policyWrites: 'unknown', bucketReadGivesData: 'yes', objectAcl: 'no' },
  versitygw: { ...PLAIN, bucketReadGivesData: 'yes', objectAcl: 'no', ownership: 'yes' },
  oss: {
    ...PLAIN,
    bucketReadGivesData: 'yes',
    bucketReadGivesList: 'unknown',
    ignorePublicAcls: 'yes',
    restrictPublicBuckets: 'yes',
    accountBlock: true,
    privateNetworks: false,
  },
  obs: { ...PLAIN, privateNetworks: false },
  cos: { ...PLAIN, bucketReadGivesData: 'unknown', privateNetworks: false },
  r2: { ...PLAIN, policy: 'no', bucketAcl: 'no', objectAcl: 'no', privateNetworks: false },
  spaces: { ...PLAIN, privateNetworks: false },
  scaleway: { ...PLAIN, privateNetworks: false },
  wasabi: { ...PLAIN, privateNetworks: false },
  yandex: { ...PLAIN, bucketReadGivesData: 'unknown', privateNetworks: false },
  generic: UNKNOWN,
};

export function traitsOf(dialect: S3Dialect): Traits {
  return TRAITS[dialect];
}

/**
 * What stands before the bucket's name in a resource that names it. Partitions differ
 * (`arn:aws-cn:s3:::`), Ceph names a tenant, Scaleway writes bare bucket names.
 */
export function resourcePrefix(dialect: S3Dialect): (pattern: string) => string {
  return (pattern) => {
    const [, partition, tenant = ''] = /^arn:(aws[a-z-]*):s3::([^:*?]*):/.exec(pattern) ?? [];
    if (partition !== undefined) {
      return `arn:${partition}:s3::${dialect === 'ceph' ? tenant : ''}:`;
    }
    const bare = dialect !== 'aws' && !/^(arn:|[*?])/.test(pattern);
    return bare ? '' : 'arn:aws:s3:::';
  };
}
