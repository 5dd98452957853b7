import { describe, expect, test } from 'vitest';
import { judgeS3Case } from '../../../src/exposure/s3/index.ts';
import { allow, allowList, BUCKET, deny, ITSELF, NOW, OBJECTS } from './kit.ts';

type Row = readonly [reason: string, statements: readonly object[], rlw: string];

/** `rlw`: read, list, write by an unsigned request; y, n or u for unknown. */
function judged(statements: readonly object[], version = '2012-10-17'): string {
  const policy = { Version: version, Statement: statements };
  const found = judgeS3Case({ bucketName: BUCKET, bucketPolicy: policy }, 'aws', NOW);
  const { anonymousRead, anonymousList, anonymousWrite } = found;
  return [anonymousRead, anonymousList, anonymousWrite].map((answer) => answer[0]).join('');
}

describe('whom a statement names', () => {
  const account = 'arn:aws:iam::210987654321:root';
  const rows: readonly Row[] = [
    ['a star is everyone', [allow()], 'ynn'],
    ['a star under AWS is everyone too', [allow({ Principal: { AWS: '*' } })], 'ynn'],
    ['one star in a list is enough', [allow({ Principal: { AWS: [account, '*'] } })], 'ynn'],
    ['a list of principals without a kind', [allow({ Principal: ['*'] })], 'ynn'],
    ['a named account is not everyone', [allow({ Principal: { AWS: account } })], 'nnn'],
    ['a bare account id is a named account', [allow({ Principal: '210987654321' })], 'nnn'],
    ['a service is not everyone', [allow({ Principal: { Service: 'logs.amazonaws.com' } })], 'nnn'],
    ['a web identity needs a token', [allow({ Principal: { Federated: 'login.example' } })], 'nnn'],
    [
      'the anonymous user has a canonical id',
      [allow({ Principal: { CanonicalUser: '65a011a29cdf8ec533ec3d1ccaae921c' } })],
      'ynn',
    ],
    [
      'an illegal wildcard inside an ARN is not settled',
      [allow({ Principal: { AWS: 'arn:aws:iam::*:root' } })],
      'unn',
    ],
    [
      'everyone but one includes the anonymous',
      [allow({ Principal: undefined, NotPrincipal: { AWS: account } })],
      'ynn',
    ],
    [
      'everyone but everyone is no one',
      [allow({ Principal: undefined, NotPrincipal: { AWS: '*' } })],
      'nnn',
    ],
    ['no principal at all names no one', [allow({ Principal: undefined })], 'nnn'],
    [
      'a Deny of everyone but one hits the anonymous',
      [allow(), deny({ Principal: undefined, NotPrincipal: { AWS: account } })],
      'nnn',
    ],
    [
      'a Deny of one account does not hit the anonymous',
      [allow(), deny({ Principal: { AWS: account } })],
      'ynn',
    ],
  ];
  test.each(rows)('%s', (_, statements, rlw) => {
    expect(judged(statements)).toBe(rlw);
  });
});

describe('what a statement allows', () => {
  const rows: readonly Row[] = [
    [
      'everything on objects is reading and writing, not listing',
      [allow({ Action: 's3:*' })],
      'yny',
    ],
    ['a bare star is every action', [allow({ Action: '*', Resource: '*' })], 'yyy'],
    ['actions match whatever their case', [allow({ Action: 'S3:getOBJECT' })], 'ynn'],
    ['a question mark is one character', [allow({ Action: 's3:GetObjec?' })], 'ynn'],
    ['Get* reads', [allow({ Action: ['s3:Get*'] })], 'ynn'],
    ['a version is data too', [allow({ Action: 's3:GetObjectVersion' })], 'ynn'],
    ['tags are not data', [allow({ Action: 's3:GetObjectTagging' })], 'nnn'],
    ['the ACL is not data', [allow({ Action: 's3:GetObjectAcl' })], 'nnn'],
    ['deleting is writing', [allow({ Action: 's3:DeleteObject' })], 'nny'],
    ['tagging is writing', [allow({ Action: 's3:PutObjectTagging' })], 'nny'],
    ['changing an ACL is writing', [allow({ Action: 's3:PutObjectAcl' })], 'nny'],
    [
      'changing the policy is writing',
      [allow({ Action: 's3:PutBucketPolicy', Resource: ITSELF })],
      'nny',
    ],
    ['a list of versions is a list', [allowList({ Action: 's3:ListBucketVersions' })], 'nyn'],
    [
      'uploads in progress are no list of objects',
      [allowList({ Action: 's3:ListBucketMultipartUploads' })],
      'nnn',
    ],
    ['listing needs the bucket, not its objects', [allowList({ Resource: OBJECTS })], 'nnn'],
    ['reading needs the objects, not the bucket', [allow({ Resource: ITSELF })], 'nnn'],
    [
      'a pattern without a slash covers both',
      [allow({ Action: 's3:*', Resource: `${ITSELF}*` })],
      'yyy',
    ],
    ['NotAction allows the rest', [allow({ NotAction: 's3:Put*', Action: undefined })], 'yny'],
    [
      'NotAction of reading leaves writing',
      [allow({ NotAction: 's3:Get*', Action: undefined })],
      'nny',
    ],
    [
      'NotResource allows the rest',
      [allow({ Action: 's3:*', NotResource: `${ITSELF}/private/*` })],
      'yyy',
    ],
    [
      'NotResource of all objects leaves the bucket itself',
      [allow({ Action: 's3:*', NotResource: OBJECTS })],
      'nyy',
    ],
    [
      'another bucket is not this one',
      [allow({ Resource: 'arn:aws:s3:::harbour-other/*' })],
      'nnn',
    ],
    [
      'a name that only begins alike is not this one',
      [allow({ Resource: `${ITSELF}-old/*` })],
      'nnn',
    ],
    [
      'the Chinese partition is S3 too',
      [allow({ Resource: `arn:aws-cn:s3:::${BUCKET}/*` })],
      'ynn',
    ],
    ['one key is a slice', [allow({ Resource: `${ITSELF}/one.csv` })], 'ynn'],
    ['a wildcard bucket covers this one', [allow({ Resource: 'arn:aws:s3:::harbour-*/*' })], 'ynn'],
    ['a resource that is no text may be anything', [allow({ Resource: [{ Ref: 'x' }] })], 'unn'],
    ['neither Allow nor Deny is nothing', [allow({ Effect: 'Permit' })], 'nnn'],
  ];
  test.each(rows)('%s', (_, statements, rlw) => {
    expect(judged(statements)).toBe(rlw);
  });
});

describe('what a Deny takes away', () => {
  const https = { Bool: { 'aws:SecureTransport': 'false' } };
  const rows: readonly Row[] = [
    ['all of it', [allow(), deny()], 'nnn'],
    ['versions too when the Deny names them', [allow(), deny({ Action: 's3:GetObject*' })], 'nnn'],
    [
      'a Deny of GetObject leaves GetObjectVersion of s3:*',
      [allow({ Action: 's3:*' }), deny()],
      'yny',
    ],
    ['a part of the keys', [allow(), deny({ Resource: `${ITSELF}/private/*` })], 'ynn'],
    [
      'the very same part',
      [allow({ Resource: `${ITSELF}/a/*` }), deny({ Resource: `${ITSELF}/a*` })],
      'nnn',
    ],
    ['all but what it spares', [allow(), deny({ NotResource: `${ITSELF}/x/*` })], 'ynn'],
    [
      'everything when what it spares was never allowed',
      [allow({ Resource: `${ITSELF}/a/*` }), deny({ NotResource: `${ITSELF}/x/*` })],
      'nnn',
    ],
    ['plain http only, which https dodges', [allow(), deny({ Condition: https })], 'ynn'],
    [
      'http and https together',
      [
        allow(),
        deny({ Condition: https }),
        deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ],
      'nnn',
    ],
    [
      'the very Referer that the Allow wants',
      [
        allow({ Condition: { StringEquals: { 'aws:Referer': 'https://a.example/' } } }),
        deny({ Condition: { StringLike: { 'aws:Referer': '*a.example*' } } }),
      ],
      'nnn',
    ],
    [
      'another Referer than the Allow wants',
      [
        allow({ Condition: { StringLike: { 'aws:Referer': 'https://a.example/*' } } }),
        deny({ Condition: { StringEquals: { 'aws:Referer': 'https://a.example/' } } }),
      ],
      'ynn',
    ],
    [
      'unsigned requests by their missing signature version',
      [
        allow(),
        deny({ Condition: { StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } } }),
      ],
      'nnn',
    ],
    [
      'everyone outside an organisation',
      [allow(), deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-harbour' } } })],
      'nnn',
    ],
    [
      'everyone who did not come through one endpoint',
      [allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
      'nnn',
    ],
    [
      'requests without MFA, which no unsigned request has',
      [allow(), deny({ Condition: { Null: { 'aws:MultiFactorAuthAge': 'true' } } })],
      'nnn',
    ],
    [
      'MFA that is false: absent is not false',
      [allow(), deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
      'ynn',
    ],
    [
      'MFA that is false if it is there at all',
      [allow(), deny({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })],
      'nnn',
    ],
    [
      'objects with a tag, so that those without stay open',
      [allow(), deny({ Condition: { StringEquals: { 's3:ExistingObjectTag/class': 'secret' } } })],
      'ynn',
    ],
    [
      'objects without a tag, so that it depends on the objects',
      [allow(), deny({ Condition: { StringNotEquals: { 's3:ExistingObjectTag/class': 'open' } } })],
      'unn',
    ],
    [
      'uploads without a header, which the caller then sends',
      [
        allow({ Action: 's3:PutObject' }),
        deny({
          Action: 's3:PutObject',
          Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
        }),
      ],
      'nny',
    ],
    [
      'uploads without a KMS key, which takes a signature',
      [
        allow({ Action: 's3:PutObject' }),
        deny({
          Action: 's3:PutObject',
          Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
        }),
      ],
      'nnn',
    ],
    [
      'listing, though the prefix is the caller’s choice',
      [
        allowList(),
        deny({
          Action: 's3:ListBucket',
          Resource: ITSELF,
          Condition: { StringLike: { 's3:prefix': 'private/*' } },
        }),
      ],
      'nyn',
    ],
  ];
  test.each(rows)('%s', (_, statements, rlw) => {
    expect(judged(statements)).toBe(rlw);
  });
});

test('before version 2012-10-17 a policy variable is plain text', () => {
  const statement = allow({ Resource: `${ITSELF}/home/\${aws:userid}/*` });
  expect(judged([statement], '2012-10-17')).toBe('ynn');
  expect(
    judged(
      [allow({ Condition: { StringEquals: { 'aws:userid': '$' + '{aws:userid}' } } })],
      '2008-10-17',
    ),
  ).toBe('nnn');
});

test('a variable that an unsigned request cannot fill matches nothing', () => {
  expect(judged([allow({ Resource: `${ITSELF}/home/\${aws:username}/*` })])).toBe('nnn');
});

test('a variable with a default is filled by it', () => {
  expect(judged([allow({ Resource: `${ITSELF}/home/\${aws:username, 'guest'}/*` })])).toBe('ynn');
});
