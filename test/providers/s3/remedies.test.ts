/** The printed commands: least first, quoted, and never a deletion where the store is not Amazon's. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { prove, REMEDIES } from '../../../providers/s3/remedies.ts';
import type { Asset } from '../../../src/model/asset.ts';
import type { RemedyStep } from '../../../src/model/finding.ts';
import { composeRemedy } from '../../../src/remedy/index.ts';

const AMAZON: Asset = {
  id: 's3:aws/lands-data',
  provider: 's3',
  authority: 'aws',
  name: 'lands-data',
  kind: 'bucket',
  url: 'https://lands-data.s3.ap-east-1.amazonaws.com/',
  account: '111122223333',
  region: 'ap-east-1',
  labels: {},
};
const CEPH: Asset = {
  ...AMAZON,
  id: 's3:store/lands-data',
  authority: 'store',
  url: 'https://store.example:8443/lands-data/',
  service: 'ceph',
};
const { service: _, ...PLAIN } = CEPH;
const MINIO: Asset = { ...CEPH, service: 'minio' };

const CODES: readonly string[] = [
  's3.policy.allow',
  's3.acl.allow',
  's3.acl.data.allow',
  's3.object-acl.allow',
  's3.access-point.allow-account',
  'probe.listed',
  'probe.read',
];

function steps(asset: Asset, code: string, refs: readonly string[] = []): readonly RemedyStep[] {
  const params = { statement: 'Open to all', permission: 'READ', point: 'ap' };
  return composeRemedy(asset, [{ code, params }], refs, { remedies: REMEDIES, prove });
}

function commands(asset: Asset, code: string, purpose: RemedyStep['purpose']): readonly string[] {
  return steps(asset, code, ['r1'])
    .filter((step) => step.purpose === purpose)
    .map((step) => step.command)
    .filter((command) => command !== '');
}

test.each([PLAIN, CEPH, MINIO])(
  'away from Amazon no command closes by deleting, and data goes object by object ($service)',
  (asset) => {
    const every = CODES.flatMap((code) => [...steps(asset, code, ['r1']), ...steps(asset, code)]);
    const all = every.filter(({ purpose }) => purpose !== 'remove').map(({ command }) => command);
    expect(all.join('\n')).not.toMatch(/delete/i);
    const removing = every.filter(({ purpose }) => purpose === 'remove').map((one) => one.command);
    const deletions = removing.flatMap((command) => command.match(/(?:delete|rm|rb)\S*.*/g) ?? []);
    expect(deletions.length).toBeGreaterThan(0);
    // A request that names a key and a version is no request to the bucket.
    for (const one of deletions) {
      expect(one).toMatch(/^delete-object --bucket lands-data --key "\$K" --version-id "\$V"/);
    }
    expect(all.filter((command) => command.startsWith('aws ')).join('\n')).toMatch(
      /--endpoint-url https:\/\/store\.example:8443/,
    );
  },
);

test('what Terraform manages is to be written there too, on Amazon only', () => {
  const told = (asset: Asset) =>
    steps(asset, 's3.policy.allow', ['r1']).filter(({ what }) => what.includes('Terraform'));
  expect(told(AMAZON)).toEqual([
    {
      purpose: 'guard',
      what: expect.stringContaining('aws_s3_bucket_public_access_block with block_public_acls'),
      command: '',
    },
  ]);
  expect(told(MINIO)).toEqual([]);
});

test('a policy statement is taken out by name, and the block stands behind it as guard', () => {
  const [close] = commands(AMAZON, 's3.policy.allow', 'close');
  expect(close).toContain(`--arg sid 'Open to all'`);
  expect(close).toContain('map(if .Sid == $sid then {"Effect":"Deny"');
  expect(commands(AMAZON, 's3.policy.allow', 'guard')).toEqual([
    expect.stringContaining('aws s3api put-public-access-block --bucket lands-data'),
    expect.stringContaining('aws s3control put-public-access-block --account-id 111122223333'),
  ]);
});

test('a statement without a name is replaced in its place, so that the next command still counts right', () => {
  const because = { code: 's3.policy.allow', params: { statement: '#2' } };
  const [data] = REMEDIES.filter(({ causes }) => causes.includes('s3.policy.allow'));
  const [step] = data?.steps({ asset: AMAZON, because, key: null }) ?? [];
  expect(step?.command).toContain('flatten | .[1] = {"Effect":"Deny"');
});

test('MinIO is closed by its own client', () => {
  expect(commands(MINIO, 's3.policy.allow', 'close')).toEqual([
    'mc anonymous set none ALIAS/lands-data',
  ]);
});

test('ACLs become private before they are switched off', () => {
  expect(commands(AMAZON, 's3.acl.allow', 'close')).toEqual([
    'aws s3api put-bucket-acl --bucket lands-data --acl private --region ap-east-1',
  ]);
  const off = commands(AMAZON, 's3.acl.allow', 'guard').at(-1) ?? '';
  expect(off.indexOf('put-bucket-acl')).toBeLessThan(off.indexOf('put-bucket-ownership-controls'));
});

test('an object is named by its reference, never by its key', () => {
  const [close] = commands(AMAZON, 's3.object-acl.allow', 'close');
  expect(close).toContain('put-object-acl');
  expect(close).toContain('ajar locate r1');
  expect(commands(AMAZON, 's3.object-acl.allow', 'prove')[0]).toContain('ajar locate r1');
});

test('the proof is the same unsigned request, for the list or for one byte', () => {
  const list = prove({ asset: CEPH, because: { code: 'x', params: {} }, key: null });
  expect(list.command).toBe(
    "curl -s -o /dev/null -w '%{http_code}\\n' 'https://store.example:8443/lands-data/?list-type=2&max-keys=1'",
  );
});

test.each(CODES)('every command for %s is one that a shell can read', (code) => {
  const hostile: Asset = { ...AMAZON, name: "o'brien; rm -rf $HOME", account: '1 2' };
  for (const asset of [AMAZON, CEPH, MINIO, hostile]) {
    for (const { command } of steps(asset, code, ['r1'])) {
      const { status, stderr } = spawnSync('sh', ['-n'], { input: command });
      expect([command, status, stderr.toString()]).toEqual([command, 0, '']);
    }
  }
});

test('a hostile name stays one word in the shell', () => {
  const asset: Asset = { ...AMAZON, name: "o'brien; echo pwned" };
  const because = { code: 's3.acl.allow', params: {} };
  const [data] = REMEDIES.filter(({ causes }) => causes.includes('s3.acl.allow'));
  const [step] = data?.steps({ asset, because, key: null }) ?? [];
  const shell = spawnSync('sh', ['-c', `aws() { printf '<%s>' "$@"; }; ${step?.command}`]);
  expect(shell.stdout.toString()).toContain("<--bucket><o'brien; echo pwned>");
});

test('a multi-region point, whose policy nobody can delete, gets one that grants nothing', () => {
  const because = {
    code: 's3.access-point.allow-account',
    params: { point: 'world', alias: 'mfzwi23gnjvgw.mrap' },
  };
  const [data] = REMEDIES.filter(({ causes }) => causes.includes(because.code));
  const asset: Asset = { ...AMAZON, account: '111122223333' };
  const [step] = data?.steps({ asset, because, key: null }) ?? [];
  const shell = spawnSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }; ${step?.command}`]);
  const words = shell.stdout.toString().trim().split('\n');
  expect(words.slice(0, 4)).toEqual([
    's3control',
    'put-multi-region-access-point-policy',
    '--region',
    'us-west-2',
  ]);
  const details = JSON.parse(words.at(-1) ?? '') as { Name: string; Policy: string };
  expect(details.Name).toBe('world');
  expect(JSON.parse(details.Policy)).toMatchObject({ Statement: [{ Effect: 'Deny' }] });
});

test('an old version is made private by its own id, and no other object with it', () => {
  const because = { code: 'probe.read-version', params: { version: 'v1' } };
  const [data] = REMEDIES.filter(({ causes }) => causes.includes(because.code));
  const [step] = data?.steps({ asset: AMAZON, because, key: '"$(echo a.csv)"' }) ?? [];
  expect(step?.what).toContain('version v1');
  const listed = 'a.csv\\tv1\\na.csv.bak\\tv2\\na.csv\\tv3\\n';
  const aws = `aws() { case "$2" in list-object-versions) printf '${listed}';; *) printf '%s ' "$@"; echo;; esac; }`;
  const shell = spawnSync('sh', ['-c', `${aws}; ${step?.command}`]);
  const closed = shell.stdout.toString().trim().split('\n');
  expect(closed.map((line) => /--version-id (\S+)/.exec(line)?.[1])).toEqual(['v1', 'v3']);
});
