import { expect, test } from 'vitest';
import type { Because } from '../../src/model/access.ts';
import type { Asset } from '../../src/model/asset.ts';
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { composeRemedy } from '../../src/remedy/index.ts';

const asset: Asset = {
  id: 's3:cape/ledger',
  provider: 's3',
  authority: 'cape',
  name: 'ledger',
  kind: 'bucket',
  url: 'https://ledger.storage.example/',
  labels: {},
};

const POLICY: Because = { code: 'door.policy', params: {} };
const GRANT: Because = { code: 'door.acl-grant', params: {} };

function step(purpose: RemedyStep['purpose'], command: string): RemedyStep {
  return { purpose, what: `${purpose} by ${command}`, command };
}

const prove = ({ key }: RemedySubject): RemedyStep =>
  step('prove', key === null ? 'ask ledger' : `ask ledger ${key}`);

const policyRemedy: RemedyData = {
  causes: ['door.policy'],
  steps: () => [step('guard', 'block all'), step('close', 'drop statement')],
};

const familyRemedy: RemedyData = {
  causes: ['door.*'],
  steps: () => [step('close', 'shut everything'), step('guard', 'block all')],
};

const grantRemedy: RemedyData = {
  causes: ['door.acl-*'],
  steps: ({ key }) => [step('close', `make private ${key ?? 'bucket'}`)],
};

function commandsOf(steps: readonly RemedyStep[]): readonly string[] {
  return steps.map((each) => `${each.purpose}: ${each.command}`);
}

test('closing comes first, then guarding, then taking away, then the proof', () => {
  const remedies = [
    { causes: ['door.policy'], steps: () => [step('remove', 'move files')] },
    policyRemedy,
  ];
  expect(commandsOf(composeRemedy(asset, [POLICY], [], { remedies, prove }))).toEqual([
    'close: drop statement',
    'guard: block all',
    'remove: move files',
    'prove: ask ledger',
  ]);
});

test('what is made for exactly this cause comes before what answers its whole family', () => {
  const steps = composeRemedy(asset, [POLICY], [], {
    remedies: [familyRemedy, policyRemedy],
    prove,
  });
  expect(commandsOf(steps).slice(0, 2)).toEqual([
    'close: drop statement',
    'close: shut everything',
  ]);
});

test('a narrower family comes before a wider one', () => {
  const steps = composeRemedy(asset, [GRANT], [], { remedies: [familyRemedy, grantRemedy], prove });
  expect(commandsOf(steps).slice(0, 2)).toEqual([
    'close: make private bucket',
    'close: shut everything',
  ]);
});

test('a family does not answer a code that only begins alike', () => {
  const steps = composeRemedy(asset, [{ code: 'doorway', params: {} }], [], {
    remedies: [familyRemedy],
    prove,
  });
  expect(commandsOf(steps)).not.toContain('close: shut everything');
});

test('a command that two causes call for is printed once', () => {
  const steps = composeRemedy(asset, [POLICY, GRANT], [], {
    remedies: [policyRemedy, familyRemedy],
    prove,
  });
  expect(steps.filter((each) => each.command === 'block all')).toHaveLength(1);
  expect(steps.filter((each) => each.purpose === 'prove')).toHaveLength(1);
});

test('objects with grants of their own get a command and a proof each', () => {
  const steps = composeRemedy(asset, [GRANT], ['r1', 'r2'], { remedies: [grantRemedy], prove });
  expect(commandsOf(steps)).toEqual([
    'close: make private "$(ajar locate r1)"',
    'close: make private "$(ajar locate r2)"',
    'prove: ask ledger "$(ajar locate r1)"',
    'prove: ask ledger "$(ajar locate r2)"',
  ]);
});

test('one object is proof enough where the whole asset is closed at once', () => {
  const steps = composeRemedy(asset, [POLICY], ['r1', 'r2'], { remedies: [policyRemedy], prove });
  expect(commandsOf(steps).filter((each) => each.startsWith('prove'))).toEqual([
    'prove: ask ledger "$(ajar locate r1)"',
  ]);
});

test('a door that no remedy answers still has a way out, with the reason and the proof', () => {
  const steps = composeRemedy(asset, [{ code: 'door.new', params: { by: 'moon' } }], [], {
    remedies: [policyRemedy],
    prove,
  });
  expect(steps[0]).toMatchObject({ purpose: 'close', command: '' });
  expect(steps[0]?.what).toContain('door.new, by moon');
  expect(steps.at(-1)?.purpose).toBe('prove');
});

test('a verdict without reasons still has a way out and a proof', () => {
  const steps = composeRemedy(asset, [], [], { remedies: [], prove });
  expect(steps.map((each) => each.purpose)).toEqual(['close', 'prove']);
});

test('a reference that is shell code never becomes a command', () => {
  const careless = (): unknown =>
    composeRemedy(asset, [POLICY], ['r1"; rm -rf ~; "'], { remedies: [policyRemedy], prove });
  expect(careless).toThrow('letters, digits');
});

test('an empty reference means the whole asset', () => {
  const steps = composeRemedy(asset, [GRANT], [''], { remedies: [grantRemedy], prove });
  expect(commandsOf(steps)).toEqual(['close: make private bucket', 'prove: ask ledger']);
});
