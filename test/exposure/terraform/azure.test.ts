import { expect, test } from 'vitest';
import { judged, type Planned, plan } from './planned.ts';

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
