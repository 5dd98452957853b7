import { expect, test } from 'vitest';
import { judgeDocuments } from '../../src/exposure/cases.ts';
import { UsageError } from '../../src/model/errors.ts';

const CASE = {
  id: 'a',
  provider: 'oci',
  kind: 'bucket',
  input: { publicAccessType: 'ObjectRead' },
};
const OTHER = { ...CASE, id: 'b', input: { publicAccessType: 'NoPublicAccess' } };
const POLICY = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  },
};

function ids(text: string): readonly string[] {
  return judgeDocuments(text, 'in.json').map((one) => `${one.id} ${one.anonymousRead}`);
}

test.each([
  ['an array', JSON.stringify([CASE, OTHER])],
  ['an object with cases', JSON.stringify({ cases: [CASE, OTHER] })],
  ['one a line', `${JSON.stringify(CASE)}\n\n${JSON.stringify(OTHER)}\n`],
  ['with a byte order mark', `\uFEFF${JSON.stringify([CASE, OTHER])}`],
])('cases as %s are judged in order', (_, text) => {
  expect(ids(text)).toEqual(['a yes', 'b no']);
});

test('one case by itself is judged', () => {
  expect(ids(JSON.stringify(CASE))).toEqual(['a yes']);
});

test.each([
  ['an S3 bucket policy', POLICY, 'yes no no yes'],
  ['the answer of get-bucket-policy', { Policy: JSON.stringify(POLICY) }, 'yes no no yes'],
  [
    'the answer of get-bucket-acl',
    {
      Owner: { ID: 'o' },
      Grants: [
        {
          Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
          Permission: 'READ',
        },
      ],
    },
    'no yes no yes',
  ],
  [
    'a Cloud Storage IAM policy',
    { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
    'yes yes no yes',
  ],
  ['a Cloud Storage ACL', [{ entity: 'allUsers', role: 'READER' }], 'no yes no yes'],
  [
    'an OSS policy',
    {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Principal: ['*'],
          Action: ['oss:GetObject'],
          Resource: ['acs:oss:*:*:b/*'],
        },
      ],
    },
    'yes no no yes',
  ],
])('%s by itself is judged under the name of its file', (_, document, expected) => {
  const [one] = judgeDocuments(JSON.stringify(document), 'in.json');
  expect(one?.id).toBe('in.json');
  expect([one?.anonymousRead, one?.anonymousList, one?.anonymousWrite, one?.public].join(' ')).toBe(
    expected,
  );
});

test.each([
  ['no input', { id: 'x', provider: 's3' }],
  ['an input that is a number', { id: 'x', provider: 's3', input: 7 }],
  ['an unknown provider', { id: 'x', provider: 'tape', input: {} }],
  ['no provider to be guessed', { id: 'x', input: { a: 1 } }],
  ['null', null],
  ['a policy that is no JSON', { id: 'x', provider: 's3', input: { bucketPolicy: '{oops' } }],
  ['an ACL of no kind', { id: 'x', provider: 'wasabi', input: { acl: 'sideways' } }],
])('a case with %s is unknown, with a reason', (_, item) => {
  const [odd, sound] = judgeDocuments(JSON.stringify([item, CASE]), 'in.json');
  expect(odd?.anonymousRead).toBe('unknown');
  expect(odd?.because.length).toBeGreaterThan(0);
  expect(sound?.anonymousRead).toBe('yes');
});

test('a line that is no JSON is unknown, the others are judged', () => {
  expect(ids(`${JSON.stringify(CASE)}\n{oops\n${JSON.stringify(OTHER)}`)).toEqual([
    'a yes',
    'in.json#2 unknown',
    'b no',
  ]);
});

test('a missing provider is taken from the fields that only it has', () => {
  expect(ids(JSON.stringify([{ id: 'x', input: { bucketPolicy: POLICY } }]))).toEqual(['x yes']);
});

test.each([
  ['empty text', '', 'is empty'],
  ['XML', '<AccessControlPolicy/>', 'is XML'],
  ['broken JSON', '{"a": ', 'is no JSON'],
  ['a number', '7', 'holds a single value'],
  ['another kind of JSON', '{"colour":"red"}', 'of a kind that ajar does not judge'],
])('%s is refused in one sentence that names the file and what is accepted', (_, text, what) => {
  const judge = () => judgeDocuments(text, 'in.json');
  expect(judge).toThrow(UsageError);
  expect(judge).toThrow(new RegExp(`^in\\.json [^\\n]*${what}[^\\n]*accepted are [^\\n]*$`));
});

test('the message about broken JSON quotes nothing of the file', () => {
  expect(() => judgeDocuments('{"name": "Erika Musterfrau" oops}', 'in.json')).not.toThrow(
    /Musterfrau/,
  );
});

test('odd input of every sort ends as a verdict, never as a crash', () => {
  const odd = [null, 7, '', 'x', [], [[]], {}, { a: {} }, true, -1, '*', ['*'], [null], [{}]];
  const fields = [
    'bucketPolicy',
    'acl',
    'objectAcl',
    'publicAccessBlock',
    'ownership',
    'iamPolicy',
    'customRoles',
    'managedFolders',
    'uniformBucketLevelAccess',
    'publicAccessPrevention',
    'publicAccess',
    'allowBlobPublicAccess',
    'networkAcls',
    'staticWebsite',
    'readAcl',
    'writeAcl',
    'customDomains',
    'r2DevEnabled',
    'policies',
    'public',
    'bucketType',
    'publicAccessType',
    'anonymousAccessFlags',
  ];
  const providers = [
    's3',
    'azure',
    'gcs',
    'minio',
    'oss',
    'obs',
    'cos',
    'r2',
    'oci',
    'spaces',
    'scaleway',
    'wasabi',
    'yandex',
    'supabase',
    'swift',
    'ceph',
    'b2',
  ];
  const cases = providers.flatMap((provider) =>
    fields.flatMap((field) => odd.map((value) => ({ provider, input: { [field]: value } }))),
  );
  const verdicts = judgeDocuments(JSON.stringify(cases), 'in.json');
  expect(verdicts).toHaveLength(cases.length);
  const failed = verdicts
    .map((one, at) => [one.because.join(' '), JSON.stringify(cases[at])])
    .filter(([reason]) => reason?.includes('evaluation failed'));
  expect(failed).toEqual([]);
  expect(verdicts.every((one) => one.because.length > 0)).toBe(true);
  expect(verdicts.flatMap((one) => one.because).filter((text) => /^\w+\.\w+/.test(text))).toEqual(
    [],
  );
});
