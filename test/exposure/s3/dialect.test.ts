import { describe, expect, test } from 'vitest';
import type { S3Dialect } from '../../../src/exposure/documents.ts';
import { fetched } from '../../../src/exposure/documents.ts';
import { s3Facts } from '../../../src/exposure/s3/index.ts';
import { acl, allow, answers, BUCKET, documents, NOW, withPolicy } from './kit.ts';

const BLOCKED = fetched({ IgnorePublicAcls: true, RestrictPublicBuckets: true });

function withAcl(dialect: S3Dialect): Parameters<typeof s3Facts>[0] {
  return documents({ dialect, acl: fetched(acl(['AllUsers', 'READ'])) });
}

describe('READ for everyone in the bucket’s ACL', () => {
  const rows: readonly (readonly [S3Dialect, string, string, string])[] = [
    ['aws', 'yes *', 'no *', 'lists'],
    ['ceph', 'yes *', 'no *', 'lists, as on Amazon'],
    ['minio', 'no *', 'no *', 'is nothing: there are no ACLs'],
    ['seaweedfs', 'yes *', 'yes *', 'lists and reads'],
    ['versitygw', 'yes *', 'yes *', 'lists and reads'],
    ['oss', 'unknown *', 'yes *', 'reads; its listing is disputed'],
    ['spaces', 'yes *', 'no *', 'lists the files'],
    ['yandex', 'yes *', 'unknown *', 'lists; its reach to objects is not settled'],
    ['generic', 'yes *', 'unknown *', 'lists; the rest nobody has tried'],
  ];
  test.each(rows)('on %s: list %s, read %s, because it %s', (dialect, list, read) => {
    const facts = s3Facts(withAcl(dialect), NOW);
    expect(answers(facts, 'list')).toEqual([list]);
    expect(answers(facts, 'read')).toEqual([read]);
  });

  test('VersityGW names the group by an id', () => {
    const grant = { Grantee: { Type: 'Group', ID: 'all-users' }, Permission: 'READ' };
    const given = documents({ dialect: 'versitygw', acl: fetched({ Grants: [grant] }) });
    expect(answers(s3Facts(given, NOW), 'list')).toEqual(['yes *']);
  });
});

describe('a public policy under a block that is set', () => {
  const rows: readonly (readonly [S3Dialect, string])[] = [
    ['aws', 'no *'],
    ['minio', 'yes *'],
    ['seaweedfs', 'yes *'],
    ['versitygw', 'yes *'],
    ['ceph', 'unknown *'],
    ['generic', 'unknown *'],
  ];
  test.each(rows)('on %s is %s', (dialect, read) => {
    const given = withPolicy([allow()], { dialect, publicAccessBlock: BLOCKED });
    expect(answers(s3Facts(given, NOW), 'read')).toEqual([read]);
  });
});

test('Ceph keeps IgnorePublicAcls', () => {
  const given = { ...withAcl('ceph'), publicAccessBlock: BLOCKED };
  expect(answers(s3Facts(given, NOW), 'list')).toEqual(['no *']);
});

test('Ceph puts a tenant into its ARNs', () => {
  const given = withPolicy([allow({ Resource: `arn:aws:s3::harbour:${BUCKET}/*` })]);
  expect(answers(s3Facts({ ...given, dialect: 'ceph' }, NOW), 'read')).toEqual(['yes *']);
  expect(answers(s3Facts(given, NOW), 'read')).toEqual(['no *']);
});

test('Scaleway writes bare bucket names', () => {
  const given = withPolicy([allow({ Resource: `${BUCKET}/open/*` })], { dialect: 'scaleway' });
  expect(answers(s3Facts(given, NOW), 'read')).toEqual(['yes open/*']);
});

test('SeaweedFS may refuse an unsigned upload that its policy allows', () => {
  const given = withPolicy([allow({ Action: 's3:PutObject' })], { dialect: 'seaweedfs' });
  expect(answers(s3Facts(given, NOW), 'write')).toEqual(['unknown *']);
});

test('a private address range admits somebody where the server stands in a private network', () => {
  const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
  const given = withPolicy([allow({ Condition: condition })]);
  const limited = (dialect: S3Dialect): readonly string[] =>
    answers(s3Facts({ ...given, dialect }, NOW), 'read', 'network-limited');
  expect(limited('minio')).toEqual(['yes *']);
  expect(limited('aws')).toEqual([]);
});

test('R2 publishes by domains that its documents do not show', () => {
  const facts = s3Facts(documents({ dialect: 'r2' }), NOW);
  expect(answers(facts, 'read')).toEqual(['unknown *']);
  expect(answers(facts, 'list')).toEqual(['no *']);
});
