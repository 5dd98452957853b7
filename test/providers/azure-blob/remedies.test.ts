import { expect, test } from 'vitest';
import { azureBlob } from '../../../providers/azure-blob/provider.ts';
import type { Asset } from '../../../src/model/asset.ts';
import type { RemedyStep } from '../../../src/model/finding.ts';
import { composeRemedy } from '../../../src/remedy/index.ts';
import { shellWords } from '../../kit/shell-words.ts';

const ASSET: Asset = {
  id: 'azure-blob:lands/people',
  provider: 'azure-blob',
  authority: 'lands',
  name: 'people',
  kind: 'container',
  url: 'https://lands.blob.core.windows.net/people',
  account: 'lands',
  labels: { 'azure:resource-group': 'rg data', 'azure:subscription': 'sub-1' },
};

function words(
  purpose: RemedyStep['purpose'],
  code: string,
  { asset = ASSET, refs = [] as readonly string[], key = '' } = {},
): readonly string[] {
  return composeRemedy(asset, [{ code, params: {} }], refs, azureBlob)
    .filter((step) => step.purpose === purpose)
    .flatMap(({ command }) => shellWords(command, key).map((call) => call.join(' ')));
}

test('the container is made private first, then the account lets no container be public', () => {
  expect(words('close', 'azure.container.container')).toEqual([
    'az storage container-rm update --storage-account lands -g rg data --subscription sub-1 -n people --public-access off',
  ]);
  expect(words('guard', 'azure.container.container')).toEqual([
    'az storage account update -n lands -g rg data --subscription sub-1 --allow-blob-public-access false',
  ]);
});

test('a static website is switched off at the service, which the account switch does not reach', () => {
  const web = { ...ASSET, name: '$web', url: 'https://lands.blob.core.windows.net/$web' };
  expect(words('close', 'azure.web.served', { asset: web })).toEqual([
    'az storage blob service-properties update --account-name lands --subscription sub-1 --auth-mode login --static-website false',
  ]);
});

test('an emulator has no Resource Manager, so its container is closed by the connection string', () => {
  const emulated = { ...ASSET, url: 'http://127.0.0.1:10000/lands/people', labels: {} };
  const [close] = words('close', 'probe.listed', { asset: emulated });
  expect(close).toMatch(/^az storage container set-permission -n people --public-access off/);
  expect(words('guard', 'probe.listed', { asset: emulated })).toEqual([]);
});

test('the proof is the unsigned request, with the key by reference', () => {
  const key = '名單/a b.csv';
  const web = { ...ASSET, url: 'https://lands.blob.core.windows.net/$web' };
  const [prove] = words('prove', 'azure.container.blob', { asset: web, refs: ['r1'], key });
  expect(prove).toContain(`https://lands.blob.core.windows.net/$web/${encodeURIComponent(key)}`);
  expect(prove).toContain('x-ms-version');
  expect(words('prove', 'azure.container.container')[0]).toContain(
    'people?restype=container&comp=list&maxresults=1',
  );
});
