import { describe, expect, test } from 'vitest';
import { s3Facts } from '../../../src/exposure/s3/index.ts';
import type { Audience } from '../../../src/model/access.ts';
import { allow, allowList, answers, ITSELF, NOW, withPolicy } from './kit.ts';

type Row = readonly [reason: string, condition: object, open: string];

function under(condition: object, audience: Audience = 'anyone'): string {
  const facts = s3Facts(withPolicy([allow({ Condition: condition })]), NOW);
  return answers(facts, 'read', audience).join('; ');
}

describe('keys that an unsigned request does not carry', () => {
  const arn = 'arn:aws:iam::210987654321:role/clerk';
  const rows: readonly Row[] = [
    ['equality fails', { StringEquals: { 'aws:PrincipalOrgID': 'o-harbour' } }, 'no *'],
    ['likeness fails', { StringLike: { 'aws:PrincipalOrgID': '*' } }, 'no *'],
    ['an ARN fails', { ArnEquals: { 'aws:PrincipalArn': arn } }, 'no *'],
    ['a truth value fails', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'no *'],
    ['a false one fails too', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, 'no *'],
    ['a number fails', { NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } }, 'no *'],
    ['inequality holds', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-harbour' } }, 'yes *'],
    ['unlikeness holds', { StringNotLike: { 'aws:SourceVpce': 'vpce-*' } }, 'yes *'],
    ['another ARN holds', { ArnNotEquals: { 'aws:PrincipalArn': arn } }, 'yes *'],
    ['IfExists holds', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, 'yes *'],
    ['ForAllValues holds', { 'ForAllValues:StringEquals': { 'aws:SourceArn': arn } }, 'yes *'],
    ['ForAnyValue fails', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'x' } }, 'no *'],
    [
      'ForAnyValue fails even negated',
      { 'ForAnyValue:StringNotEquals': { 'aws:CalledVia': 'x' } },
      'no *',
    ],
    ['asked to be null', { Null: { 'aws:PrincipalArn': 'true' } }, 'yes *'],
    ['asked not to be null', { Null: { 'aws:PrincipalArn': 'false' } }, 'no *'],
    ['a key that does not exist', { StringEquals: { 'aws:Nonsense': 'x' } }, 'no *'],
    ['whatever its case', { stringequals: { 'AWS:PRINCIPALORGID': 'o-harbour' } }, 'no *'],
    [
      'IfExists beside a failing one',
      { StringEqualsIfExists: { 'aws:SourceVpc': 'v' }, StringEquals: { 'aws:SourceArn': 'a' } },
      'no *',
    ],
  ];
  test.each(rows)('%s', (_, condition, open) => {
    expect(under(condition)).toBe(open);
  });
});

describe('keys that an unsigned request does carry', () => {
  const rows: readonly Row[] = [
    [
      'its account is the word anonymous',
      { StringEquals: { 'aws:PrincipalAccount': 'anonymous' } },
      'yes *',
    ],
    [
      'its account is nobody’s',
      { StringEquals: { 'aws:PrincipalAccount': '210987654321' } },
      'no *',
    ],
    [
      'its user id is not the role’s',
      { StringNotLike: { 'aws:userid': 'AROAHARBOUR:*' } },
      'yes *',
    ],
    ['any user id', { StringLike: { 'aws:userid': '*' } }, 'yes *'],
    ['a Referer can be sent', { StringLike: { 'aws:Referer': 'https://www.example/*' } }, 'yes *'],
    ['a Referer can be left out', { StringNotLike: { 'aws:Referer': '*' } }, 'yes *'],
    ['a user agent can be sent', { StringEquals: { 'aws:UserAgent': 'harbour/1' } }, 'yes *'],
    [
      'stars are plain under StringEquals, and can be sent too',
      { StringEquals: { 'aws:Referer': 'a*' } },
      'yes *',
    ],
    ['it can use https', { Bool: { 'aws:SecureTransport': 'true' } }, 'yes *'],
    ['it can use http', { Bool: { 'aws:SecureTransport': 'false' } }, 'yes *'],
    ['a written truth value', { Bool: { 'aws:SecureTransport': true } }, 'yes *'],
    ['it can use TLS 1.3', { NumericGreaterThanEquals: { 's3:TlsVersion': 1.3 } }, 'yes *'],
    ['there is no TLS 1.4', { NumericGreaterThan: { 's3:TlsVersion': '1.3' } }, 'no *'],
    [
      'two wishes for one header cannot both be met',
      { StringEquals: { 'aws:Referer': 'a' }, StringLike: { 'aws:Referer': 'b*' } },
      'no *',
    ],
    [
      'two wishes that agree can',
      { StringLike: { 'aws:Referer': ['a*', 'b*'] }, StringNotLike: { 'aws:Referer': 'a*' } },
      'yes *',
    ],
    [
      'the account of the bucket is the bucket’s',
      { StringEquals: { 'aws:ResourceAccount': '210987654321' } },
      'yes *',
    ],
    [
      'a header of uploads is absent from a download',
      { StringEquals: { 's3:x-amz-acl': 'private' } },
      'no *',
    ],
    [
      'a parameter of listings is absent from a download',
      { StringLike: { 's3:prefix': '*' } },
      'no *',
    ],
    [
      'a tag depends on the object',
      { StringEquals: { 's3:ExistingObjectTag/open': 'yes' } },
      'unknown *',
    ],
    [
      'an operator that nobody knows settles nothing',
      { StringResembles: { 'aws:Referer': 'x' } },
      'unknown *',
    ],
    ['the past is over', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, 'no *'],
    [
      'the future is not yet',
      { DateGreaterThan: { 'aws:CurrentTime': '2026-04-01T00:00:00Z' } },
      'no *',
    ],
    [
      'today is',
      {
        DateGreaterThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' },
        DateLessThan: { 'aws:EpochTime': '1790000000' },
      },
      'yes *',
    ],
  ];
  test.each(rows)('%s', (_, condition, open) => {
    expect(under(condition)).toBe(open);
  });
});

describe('addresses', () => {
  const from = (operator: string, ...ranges: readonly string[]): object => ({
    [operator]: { 'aws:SourceIp': ranges },
  });
  const rows: readonly (readonly [string, object, string, string])[] = [
    ['an office is not the internet', from('IpAddress', '198.51.100.0/24'), 'no *', 'yes *'],
    ['one address', from('IpAddress', '198.51.100.7'), 'no *', 'yes *'],
    ['an IPv6 site', from('IpAddress', '2001:db8:1::/48'), 'no *', 'no *'],
    ['a real IPv6 site', from('IpAddress', '2a00:1450::/48'), 'no *', 'yes *'],
    ['all of IPv4', from('IpAddress', '0.0.0.0/0'), 'yes *', ''],
    ['all of IPv6', from('IpAddress', '::/0'), 'yes *', ''],
    ['all of it in two halves', from('IpAddress', '0.0.0.0/1', '128.0.0.0/1'), 'yes *', ''],
    ['one office and everything', from('IpAddress', '198.51.100.0/24', '0.0.0.0/0'), 'yes *', ''],
    ['half of it is not settled', from('IpAddress', '0.0.0.0/1'), 'unknown *', 'yes *'],
    ['a /8 is still a range', from('IpAddress', '52.0.0.0/8'), 'no *', 'yes *'],
    ['a private range admits nobody on the internet', from('IpAddress', '10.0.0.0/8'), 'no *', ''],
    ['everything but one address', from('NotIpAddress', '198.51.100.7'), 'yes *', ''],
    [
      'everything but private ranges',
      from('NotIpAddress', '10.0.0.0/8', '192.168.0.0/16'),
      'yes *',
      '',
    ],
    [
      'everything but half is not settled',
      from('NotIpAddress', '128.0.0.0/1', '::/0'),
      'unknown *',
      'yes *',
    ],
    ['everything but IPv4 is still IPv6', from('NotIpAddress', '0.0.0.0/0'), 'yes *', ''],
    ['everything but everything', from('NotIpAddress', '0.0.0.0/0', '::/0'), 'no *', 'yes *'],
    ['text with a wildcard', { StringLike: { 'aws:SourceIp': '198.51.*' } }, 'no *', 'yes *'],
    [
      'a range as text never equals an address',
      { StringEquals: { 'aws:SourceIp': '198.51.100.0/24' } },
      'no *',
      '',
    ],
    [
      'a range and its opposite',
      { ...from('IpAddress', '198.51.100.0/24'), ...from('NotIpAddress', '198.51.0.0/16') },
      'no *',
      '',
    ],
    ['an endpoint by its id', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, 'no *', 'yes *'],
  ];
  test.each(rows)('%s', (_, condition, anyone, network) => {
    expect(under(condition)).toBe(anyone);
    if (network !== 'no *') expect(under(condition, 'network-limited')).toBe(network);
  });
});

describe('holders of an account of their own', () => {
  const rows: readonly Row[] = [
    ['no given organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-harbour' } }, 'no *'],
    ['any organisation', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'yes *'],
    [
      'a role name in any account',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/clerk' } },
      'yes *',
    ],
    [
      'a role of a given account',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:role/*' } },
      'no *',
    ],
    [
      'a tag that they put on themselves',
      { StringEquals: { 'aws:PrincipalTag/team': 'harbour' } },
      'yes *',
    ],
    ['a session name of their choice', { StringLike: { 'aws:userid': '*:clerk' } }, 'yes *'],
    ['no given role id', { StringLike: { 'aws:userid': 'AROAHARBOUR:*' } }, 'no *'],
    ['any VPC', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, 'yes *'],
    ['no given VPC', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'no *'],
    ['MFA of their own', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'yes *'],
    [
      'no given source bucket',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::harbour-logs' } },
      'no *',
    ],
  ];
  test.each(rows)('%s', (_, condition, open) => {
    expect(under(condition, 'any-account')).toBe(open);
  });

  test('members of a named organisation are a smaller audience', () => {
    const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-harbour' } };
    expect(under(condition, 'organisation')).toBe('yes *');
  });

  test('what anyone may do is not said again of account holders', () => {
    expect(under({ Bool: { 'aws:SecureTransport': 'true' } }, 'any-account')).toBe('');
  });
});

describe('a listing by prefix', () => {
  const listed = (condition: object): string =>
    answers(s3Facts(withPolicy([allowList({ Condition: condition })]), NOW), 'list').join('; ');
  const rows: readonly Row[] = [
    ['shows that prefix', { StringLike: { 's3:prefix': 'public/*' } }, 'yes public/*'],
    ['shows each of several', { StringLike: { 's3:prefix': ['a/*', 'b/*'] } }, 'yes a/*; yes b/*'],
    ['shows everything under the empty one', { StringEquals: { 's3:prefix': '' } }, 'yes *'],
    [
      'shows everything when only some are forbidden',
      { StringNotLike: { 's3:prefix': 'private/*' } },
      'yes *',
    ],
    [
      'shows everything when it may be left out',
      { StringLikeIfExists: { 's3:prefix': 'public/*' } },
      'yes *',
    ],
    [
      'with a delimiter, which can be sent',
      { StringEquals: { 's3:prefix': 'public/', 's3:delimiter': '/' } },
      'yes public/*',
    ],
    [
      'with few keys a page, which can be asked for',
      { NumericLessThanEquals: { 's3:max-keys': '10' } },
      'yes *',
    ],
    [
      'with the caller’s own id',
      { StringLike: { 's3:prefix': 'home/$' + '{aws:userid}/*' } },
      'yes home/anonymous/*',
    ],
  ];
  test.each(rows)('%s', (_, condition, open) => {
    expect(listed(condition)).toBe(open);
  });

  test('a prefix forbidden by a Deny is dodged by asking for everything', () => {
    const facts = s3Facts(
      withPolicy([
        allowList(),
        {
          ...allowList({ Condition: { StringLike: { 's3:prefix': 'private/*' } } }),
          Effect: 'Deny',
        },
      ]),
      NOW,
    );
    expect(answers(facts, 'list')).toEqual(['yes *']);
  });

  test('listing is for the bucket’s own ARN', () => {
    const facts = s3Facts(withPolicy([allowList({ Resource: `${ITSELF}/public/*` })]), NOW);
    expect(answers(facts, 'list')).toEqual(['no *']);
  });
});
