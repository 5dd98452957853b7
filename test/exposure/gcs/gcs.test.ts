import { expect, test } from 'vitest';
import { denied, fetched, type GcsBucketDocuments } from '../../../src/exposure/documents.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { judgeGcsCase } from '../../../src/exposure/gcs/case.ts';
import { gcsFacts, gcsObjectFacts } from '../../../src/exposure/gcs.ts';
import { becauseText } from '../../../src/model/because.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DENIED = denied<never>('403');
const CLOSED: GcsBucketDocuments = {
  bucket: 'permits',
  iam: fetched([{ role: 'roles/storage.admin', members: ['projectOwner:lands'] }]),
  acl: fetched([{ entity: 'project-owners-1', role: 'OWNER' }]),
  uniformBucketLevelAccess: fetched(false),
  publicAccessPrevention: fetched<string | null>('inherited'),
  managedFolders: fetched([]),
  requesterPays: fetched(false),
  customRoles: {},
  now: NOW,
};

/** read, list, write, read-acl, write-acl */
function states(change: Partial<GcsBucketDocuments>): string {
  const verdict = evaluate(gcsFacts({ ...CLOSED, ...change }));
  const order = ['read', 'list', 'write', 'read-acl', 'write-acl'] as const;
  return order.map((action) => verdict[action].state).join(' ');
}

const allUsers = (role: string) => fetched([{ role, members: ['allUsers'] }]);

test.each([
  ['nobody outside', {}, 'closed closed closed closed closed'],
  [
    'storage.objectViewer',
    { iam: allUsers('roles/storage.objectViewer') },
    'open open closed closed closed',
  ],
  [
    'storage.legacyObjectReader',
    { iam: allUsers('roles/storage.legacyObjectReader') },
    'open closed closed closed closed',
  ],
  [
    'storage.legacyBucketReader',
    { iam: allUsers('roles/storage.legacyBucketReader') },
    'closed open closed closed closed',
  ],
  [
    'storage.legacyBucketWriter',
    { iam: allUsers('roles/storage.legacyBucketWriter') },
    'closed open open closed closed',
  ],
  [
    'storage.legacyBucketOwner',
    { iam: allUsers('roles/storage.legacyBucketOwner') },
    'closed open open open open',
  ],
  [
    'storage.legacyObjectOwner',
    { iam: allUsers('roles/storage.legacyObjectOwner') },
    'open closed open open open',
  ],
  [
    'storage.objectCreator',
    { iam: allUsers('roles/storage.objectCreator') },
    'closed closed open closed closed',
  ],
  [
    'a role of another product',
    { iam: allUsers('roles/dataflow.worker') },
    'open closed open closed closed',
  ],
  ['a basic role', { iam: allUsers('roles/viewer') }, 'closed closed closed closed closed'],
  [
    'a role nobody knows',
    { iam: allUsers('roles/sidewalk.inspector') },
    'unknown unknown unknown unknown unknown',
  ],
  [
    'a custom role',
    {
      iam: allUsers('projects/lands/roles/x'),
      customRoles: { 'projects/lands/roles/x': ['storage.objects.get'] },
    },
    'open closed closed closed closed',
  ],
  [
    'a custom role that was not read',
    { iam: allUsers('projects/lands/roles/x') },
    'unknown unknown unknown unknown unknown',
  ],
  [
    'any Google account',
    { iam: fetched([{ role: 'roles/storage.objectViewer', members: ['allAuthenticatedUsers'] }]) },
    'open-to-any-account open-to-any-account closed closed closed',
  ],
  [
    'no members',
    { iam: fetched([{ role: 'roles/storage.admin', members: [] }]) },
    'closed closed closed closed closed',
  ],
  [
    'an expired condition',
    {
      iam: fetched([
        {
          role: 'roles/storage.objectViewer',
          members: ['allUsers'],
          condition: { expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' },
        },
      ]),
    },
    'closed closed closed closed closed',
  ],
  [
    'a condition on a prefix',
    {
      iam: fetched([
        {
          role: 'roles/storage.objectViewer',
          members: ['allUsers'],
          condition: {
            expression: 'resource.name.startsWith("projects/_/buckets/permits/objects/out/")',
          },
        },
      ]),
    },
    'partly-open closed closed closed closed',
  ],
  ['an unread IAM policy', { iam: DENIED }, 'unknown unknown unknown unknown unknown'],
  [
    'an unread IAM policy under public access prevention',
    { iam: DENIED, publicAccessPrevention: fetched('enforced') },
    'closed closed closed closed closed',
  ],
  [
    'an unread ACL says nothing of reading',
    { acl: DENIED },
    'closed unknown unknown unknown unknown',
  ],
  [
    'an unread ACL under uniform access',
    { acl: DENIED, uniformBucketLevelAccess: fetched(true) },
    'closed closed closed closed closed',
  ],
  [
    'bucket ACL READER lists',
    { acl: fetched([{ entity: 'allUsers', role: 'READER' }]) },
    'closed open closed closed closed',
  ],
  [
    'bucket ACL WRITER',
    { acl: fetched([{ entity: 'allUsers', role: 'WRITER' }]) },
    'closed open open closed closed',
  ],
  [
    'bucket ACL under uniform access',
    {
      acl: fetched([{ entity: 'allUsers', role: 'OWNER' }]),
      uniformBucketLevelAccess: fetched(true),
    },
    'closed closed closed closed closed',
  ],
  [
    'bucket ACL where uniform access was not read',
    { acl: fetched([{ entity: 'allUsers', role: 'READER' }]), uniformBucketLevelAccess: DENIED },
    'closed unknown closed closed closed',
  ],
  [
    'prevention enforced',
    { iam: allUsers('roles/storage.admin'), publicAccessPrevention: fetched('enforced') },
    'closed closed closed closed closed',
  ],
  [
    'prevention by the organisation',
    { iam: allUsers('roles/storage.admin'), organizationPublicAccessPrevention: fetched(true) },
    'closed closed closed closed closed',
  ],
  [
    'prevention that was not read',
    { iam: allUsers('roles/storage.objectViewer'), publicAccessPrevention: DENIED },
    'unknown unknown closed closed closed',
  ],
  [
    'requester pays',
    { iam: allUsers('roles/storage.objectViewer'), requesterPays: fetched(true) },
    'open-to-any-account open-to-any-account closed closed closed',
  ],
  [
    'a managed folder',
    {
      uniformBucketLevelAccess: fetched(true),
      managedFolders: fetched([
        { name: 'out/', bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
      ]),
    },
    'partly-open partly-open closed closed closed',
  ],
  [
    'managed folders that were not read',
    { uniformBucketLevelAccess: fetched(true), managedFolders: DENIED },
    'unknown unknown unknown unknown unknown',
  ],
  [
    'managed folders cannot be where ACLs are on',
    { managedFolders: DENIED },
    'closed closed closed closed closed',
  ],
  [
    'a default object ACL tells nothing of the objects there are',
    { defaultObjectAcl: fetched([{ entity: 'allUsers', role: 'READER' }]) },
    'unknown closed closed closed closed',
  ],
  [
    'an IP filter',
    { iam: allUsers('roles/storage.objectViewer'), ipFilter: fetched(['203.0.113.0/24']) },
    'closed closed closed closed closed',
  ],
] as [string, Partial<GcsBucketDocuments>, string][])('%s', (_, change, expected) => {
  expect(states(change)).toBe(expected);
});

test('a managed folder opens its prefix', () => {
  const bindings = [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }];
  const managedFolders = fetched([{ name: 'out/2026/', bindings }]);
  const facts = gcsFacts({ ...CLOSED, uniformBucketLevelAccess: fetched(true), managedFolders });
  expect(evaluate(facts).read.slices).toEqual([
    { kind: 'keys', pattern: 'out/2026/*', except: [] },
  ]);
});

test('the reason names role, member and permission', () => {
  const facts = gcsFacts({ ...CLOSED, iam: allUsers('roles/cloudbuild.builds.builder') });
  const [reason] = evaluate(facts).read.because;
  expect(reason && becauseText(reason)).toBe(
    'the IAM policy of the bucket gives roles/cloudbuild.builds.builder to allUsers, and with it storage.objects.get',
  );
});

test.each([
  ['its own ACL', {}, [{ entity: 'allUsers', role: 'READER' }], 'partly-open'],
  ['any account', {}, [{ entity: 'allAuthenticatedUsers', role: 'OWNER' }], 'open-to-any-account'],
  ['nobody', {}, [{ entity: 'user-a@example.org', role: 'OWNER' }], 'closed'],
  [
    'prevention',
    { publicAccessPrevention: fetched('enforced') },
    [{ entity: 'allUsers', role: 'READER' }],
    'closed',
  ],
  [
    'uniform access',
    { uniformBucketLevelAccess: fetched(true) },
    [{ entity: 'allUsers', role: 'READER' }],
    'closed',
  ],
] as [string, Partial<GcsBucketDocuments>, { entity: string; role: string }[], string][])(
  'an object with %s',
  (_, change, acl, state) => {
    const documents = { ...CLOSED, ...change };
    const facts = [...gcsFacts(documents), ...gcsObjectFacts(documents, 'a.csv', fetched(acl))];
    expect(evaluate(facts).read.state).toBe(state);
  },
);

test("an object's ACL that was not read leaves the object unknown", () => {
  const [fact] = gcsObjectFacts(CLOSED, 'a.csv', DENIED);
  expect(fact).toMatchObject({ action: 'read', answer: 'unknown', slice: { pattern: 'a.csv' } });
});

test.each([
  [
    { iamPolicy: '{"bindings":[{"role":"roles/storage.objectViewer","members":["allUsers"]}]}' },
    'yes yes no yes',
  ],
  [
    { iamPolicy: { bindings: [{ role: 'roles/run.invoker', members: ['allUsers'] }] } },
    'unknown unknown unknown yes',
  ],
  [{ iamPolicy: { bindings: [{ role: 'roles/viewer', members: ['allUsers'] }] } }, 'no no no yes'],
  [{ acl: ['READER:allUsers'] }, 'no yes no yes'],
  [{ acl: 'publicReadWrite' }, 'no yes yes yes'],
  [
    { acl: ['READER:allUsers'], iamConfiguration: { uniformBucketLevelAccess: { enabled: true } } },
    'no no no no',
  ],
  [{ defaultObjectAcl: [{ entity: 'allUsers', role: 'READER' }] }, 'unknown no no unknown'],
  [{ objectAcl: [{ entity: 'allUsers', role: 'OWNER' }] }, 'yes no yes yes'],
  [
    {
      iamPolicy: { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
      orgPolicy: { 'storage.publicAccessPrevention': 'enforced' },
    },
    'no no no no',
  ],
  [
    {
      iamPolicy: { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
      orgPolicy: { 'iam.allowedPolicyMemberDomains': ['C0'] },
    },
    'yes yes no yes',
  ],
  [
    {
      iamPolicy: { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
      billing: { requesterPays: true },
    },
    'no no no yes',
  ],
  [{ iamPolicy: 5 }, 'unknown unknown unknown unknown'],
  [{ iamPolicy: { bindings: [7] } }, 'unknown unknown unknown unknown'],
  [{ objectAcl: [7] }, 'unknown no unknown unknown'],
  [
    {
      iamPolicy: { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
      publicAccessPrevention: 'maybe',
    },
    'unknown unknown no unknown',
  ],
  [
    {
      managedFolders: [
        {
          name: 'out',
          iamPolicy: { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] },
        },
      ],
      uniformBucketLevelAccess: true,
    },
    'yes yes no yes',
  ],
] as [Record<string, unknown>, string][])('the case %j is %s', (input, expected) => {
  const judged = judgeGcsCase(input, NOW);
  const { anonymousRead, anonymousList, anonymousWrite } = judged;
  expect([anonymousRead, anonymousList, anonymousWrite, judged.public].join(' ')).toBe(expected);
});

test('an ACL that grants nothing does not contradict what the bucket grants', () => {
  const documents = { ...CLOSED, iam: allUsers('roles/storage.objectViewer') };
  const facts = gcsObjectFacts(documents, 'a.csv', fetched([]));
  expect(facts.map((fact) => fact.action)).toEqual(['read-acl', 'write-acl']);
});
