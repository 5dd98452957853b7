/** Bearer links to Azure containers: what makes them possible and lasting, never who holds one. */
import { expect, test } from 'vitest';
import { azureLinkFacts, parseLink } from '../../src/exposure/azure-links.ts';
import {
  type AzureAccessPolicy,
  type AzureLinkDocuments,
  denied,
  fetched,
} from '../../src/exposure/documents.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import type { AccessFact } from '../../src/model/access.ts';

const NOW = new Date('2026-03-01T00:00:00Z');

function links(change: Partial<AzureLinkDocuments> = {}): AzureLinkDocuments {
  return {
    allowSharedKeyAccess: fetched(true),
    sasPolicy: fetched(null),
    policies: fetched([]),
    given: null,
    now: NOW,
    ...change,
  };
}

function policy(permissions: string, until: string | null): AzureAccessPolicy {
  return { id: 'partners', permissions, expiresAt: until === null ? null : new Date(until) };
}

function codes(facts: readonly AccessFact[]): readonly string[] {
  return facts.map(({ action, answer, because }) => `${action} ${answer} ${because.code}`);
}

test.each([
  [policy('rl', '2026-03-05'), ['read yes azure.link.policy', 'list yes azure.link.policy']],
  [policy('r', '2030-01-01'), ['read yes azure.link.policy-long']],
  [
    policy('rw', null),
    ['read yes azure.link.policy-endless', 'write yes azure.link.policy-endless'],
  ],
  [policy('r', '2026-02-28'), []],
])('a stored access policy is told by what it allows and how long: %j', (one, expected) => {
  const facts = azureLinkFacts('forms', links({ policies: fetched([one]) }));
  expect(codes(facts).filter((code) => code.includes('policy'))).toEqual(expected);
  expect(facts.every(({ audience }) => audience === 'link-holder')).toBe(true);
});

test('an account that takes no shared key has no links by policy', () => {
  const off = links({
    allowSharedKeyAccess: fetched(false),
    policies: fetched([policy('r', null)]),
  });
  expect(codes(azureLinkFacts('forms', off))).toEqual(['read no azure.link.keys-off']);
});

test('keys that nobody switched off are noted, and the account\u2019s own limit with them', () => {
  for (const value of [true, null]) {
    const on = links({ allowSharedKeyAccess: fetched(value) });
    expect(codes(azureLinkFacts('forms', on))).toEqual(['read unknown azure.link.keys-on']);
  }
  const limited = links({
    sasPolicy: fetched({ sasExpirationPeriod: '1.00:00:00', expirationAction: 'Block' }),
  });
  expect(codes(azureLinkFacts('forms', limited))).toEqual(['read unknown azure.link.keys-limited']);
});

test('policies that could not be read are not none', () => {
  const facts = azureLinkFacts('forms', links({ policies: denied('refused') }));
  expect(codes(facts)).toContain('read unknown azure.link.policies-unread');
});

test('no link opens a container to anyone', () => {
  const facts = azureLinkFacts('forms', links({ policies: fetched([policy('rl', null)]) }));
  const shut: AccessFact = {
    audience: 'anyone',
    action: 'read',
    answer: 'no',
    source: 'config',
    slice: null,
    because: { code: 'azure.container.private', params: { container: 'forms' } },
  };
  const verdict = evaluate([shut, ...facts]);
  expect(verdict.read.state).toBe('closed');
  expect(verdict.read.because.map(({ code }) => code)).toContain('azure.link.policy-endless');
});

test.each([
  ['?sv=2024&ss=b&srt=sco&sp=rl&se=2027-01-01T00:00:00Z&sig=x', ['long', 'account', 'unrevocable']],
  ['sr=c&sp=rl&se=2026-03-02T00:00:00Z&sig=x', ['lists', 'unrevocable']],
  ['sr=b&sp=r&sig=x', ['endless', 'unrevocable']],
  ['sr=c&sp=rwd&se=2026-03-02&skoid=u&sig=x', ['writes']],
  ['sr=b&sp=r&se=2026-03-02T00:00:00Z&skoid=u&sig=x', []],
  ['sr=c&si=partners&sig=x', ['policy']],
])('the link in hand is judged without its signature: %s', (query, faults) => {
  const given = parseLink(query);
  expect(JSON.stringify(given)).not.toContain('sig');
  const facts = azureLinkFacts('forms', links({ given }));
  const found = codes(facts).flatMap((code) => /link\.given-(\w+)/.exec(code)?.[1] ?? []);
  expect([...new Set(found)]).toEqual(faults);
});

test('a link whose end has passed is none', () => {
  const given = parseLink('sr=c&sp=rl&se=2026-02-01T00:00:00Z&sig=x');
  expect(codes(azureLinkFacts('forms', links({ given })))).toEqual([
    'read unknown azure.link.keys-on',
  ]);
});

test('what carries no signature is no link', () => {
  expect(parseLink('restype=container&comp=list')).toBeNull();
});
