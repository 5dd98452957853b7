/**
 * What the scanning role needs on Amazon, call by call.
 *
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
 */
import type { LeastPrivilege } from '../../src/model/provider.ts';
import { ORGANIZATION_PERMISSIONS } from './organization.ts';

/** Beside each permission the calls that ask for it. GetCallerIdentity needs none. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  's3:ListAllMyBuckets': ['ListBuckets'],
  's3express:ListAllMyDirectoryBuckets': ['ListDirectoryBuckets'],
  's3:ListBucket': ['HeadBucket', 'ListObjectsV2'],
  's3:ListBucketVersions': ['ListObjectVersions'],
  's3:GetBucketVersioning': ['GetBucketVersioning'],
  's3:GetBucketTagging': ['GetBucketTagging'],
  's3:GetBucketPolicy': ['GetBucketPolicy'],
  's3:GetBucketAcl': ['GetBucketAcl'],
  's3:GetBucketOwnershipControls': ['GetBucketOwnershipControls'],
  's3:GetBucketPublicAccessBlock': ['GetPublicAccessBlock'],
  's3:GetBucketWebsite': ['GetBucketWebsite'],
  's3:GetBucketRequestPayment': ['GetBucketRequestPayment'],
  's3:GetAccountPublicAccessBlock': ['GetPublicAccessBlock of the account'],
  's3:ListAccessPoints': ['ListAccessPoints'],
  's3:GetAccessPoint': ['GetAccessPoint'],
  's3:GetAccessPointPolicy': ['GetAccessPointPolicy'],
  's3:ListMultiRegionAccessPoints': ['ListMultiRegionAccessPoints'],
  's3:GetMultiRegionAccessPointPolicy': ['GetMultiRegionAccessPointPolicy'],
  's3:GetObject': ['GetObject', 'HeadObject'],
  's3:GetObjectVersion': ['GetObject and HeadObject of an old version'],
  's3:GetObjectAcl': ['GetObjectAcl'],
  's3:GetObjectVersionAcl': ['GetObjectAcl of an old version'],
};

const permissions = Object.keys(NEEDED);

export const LEAST_PRIVILEGE: LeastPrivilege = {
  permissions,
  document: JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Sid: 'AjarReads', Effect: 'Allow', Action: permissions, Resource: '*' }],
    },
    null,
    2,
  ),
  grant: `save it as ajar.json, then: aws iam create-policy --policy-name ajar-read --policy-document file://ajar.json, and attach it to the scanning role; for a whole organisation that role is in every account, and who takes it needs sts:AssumeRole on it, ${ORGANIZATION_PERMISSIONS.join(', ')}`,
};
