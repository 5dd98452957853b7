import { expect, test } from 'vitest';
import { judged, type Planned, plan } from './planned.ts';

const GOOGLE: Planned = {
  address: 'google_storage_bucket.maps',
  values: { name: 'maps', uniform_bucket_level_access: true },
  later: ['id', 'public_access_prevention'],
};
const maps = (
  type: string,
  values: Record<string, unknown>,
  more: Partial<Planned> = {},
): Planned => ({
  address: `${type}.maps`,
  values: { bucket: 'maps', ...values },
  ...more,
});
const VIEWER = { role: 'roles/storage.objectViewer' };

test.each([
  ['says nothing', [GOOGLE], 'no no no no'],
  [
    'gives a member',
    [GOOGLE, maps('google_storage_bucket_iam_member', { ...VIEWER, member: 'allUsers' })],
    'yes yes no yes',
  ],
  [
    'gives a binding',
    [
      GOOGLE,
      maps('google_storage_bucket_iam_binding', {
        ...VIEWER,
        members: ['user:a@example.org', 'allAuthenticatedUsers'],
      }),
    ],
    'no no no yes',
  ],
  [
    'gives a policy',
    [
      GOOGLE,
      maps('google_storage_bucket_iam_policy', {
        policy_data: JSON.stringify({ bindings: [{ ...VIEWER, members: ['allUsers'] }] }),
      }),
    ],
    'yes yes no yes',
  ],
  [
    'prevents public access',
    [
      { ...GOOGLE, values: { ...GOOGLE.values, public_access_prevention: 'enforced' } },
      maps('google_storage_bucket_iam_member', { ...VIEWER, member: 'allUsers' }),
    ],
    'no no no no',
  ],
  [
    'has an ACL that uniform access switches off',
    [GOOGLE, maps('google_storage_bucket_acl', { predefined_acl: 'publicRead' })],
    'no no no no',
  ],
  [
    'has an ACL',
    [
      { ...GOOGLE, values: { name: 'maps', uniform_bucket_level_access: false } },
      maps('google_storage_bucket_access_control', { entity: 'allUsers', role: 'WRITER' }),
    ],
    'no yes yes yes',
  ],
  [
    'has a policy known only after apply',
    [GOOGLE, maps('google_storage_bucket_iam_policy', {}, { later: ['policy_data'] })],
    'unknown unknown unknown unknown',
  ],
  [
    'has a condition on its member',
    [
      GOOGLE,
      maps('google_storage_bucket_iam_member', {
        ...VIEWER,
        member: 'allUsers',
        condition: [{ title: 't', expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' }],
      }),
    ],
    'no no no no',
  ],
  [
    'opens a managed folder',
    [
      GOOGLE,
      maps('google_storage_managed_folder_iam_member', {
        ...VIEWER,
        managed_folder: 'out/',
        member: 'allUsers',
      }),
    ],
    'yes yes no yes',
  ],
] as [string, readonly Planned[], string][])(
  'a bucket of Google that %s',
  (_, resources, expected) => {
    expect(judged(plan(resources))['google_storage_bucket.maps']).toBe(expected);
  },
);
