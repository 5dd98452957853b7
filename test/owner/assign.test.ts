import { expect, test } from 'vitest';
import type { Asset } from '../../src/model/asset.ts';
import type { OwnerBook } from '../../src/model/owner.ts';
import { assign, rulesFor } from '../../src/owner/assign.ts';

const DAY = '2026-03-01T09:00:00.000Z';

const asset: Asset = {
  id: 's3:lands/forms',
  provider: 's3',
  authority: 'lands',
  name: 'forms',
  kind: 'bucket',
  url: 's3://forms',
  account: '111122223333',
  labels: { department: 'lands' },
};
const owners = [
  { id: 'lands', name: 'Lands Department' },
  { id: 'health', name: 'Department of Health' },
];

function who(rules: OwnerBook['rules'], key: string | null = null): string | null {
  const book = { owners, rules };
  return assign(book, rulesFor(book, asset), key, DAY).owner?.id ?? null;
}

test('the first matching rule wins', () => {
  expect(
    who([
      { owner: 'health', asset: 's3:*' },
      { owner: 'lands', provider: 's3' },
    ]),
  ).toBe('health');
});

test('every field of a rule must match', () => {
  expect(who([{ owner: 'health', provider: 's3', account: '999999999999' }])).toBeNull();
});

test('labels match by pattern', () => {
  expect(who([{ owner: 'lands', labels: { department: 'la*' } }])).toBe('lands');
});

test('a prefix rule takes only its keys and the next rule takes the rest', () => {
  const rules = [
    { owner: 'health', asset: 's3:lands/*', prefix: 'clinic/' },
    { owner: 'lands', asset: 's3:lands/*' },
  ];
  expect(who(rules, 'clinic/a.csv')).toBe('health');
  expect(who(rules, 'other/a.csv')).toBe('lands');
  expect(who(rules)).toBe('lands');
});

test('what matches nothing belongs to nobody and says so', () => {
  const book = { owners, rules: [] };
  expect(assign(book, [], null, DAY)).toEqual({
    owner: null,
    reason: 'no rule of the owners file matches it',
    confidence: 'none',
    lapsed: null,
  });
});

test('a bucket is named by a glob on its own name', () => {
  expect(who([{ owner: 'lands', bucket: 'for*' }])).toBe('lands');
  expect(who([{ owner: 'lands', bucket: 'for' }])).toBeNull();
});

test('a subscription is Azure’s word and a project Google’s', () => {
  expect(who([{ owner: 'lands', subscription: '111122223333' }])).toBeNull();
  expect(who([{ owner: 'lands', project: '111122223333' }])).toBeNull();
  const blob: Asset = { ...asset, provider: 'azure-blob', account: 'sub-1' };
  const book = { owners, rules: [{ owner: 'health', subscription: 'sub-*' }] };
  expect(assign(book, rulesFor(book, blob), null, DAY).owner?.id).toBe('health');
});

test('a domain takes itself and what lies under it, not its lookalikes', () => {
  const on = (url: string): string | null => {
    const book = { owners, rules: [{ owner: 'lands', domain: 'lands.example' }] };
    const site: Asset = { ...asset, provider: 'web', url };
    return assign(book, rulesFor(book, site), null, DAY).owner?.id ?? null;
  };
  expect(on('https://lands.example/a/')).toBe('lands');
  expect(on('https://files.LANDS.example:8443/')).toBe('lands');
  expect(on('https://notlands.example/')).toBeNull();
});

test('an endpoint may name its port or leave it out', () => {
  const on = (endpoint: string): string | null => {
    const book = { owners, rules: [{ owner: 'lands', endpoint }] };
    const store: Asset = { ...asset, url: 'https://minio.example:9000/forms' };
    return assign(book, rulesFor(book, store), null, DAY).owner?.id ?? null;
  };
  expect([on('minio.example'), on('minio.example:9000'), on('minio.example:9001')]).toEqual([
    'lands',
    'lands',
    null,
  ]);
});

test('a name is surer than a label, a label than a provider', () => {
  const sure = (rule: object): string => {
    const book = { owners, rules: [{ owner: 'lands', ...rule }] };
    return assign(book, rulesFor(book, asset), null, DAY).confidence;
  };
  expect([
    sure({ bucket: 'forms' }),
    sure({ account: '111122223333' }),
    sure({ labels: { department: '*' } }),
    sure({ provider: 's3' }),
    sure({ asset: '*' }),
  ]).toEqual(['high', 'high', 'medium', 'low', 'low']);
});

test('a contract has ended the day after its last day', () => {
  const on = (rule: object, day: string): unknown => {
    const book = {
      owners: [
        {
          ...owners[0],
          id: 'lands',
          name: 'L',
          contractor: { name: 'C', contractEnd: '2026-02-28' },
        },
      ],
      rules: [{ owner: 'lands', ...rule }],
    };
    return assign(book, rulesFor(book, asset), null, day).lapsed;
  };
  expect(on({}, '2026-02-28T23:00:00.000Z')).toBeNull();
  expect(on({}, '2026-03-01T00:00:00.000Z')).toEqual({ what: 'contract', on: '2026-02-28' });
  // The rule knows this asset better than the department's contract in general.
  expect(on({ contractEnd: '2027-01-01' }, DAY)).toBeNull();
  expect(on({ contractEnd: '2027-01-01', purposeEnd: '2026-01-31' }, DAY)).toEqual({
    what: 'purpose',
    on: '2026-01-31',
  });
});
