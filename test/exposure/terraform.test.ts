import { expect, test } from 'vitest';
import { judgeDocuments } from '../../src/exposure/cases.ts';

/** A resource of a plan in the making; `later` lists attributes known only after apply. */
interface Planned {
  readonly address: string;
  readonly values: Record<string, unknown>;
  readonly later?: readonly string[];
  readonly references?: Record<string, readonly string[]>;
  readonly actions?: readonly string[];
}

function parts(address: string): {
  type: string;
  module: string;
  local: string;
  index?: string | number;
} {
  const match = /^((?:module\.\w+(?:\[[^\]]+\])?\.)*)(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(address);
  const [, module = '', type = '', name = '', index] = match ?? [];
  return {
    type,
    module: module.replace(/\.$/, ''),
    local: `${type}.${name}`,
    ...(index === undefined ? {} : { index: JSON.parse(index) as string | number }),
  };
}

/** The JSON of `terraform show -json` for a plan of root resources and one level of modules. */
function plan(resources: readonly Planned[], moduleCalls: Record<string, unknown> = {}): string {
  const planned = resources.map((one) => {
    const { type, local, index } = parts(one.address);
    return {
      address: one.address,
      mode: 'managed',
      type,
      name: local.split('.')[1],
      index,
      values: one.values,
    };
  });
  const at = (module: string) => planned.filter((one) => parts(one.address).module === module);
  const modules = [...new Set(planned.map((one) => parts(one.address).module))].filter(Boolean);
  const declared = (module: string) =>
    resources
      .filter((one) => parts(one.address).module.replace(/\[[^\]]*\]/g, '') === module)
      .map((one) => ({
        address: parts(one.address).local,
        expressions: Object.fromEntries(
          Object.entries(one.references ?? {}).map(([name, references]) => [name, { references }]),
        ),
      }));
  const calls = Object.entries(moduleCalls).map(([name, call]) => [
    name,
    { ...(call as object), module: { resources: declared(`module.${name}`) } },
  ]);
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: {
      root_module: {
        resources: at(''),
        child_modules: modules.map((address) => ({ address, resources: at(address) })),
      },
    },
    resource_changes: resources.map((one) => ({
      address: one.address,
      type: parts(one.address).type,
      change: {
        actions: one.actions ?? ['create'],
        after: one.values,
        after_unknown: Object.fromEntries((one.later ?? []).map((name) => [name, true])),
      },
    })),
    configuration: {
      root_module: { resources: declared(''), module_calls: Object.fromEntries(calls) },
    },
  });
}

function judged(text: string): Record<string, string> {
  return Object.fromEntries(
    judgeDocuments(text, 'plan.json').map((one) => [
      one.id,
      [one.anonymousRead, one.anonymousList, one.anonymousWrite, one.public].join(' '),
    ]),
  );
}

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

const ACCOUNT: Planned = {
  address: 'azurerm_storage_account.a',
  values: { name: 'lands' },
  later: ['id'],
};
const container = (values: Record<string, unknown>, more: Partial<Planned> = {}): Planned => ({
  address: 'azurerm_storage_container.c',
  values: { name: 'scans', storage_account_name: 'lands', ...values },
  ...more,
});
const account = (values: Record<string, unknown>): Planned => ({
  ...ACCOUNT,
  values: { ...ACCOUNT.values, ...values },
});

test.each([
  ['is private by default', [ACCOUNT, container({})], 'no no no no'],
  [
    'is public, and the account says nothing, which the provider sends as allowed',
    [ACCOUNT, container({ container_access_type: 'container' })],
    'yes yes no yes',
  ],
  [
    'is public in an account that forbids it',
    [
      account({ allow_nested_items_to_be_public: false }),
      container({ container_access_type: 'container' }),
    ],
    'no no no no',
  ],
  ['gives its blobs', [ACCOUNT, container({ container_access_type: 'blob' })], 'yes no no yes'],
  [
    'lies behind a firewall',
    [
      account({ network_rules: [{ default_action: 'Deny', ip_rules: ['203.0.113.7'] }] }),
      container({ container_access_type: 'blob' }),
    ],
    'no no no no',
  ],
  [
    'lies behind network rules of their own',
    [
      ACCOUNT,
      container({ container_access_type: 'blob' }),
      {
        address: 'azurerm_storage_account_network_rules.r',
        values: { default_action: 'Deny' },
        later: ['storage_account_id'],
        references: {
          storage_account_id: ['azurerm_storage_account.a.id', 'azurerm_storage_account.a'],
        },
      },
    ],
    'no no no no',
  ],
  [
    'is in an account without public network',
    [
      account({ public_network_access_enabled: false }),
      container({ container_access_type: 'blob' }),
    ],
    'no no no no',
  ],
  [
    'names its account by an id known only after apply',
    [
      ACCOUNT,
      container(
        { storage_account_name: undefined, container_access_type: 'blob' },
        {
          later: ['storage_account_id'],
          references: { storage_account_id: ['azurerm_storage_account.a.id'] },
        },
      ),
    ],
    'yes no no yes',
  ],
  [
    'is in an account outside the plan',
    [container({ container_access_type: 'blob' })],
    'unknown no no unknown',
  ],
  [
    'has a level known only after apply',
    [ACCOUNT, container({}, { later: ['container_access_type'] })],
    'unknown unknown no unknown',
  ],
] as [string, readonly Planned[], string][])('a container that %s', (_, resources, expected) => {
  expect(judged(plan(resources))['azurerm_storage_container.c']).toBe(expected);
});

test('an account with a static website serves $web, and has a row of its own', () => {
  const text = plan([
    account({ allow_nested_items_to_be_public: false, static_website: [{ index_document: 'i' }] }),
    container({}),
  ]);
  expect(judged(text)).toEqual({
    'azurerm_storage_container.c': 'no no no no',
    'azurerm_storage_account.a': 'yes no no yes',
  });
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
