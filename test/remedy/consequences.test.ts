import { expect, test } from 'vitest';
import type { Asset } from '../../src/model/asset.ts';
import { consequences, provedBy } from '../../src/remedy/index.ts';

const BUCKET: Asset = {
  id: 's3:aws/lands-data',
  provider: 's3',
  authority: 'aws',
  name: 'lands-data',
  kind: 'bucket',
  url: 'https://lands-data.s3.ap-east-1.amazonaws.com/',
  labels: {},
};

test('where nothing speaks for other readers nothing is said', () => {
  expect(consequences(BUCKET, [{ code: 's3.policy.allow', params: {} }], [])).toEqual([]);
});

test.each<[string, Asset, string, readonly string[], RegExp]>([
  [
    'a CDN answered',
    BUCKET,
    's3.policy.allow',
    ['https://cdn.example.org'],
    /served at https:\/\/cdn\.example\.org too/,
  ],
  [
    'a bucket is called like a domain',
    { ...BUCKET, name: 'www.lands.example' },
    'x',
    [],
    /like the domain www\.lands\.example/,
  ],
  [
    'a static website',
    { ...BUCKET, kind: 'container', name: '$web' },
    'azure.web.served',
    [],
    /static website of its account/,
  ],
])('who else reads it is told before it is closed: %s', (_, asset, code, served, said) => {
  const [step, ...more] = consequences(asset, [{ code, params: {} }], served);
  expect([step?.purpose, step?.command, more]).toEqual(['close', '', []]);
  expect(step?.what).toMatch(said);
  expect(step?.what).toMatch(/access log.* shows who reads it now/);
});

test('what closes a finding is a command of its own', () => {
  expect(provedBy('F-0123456789ab')).toMatchObject({
    purpose: 'prove',
    command: 'ajar prove F-0123456789ab',
  });
});
