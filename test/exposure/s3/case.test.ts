import { describe, expect, test } from 'vitest';
import { judgeS3Case } from '../../../src/exposure/s3/index.ts';
import { becauseText } from '../../../src/model/because.ts';
import { acl, allow, BUCKET, deny, ITSELF, NOW } from './kit.ts';

/** `rlwp`: read, list, write, public; y, n or u. */
function judged(input: unknown): string {
  const found = judgeS3Case(input, 'aws', NOW);
  const all = [found.anonymousRead, found.anonymousList, found.anonymousWrite, found.public];
  return all.map((answer) => answer[0]).join('');
}

const POLICY = { Version: '2012-10-17', Statement: [allow()] };
const ALL_SET = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

describe('spellings of the same thing', () => {
  const rows: readonly (readonly [reason: string, input: unknown, rlwp: string])[] = [
    ['a policy as it is', { bucketPolicy: POLICY }, 'ynny'],
    ['a policy as text', { bucketPolicy: JSON.stringify(POLICY) }, 'ynny'],
    [
      'a policy in the API’s envelope',
      { bucketPolicy: { Policy: JSON.stringify(POLICY) } },
      'ynny',
    ],
    ['one statement without a list', { bucketPolicy: { Statement: allow() } }, 'ynny'],
    ['snake case', { bucket_policy: POLICY }, 'ynny'],
    ['no policy', { bucketPolicy: null }, 'nnnn'],
    ['an empty policy', { bucketPolicy: '' }, 'nnnn'],
    ['a policy that is no JSON', { bucketPolicy: '{"Statement":' }, 'uuuu'],
    ['a policy that could not be read', { bucketPolicy: { error: 'AccessDenied' } }, 'uuuu'],
    [
      'a policy that the API says is not there',
      { bucketPolicy: { error: { Code: 'NoSuchBucketPolicy' } } },
      'nnnn',
    ],
    ['a canned ACL by name', { acl: 'public-read' }, 'nyny'],
    ['a canned ACL as CloudFormation writes it', { acl: 'PublicReadWrite' }, 'nyyy'],
    ['a canned ACL for account holders', { acl: 'authenticated-read' }, 'nnny'],
    ['a private one', { acl: 'private' }, 'nnnn'],
    ['an ACL as it is', { acl: acl(['AllUsers', 'READ']) }, 'nyny'],
    [
      'an ACL in camel case',
      {
        acl: {
          owner: { id: 'o' },
          grants: [
            {
              grantee: { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' },
              permission: 'READ',
            },
          ],
        },
      },
      'nyny',
    ],
    [
      'an ACL as XML turned into an object',
      {
        acl: {
          AccessControlPolicy: {
            AccessControlList: {
              Grant: {
                Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                Permission: 'WRITE',
              },
            },
          },
        },
      },
      'nnyy',
    ],
    ['an object by its canned ACL', { objectAcl: 'public-read' }, 'ynny'],
    ['a private object in a listed bucket', { acl: 'public-read', objectAcl: 'private' }, 'nyny'],
    ['a block', { bucketPolicy: POLICY, publicAccessBlock: ALL_SET }, 'nnnn'],
    [
      'a block in camel case',
      { bucketPolicy: POLICY, publicAccessBlock: { restrictPublicBuckets: true } },
      'nnnn',
    ],
    [
      'a block in snake case',
      { bucketPolicy: POLICY, publicAccessBlock: { restrict_public_buckets: 'true' } },
      'nnnn',
    ],
    [
      'a block in its envelope',
      { bucketPolicy: POLICY, publicAccessBlock: { PublicAccessBlockConfiguration: ALL_SET } },
      'nnnn',
    ],
    [
      'a block without the flag',
      { bucketPolicy: POLICY, publicAccessBlock: { BlockPublicPolicy: true } },
      'ynny',
    ],
    ['the account’s block', { bucketPolicy: POLICY, accountPublicAccessBlock: ALL_SET }, 'nnnn'],
    [
      'the organisation’s block',
      { bucketPolicy: POLICY, organizationPublicAccessBlock: ALL_SET },
      'nnnn',
    ],
    [
      'the organisation’s policy',
      { bucketPolicy: POLICY, organizationPublicAccessBlock: 'all' },
      'nnnn',
    ],
    [
      'an unread account’s block',
      { bucketPolicy: POLICY, accountPublicAccessBlock: { error: 'AccessDenied' } },
      'unny',
    ],
    ['ownership by name', { acl: 'public-read', ownership: 'BucketOwnerEnforced' }, 'nnnn'],
    [
      'ownership in its envelope',
      {
        acl: 'public-read',
        ownership: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      },
      'nnnn',
    ],
    ['another ownership', { acl: 'public-read', ownership: 'ObjectWriter' }, 'nyny'],
    ['requester pays', { bucketPolicy: POLICY, requesterPays: true }, 'nnny'],
    [
      'requester pays as the API says it',
      { bucketPolicy: POLICY, requesterPays: { Payer: 'Requester' } },
      'nnny',
    ],
    ['the owner pays', { bucketPolicy: POLICY, requesterPays: { Payer: 'BucketOwner' } }, 'ynny'],
    ['an object under KMS', { bucketPolicy: POLICY, objectEncryption: 'aws:kms' }, 'nnny'],
    ['an object under SSE-S3', { bucketPolicy: POLICY, objectEncryption: 'AES256' }, 'ynny'],
    [
      'a default encryption is for later uploads',
      { bucketPolicy: POLICY, encryption: 'aws:kms' },
      'ynny',
    ],
    [
      'a website adds nothing of its own',
      { website: { IndexDocument: { Suffix: 'index.html' } } },
      'nnnn',
    ],
    ['nothing at all', {}, 'nnnn'],
    ['not even an object', null, 'nnnn'],
  ];
  test.each(rows)('%s', (_, input, rlwp) => {
    expect(judged(input)).toBe(rlwp);
  });
});

describe('which bucket is meant', () => {
  test('the one that is named', () => {
    expect(judged({ bucketName: 'harbour-other', bucketPolicy: POLICY })).toBe('nnnn');
  });

  test('else the one that the resources name, with its Denies', () => {
    const Statement = [allow(), deny()];
    expect(judged({ bucketPolicy: { Statement } })).toBe('nnny');
  });

  test('each of several, since any may be the one', () => {
    const other = allow({ Action: 's3:ListBucket', Resource: 'arn:aws:s3:::harbour-other' });
    expect(judged({ bucketPolicy: { Statement: [allow(), other] } })).toBe('yyny');
  });

  test('a name that a template leaves open', () => {
    const Resource = `\${aws_s3_bucket.files.arn}/*`;
    const policy = { Version: '2012-10-17', Statement: [allow({ Resource })] };
    expect(judged({ bucketPolicy: policy })).toBe('ynny');
    expect(judged({ bucketName: BUCKET, bucketPolicy: policy })).toBe('ynny');
  });
});

describe('access points', () => {
  const open = {
    Statement: allow({ Resource: 'arn:aws:s3:eu-west-1:210987654321:accesspoint/p/object/*' }),
  };
  const rows: readonly (readonly [reason: string, input: object, rlwp: string])[] = [
    [
      'a public one is public, never anonymous',
      { accessPoint: { networkOrigin: 'Internet', policy: open } },
      'nnny',
    ],
    ['one of a VPC is not', { accessPoint: { networkOrigin: 'VPC', policy: open } }, 'nnnn'],
    [
      'one with a VPC configuration is not',
      { accessPoint: { VpcConfiguration: { VpcId: 'vpc-1' }, policy: open } },
      'nnnn',
    ],
    [
      'a blocked one is not',
      { accessPoint: { policy: open }, accessPointPublicAccessBlock: ALL_SET },
      'nnnn',
    ],
    [
      'one in a blocked account is not',
      { accessPoint: { policy: open }, accountPublicAccessBlock: ALL_SET },
      'nnnn',
    ],
    ['a multi-region one is public', { multiRegionAccessPoint: { policy: open } }, 'nnny'],
    [
      'its established policy holds',
      { multiRegionAccessPoint: { policy: { Established: { Policy: JSON.stringify(open) } } } },
      'nnny',
    ],
    ['one without a policy grants nothing', { multiRegionAccessPoint: { policy: null } }, 'nnnn'],
  ];
  test.each(rows)('%s', (_, input, rlwp) => {
    expect(judged(input)).toBe(rlwp);
  });

  test('a point may not rely on access points of any name', () => {
    const condition = {
      ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:210987654321:accesspoint/*' },
    };
    const policy = { Statement: allow({ Resource: '*', Condition: condition }) };
    expect(judged({ accessPoint: { policy } })).toBe('nnny');
    expect(judged({ bucketPolicy: policy })).toBe('nnnn');
  });
});

test('the reasons are those that decide', () => {
  const open = judgeS3Case({ bucketPolicy: POLICY, acl: 'private' }, 'aws', NOW);
  expect(open.because.map(({ code }) => code)).toEqual(['s3.policy.allow']);
  const shut = judgeS3Case({ bucketPolicy: POLICY, publicAccessBlock: ALL_SET }, 'aws', NOW);
  expect(shut.because.map(({ code }) => code)).toContain('s3.policy.restricted');
});

test('every reason has a sentence, and every blank of it is filled', () => {
  const office = { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '0.0.0.0/1'] } };
  const tagged = { StringEquals: { 's3:ExistingObjectTag/a': 'b' } };
  const inputs = [
    { bucketPolicy: POLICY },
    { bucketPolicy: POLICY, publicAccessBlock: ALL_SET },
    { bucketPolicy: POLICY, publicAccessBlock: { error: 'AccessDenied' } },
    { bucketPolicy: { Statement: [allow({ Condition: office })] } },
    { bucketPolicy: { Statement: [allow({ Condition: tagged })] } },
    { bucketPolicy: { Statement: [allow(), deny({ Resource: `${ITSELF}/*` })] } },
    { bucketPolicy: { error: 'AccessDenied' }, acl: { error: 'AccessDenied' } },
    { acl: 'public-read-write', objectAcl: 'public-read' },
    { acl: 'public-read-write', objectAcl: 'public-read', publicAccessBlock: ALL_SET },
    { acl: 'public-read', objectAcl: 'public-read', ownership: 'BucketOwnerEnforced' },
    { objectAcl: { error: 'AccessDenied' }, objectEncryption: 'aws:kms' },
    { objectAcl: { error: 'AccessDenied' } },
    { bucketPolicy: POLICY, requesterPays: true },
  ];
  for (const dialect of ['aws', 'minio', 'generic', 'seaweedfs', 'r2'] as const) {
    for (const input of inputs) {
      for (const because of judgeS3Case(input, dialect, NOW).because) {
        const text = becauseText(because);
        expect(text, because.code).not.toMatch(/^s3\./);
        expect(text, because.code).not.toContain('?');
      }
    }
  }
});
