import { expect, test } from 'vitest';
import { azureFacts, judgeAzureCase } from '../../src/exposure/azure.ts';
import { type AzureContainerDocuments, denied, fetched } from '../../src/exposure/documents.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import { becauseText } from '../../src/model/because.ts';

const OPEN: AzureContainerDocuments = {
  account: 'landsrecords',
  container: 'scans',
  allowBlobPublicAccess: fetched<boolean | null>(true),
  publicNetworkAccess: fetched<string | null>('Enabled'),
  networkAcls: fetched({ defaultAction: 'Allow' }),
  isHnsEnabled: fetched<boolean | null>(false),
  staticWebsite: fetched<boolean | null>(false),
  publicAccess: fetched<'Blob' | 'Container' | null>('Container'),
};

function states(change: Partial<AzureContainerDocuments>): readonly [string, string, string] {
  const verdict = evaluate(azureFacts({ ...OPEN, ...change }));
  return [verdict.read.state, verdict.list.state, verdict.write.state];
}

function sentences(change: Partial<AzureContainerDocuments>): string {
  const { read, list } = evaluate(azureFacts({ ...OPEN, ...change }));
  return [...read.because, ...list.because].map(becauseText).join('\n');
}

const DENIED = denied<never>('403');

test.each([
  ['Container reads and lists', {}, ['open', 'open', 'closed']],
  [
    'Blob reads and does not list',
    { publicAccess: fetched('Blob' as const) },
    ['open', 'closed', 'closed'],
  ],
  ['no level', { publicAccess: fetched(null) }, ['closed', 'closed', 'closed']],
  [
    'the account overrides the level',
    { allowBlobPublicAccess: fetched(false) },
    ['closed', 'closed', 'closed'],
  ],
  [
    'an account that never said counts as allowing',
    { allowBlobPublicAccess: fetched(null) },
    ['open', 'open', 'closed'],
  ],
  [
    'an unread account is unknown',
    { allowBlobPublicAccess: DENIED },
    ['unknown', 'unknown', 'closed'],
  ],
  [
    'an unread account and no level',
    { allowBlobPublicAccess: DENIED, publicAccess: fetched(null) },
    ['closed', 'closed', 'closed'],
  ],
  ['an unread level', { publicAccess: DENIED }, ['unknown', 'unknown', 'closed']],
  [
    'an unread level under a closed account',
    { publicAccess: DENIED, allowBlobPublicAccess: fetched(false) },
    ['closed', 'closed', 'closed'],
  ],
  ['an unread firewall', { networkAcls: DENIED }, ['unknown', 'unknown', 'closed']],
  [
    'a closed public network',
    { publicNetworkAccess: fetched('Disabled'), networkAcls: DENIED },
    ['closed', 'closed', 'closed'],
  ],
  [
    'a perimeter whose rules were not read',
    { publicNetworkAccess: fetched('SecuredByPerimeter') },
    ['unknown', 'unknown', 'closed'],
  ],
  [
    'a hierarchical namespace changes nothing',
    { isHnsEnabled: fetched(true) },
    ['open', 'open', 'closed'],
  ],
] as [string, Partial<AzureContainerDocuments>, string[]][])('%s', (_, change, expected) => {
  expect(states(change)).toEqual(expected);
});

test('behind a firewall it is open to the listed addresses only, which are named', () => {
  const networkAcls = fetched({
    defaultAction: 'Deny',
    ipRules: [{ value: '203.0.113.0/24', action: 'Allow' }],
  });
  const facts = azureFacts({ ...OPEN, networkAcls });
  const limited = facts.filter((fact) => fact.audience === 'network-limited');
  expect(limited.map((fact) => [fact.action, fact.answer])).toEqual([
    ['read', 'yes'],
    ['list', 'yes'],
  ]);
  expect(states({ networkAcls })).toEqual(['closed', 'closed', 'closed']);
  expect(sentences({ networkAcls })).toContain('203.0.113.0/24');
});

test('$web with the static website on is served although the account allows nothing', () => {
  const web = {
    container: '$web',
    allowBlobPublicAccess: fetched(false),
    publicAccess: fetched(null),
  };
  expect(states({ ...web, staticWebsite: fetched(true) })).toEqual(['open', 'closed', 'closed']);
  expect(states({ ...web, staticWebsite: fetched(false) })[0]).toBe('closed');
  expect(states({ ...web, staticWebsite: DENIED })[0]).toBe('unknown');
});

test('a static website opens no other container', () => {
  const change = { publicAccess: fetched(null), staticWebsite: fetched(true) };
  expect(states(change)[0]).toBe('closed');
});

test('$root follows the two switches like any container', () => {
  expect(states({ container: '$root' })).toEqual(['open', 'open', 'closed']);
});

test('the reasons name the account and the container', () => {
  expect(sentences({ allowBlobPublicAccess: fetched(null) })).toMatch(
    /container scans is Container[\s\S]*landsrecords does not say allowBlobPublicAccess/,
  );
});

test.each([
  [{ publicAccess: 'container', allowNestedItemsToBePublic: true }, 'yes', 'yes'],
  [{ container_access_type: 'blob', allow_nested_items_to_be_public: 'true' }, 'yes', 'no'],
  [{ publicAccess: 'off' }, 'no', 'no'],
  [{ staticWebsite: { enabled: true }, allowBlobPublicAccess: false }, 'yes', 'no'],
  [{ publicAccess: 'Container', networkRuleSet: { defaultAction: 'Deny' } }, 'no', 'no'],
  [
    {
      account: { name: 'lands', properties: { allowBlobPublicAccess: false } },
      container: { name: 'scans', properties: { publicAccess: 'Blob' } },
    },
    'no',
    'no',
  ],
  [{ properties: { publicAccess: 'Container', allowBlobPublicAccess: true } }, 'yes', 'yes'],
  [{ publicAccess: 7 }, 'unknown', 'unknown'],
  [{ publicAccess: 'Container', allowBlobPublicAccess: 'perhaps' }, 'unknown', 'unknown'],
  [{ publicAccess: 'Container', networkAcls: 'x' }, 'unknown', 'unknown'],
  [{}, 'no', 'no'],
])('the case %o reads %s and lists %s', (input, read, list) => {
  const judged = judgeAzureCase(input);
  expect([judged.anonymousRead, judged.anonymousList, judged.anonymousWrite]).toEqual([
    read,
    list,
    'no',
  ]);
  expect(judged.public).toBe(read);
});
