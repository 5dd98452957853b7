import { describe, expect, test } from 'vitest';
import { fetched } from '../../../src/exposure/documents.ts';
import { s3Public } from '../../../src/exposure/s3/index.ts';
import { acl, allow, deny, documents, withPolicy } from './kit.ts';

type Row = readonly [reason: string, condition: object, isPublic: boolean];

describe('a statement for everyone is not public when a condition pins who asks', () => {
  const arn = 'arn:aws:iam::210987654321:role/clerk';
  const rows: readonly Row[] = [
    ['by organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-harbour' } }, false],
    ['by account', { StringEquals: { 'aws:PrincipalAccount': ['210987654321'] } }, false],
    ['by ARN', { ArnEquals: { 'aws:PrincipalArn': arn } }, false],
    ['by VPC', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, false],
    ['by any VPC', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, true],
    ['by one value of two', { StringLike: { 'aws:SourceVpc': ['vpc-1', 'vpc-*'] } }, true],
    ['by a variable', { StringEquals: { 'aws:SourceVpc': '$' + '{aws:UserAgent}' } }, true],
    [
      'by a source ARN',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:210987654321:t' } },
      false,
    ],
    ['by a source ARN of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } }, true],
    ['by a user id', { StringEquals: { 'aws:userid': 'AIDAHARBOUR' } }, false],
    ['by a role’s sessions', { StringLike: { 'aws:userid': 'AROAHARBOUR:*' } }, true],
    [
      'by an encryption key',
      {
        StringEquals: {
          's3:x-amz-server-side-encryption-aws-kms-key-id':
            'arn:aws:kms:eu-west-1:210987654321:key/1',
        },
      },
      false,
    ],
    [
      'by an access point’s account',
      { StringEquals: { 's3:DataAccessPointAccount': '210987654321' } },
      false,
    ],
    [
      'by access points of one account',
      { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:210987654321:accesspoint/*' } },
      false,
    ],
    ['by an inequality', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-harbour' } }, true],
    ['by what need not exist', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, true],
    ['by all of no values', { 'ForAllValues:StringEquals': { 'aws:SourceVpc': 'vpc-1' } }, true],
    [
      'by any of some values',
      { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': 'o-harbour/r-1/' } },
      false,
    ],
    ['by a Referer', { StringEquals: { 'aws:Referer': 'https://a.example/' } }, true],
    [
      'by the bucket’s own account',
      { StringEquals: { 'aws:ResourceAccount': '210987654321' } },
      true,
    ],
    ['by https', { Bool: { 'aws:SecureTransport': 'true' } }, true],
    ['by a prefix', { StringEquals: { 's3:prefix': 'a/' } }, true],
    [
      'by a service it came through',
      { StringEquals: { 'aws:CalledVia': 'athena.amazonaws.com' } },
      true,
    ],
    [
      'by one key of two',
      { StringEquals: { 'aws:Referer': 'a', 'aws:SourceVpc': 'vpc-1' } },
      false,
    ],
    ['by an IPv4 /8', { IpAddress: { 'aws:SourceIp': '52.0.0.0/8' } }, false],
    ['by an IPv4 /7', { IpAddress: { 'aws:SourceIp': '52.0.0.0/7' } }, true],
    ['by an IPv6 /32', { IpAddress: { 'aws:SourceIp': '2a00:1450::/32' } }, false],
    ['by an IPv6 /31', { IpAddress: { 'aws:SourceIp': '2a00:1450::/31' } }, true],
    ['by a private range', { IpAddress: { 'aws:SourceIp': '192.168.0.0/16' } }, false],
    [
      'by one broad range of two',
      { IpAddress: { 'aws:SourceIp': ['52.1.0.0/16', '0.0.0.0/0'] } },
      true,
    ],
    ['by everything but an address', { NotIpAddress: { 'aws:SourceIp': '52.1.2.3' } }, true],
  ];
  test.each(rows)('%s', (_, condition, isPublic) => {
    expect(s3Public(withPolicy([allow({ Condition: condition })]))).toBe(isPublic);
  });
});

test('a named account is not public, one public statement beside it is', () => {
  const named = allow({ Principal: { AWS: '210987654321' } });
  expect(s3Public(withPolicy([named]))).toBe(false);
  expect(s3Public(withPolicy([named, allow()]))).toBe(true);
});

test('a web identity is public though it needs a token, a provider of one account is not', () => {
  expect(s3Public(withPolicy([allow({ Principal: { Federated: 'login.example' } })]))).toBe(true);
  const own = 'arn:aws:iam::210987654321:saml-provider/office';
  expect(s3Public(withPolicy([allow({ Principal: { Federated: own } })]))).toBe(false);
});

test('Deny statements alone are not public', () => {
  expect(s3Public(withPolicy([deny()]))).toBe(false);
});

test('RestrictPublicBuckets at any level takes a public policy’s effect away', () => {
  const block = fetched({ RestrictPublicBuckets: true });
  expect(s3Public(withPolicy([allow()], { publicAccessBlock: block }))).toBe(false);
  expect(s3Public(withPolicy([allow()], { accountPublicAccessBlock: block }))).toBe(false);
});

test('BlockPublicPolicy and BlockPublicAcls leave what is there', () => {
  const publicAccessBlock = fetched({ BlockPublicPolicy: true, BlockPublicAcls: true });
  expect(s3Public(withPolicy([allow()], { publicAccessBlock }))).toBe(true);
  const granted = acl(['AllUsers', 'READ']);
  expect(s3Public(documents({ acl: fetched(granted), publicAccessBlock }))).toBe(true);
});

test('a grant to all account holders is public', () => {
  expect(s3Public(documents({ acl: fetched(acl(['AuthenticatedUsers', 'READ_ACP'])) }))).toBe(true);
});

test('a public ACL is void under IgnorePublicAcls and under BucketOwnerEnforced', () => {
  const granted = { acl: fetched(acl(['AllUsers', 'READ'])) };
  const publicAccessBlock = fetched({ IgnorePublicAcls: true });
  expect(s3Public(documents({ ...granted, publicAccessBlock }))).toBe(false);
  const ownership = fetched('BucketOwnerEnforced' as const);
  expect(s3Public(documents({ ...granted, ownership }))).toBe(false);
});

test('the log delivery group is not the public', () => {
  const logs = {
    Grants: [
      { Grantee: { URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' }, Permission: 'WRITE' },
    ],
  };
  expect(s3Public(documents({ acl: fetched(logs) }))).toBe(false);
});
