/** What a scan costs the owner: calls of the control plane are counted, a bucket and a project. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { assetsOf, collect, EVERYONE_VIEWS, type Stage, setStage } from './stage.ts';

const MOST_A_BUCKET = 8;
const ROLE = 'projects/lands/roles/reader';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  stage.role(ROLE, ['storage.objects.get']);
  const objects = { 'a.csv': 'made up' };
  const everyone = { entity: 'allUsers', role: 'READER' } as const;
  const byRole = { role: ROLE, members: ['allUsers'] };
  stage.bucket({ name: 'plain', objects });
  stage.bucket({ name: 'uniform', uniform: true, objects });
  stage.bucket({ name: 'by-iam', iam: [EVERYONE_VIEWS], objects });
  stage.bucket({ name: 'by-acl', acl: [everyone], objects });
  stage.bucket({ name: 'by-role', iam: [byRole], objects });
  stage.bucket({ name: 'by-role-too', iam: [byRole], objects });
  const folders = { 'a/': [EVERYONE_VIEWS], 'b/': [], 'c/': [] };
  stage.bucket({ name: 'by-folder', uniform: true, folders, objects });
  stage.bucket({
    name: 'prevented',
    uniform: true,
    publicAccessPrevention: 'enforced',
    folders,
    iam: [EVERYONE_VIEWS],
    objects,
  });
});
afterEach(() => {
  stage.fault(null);
  stage.clearLog();
});
afterAll(() => stage.stop());

async function scan(uri: string): Promise<void> {
  const connection = await stage.connect({ uri });
  for (const asset of (await assetsOf(connection)).assets) {
    await connection.probes(asset);
    const objects = await collect(connection.objects(asset));
    await collect(connection.objectProbes(asset, objects));
  }
  await connection.close();
}

/** By bucket; what belongs to none under the empty name. Objects grow with what lies in a bucket. */
function control(): ReadonlyMap<string, readonly string[]> {
  const paths = stage.log
    .filter(({ signed, path }) => signed && !/\/b\/[^/]+\/o(?:$|\/)/.test(path))
    .map(({ path }) => path);
  return Map.groupBy(paths, (path) => /\/b\/([^/]+)/.exec(path)?.[1] ?? '');
}

test('no bucket of a project costs more than eight calls', async () => {
  await scan('gs://');
  for (const [name, calls] of control()) {
    if (name === '') continue;
    expect(calls.length, `${name}: ${calls.join(' ')}`).toBeLessThanOrEqual(MOST_A_BUCKET);
  }
  expect([...control().keys()].filter((name) => name !== '')).toHaveLength(8);
});

test('a bucket that keeps everybody out costs one, whatever its folders say', async () => {
  await scan('gs://');
  expect(control().get('prevented')).toEqual(['/storage/v1/b/prevented/iam']);
  expect(control().get('plain')).toEqual(['/storage/v1/b/plain/iam']);
});

test('roles and the organisation\u2019s policy are asked for once, not once a bucket', async () => {
  await scan('gs://');
  const shared = control().get('') ?? [];
  expect(shared.length).toBe(new Set(shared).size);
  expect(shared.filter((path) => path.endsWith(ROLE))).toHaveLength(1);
  expect(shared.filter((path) => path.endsWith(':getEffectivePolicy'))).toHaveLength(1);
});

test('who may not see ACLs in the list of buckets pays for them one by one, and still not eight', async () => {
  stage.fault(({ query }) =>
    query.get('projection') === 'full' ? { kind: 'answer', status: 403, body: '{}' } : null,
  );
  await scan('gs://');
  const calls = control().get('by-acl') ?? [];
  expect(calls).toContain('/storage/v1/b/by-acl/acl');
  expect(calls.length).toBeLessThanOrEqual(MOST_A_BUCKET);
});

test.each(['plain', 'by-role', 'by-folder'])('named alone, %s costs no more', async (name) => {
  await scan(`gs://${name}`);
  const calls = control().get(name) ?? [];
  expect(calls.length, calls.join(' ')).toBeLessThanOrEqual(MOST_A_BUCKET);
});
