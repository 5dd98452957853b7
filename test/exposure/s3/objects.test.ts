import { describe, expect, test } from 'vitest';
import type { S3Dialect, S3Documents } from '../../../src/exposure/documents.ts';
import { denied, fetched } from '../../../src/exposure/documents.ts';
import { objectGrantsPossible, s3ObjectFacts } from '../../../src/exposure/s3/index.ts';
import { acl, answers, deny, documents, ITSELF, NOW, withPolicy } from './kit.ts';

const KEY = 'lists/people.csv';
const READABLE = fetched(acl(['AllUsers', 'READ']));

function read(given: S3Documents, audience: 'anyone' | 'any-account' = 'anyone'): string {
  return answers(s3ObjectFacts(given, KEY, READABLE, 'none', NOW), 'read', audience).join('; ');
}

describe('an object with a public ACL of its own', () => {
  test('is readable in a bucket that is closed', () => {
    expect(read(documents())).toBe(`yes ${KEY}`);
  });

  test('is not when ACLs are switched off', () => {
    expect(read(documents({ ownership: fetched('BucketOwnerEnforced') }))).toBe(`no ${KEY}`);
  });

  test('is not when public ACLs are ignored', () => {
    const block = fetched({ IgnorePublicAcls: true });
    expect(read(documents({ accountPublicAccessBlock: block }))).toBe(`no ${KEY}`);
  });

  test('is still when new public ACLs are refused', () => {
    const publicAccessBlock = fetched({ BlockPublicAcls: true });
    expect(read(documents({ publicAccessBlock }))).toBe(`yes ${KEY}`);
  });

  test('is not when the policy denies its prefix', () => {
    const refused = deny({ Action: 's3:GetObject*', Resource: `${ITSELF}/lists/*` });
    expect(read(withPolicy([refused]))).toBe(`no ${KEY}`);
  });

  test('is still when the policy denies another prefix', () => {
    const refused = deny({ Action: 's3:GetObject*', Resource: `${ITSELF}/other/*` });
    expect(read(withPolicy([refused]))).toBe(`yes ${KEY}`);
  });

  test('is not for unsigned requests when the requester pays', () => {
    const given = documents({ requesterPays: fetched(true) });
    expect(read(given)).toBe(`no ${KEY}`);
    expect(read(given, 'any-account')).toBe(`yes ${KEY}`);
  });
});

test('under SSE-KMS an unsigned request gets nothing, whatever the ACL says', () => {
  const facts = s3ObjectFacts(documents(), KEY, READABLE, 'kms', NOW);
  expect(answers(facts, 'read')).toEqual([`no ${KEY}`]);
});

test('WRITE on an object has no effect, FULL_CONTROL opens data and ACL', () => {
  const written = s3ObjectFacts(documents(), KEY, fetched(acl(['AllUsers', 'WRITE'])), 'none', NOW);
  expect(answers(written, 'write')).toEqual([]);
  const full = s3ObjectFacts(
    documents(),
    KEY,
    fetched(acl(['AllUsers', 'FULL_CONTROL'])),
    'none',
    NOW,
  );
  expect(answers(full, 'read')).toEqual([`yes ${KEY}`]);
  expect(answers(full, 'write-acl')).toEqual([`yes ${KEY}`]);
});

test('an object for account holders is not for anyone', () => {
  const given = fetched(acl(['AuthenticatedUsers', 'READ']));
  const facts = s3ObjectFacts(documents(), KEY, given, 'none', NOW);
  expect(answers(facts, 'read')).toEqual([`no ${KEY}`]);
  expect(answers(facts, 'read', 'any-account')).toEqual([`yes ${KEY}`]);
});

test('an unread object ACL is unknown unless ACLs are off', () => {
  const unread = denied<null>('AccessDenied');
  expect(answers(s3ObjectFacts(documents(), KEY, unread), 'read')).toEqual([`unknown ${KEY}`]);
  const off = documents({ ownership: fetched('BucketOwnerEnforced') });
  expect(answers(s3ObjectFacts(off, KEY, unread), 'read')).toEqual([`no ${KEY}`]);
});

test('a key with a star in it is that key', () => {
  const facts = s3ObjectFacts(documents(), 'a*b', READABLE, 'none', NOW);
  expect(answers(facts, 'read')).toEqual(['yes a*b']);
});

describe('single objects can be open', () => {
  test('unless it is sure that ACLs are off or ignored', () => {
    expect(objectGrantsPossible(documents())).toBe(true);
    expect(objectGrantsPossible(documents({ ownership: denied('AccessDenied') }))).toBe(true);
    expect(objectGrantsPossible(documents({ ownership: fetched('ObjectWriter') }))).toBe(true);
    expect(objectGrantsPossible(documents({ ownership: fetched('BucketOwnerEnforced') }))).toBe(
      false,
    );
    const block = fetched({ IgnorePublicAcls: true });
    expect(objectGrantsPossible(documents({ publicAccessBlock: block }))).toBe(false);
  });

  const rows: readonly (readonly [S3Dialect, boolean])[] = [
    ['minio', false],
    ['seaweedfs', false],
    ['versitygw', false],
    ['ceph', true],
    ['generic', true],
  ];
  test.each(rows)('on %s: %s', (dialect, possible) => {
    expect(objectGrantsPossible(documents({ dialect }))).toBe(possible);
  });
});
