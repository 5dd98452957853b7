import { expect, test } from 'vitest';
import type { Asset } from '../../src/model/asset.ts';
import type { OwnerBook } from '../../src/model/owner.ts';
import { assign, rulesFor } from '../../src/owner/assign.ts';

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
  return assign(book, rulesFor(book, asset), key).owner?.id ?? null;
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
  expect(assign(book, [], null)).toEqual({
    owner: null,
    reason: 'no rule of the owners file matches it',
  });
});
