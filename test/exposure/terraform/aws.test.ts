import { expect, test } from 'vitest';
import { judgeDocuments } from '../../../src/exposure/cases.ts';
import { judged, type Planned, plan } from './planned.ts';

const PUBLIC_READ = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::forms/*' },
  ],
});
const BUCKET: Planned = {
  address: 'aws_s3_bucket.forms',
  values: { bucket: 'forms' },
  later: ['id', 'arn'],
};
const OFF = {
  block_public_acls: false,
  block_public_policy: false,
  ignore_public_acls: false,
  restrict_public_buckets: false,
};
const at = (
  type: string,
  values: Record<string, unknown>,
  more: Partial<Planned> = {},
): Planned => ({
  address: `${type}.forms`,
  values: { bucket: 'forms', ...values },
  ...more,
});
const UNBLOCKED = at('aws_s3_bucket_public_access_block', OFF);
const ACLS_ON = at('aws_s3_bucket_ownership_controls', {
  rule: [{ object_ownership: 'BucketOwnerPreferred' }],
});
const POLICY = at('aws_s3_bucket_policy', { policy: PUBLIC_READ });
const existing = (one: Planned): Planned => ({ ...one, actions: ['no-op'] });

test.each([
  ['says nothing', [BUCKET], 'no no no no'],
  ['has a public policy under the default block', [BUCKET, POLICY], 'no no no no'],
  ['has a public policy and no block', [BUCKET, POLICY, UNBLOCKED], 'yes no no yes'],
  [
    'has a public policy and a block that restricts',
    [
      BUCKET,
      POLICY,
      at('aws_s3_bucket_public_access_block', { ...OFF, restrict_public_buckets: true }),
    ],
    'no no no no',
  ],
  [
    'has a public ACL while ownership is the default',
    [BUCKET, UNBLOCKED, at('aws_s3_bucket_acl', { acl: 'public-read' })],
    'no no no no',
  ],
  [
    'has a public ACL that counts',
    [BUCKET, UNBLOCKED, ACLS_ON, at('aws_s3_bucket_acl', { acl: 'public-read-write' })],
    'no yes yes yes',
  ],
  [
    'has grants that count',
    [
      BUCKET,
      UNBLOCKED,
      ACLS_ON,
      at('aws_s3_bucket_acl', {
        access_control_policy: [
          {
            grant: [
              {
                grantee: [
                  { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                ],
                permission: 'READ',
              },
            ],
            owner: [{ id: 'x' }],
          },
        ],
      }),
    ],
    'no yes no yes',
  ],
  [
    'has a public object',
    [BUCKET, UNBLOCKED, ACLS_ON, at('aws_s3_object', { key: 'a', acl: 'public-read' })],
    'yes no no yes',
  ],
  [
    'lets the requester pay',
    [
      BUCKET,
      POLICY,
      UNBLOCKED,
      at('aws_s3_bucket_request_payment_configuration', { payer: 'Requester' }),
    ],
    'no no no yes',
  ],
  [
    'serves a website and nothing else',
    [BUCKET, UNBLOCKED, at('aws_s3_bucket_website_configuration', {})],
    'no no no no',
  ],
  [
    'lies under the block of the account',
    [
      BUCKET,
      POLICY,
      UNBLOCKED,
      {
        address: 'aws_s3_account_public_access_block.all',
        values: {
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
    ],
    'no no no no',
  ],
  [
    'has a policy known only after apply',
    [BUCKET, UNBLOCKED, at('aws_s3_bucket_policy', {}, { later: ['policy'] })],
    'unknown unknown unknown unknown',
  ],
  [
    'has a policy known only after apply under the default block',
    [BUCKET, at('aws_s3_bucket_policy', {}, { later: ['policy'] })],
    'no no no no',
  ],
  [
    'has a block known only after apply',
    [
      BUCKET,
      POLICY,
      at(
        'aws_s3_bucket_public_access_block',
        {},
        { later: ['restrict_public_buckets', 'block_public_acls'] },
      ),
    ],
    'unknown no no unknown',
  ],
  [
    'is there already, with a policy and no word of a block',
    [existing(BUCKET), POLICY],
    'unknown no no unknown',
  ],
  ['is there already and says nothing', [existing(BUCKET)], 'no no no no'],
  [
    'has an inline policy of the older provider',
    [existing({ ...BUCKET, values: { bucket: 'forms', policy: PUBLIC_READ } }), UNBLOCKED],
    'yes no no yes',
  ],
] as [string, readonly Planned[], string][])(
  'a bucket of Amazon that %s',
  (_, resources, expected) => {
    expect(judged(plan(resources))['aws_s3_bucket.forms']).toBe(expected);
  },
);

test("a grantee's display name that is known only after apply leaves the grant decided", () => {
  const grantee = { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' };
  const grants = [{ grant: [{ grantee: [grantee], permission: 'READ' }] }];
  const acl = at('aws_s3_bucket_acl', { access_control_policy: grants });
  const document = JSON.parse(plan([BUCKET, UNBLOCKED, ACLS_ON, acl])) as {
    resource_changes: { address: string; change: { after_unknown: Record<string, unknown> } }[];
  };
  for (const { address, change } of document.resource_changes) {
    if (address !== 'aws_s3_bucket_acl.forms') continue;
    change.after_unknown = {
      access_control_policy: [{ grant: [{ grantee: [{ display_name: true }] }] }],
    };
  }
  expect(judged(JSON.stringify(document))['aws_s3_bucket.forms']).toBe('no yes no yes');
});

test('what is not decided before apply is named', () => {
  const text = plan([BUCKET, UNBLOCKED, at('aws_s3_bucket_policy', {}, { later: ['policy'] })]);
  expect(judgeDocuments(text, 'plan.json')[0]?.because.join('\n')).toContain(
    'not decided before apply: aws_s3_bucket_policy.forms.policy',
  );
});

test('a bucket whose name is known only after apply is found through its references', () => {
  const nameless: Planned = { address: 'aws_s3_bucket.forms', values: {}, later: ['bucket', 'id'] };
  const linked = (one: Planned): Planned => ({
    ...one,
    values: Object.fromEntries(Object.entries(one.values).filter(([name]) => name !== 'bucket')),
    later: ['bucket'],
    references: { bucket: ['aws_s3_bucket.forms.id', 'aws_s3_bucket.forms'] },
  });
  const other: Planned = { address: 'aws_s3_bucket.other', values: { bucket: 'other' } };
  expect(judged(plan([nameless, other, linked(POLICY), linked(UNBLOCKED)]))).toEqual({
    'aws_s3_bucket.forms': 'yes no no yes',
    'aws_s3_bucket.other': 'no no no no',
  });
});

test('with for_each, parts go to the bucket of the same key', () => {
  const bucket = (key: string): Planned => ({
    address: `aws_s3_bucket.b["${key}"]`,
    values: {},
    later: ['bucket', 'id'],
  });
  const part = (type: string, key: string, values: Record<string, unknown>): Planned => ({
    address: `${type}.b["${key}"]`,
    values,
    later: ['bucket'],
    references: { bucket: ['aws_s3_bucket.b', 'each.key'] },
  });
  const resources = [
    bucket('roads'),
    bucket('lands'),
    part('aws_s3_bucket_public_access_block', 'roads', OFF),
    part('aws_s3_bucket_public_access_block', 'lands', OFF),
    part('aws_s3_bucket_policy', 'lands', { policy: PUBLIC_READ }),
  ];
  expect(judged(plan(resources))).toEqual({
    'aws_s3_bucket.b["roads"]': 'no no no no',
    'aws_s3_bucket.b["lands"]': 'yes no no yes',
  });
});

test('a part inside a module finds its bucket through the variable that was handed in', () => {
  const inside: Planned = {
    address: 'module.door.aws_s3_bucket_policy.p',
    values: { policy: PUBLIC_READ },
    later: ['bucket'],
    references: { bucket: ['var.bucket'] },
  };
  const block: Planned = {
    ...inside,
    address: 'module.door.aws_s3_bucket_public_access_block.p',
    values: OFF,
  };
  const nameless: Planned = { address: 'aws_s3_bucket.forms', values: {}, later: ['bucket'] };
  const second: Planned = { address: 'aws_s3_bucket.second', values: { bucket: 'second' } };
  const calls = { door: { expressions: { bucket: { references: ['aws_s3_bucket.forms.id'] } } } };
  expect(judged(plan([nameless, second, inside, block], calls))).toEqual({
    'aws_s3_bucket.forms': 'yes no no yes',
    'aws_s3_bucket.second': 'no no no no',
  });
});

test('a policy that may belong to any bucket leaves those without a block unknown', () => {
  const stray: Planned = {
    address: 'aws_s3_bucket_policy.stray',
    values: {},
    later: ['bucket', 'policy'],
  };
  const second: Planned = { address: 'aws_s3_bucket.second', values: { bucket: 'second' } };
  const result = judged(plan([BUCKET, UNBLOCKED, second, stray]));
  expect(result['aws_s3_bucket.forms']).toBe('unknown unknown unknown unknown');
  expect(result['aws_s3_bucket.second']).toBe('no no no no');
});

test('a policy on a bucket that is not in the plan is judged for itself', () => {
  expect(judged(plan([POLICY]))).toEqual({ 'aws_s3_bucket_policy.forms': 'unknown no no unknown' });
});

test('taking the block away opens what it held shut', () => {
  const document = JSON.parse(plan([existing(BUCKET), existing(POLICY)])) as {
    resource_changes: unknown[];
  };
  document.resource_changes.push({
    address: 'aws_s3_bucket_public_access_block.forms',
    type: 'aws_s3_bucket_public_access_block',
    change: { actions: ['delete'], before: { bucket: 'forms' }, after: null },
  });
  expect(judged(JSON.stringify(document))).toEqual({ 'aws_s3_bucket.forms': 'yes no no yes' });
});

test('a state counts its buckets as there already', () => {
  const state = {
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'aws_s3_bucket.forms',
            mode: 'managed',
            type: 'aws_s3_bucket',
            name: 'forms',
            values: { bucket: 'forms', policy: PUBLIC_READ },
          },
        ],
      },
    },
  };
  expect(judged(JSON.stringify(state))).toEqual({ 'aws_s3_bucket.forms': 'unknown no no unknown' });
});

test('a plan without storage has no cases', () => {
  expect(judged(plan([{ address: 'aws_instance.a', values: {} }]))).toEqual({});
});
