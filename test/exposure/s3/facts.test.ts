import { describe, expect, test } from 'vitest';
import type { S3Documents } from '../../../src/exposure/documents.ts';
import { denied, fetched } from '../../../src/exposure/documents.ts';
import { s3Facts } from '../../../src/exposure/s3/index.ts';
import type { Action, Audience } from '../../../src/model/access.ts';
import { ACTIONS } from '../../../src/model/access.ts';
import { becauseText } from '../../../src/model/because.ts';
import {
  acl,
  allow,
  allowList,
  answers,
  deny,
  documents,
  ITSELF,
  NOW,
  OBJECTS,
  withPolicy,
} from './kit.ts';

function says(given: S3Documents, action: Action, audience?: Audience): string {
  return answers(s3Facts(given, NOW), action, audience).join('; ');
}

/** The sentences of one audience and action. */
function why(given: S3Documents, action: Action, audience: Audience = 'anyone'): string {
  const facts = s3Facts(given, NOW).filter(
    (fact) => fact.action === action && fact.audience === audience,
  );
  return facts.map(({ because }) => becauseText(because)).join('; ');
}

describe('slices', () => {
  const rows: readonly (readonly [string, readonly object[], string])[] = [
    ['a prefix is a slice', [allow({ Resource: `${ITSELF}/export/*` })], 'yes export/*'],
    ['one object is itself', [allow({ Resource: `${ITSELF}/a.csv` })], 'yes a.csv'],
    [
      'two prefixes are two slices',
      [allow({ Resource: [`${ITSELF}/a/*`, `${ITSELF}/b/*`] })],
      'yes a/*; yes b/*',
    ],
    [
      'a narrower one beside the whole is not told',
      [allow({ Resource: [OBJECTS, `${ITSELF}/b/*`] })],
      'yes *',
    ],
    [
      'a Deny is carved out',
      [allow(), deny({ Resource: `${ITSELF}/private/*` })],
      'yes * without private/*',
    ],
    [
      'a Deny beside the slice is not',
      [allow({ Resource: `${ITSELF}/a/*` }), deny({ Resource: `${ITSELF}/b/*` })],
      'yes a/*',
    ],
    [
      'NotResource is carved out',
      [allow({ NotResource: `${ITSELF}/private/*` })],
      'yes * without private/*',
    ],
    [
      'what a Deny spares stays',
      [allow(), deny({ NotResource: `${ITSELF}/open/*` })],
      'yes open/*',
    ],
    [
      'where allowed and spared overlap',
      [allow({ Resource: `${ITSELF}/a/*` }), deny({ NotResource: `${ITSELF}/*.txt` })],
      'yes a/*.txt',
    ],
    ['two statements are two facts', [allow({ Sid: 'A' }), allow({ Sid: 'B' })], 'yes *; yes *'],
  ];
  test.each(rows)('%s', (_, statements, expected) => {
    expect(says(withPolicy(statements), 'read')).toBe(expected);
  });
});

test('each action of anyone ends with a fact, and so does each of account holders', () => {
  const facts = s3Facts(documents(), NOW);
  for (const audience of ['anyone', 'any-account'] as const) {
    for (const action of ACTIONS) expect(answers(facts, action, audience)).toEqual(['no *']);
  }
});

describe('reasons', () => {
  test('a statement is named with its calls and its resources', () => {
    expect(why(withPolicy([allow({ Sid: 'Open', Action: 's3:Get*' })]), 'read')).toBe(
      `statement Open of the bucket policy (on ${OBJECTS}) allows s3:GetObject, s3:GetObjectVersion to everyone`,
    );
  });

  test('a statement without a Sid is named by its place', () => {
    expect(why(withPolicy([deny(), allowList()]), 'list')).toContain('statement #2 ');
  });

  test('a Deny that closes everything is named', () => {
    const given = withPolicy([allow(), deny({ Sid: 'Closed' })]);
    expect(why(given, 'read')).toContain('Deny Closed refuses it');
  });

  test('a condition that nobody outside can meet is named by its key', () => {
    const given = withPolicy([
      allow({ Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } }),
    ]);
    expect(why(given, 'read')).toContain('asks for aws:sourceaccount');
  });

  test('a range is named by its ends', () => {
    const given = withPolicy([
      allow({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }),
    ]);
    expect(why(given, 'read', 'network-limited')).toContain('from 198.51.100.0 to 198.51.100.255');
  });

  test('an organisation that a Deny spares is named by its key', () => {
    const Condition = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-harbour' } };
    const given = withPolicy([allow(), deny({ Condition })]);
    expect(why(given, 'read', 'organisation')).toContain('those whom aws:principalorgid names');
  });

  test('what depends on the objects is said once, not for each audience', () => {
    const Condition = { StringEquals: { 's3:ExistingObjectTag/open': 'yes' } };
    const given = withPolicy([allow({ Condition })]);
    expect(says(given, 'read')).toBe('unknown *');
    expect(says(given, 'read', 'any-account')).toBe('');
  });

  test('the block that cuts a statement off is named with its level', () => {
    const given = withPolicy([allow()], {
      accountPublicAccessBlock: fetched({ RestrictPublicBuckets: true }),
    });
    expect(why(given, 'read')).toContain('RestrictPublicBuckets is set on the account');
  });
});

describe('access control lists', () => {
  const granted = (...grants: readonly (readonly [string, string])[]): S3Documents =>
    documents({ acl: fetched(acl(...grants)) });

  test('READ on the bucket is the list and never the data', () => {
    const given = granted(['AllUsers', 'READ']);
    expect(says(given, 'list')).toBe('yes *');
    expect(says(given, 'read')).toBe('no *');
  });

  test('WRITE is writing, READ_ACP and WRITE_ACP are the ACL’s', () => {
    expect(says(granted(['AllUsers', 'WRITE']), 'write')).toBe('yes *');
    expect(says(granted(['AllUsers', 'READ_ACP']), 'read-acl')).toBe('yes *');
    expect(says(granted(['AllUsers', 'WRITE_ACP']), 'write-acl')).toBe('yes *');
  });

  test('FULL_CONTROL is everything but the data', () => {
    const given = granted(['AllUsers', 'FULL_CONTROL']);
    const open = ACTIONS.filter((action) => says(given, action) === 'yes *');
    expect(open).toEqual(['list', 'write', 'read-acl', 'write-acl']);
  });

  test('AuthenticatedUsers are account holders, not anyone', () => {
    const given = granted(['AuthenticatedUsers', 'READ']);
    expect(says(given, 'list')).toBe('no *');
    expect(says(given, 'list', 'any-account')).toBe('yes *');
  });

  test('a Deny in the policy beats the ACL', () => {
    const refused = deny({ Action: 's3:List*', Resource: ITSELF });
    const given = withPolicy([refused], { acl: fetched(acl(['AllUsers', 'READ'])) });
    expect(says(given, 'list')).toBe('no *');
  });

  test('a Deny on the objects does not touch the list', () => {
    const refused = deny({ Action: 's3:List*', Resource: OBJECTS });
    const given = withPolicy([refused], { acl: fetched(acl(['AllUsers', 'READ'])) });
    expect(says(given, 'list')).toBe('yes *');
  });

  test('RestrictPublicBuckets leaves an ACL alone', () => {
    const publicAccessBlock = fetched({ RestrictPublicBuckets: true });
    const given = { ...granted(['AllUsers', 'READ']), publicAccessBlock };
    expect(says(given, 'list')).toBe('yes *');
  });

  test('an ACL that is shown is effective, whatever else could not be read', () => {
    const given = {
      ...granted(['AllUsers', 'READ']),
      ownership: denied<null>('AccessDenied'),
      publicAccessBlock: denied<null>('AccessDenied'),
    };
    expect(says(given, 'list')).toBe('yes *');
  });
});

describe('blocks', () => {
  const restricted = { publicAccessBlock: fetched({ RestrictPublicBuckets: true }) };

  test('RestrictPublicBuckets cuts a public policy off, also for account holders', () => {
    const given = withPolicy([allow()], restricted);
    expect(says(given, 'read')).toBe('no *');
    expect(says(given, 'read', 'any-account')).toBe('no *');
  });

  test('one public statement takes the others’ outsiders with it', () => {
    const office = allow({
      Action: 's3:PutObject',
      Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
    });
    expect(says(withPolicy([office, allow()], restricted), 'write', 'network-limited')).toBe('');
  });

  test('a policy that is not public passes: an office stays let in', () => {
    const office = allow({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } });
    expect(says(withPolicy([office], restricted), 'read', 'network-limited')).toBe('yes *');
  });

  test('BlockPublicPolicy closes nothing that is open', () => {
    const publicAccessBlock = fetched({ BlockPublicPolicy: true, BlockPublicAcls: true });
    expect(says(withPolicy([allow()], { publicAccessBlock }), 'read')).toBe('yes *');
  });
});

describe('documents that could not be read', () => {
  const shut = denied<null>('AccessDenied');

  test('an unread policy is unknown, not closed', () => {
    expect(says(documents({ policy: shut }), 'read')).toBe('unknown *');
  });

  test('an unread policy under a block of all policies is closed', () => {
    const publicAccessBlock = fetched({ RestrictPublicBuckets: true });
    expect(says(documents({ policy: shut, publicAccessBlock }), 'read')).toBe('no *');
  });

  test('an unread ACL leaves the list unknown and the data closed', () => {
    expect(says(documents({ acl: shut }), 'list')).toBe('unknown *');
    expect(says(documents({ acl: shut }), 'read')).toBe('no *');
  });

  test('an unread ACL under BucketOwnerEnforced is closed', () => {
    const ownership = fetched('BucketOwnerEnforced' as const);
    expect(says(documents({ acl: shut, ownership }), 'list')).toBe('no *');
  });

  test('both unread and both blocked is closed', () => {
    const publicAccessBlock = fetched({ RestrictPublicBuckets: true, IgnorePublicAcls: true });
    const given = documents({ policy: shut, acl: shut, ownership: shut, publicAccessBlock });
    for (const action of ACTIONS) expect(says(given, action)).toBe('no *');
  });

  test('an unread block makes an open policy unknown', () => {
    expect(says(withPolicy([allow()], { publicAccessBlock: shut }), 'read')).toBe('unknown *');
    expect(says(withPolicy([allow()], { accountPublicAccessBlock: shut }), 'read')).toBe(
      'unknown *',
    );
  });

  test('one level that is set settles it, whatever the other says', () => {
    const accountPublicAccessBlock = fetched({ RestrictPublicBuckets: true });
    const given = withPolicy([allow()], { publicAccessBlock: shut, accountPublicAccessBlock });
    expect(says(given, 'read')).toBe('no *');
  });

  test('a grant that is seen is open beside a policy that is not', () => {
    const given = documents({ policy: shut, acl: fetched(acl(['AllUsers', 'READ'])) });
    expect(says(given, 'list')).toBe('yes *');
    expect(says(given, 'read')).toBe('unknown *');
  });
});

describe('requester pays', () => {
  const requesterPays = fetched(true);

  test('an unsigned request is refused, an account holder’s is not', () => {
    const given = withPolicy([allow()], { requesterPays });
    expect(says(given, 'read')).toBe('no *');
    expect(says(given, 'read', 'any-account')).toBe('yes *');
    expect(why(given, 'read')).toContain('the requester pays');
  });

  test('not knowing it is unknown', () => {
    const given = withPolicy([allow()], { requesterPays: denied('AccessDenied') });
    expect(says(given, 'read')).toBe('unknown *');
  });
});

describe('access points', () => {
  const name = 'reports';
  const open = allow({
    Resource: `arn:aws:s3:eu-west-1:210987654321:accesspoint/${name}/object/year/*`,
  });
  const point = {
    name,
    networkOrigin: 'Internet',
    policy: { Statement: open },
    publicAccessBlock: null,
  } as const;
  const delegating = allow({
    Action: '*',
    Resource: [ITSELF, OBJECTS],
    Condition: { StringEquals: { 's3:DataAccessPointAccount': '210987654321' } },
  });

  test('a public point serves any account what the bucket delegates, and never an unsigned request', () => {
    const given = withPolicy([delegating], { accessPoints: fetched([point]) });
    expect(says(given, 'read')).toBe('no *');
    expect(says(given, 'read', 'any-account')).toBe('yes year/*');
  });

  test('a multi-region point is known by its alias, and opens to any account as well', () => {
    const alias = 'mfzwi23gnjvgw.mrap';
    const world = {
      ...point,
      alias,
      policy: {
        Statement: allow({ Resource: `arn:aws:s3::210987654321:accesspoint/${alias}/object/*` }),
      },
    };
    const given = withPolicy([delegating], { multiRegionAccessPoints: fetched([world]) });
    expect(says(given, 'read', 'any-account')).toBe('yes *');
    const other = { ...world, alias: 'another.mrap' };
    const elsewhere = withPolicy([delegating], { multiRegionAccessPoints: fetched([other]) });
    expect(says(elsewhere, 'read', 'any-account')).toBe('no *');
  });

  test('points of another account may open to anybody, and only that account can tell', () => {
    const to = (account: string): S3Documents =>
      withPolicy(
        [
          allow({
            Action: '*',
            Resource: [ITSELF, OBJECTS],
            Condition: { StringEquals: { 's3:DataAccessPointAccount': account } },
          }),
        ],
        { account: '210987654321' },
      );
    expect(says(to('555566667777'), 'read', 'any-account')).toBe('unknown *');
    expect(why(to('555566667777'), 'read', 'any-account')).toContain('account 555566667777');
    expect(says(to('210987654321'), 'read', 'any-account')).toBe('no *');
    // What another account's points may do, the own account's may not.
    const own = { ...to('555566667777'), accessPoints: fetched([point]) };
    expect(says(own, 'read', 'any-account')).toBe('unknown *');
    expect(says(to('555566667777'), 'read')).toBe('no *');
  });

  test('a point alone opens nothing', () => {
    const given = documents({ accessPoints: fetched([point]) });
    expect(says(given, 'read', 'any-account')).toBe('no *');
    expect(why(given, 'read', 'any-account')).toContain('does not let them in');
  });

  test('a point of a VPC is closed to strangers', () => {
    const inside = { ...point, networkOrigin: 'VPC' } as const;
    const given = withPolicy([delegating], { accessPoints: fetched([inside]) });
    expect(says(given, 'read', 'any-account')).toBe('no *');
  });

  test('a block on the point closes it', () => {
    const blocked = { ...point, publicAccessBlock: { RestrictPublicBuckets: true } };
    const given = withPolicy([delegating], { accessPoints: fetched([blocked]) });
    expect(says(given, 'read', 'any-account')).toBe('no *');
  });

  test('unread points matter only where the bucket delegates to them', () => {
    const accessPoints = denied<readonly never[]>('AccessDenied');
    expect(says(withPolicy([delegating], { accessPoints }), 'read', 'any-account')).toBe(
      'unknown *',
    );
    expect(says(documents({ accessPoints }), 'read', 'any-account')).toBe('no *');
  });
});

test('a Deny on each caller’s own folder keeps no caller from the folders of others', () => {
  const own = deny({ Resource: `${ITSELF}/\${aws:userid}/*` });
  const facts = s3Facts(withPolicy([allow(), own]), NOW);
  expect(answers(facts, 'read', 'any-account')).toEqual(['yes *']);
});

test('an Allow on all but each caller’s own folder opens the folders of others', () => {
  const others = allow({ Principal: { AWS: '*' }, NotResource: `${ITSELF}/\${aws:userid}/*` });
  const facts = s3Facts(withPolicy([others]), NOW);
  expect(answers(facts, 'read', 'any-account')).toEqual(['yes *']);
});
