/** What any account gets by what Amazon itself writes into a request: its id, the service that calls for it. */
import { describe, expect, test } from 'vitest';
import type { S3Documents } from '../../../src/exposure/documents.ts';
import { s3Facts } from '../../../src/exposure/s3/index.ts';
import type { Action, Audience } from '../../../src/model/access.ts';
import { becauseText } from '../../../src/model/because.ts';
import { allow, allowList, answers, deny, ITSELF, NOW, withPolicy } from './kit.ts';

function says(given: S3Documents, action: Action, audience?: Audience): string {
  return answers(s3Facts(given, NOW), action, audience).join('; ');
}

function why(given: S3Documents, action: Action, audience: Audience): string {
  const facts = s3Facts(given, NOW).filter(
    (fact) => fact.action === action && fact.audience === audience,
  );
  return facts.map(({ because }) => becauseText(because)).join('; ');
}

const OBJECT = `${ITSELF}/home`;

describe('a variable that Amazon fills differently for each caller', () => {
  test.each(['aws:userid', 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalOrgID'])(
    'in a resource opens nothing of others to a stranger: %s',
    (key) => {
      const given = withPolicy([allow({ Resource: `${OBJECT}/\${${key}}/*` })]);
      expect(says(given, 'read', 'any-account')).not.toMatch(/^(yes|unknown)/);
    },
  );

  test('which each caller chooses opens to any account: a user may be called what he likes', () => {
    const given = withPolicy([allow({ Resource: `${OBJECT}/\${aws:username}/*` })]);
    expect(says(given, 'read', 'any-account')).toBe('yes home/*/*');
  });

  test('opens to unsigned requests what is called as all of them are', () => {
    const given = withPolicy([allow({ Resource: `${OBJECT}/\${aws:userid}/*` })]);
    expect(says(given, 'read')).toBe('yes home/anonymous/*');
  });

  test('in the prefix of a list shows a stranger nothing but his own', () => {
    const given = withPolicy([
      allowList({ Condition: { StringLike: { 's3:prefix': `\${aws:userid}/*` } } }),
    ]);
    expect(says(given, 'list', 'any-account')).not.toMatch(/^(yes|unknown)/);
  });

  test('in a Deny takes nothing from what is open to all', () => {
    const given = withPolicy([allow(), deny({ Resource: `${OBJECT}/\${aws:userid}/*` })]);
    expect(says(given, 'read')).toMatch(/^yes \*/);
  });

  test('in the NotResource of a Deny leaves a stranger nothing', () => {
    const signed = { StringNotEquals: { 'aws:PrincipalAccount': 'anonymous' } };
    const given = withPolicy([
      allow({ Condition: signed }),
      deny({ NotResource: `${OBJECT}/\${aws:userid}/*` }),
    ]);
    expect(says(given, 'read', 'any-account')).not.toMatch(/^(yes|unknown)/);
  });
});

describe('a key that is there only where a service calls for the caller', () => {
  const service = (value: string): ReturnType<typeof withPolicy> =>
    withPolicy([allow({ Condition: { ArnLike: { 'aws:SourceArn': value } } })]);

  test('and fits any account is not known to open: no document says which service would', () => {
    const given = service('arn:aws:cloudfront::*:distribution/*');
    expect(says(given, 'read', 'any-account')).toMatch(/^unknown/);
    expect(why(given, 'read', 'any-account')).toContain('aws:sourcearn');
    expect(says(given, 'read')).toBe('no *');
  });

  test('and names an account opens to no other', () => {
    const given = service('arn:aws:cloudfront::210987654321:distribution/*');
    expect(says(given, 'read', 'any-account')).not.toMatch(/^(yes|unknown)/);
  });

  test('and may be missing opens to every direct call', () => {
    for (const operator of ['ArnNotLike', 'ArnLikeIfExists', 'ForAllValues:ArnLike']) {
      const given = withPolicy([
        allow({ Condition: { [operator]: { 'aws:SourceArn': 'arn:aws:sns:*:210987654321:*' } } }),
      ]);
      expect(says(given, 'read'), operator).toMatch(/^yes/);
    }
  });

  test.each(['aws:SourceAccount', 'aws:SourceOwner'])('is as unsure for %s', (key) => {
    const given = withPolicy([allow({ Condition: { StringLike: { [key]: '*' } } })]);
    expect(says(given, 'read', 'any-account')).toMatch(/^unknown/);
  });
});

describe('the id of the caller as a condition', () => {
  const byId = (pattern: string): string =>
    says(
      withPolicy([allow({ Condition: { StringLike: { 'aws:userid': pattern } } })]),
      'read',
      'any-account',
    );

  test('with the id of one role lets no stranger in, whatever his session is called', () => {
    expect(byId('AROAEXAMPLEROLEID:*')).not.toMatch(/^(yes|unknown)/);
  });

  test('with a name of the session alone lets in whoever calls his so', () => {
    expect(byId('*:harbour')).toMatch(/^yes/);
  });
});
