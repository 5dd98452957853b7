/** Accounts of many subscriptions: one question to Resource Graph, and nothing left out in silence. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ArmStandIn, startArmStandIn } from '../../../localstack/standins/arm/index.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { TargetSpec } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';

let arm: ArmStandIn;
let without: ArmStandIn;

const SUBSCRIPTIONS = [
  { id: 'sub-1', name: 'Lands' },
  { id: 'sub-2', name: 'Taxes' },
  { id: 'sub-3', name: 'Empty' },
  { id: 'sub-4', name: 'Police', secluded: true },
];

beforeAll(async () => {
  const options = { token: 't', subscriptions: SUBSCRIPTIONS, host: '127.0.0.1', port: 0 } as const;
  arm = await startArmStandIn(options);
  without = await startArmStandIn({ ...options, graph: false });
  for (const one of [arm, without]) {
    for (const [subscription, name] of [
      ['sub-1', 'lands1'],
      ['sub-1', 'lands2'],
      ['sub-1', 'lands3'],
      ['sub-2', 'taxes1'],
      ['sub-4', 'police1'],
    ] as const) {
      one.account({
        subscription,
        resourceGroup: 'rg',
        name,
        blobEndpoint: `http://127.0.0.1:1/${name}/`,
        containers: [{ name: 'forms' }],
      });
    }
  }
});
afterEach(() => {
  for (const one of [arm, without]) {
    one.fault(null);
    one.clearLog();
  }
});
afterAll(async () => {
  await arm.stop();
  await without.stop();
});

interface Discovered {
  readonly accounts: readonly string[];
  readonly gaps: readonly string[];
}

async function discover(at: ArmStandIn, spec: Partial<TargetSpec> = {}): Promise<Discovered> {
  const connection = await azureBlob.connect(
    { uri: 'az://', credentials: { armToken: 'ARM_TOKEN' }, ...spec },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: { AZURE_RESOURCE_MANAGER_ENDPOINT: at.url, ARM_TOKEN: 't' },
    },
  );
  const found = await collect(connection.assets());
  await connection.close();
  return {
    accounts: found.flatMap((one) => ('asset' in one ? [one.asset.account ?? ''] : [])).sort(),
    gaps: found.flatMap((one) => ('gap' in one ? [`${one.gap.what}: ${one.gap.detail}`] : [])),
  };
}

const ALL = ['lands1', 'lands2', 'lands3', 'taxes1'];

function asked(at: ArmStandIn, path: RegExp): number {
  return at.log.filter((one) => path.test(one.path)).length;
}

test('one question finds the accounts of all subscriptions; only those it shows nothing of are asked', async () => {
  const { accounts, gaps } = await discover(arm);
  expect(accounts).toEqual(ALL);
  // Two pages of two.
  expect(asked(arm, /ResourceGraph/)).toBe(2);
  expect(asked(arm, /sub-[12]\/providers/)).toBe(0);
  expect(asked(arm, /sub-[34]\/providers/)).toBe(2);
  expect(gaps).toHaveLength(1);
});

test('a subscription that refuses is a gap that names it and the permission', async () => {
  for (const at of [arm, without]) {
    const { gaps } = await discover(at);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toContain('subscription sub-4');
    expect(gaps[0]).toContain('Microsoft.Storage/storageAccounts/read');
  }
});

test('without Resource Graph each subscription is asked', async () => {
  expect((await discover(without)).accounts).toEqual(ALL);
  expect(asked(without, /sub-\d\/providers/)).toBeGreaterThan(3);
});

test('a question that breaks off halfway loses no account and finds none twice', async () => {
  let graphs = 0;
  arm.fault(({ path }) => {
    if (!path.includes('ResourceGraph')) return null;
    graphs += 1;
    return graphs === 2 ? { kind: 'answer', status: 403 } : null;
  });
  expect((await discover(arm)).accounts).toEqual(ALL);
});

test('a named account is looked up in one question and then asked itself', async () => {
  const { accounts } = await discover(arm, { uri: 'az://taxes1' });
  expect(accounts).toEqual(['taxes1']);
  expect(asked(arm, /ResourceGraph/)).toBe(1);
  expect(asked(arm, /storageAccounts\/taxes1$/)).toBe(1);
  expect(asked(arm, /\/subscriptions$/)).toBe(0);
});

test('a container costs no call of the Resource Manager beside the list it came with', async () => {
  await discover(arm);
  expect(asked(arm, /\/containers$/)).toBe(ALL.length);
  const others = arm.log.length - asked(arm, /\/containers$/);
  // Two pages of the Graph, two of the subscriptions, the empty and the secluded one.
  expect(others).toBe(6);
});
