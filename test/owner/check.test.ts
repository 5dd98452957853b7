import { expect, test } from 'vitest';
import type { Asset } from '../../src/model/asset.ts';
import type { OwnerRule } from '../../src/model/owner.ts';
import { checkOwners, type OwnersCheck } from '../../src/owner/check.ts';

const DAY = '2026-03-01T00:00:00.000Z';

function asset(name: string): Asset {
  return {
    id: `s3:acc/${name}`,
    provider: 's3',
    authority: 'acc',
    name,
    kind: 'bucket',
    url: `s3://${name}`,
    labels: {},
  };
}

function check(rules: readonly OwnerRule[], names = ['forms', 'maps']): OwnersCheck {
  const owners = [
    { id: 'lands', name: 'Lands', contact: 'lands@gov.example' },
    { id: 'health', name: 'Health' },
  ];
  return checkOwners({ owners, rules }, names.map(asset), DAY);
}

test('an asset that no rule gives to anybody is an orphan, also where only a part of it has an owner', () => {
  const { orphans } = check([
    { owner: 'lands', bucket: 'forms' },
    { owner: 'lands', bucket: 'maps', prefix: 'a/' },
  ]);
  expect(orphans).toEqual(['s3:acc/maps']);
});

test('a later rule of another owner that would have had the asset is a conflict', () => {
  const { conflicts } = check([
    { owner: 'lands', bucket: 'f*' },
    { owner: 'health', bucket: '*s' },
  ]);
  expect(conflicts).toEqual([
    {
      asset: 's3:acc/forms',
      decides: { number: 1, owner: 'lands', text: 'by bucket f*' },
      loses: { number: 2, owner: 'health', text: 'by bucket *s' },
    },
  ]);
});

test('a later rule of the same owner is no conflict', () => {
  expect(
    check([
      { owner: 'lands', bucket: 'f*' },
      { owner: 'lands', provider: 's3' },
    ]).conflicts,
  ).toEqual([]);
});

test('a rule that decides about nothing says why', () => {
  const { unused } = check([
    { owner: 'lands', provider: 's3' },
    { owner: 'lands', bucket: 'forms' },
    { owner: 'health', bucket: 'x' },
  ]);
  expect(unused.map(({ number, why }) => [number, why])).toEqual([
    [2, 'an earlier rule always decides'],
    [3, 'matches nothing'],
  ]);
});

test('what has ended, owners without a rule and owners without an address are told', () => {
  const { lapsed, without, unreachable } = check([
    { owner: 'lands', provider: 's3', contractEnd: '2026-02-28' },
  ]);
  expect(lapsed[0]?.lapsed).toEqual({ what: 'contract', on: '2026-02-28' });
  expect(without).toEqual(['health']);
  expect(unreachable).toEqual(['health']);
});
