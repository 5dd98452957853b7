/** Random bucket policies over a small alphabet, where wildcards, negations and absent keys meet often. */
import { BUCKET, ITSELF } from './kit.ts';
import type { PlayedStatement } from './reference.ts';

export const RANGES: readonly string[] = [
  '0.0.0.0/0',
  '::/0',
  '198.51.100.0/24',
  '203.0.113.7',
  '2001:db8::/32',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '10.0.0.0/8',
];

export type Pick = <T>(from: readonly T[]) => T;

/** Mulberry32: small and seeded, so that a failing policy can be drawn again. */
export function generator(seed: number): Pick {
  let state = seed;
  return (from) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from[((mixed ^ (mixed >>> 14)) >>> 0) % from.length] as (typeof from)[number];
  };
}

type Condition = NonNullable<PlayedStatement['Condition']>;

function textOperator(pick: Pick): string {
  const set = pick(['', '', '', '', 'ForAnyValue:', 'ForAllValues:']);
  const plain = pick(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike']);
  return `${set}${plain}${set === '' ? pick(['', '', 'IfExists']) : ''}`;
}

function condition(pick: Pick): Condition {
  const some = <T>(from: readonly T[]): T | readonly T[] =>
    pick([0, 1, 2]) === 0 ? [pick(from), pick(from)] : pick(from);
  switch (pick(['referer', 'referer', 'address', 'address', 'prefix', 'caller', 'rest'])) {
    case 'referer':
      return {
        [textOperator(pick)]: {
          'aws:Referer': some(['https://a.example/*', 'xbx', '*b*', '?b?', '*', '']),
        },
      };
    case 'address':
      return {
        [pick(['IpAddress', 'IpAddress', 'NotIpAddress'])]: { 'aws:SourceIp': some(RANGES) },
      };
    case 'prefix':
      return {
        [textOperator(pick)]: { 's3:prefix': some(['a/*', 'a/', '', '*', 'z*', '*b*', 'top']) },
      };
    case 'caller':
      return pick<Condition>([
        { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:role/r' } },
        { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-harbour' } },
        { StringEquals: { 'aws:PrincipalOrgID': 'o-harbour' } },
        { 'ForAllValues:ArnLike': { 'aws:SourceArn': 'arn:aws:sns:*:210987654321:*' } },
        { StringEquals: { 'aws:PrincipalAccount': 'anonymous' } },
        { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
        { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } },
      ]);
    default:
      return pick<Condition>([
        { Null: { 'aws:Referer': pick(['true', 'false']) } },
        { Bool: { 'AWS:SecureTransport': pick(['true', 'false']) } },
        {
          DateLessThan: {
            'aws:CurrentTime': pick(['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z']),
          },
        },
        {
          DateGreaterThan: {
            'aws:CurrentTime': pick(['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z']),
          },
        },
      ]);
  }
}

export function statement(pick: Pick): PlayedStatement {
  const objects = `${ITSELF}/`;
  const resource = (): string =>
    pick([
      `${objects}*`,
      `${objects}*`,
      ITSELF,
      `${ITSELF}*`,
      '*',
      `${objects}a/*`,
      `${objects}*.csv`,
      `${objects}a?*`,
      `${objects}a/1.csv`,
      `${objects}\${aws:userid}/*`,
      `arn:aws:s3:::other-${BUCKET}/*`,
    ]);
  const action = (): string =>
    pick([
      's3:GetObject',
      's3:Get*',
      's3:*',
      '*',
      's3:ListBucket',
      's3:listbucket*',
      's3:PutObject',
      's3:?etObject',
      's3:Delete*',
      's3:GetObjectVersion',
    ]);
  const principal = pick<Named>([
    { Principal: '*' },
    { Principal: '*' },
    { Principal: { AWS: '*' } },
    { Principal: { AWS: ['210987654321', '*'] } },
    { Principal: { AWS: 'arn:aws:iam::210987654321:root' } },
    { Principal: { CanonicalUser: '65a011a29cdf8ec533ec3d1ccaae921c' } },
    { Principal: { Service: 'logging.s3.amazonaws.com' } },
    { NotPrincipal: { AWS: 'arn:aws:iam::210987654321:root' } },
  ]);
  const conditions = pick([
    [],
    [],
    [condition(pick)],
    [condition(pick)],
    [condition(pick), condition(pick)],
  ]);
  const merged: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const one of conditions) {
    for (const [operator, keys] of Object.entries(one)) {
      merged[operator] = { ...merged[operator], ...keys };
    }
  }
  return {
    Effect: pick(['Allow', 'Allow', 'Deny']),
    ...principal,
    ...(pick([0, 1, 2, 3]) === 0
      ? { NotAction: action() }
      : { Action: pick([action(), [action(), action()]]) }),
    ...(pick([0, 1, 2, 3]) === 0
      ? { NotResource: resource().replace(`\${aws:userid}`, 'anonymous') }
      : { Resource: pick([resource(), [resource(), resource()]]) }),
    ...(conditions.length > 0 ? { Condition: merged } : {}),
  };
}

interface Named {
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
}
