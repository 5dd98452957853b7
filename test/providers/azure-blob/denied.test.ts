/** Refused reads of the configuration: an open container never turns closed, and each refusal is told. */
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Azurite,
  type AzuriteAccount,
  startAzurite,
} from '../../../localstack/servers/azurite.ts';
import { type ArmStandIn, startArmStandIn } from '../../../localstack/standins/arm/index.ts';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { State } from '../../../src/model/access.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { collect } from '../../kit/collect.ts';
import { type FaultProxy, type SeenRequest, startFaultProxy } from '../../kit/fault-proxy.ts';

const LANDS: AzuriteAccount = {
  name: 'lands',
  key: Buffer.from('made up: lands').toString('base64'),
};

let azurite: Azurite;
let proxy: FaultProxy;
let arm: ArmStandIn;

beforeAll(async () => {
  azurite = await startAzurite([LANDS]);
  proxy = await startFaultProxy(azurite.url);
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString(LANDS));
  for (const [name, access] of [
    ['shut', undefined],
    ['byname', 'blob'],
    ['listed', 'container'],
  ] as const) {
    const container = service.getContainerClient(name);
    await container.create(access && { access });
    await container.getBlockBlobClient('a.csv').upload('made up', 7);
  }
  arm = await startArmStandIn({
    token: 'arm-token',
    subscriptions: [{ id: 'sub-1', name: 'Lands' }],
    host: '127.0.0.1',
    port: 0,
  });
  arm.account({
    subscription: 'sub-1',
    resourceGroup: 'rg-data',
    name: 'lands',
    blobEndpoint: `${proxy.url}/lands/`,
    allowBlobPublicAccess: true,
    publicNetworkAccess: 'Enabled',
    containers: [
      { name: 'shut' },
      { name: 'byname', publicAccess: 'Blob' },
      { name: 'listed', publicAccess: 'Container' },
    ],
  });
}, 60_000);
afterEach(() => {
  arm.fault(null);
  proxy.reset();
});
afterAll(async () => {
  await arm?.stop();
  await proxy?.stop();
  await azurite?.stop();
});

const OPEN = {
  byname: { read: 'open', list: null },
  listed: { read: 'open', list: 'open' },
} as const;
type OpenContainer = keyof typeof OPEN;
const CONTAINERS = Object.keys(OPEN) as OpenContainer[];

/** Who looks: the Reader role by the Resource Manager, or an account key. */
const AS = {
  reader: { credentials: { armToken: 'ARM_TOKEN' } },
  key: { credentials: { key: 'LANDS_KEY' } },
} as const;
type Who = keyof typeof AS;

interface Looked {
  readonly read: State | null;
  readonly list: State | null;
  readonly gaps: readonly Gap[];
}

/** By the whole account, so that every call of discovery is made too. */
async function look(who: Who, name: string, uri = 'az://lands'): Promise<Looked> {
  const connection = await azureBlob.connect(
    { uri, endpoint: `${proxy.url}/lands`, ...AS[who] },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: {
        AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
        ARM_TOKEN: 'arm-token',
        LANDS_KEY: LANDS.key,
      },
    },
  );
  const found = await collect(connection.assets());
  const asset = found
    .flatMap((one) => ('asset' in one ? [one.asset] : []))
    .find((one) => one.name === name);
  const gaps = found.flatMap((one) => ('gap' in one ? [one.gap] : []));
  if (!asset) return { read: null, list: null, gaps };
  const probed = await connection.probes(asset);
  await connection.close();
  const { read, list } = evaluate(probed.facts);
  return { read: read.state, list: list.state, gaps: [...gaps, ...probed.gaps] };
}

interface Call {
  readonly who: Who;
  /** What its refusal has to name. */
  readonly needs: RegExp;
  /** On the Resource Manager's path. */
  readonly arm?: RegExp;
  /** On the blob service's query. */
  readonly blob?: RegExp;
}

const CALLS: Readonly<Record<string, Call>> = {
  'Subscriptions - List': {
    who: 'reader',
    needs: /Microsoft\.Resources\/subscriptions\/read.*Reader/,
    // Where Resource Graph answers, nothing of it is missed.
    arm: /\/subscriptions$|ResourceGraph/,
  },
  'Storage Accounts - List': {
    who: 'reader',
    needs: /Microsoft\.Storage\/storageAccounts\/read.*Reader/,
    arm: /\/storageAccounts$|ResourceGraph/,
  },
  'Blob Containers - List': {
    who: 'reader',
    needs: /blobServices\/containers\/read.*Reader/,
    arm: /\/containers$/,
  },
  'List Containers': {
    who: 'key',
    needs: /List Containers.*Reader/,
    blob: /\?.*comp=list(?!.*restype)/,
  },
  'Get Container Properties': {
    who: 'key',
    needs: /Get Container Properties.*Storage Blob Data Reader/,
    blob: /\?restype=container$/,
  },
};

function refuse(calls: readonly Call[], outsidersToo = false): void {
  arm.fault(({ path }) =>
    calls.some((call) => call.arm?.test(path)) ? { kind: 'answer', status: 403 } : null,
  );
  const refused = ({ signed, url }: SeenRequest): boolean =>
    signed ? calls.some((call) => call.blob?.test(url)) : outsidersToo;
  proxy.fault({ when: refused, trouble: { kind: 'status', status: 403 } });
}

function expectNotClosed(name: OpenContainer, looked: Looked): void {
  for (const action of ['read', 'list'] as const) {
    if (OPEN[name][action] === null) continue;
    expect(looked[action], `${action} of ${name}`).not.toBe('closed');
    // A container that was not found has to be told instead.
    if (looked[action] === null) expect(looked.gaps).not.toEqual([]);
  }
}

test.each(['reader', 'key'] as const)('what %s reads is what it was made to be', async (who) => {
  for (const name of CONTAINERS) {
    expect(await look(who, name)).toMatchObject({ read: OPEN[name].read, gaps: [] });
  }
  expect(await look(who, 'shut')).toEqual({ read: 'closed', list: 'closed', gaps: [] });
});

describe.each(Object.entries(CALLS))('%s refused', (_, call) => {
  // One container by name asks for its properties, the whole account for its list.
  const targets = (name: string): readonly string[] => ['az://lands', `az://lands/${name}`];

  test.each(CONTAINERS)('leaves %s open, unknown or told as not found', async (name) => {
    for (const outsidersToo of [false, true]) {
      proxy.reset();
      refuse([call], outsidersToo);
      for (const uri of targets(name)) expectNotClosed(name, await look(call.who, name, uri));
    }
  });

  test('is a gap that names what is missing where no request gets through', async () => {
    refuse([call], true);
    const looked = await Promise.all(targets('byname').map((uri) => look(call.who, 'byname', uri)));
    const told = looked.flatMap(({ gaps }) => gaps.map(({ detail }) => detail));
    expect(told.join('\n')).toMatch(call.needs);
  });

  test('does not open a private container', async () => {
    refuse([call]);
    for (const uri of targets('shut')) {
      const { read, list } = await look(call.who, 'shut', uri);
      for (const state of [read, list]) expect(['closed', 'unknown', null]).toContain(state);
    }
  });
});

test('with every call refused, inside and outside, nothing is closed', async () => {
  refuse(Object.values(CALLS), true);
  for (const who of ['reader', 'key'] as const) {
    for (const name of [...CONTAINERS, 'shut']) {
      const { read, list, gaps } = await look(who, name, `az://lands/${name}`);
      expect([read, list]).toEqual(['unknown', 'unknown']);
      expect(gaps.length).toBeGreaterThan(0);
    }
  }
});
