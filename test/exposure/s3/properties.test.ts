/** What must hold whatever the documents say; the documents come from a seeded generator. */
import { expect, test } from 'vitest';
import type { PolicyStatement, S3Documents } from '../../../src/exposure/documents.ts';
import { fetched } from '../../../src/exposure/documents.ts';
import { s3Facts, s3Public } from '../../../src/exposure/s3/index.ts';
import type { AccessFact } from '../../../src/model/access.ts';
import { ACTIONS, sliceCovers } from '../../../src/model/access.ts';
import { acl, ITSELF, NOW, OBJECTS, withPolicy } from './kit.ts';

const ROUNDS = 250;
const KEYS = ['a/1.csv', 'a/2.txt', 'b/1.csv', 'private/a/1.csv', 'top.csv'];

/** Mulberry32: small, seeded, good enough to pick from lists. */
function generator(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const index = ((mixed ^ (mixed >>> 14)) >>> 0) % from.length;
    return from[index] as (typeof from)[number];
  };
}

type Pick = ReturnType<typeof generator>;

function condition(pick: Pick): object | undefined {
  return pick([
    undefined,
    undefined,
    { StringLike: { 'aws:Referer': pick(['https://a.example/*', '*b*', '*']) } },
    { StringNotEquals: { 'aws:Referer': pick(['x', 'https://a.example/']) } },
    { Bool: { 'aws:SecureTransport': pick(['true', 'false']) } },
    { IpAddress: { 'aws:SourceIp': pick(['198.51.100.0/24', '0.0.0.0/0', '::/0']) } },
    { NotIpAddress: { 'aws:SourceIp': pick(['198.51.100.0/24', '10.0.0.0/8']) } },
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-harbour' } },
    { StringEquals: { 's3:ExistingObjectTag/a': 'b' } },
    { StringLike: { 's3:prefix': pick(['a/*', '', '*']) } },
    { Null: { 'aws:Referer': pick(['true', 'false']) } },
  ]);
}

function statement(pick: Pick, effect: 'Allow' | 'Deny'): PolicyStatement {
  const resource = pick([OBJECTS, ITSELF, '*', `${ITSELF}/a/*`, `${ITSELF}/*.csv`, `${ITSELF}*`]);
  const given = condition(pick);
  return {
    Effect: effect,
    Principal: pick(['*', '*', { AWS: '*' }, { AWS: '210987654321' }]),
    Action: pick(['s3:GetObject', 's3:Get*', 's3:*', 's3:ListBucket', 's3:PutObject']),
    ...(pick([0, 1, 2]) === 0 ? { NotResource: resource } : { Resource: resource }),
    ...(given ? { Condition: given } : {}),
  };
}

function policy(pick: Pick): readonly PolicyStatement[] {
  const count = pick([1, 2, 3]);
  return Array.from({ length: count }, () => statement(pick, pick(['Allow', 'Allow', 'Deny'])));
}

/** `read a/1.csv`, `list` … : everything that an unsigned request may do, and perhaps may. */
function open(facts: readonly AccessFact[], answers: readonly string[] = ['yes']): Set<string> {
  const result = new Set<string>();
  for (const fact of facts) {
    if (fact.audience !== 'anyone' || !answers.includes(fact.answer)) continue;
    for (const key of KEYS) {
      if (fact.slice === null || sliceCovers(fact.slice, key)) result.add(`${fact.action} ${key}`);
    }
  }
  return result;
}

function expectWithin(narrow: S3Documents, wide: S3Documents, round: number): void {
  const before = open(s3Facts(wide, NOW), ['yes', 'unknown']);
  const seed = `round ${round}`;
  for (const one of open(s3Facts(narrow, NOW), ['yes', 'unknown']))
    expect(before, seed).toContain(one);
}

test('adding a Deny never opens anything', () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const pick = generator(round);
    const statements = policy(pick);
    const more = [...statements, statement(pick, 'Deny')];
    expectWithin(withPolicy(more), withPolicy(statements), round);
  }
});

test('adding an Allow never closes anything', () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const pick = generator(round + 10_000);
    const statements = policy(pick);
    const more = [...statements, statement(pick, 'Allow')];
    expectWithin(withPolicy(statements), withPolicy(more), round);
  }
});

test('setting a block never opens anything and never makes anything public', () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const pick = generator(round + 20_000);
    const wide = withPolicy(policy(pick), {
      acl: fetched(
        acl([pick(['AllUsers', 'AuthenticatedUsers']), pick(['READ', 'WRITE', 'FULL_CONTROL'])]),
      ),
    });
    const flags = [
      'BlockPublicAcls',
      'IgnorePublicAcls',
      'BlockPublicPolicy',
      'RestrictPublicBuckets',
    ];
    const narrow = { ...wide, publicAccessBlock: fetched({ [pick(flags)]: true }) };
    expectWithin(narrow, wide, round);
    if (s3Public(narrow)) expect(s3Public(wide)).toBe(true);
  }
});

test('a condition that contradicts itself opens nothing', () => {
  const contradictions = [
    { StringEquals: { 'aws:Referer': 'a' }, StringNotEquals: { 'aws:Referer': 'a' } },
    { Null: { 'aws:UserAgent': 'true' }, StringLike: { 'aws:UserAgent': '*' } },
    {
      IpAddress: { 'aws:SourceIp': '198.51.100.0/24' },
      NotIpAddress: { 'aws:SourceIp': '198.51.0.0/16' },
    },
    { NumericLessThan: { 's3:max-keys': '5' }, NumericGreaterThan: { 's3:max-keys': '5' } },
    {
      DateLessThan: { 'aws:CurrentTime': '2020-01-01' },
      DateGreaterThan: { 'aws:CurrentTime': '2019-01-01' },
    },
    { StringLike: { 'aws:Referer': 'a*', 'aws:PrincipalArn': '*' } },
  ];
  for (const Condition of contradictions) {
    for (let round = 1; round <= 20; round += 1) {
      const one = { ...statement(generator(round), 'Allow'), Condition };
      expect([...open(s3Facts(withPolicy([one]), NOW), ['yes', 'unknown'])]).toEqual([]);
    }
  }
});

test('every action ends with a fact, whatever the policy', () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const facts = s3Facts(withPolicy(policy(generator(round + 30_000))), NOW);
    for (const action of ACTIONS) {
      expect(facts.some((fact) => fact.action === action && fact.audience === 'anyone')).toBe(true);
    }
  }
});

test('a policy of the largest size is judged in a moment', () => {
  const ranges = Array.from({ length: 400 }, (_, i) => `198.${i % 256}.${i % 7}.0/28`);
  const keys = Array.from({ length: 300 }, (_, i) => `${ITSELF}/a*b*${i}*c/*`);
  const started = performance.now();
  s3Facts(
    withPolicy([
      { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: keys },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { NotIpAddress: { 'aws:SourceIp': ranges } },
      },
    ]),
    NOW,
  );
  expect(performance.now() - started).toBeLessThan(20_000);
});
