/** A guess that is not there is an answer; one that nobody could ask is a gap. */
import { expect, test } from 'vitest';
import { unlessAbsent } from '../../../src/cli/sweep/absent.ts';
import type { Asset } from '../../../src/model/asset.ts';
import type { Gap } from '../../../src/model/gap.ts';
import type { Connection, Provider, ProviderContext } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';

const ASSET = { id: 's3:aws/lands', name: 'lands', url: 'https://x.example/' } as Asset;

function gap(code: Gap['code'], detail: string): Gap {
  return { code, asset: ASSET.id, what: null, detail };
}

async function seen(gaps: readonly Gap[], byName: boolean, discovered: Gap | null = null) {
  let probed = 0;
  const connection = {
    async *assets() {
      yield discovered ? { gap: discovered } : { asset: ASSET };
    },
    async probes() {
      probed += 1;
      return { facts: [], gaps, objectGrants: false };
    },
  } as unknown as Connection;
  const provider = { connect: async () => connection } as unknown as Provider;
  const absent: string[] = [];
  const wrapped = unlessAbsent(provider, { byName, onAbsent: (_, why) => absent.push(why) });
  const opened = await wrapped.connect({ uri: 's3://lands' }, {} as ProviderContext);
  const found = await collect(opened.assets());
  for (const one of found) if ('asset' in one) await opened.probes(one.asset);
  return { found: found.length, absent, probed };
}

const UNRESOLVED = gap(
  'unreachable',
  'the name of x.example does not resolve (ENOTFOUND); check it',
);

test('what is there goes on to the scan, and is asked once', async () => {
  expect(await seen([], false)).toEqual({ found: 1, absent: [], probed: 1 });
});

test('what is not there is told and is no asset', async () => {
  const missing = gap('not-found', 'there is no such bucket');
  expect(await seen([missing], false)).toMatchObject({ found: 0, absent: [missing.detail] });
  expect(await seen([], false, missing)).toMatchObject({ found: 0, absent: [missing.detail] });
});

test('a name that does not resolve tells only where each thing has a name of its own', async () => {
  expect(await seen([UNRESOLVED], true)).toMatchObject({
    found: 0,
    absent: ['the name does not resolve'],
  });
  expect(await seen([UNRESOLVED], false)).toMatchObject({ found: 1, absent: [] });
});

test.each(['timeout', 'denied', 'throttled', 'out-of-scope'] as const)(
  '%s is no absence',
  async (code) => {
    expect(await seen([gap(code, 'x')], true)).toMatchObject({ found: 1, absent: [] });
  },
);
