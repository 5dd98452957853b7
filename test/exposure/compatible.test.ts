import { expect, test } from 'vitest';
import { judgeDocuments } from '../../src/exposure/cases.ts';

function judged(provider: string, input: unknown): string {
  const [one] = judgeDocuments(JSON.stringify({ id: 'x', provider, input }), 'x.json');
  return [one?.anonymousRead, one?.anonymousList, one?.anonymousWrite, one?.public].join(' ');
}

const policy = (statement: Record<string, unknown>) => ({
  bucketPolicy: { Version: '1', Statement: [{ Effect: 'Allow', Principal: ['*'], ...statement }] },
});

test.each([
  ['private', { acl: 'private' }, 'no no no no'],
  ['objects inherit public-read', { acl: 'public-read' }, 'yes unknown no yes'],
  ['public-read-write', { acl: 'public-read-write' }, 'yes unknown yes yes'],
  [
    'an object of its own in a private bucket',
    { acl: 'private', objectAcl: 'public-read' },
    'yes no no yes',
  ],
  ['an object that inherits', { acl: 'public-read', objectAcl: 'default' }, 'yes unknown no yes'],
  [
    'an object that anyone may overwrite',
    { acl: 'private', objectAcl: 'public-read-write' },
    'yes no yes yes',
  ],
  ['blocked', { acl: 'public-read-write', blockPublicAccess: true }, 'no no no no'],
  [
    'blocked by the account',
    { acl: 'public-read', accountPublicAccessBlock: { BlockPublicAccess: 'true' } },
    'no no no no',
  ],
  [
    'not blocked',
    { acl: 'public-read', blockPublicAccess: { BlockPublicAccess: false } },
    'yes unknown no yes',
  ],
  [
    'a block that makes no sense',
    { acl: 'public-read', blockPublicAccess: 'perhaps' },
    'unknown unknown unknown unknown',
  ],
  [
    'a policy that lists',
    policy({ Action: ['oss:ListObjects'], Resource: ['acs:oss:*:*:forms'] }),
    'no yes no yes',
  ],
  [
    'a policy that reads a prefix',
    policy({ Action: 'oss:GetObject', Resource: 'acs:oss:*:*:forms/out/*' }),
    'yes no no yes',
  ],
  [
    'a policy for one account',
    policy({ Principal: ['1234567890123456'], Action: 'oss:*', Resource: 'acs:oss:*:*:forms/*' }),
    'no no no no',
  ],
  [
    'a policy for one VPC',
    policy({
      Action: 'oss:*',
      Resource: 'acs:oss:*:*:forms/*',
      Condition: { StringEquals: { 'acs:SourceVpc': 'vpc-1' } },
    }),
    'no no no no',
  ],
  [
    'a policy for https',
    policy({
      Action: 'oss:GetObject',
      Resource: 'acs:oss:*:*:forms/*',
      Condition: { Bool: { 'acs:SecureTransport': 'true' } },
    }),
    'yes no no yes',
  ],
  [
    'a Deny beats the ACL',
    {
      acl: 'public-read',
      bucketPolicy: {
        Version: '1',
        Statement: [
          {
            Effect: 'Deny',
            Principal: ['*'],
            Action: ['oss:GetObject'],
            Resource: ['acs:oss:*:*:forms/*'],
          },
        ],
      },
    },
    'no unknown no yes',
  ],
])('OSS: %s', (_, input, expected) => {
  expect(judged('oss', input)).toBe(expected);
});

test.each([
  ['public-read lists only', { acl: 'public-read' }, 'no yes no yes'],
  ['delivered reaches the objects', { acl: 'public-read-delivered' }, 'yes yes no yes'],
  ['public-read-write', { acl: 'public-read-write' }, 'no yes yes yes'],
  [
    'delivered grants in wire form',
    {
      acl: { Grants: [{ Grantee: { Canned: 'Everyone' }, Permission: 'READ', Delivered: 'true' }] },
    },
    'yes yes no yes',
  ],
  ['an object of its own', { acl: 'private', objectAcl: 'public-read' }, 'yes no no yes'],
  [
    'a policy without prefixes',
    {
      bucketPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { ID: ['*'] },
            Action: ['GetObject', 'ListBucket'],
            Resource: ['forms', 'forms/*'],
          },
        ],
      },
    },
    'yes yes no yes',
  ],
  [
    'a policy for one domain',
    {
      bucketPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { ID: ['domain/a:user/b'] },
            Action: ['*'],
            Resource: ['forms/*'],
          },
        ],
      },
    },
    'no no no no',
  ],
  [
    'a policy for one network',
    {
      bucketPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { ID: ['*'] },
            Action: ['GetObject'],
            Resource: ['forms/*'],
            Condition: { IpAddress: { SourceIp: ['203.0.113.0/24'] } },
          },
        ],
      },
    },
    'no no no no',
  ],
])('OBS: %s', (_, input, expected) => {
  expect(judged('obs', input)).toBe(expected);
});

const cosPolicy = (statement: Record<string, unknown>) => ({
  bucketPolicy: {
    version: '2.0',
    Statement: [
      {
        effect: 'allow',
        principal: { qcs: ['qcs::cam::anyone:anyone'] },
        resource: ['qcs::cos:ap-x:uid/1:forms-1/*'],
        ...statement,
      },
    ],
  },
});

test.each([
  ['public-read gives list and data', { acl: 'public-read' }, 'yes yes no yes'],
  [
    'its own group',
    {
      acl: {
        Grants: [
          { Grantee: { URI: 'http://cam.qcloud.com/groups/global/AllUsers' }, Permission: 'READ' },
        ],
      },
    },
    'yes yes no yes',
  ],
  [
    'a private object in a public bucket',
    { acl: 'public-read', objectAcl: 'private' },
    'no yes no yes',
  ],
  [
    'a public folder in a private bucket',
    { acl: 'private', folderAcl: 'public-read' },
    'yes no no yes',
  ],
  ['a policy for anyone', cosPolicy({ action: ['name/cos:GetObject'] }), 'yes no no yes'],
  ['a policy that lists', cosPolicy({ action: ['name/cos:GetBucket'] }), 'no yes no yes'],
  ['a wildcard that covers listing', cosPolicy({ action: ['name/cos:Get*'] }), 'yes yes no yes'],
  [
    'a policy for one network',
    cosPolicy({
      action: ['name/cos:*'],
      condition: { ip_equal: { 'qcs:ip': ['203.0.113.0/24'] } },
    }),
    'no no no no',
  ],
  [
    'a policy for one user',
    cosPolicy({ principal: { qcs: ['qcs::cam::uin/1:uin/2'] }, action: ['name/cos:*'] }),
    'no no no no',
  ],
])('COS: %s', (_, input, expected) => {
  expect(judged('cos', input)).toBe(expected);
});

const everyone = (
  actions: readonly string[],
  resources: readonly string[],
  principal: unknown = '*',
) => ({
  bucketPolicy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: actions, Resource: resources }],
  },
});
const READ = everyone(['s3:GetObject'], ['arn:aws:s3:::forms/*']);

test.each([
  ['minio', 'a policy', READ, 'yes no no yes'],
  ['minio', 'no ACL', { acl: 'public-read-write' }, 'no no no no'],
  [
    'minio',
    'no block',
    { ...READ, publicAccessBlock: { RestrictPublicBuckets: true } },
    'yes no no yes',
  ],
  ['minio', 'the preset download', { anonymous: 'download' }, 'yes yes no yes'],
  ['minio', 'the preset upload', { anonymous: 'upload' }, 'no no yes yes'],
  ['minio', 'a preset that is none', { anonymous: 'sideways' }, 'unknown unknown unknown unknown'],
  ['wasabi', 'bucket public-read', { acl: 'public-read' }, 'no yes no yes'],
  ['spaces', 'a public file', { acl: 'private', objectAcl: 'public-read' }, 'yes no no yes'],
  [
    'spaces',
    'grant blocks',
    {
      grants: [
        {
          type: 'Group',
          uri: 'http://acs.amazonaws.com/groups/global/AllUsers',
          permissions: ['WRITE'],
        },
      ],
    },
    'no no yes yes',
  ],
  [
    'scaleway',
    'bare names',
    everyone(['s3:ListBucket', 's3:GetObject'], ['forms', 'forms/*']),
    'yes yes no yes',
  ],
  [
    'scaleway',
    'its principals',
    everyone(['s3:GetObject'], ['forms/*'], { SCW: ['user_id:a-b'] }),
    'no no no no',
  ],
  ['yandex', 'bucket READ may reach objects', { acl: 'public-read' }, 'unknown yes no yes'],
  ['yandex', 'flags', { anonymousAccessFlags: { read: true, list: false } }, 'yes no no yes'],
  ['yandex', 'a policy', READ, 'yes no no yes'],
  ['ceph', 'bucket public-read', { acl: 'public-read' }, 'no yes no yes'],
  [
    'ceph',
    'ACLs ignored',
    { acl: 'public-read', publicAccessBlock: { IgnorePublicAcls: true } },
    'no no no no',
  ],
  [
    'ceph',
    'a tenant in the name',
    everyone(['s3:GetObject'], ['arn:aws:s3::lands:forms/*']),
    'yes no no yes',
  ],
  ['ceph', 'a Swift ACL', { readAcl: '.r:*,.rlistings' }, 'yes yes no yes'],
  ['r2', 'nothing said', {}, 'no no no no'],
  ['r2', 'r2.dev', { r2DevEnabled: true, customDomains: [] }, 'yes no no yes'],
  [
    'r2',
    'a domain that is off',
    { customDomains: [{ domain: 'a.example', enabled: false }] },
    'no no no no',
  ],
  [
    'r2',
    'domains not fetched',
    { r2DevEnabled: false, customDomains: null },
    'unknown no no unknown',
  ],
  [
    'r2',
    'domains not fetched, r2.dev on',
    { r2DevEnabled: true, customDomains: null },
    'yes no no yes',
  ],
  ['oci', 'ObjectRead', { publicAccessType: 'ObjectRead' }, 'yes yes no yes'],
  [
    'oci',
    'ObjectReadWithoutList',
    { public_access_type: 'ObjectReadWithoutList' },
    'yes no no yes',
  ],
  [
    'oci',
    'NoPublicAccess with a link',
    { publicAccessType: 'NoPublicAccess', preauthenticatedRequests: [{}] },
    'no no no no',
  ],
  [
    'oci',
    'a type it does not have',
    { publicAccessType: 'Sideways' },
    'unknown unknown no unknown',
  ],
  ['supabase', 'a public bucket', { public: true }, 'yes no no yes'],
  ['supabase', 'a private bucket', { public: false }, 'no no no no'],
  [
    'supabase',
    'a policy for anon',
    {
      public: false,
      policies: [{ command: 'SELECT', roles: ['anon'], using: "bucket_id = 'forms'" }],
    },
    'yes yes no yes',
  ],
  [
    'supabase',
    'a policy for signed in users',
    { policies: [{ command: 'ALL', roles: ['authenticated'] }] },
    'no no no no',
  ],
  [
    'supabase',
    'a policy with a condition',
    { policies: [{ command: 'INSERT', roles: ['anon'], check: 'a(b)' }] },
    'no no unknown unknown',
  ],
  ['b2', 'allPublic', { bucketType: 'allPublic' }, 'yes no no yes'],
  ['b2', 'allPrivate', { bucketType: 'allPrivate' }, 'no no no no'],
  ['b2', 'a type it does not have', { bucketType: 3 }, 'unknown no no unknown'],
])('%s: %s', (provider, _, input, expected) => {
  expect(judged(provider, input)).toBe(expected);
});
