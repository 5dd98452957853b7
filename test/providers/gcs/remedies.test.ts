import { expect, test } from 'vitest';
import { gcs } from '../../../providers/gcs/provider.ts';
import type { Asset } from '../../../src/model/asset.ts';
import { becauseCodes } from '../../../src/model/because.ts';
import type { RemedyStep } from '../../../src/model/finding.ts';
import { composeRemedy } from '../../../src/remedy/index.ts';
import { shellWords } from '../../kit/shell-words.ts';

const ASSET: Asset = {
  id: 'gcs:googleapis.com/lands',
  provider: 'gcs',
  authority: 'googleapis.com',
  name: 'lands',
  kind: 'bucket',
  url: 'https://storage.googleapis.com/lands',
  labels: {},
};

function steps(
  code: string,
  params: Readonly<Record<string, string>> = {},
  asset: Asset = ASSET,
  refs: readonly string[] = [],
): readonly RemedyStep[] {
  return composeRemedy(asset, [{ code, params }], refs, gcs);
}

function words(list: readonly RemedyStep[], purpose: RemedyStep['purpose'], key = ''): string[] {
  return list
    .filter((step) => step.purpose === purpose)
    .flatMap(({ command }) => shellWords(command, key).map((call) => call.join(' ')));
}

test('a public binding is taken away first, then public grants are refused for good', () => {
  const role = 'roles/storage.objectViewer';
  const list = steps('gcs.iam.allow', {
    role,
    member: 'allUsers',
    where: 'the IAM policy of the bucket',
  });
  expect(words(list, 'close')).toEqual([
    `gcloud storage buckets remove-iam-policy-binding gs://lands --member=allUsers --role=${role}`,
  ]);
  expect(words(list, 'guard')).toEqual([
    'gcloud storage buckets update gs://lands --public-access-prevention',
    'gcloud storage buckets update gs://lands --uniform-bucket-level-access',
  ]);
});

test('a managed folder is closed by its own name, whatever signs are in it', () => {
  const where = "the IAM policy of managed folder staff's files/";
  const list = steps('gcs.iam.allow', { role: 'roles/x', member: 'allUsers', where });
  const [call] = shellWords(list[0]?.command ?? '');
  expect(call?.slice(2, 5)).toEqual([
    'managed-folders',
    'remove-iam-policy-binding',
    "gs://lands/staff's files/",
  ]);
});

test('a conditional binding is taken away under every condition', () => {
  const list = steps('gcs.iam.allow-if', { role: 'roles/x', member: 'allUsers', condition: 'c' });
  expect(words(list, 'close').join()).toContain('--all');
});

test('one object is closed by reference, so that the printed command holds no key', () => {
  const params = { entity: 'allUsers', role: 'READER' };
  const list = steps('gcs.acl.object', params, ASSET, ['r1']);
  const key = "名單/O'Neil list.csv";
  expect(words(list, 'close', key)).toEqual([
    `gcloud storage objects update gs://lands/${key} --remove-acl-grant=allUsers`,
  ]);
  const [call] = shellWords(list.find(({ purpose }) => purpose === 'prove')?.command ?? '', key);
  expect(call?.at(-1)).toBe(`https://storage.googleapis.com/lands/${encodeURIComponent(key)}`);
  expect(JSON.stringify(list)).not.toContain('Neil');
});

test('an own endpoint and another universe are told to gcloud', () => {
  const own = { ...ASSET, url: 'http://127.0.0.1:4443/lands' };
  const sovereign = { ...ASSET, url: 'https://storage.cloud.example/lands' };
  const params = { entity: 'allUsers' };
  expect(steps('gcs.acl.bucket', params, own)[0]?.command).toMatch(
    /^CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE=http:\/\/127\.0\.0\.1:4443\/storage\/v1\/ gcloud /,
  );
  expect(steps('gcs.acl.bucket', params, sovereign)[0]?.command).toMatch(
    /^CLOUDSDK_CORE_UNIVERSE_DOMAIN=cloud\.example gcloud /,
  );
});

test('every cause that opens a bucket has a way to close it', () => {
  const opening = becauseCodes().filter((code) =>
    /^gcs\.(?:iam\.(?:allow|allow-if|condition-unjudged|role-unknown)|acl\.(?:bucket|object|default))$/.test(
      code,
    ),
  );
  expect(opening.length).toBeGreaterThan(6);
  for (const code of [...opening, 'probe.listed', 'probe.read', 'probe.permissions']) {
    expect(words(steps(code), 'close').length, code).toBeGreaterThan(0);
  }
});
