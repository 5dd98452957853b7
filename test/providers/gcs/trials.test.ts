/** Which permissions of the scanning account are missing: asked of the bucket itself, tried where it cannot say. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LEAST_PRIVILEGE } from '../../../providers/gcs/permissions.ts';
import { gcs } from '../../../providers/gcs/provider.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { PermissionCheck, TargetSpec } from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';
import { OWNER, STRANGER, type Stage, setStage } from './stage.ts';

let stage: Stage;

const MEMBERS = ['user:scanner@example.org'];
/** The scanner holds a role on a bucket, and no part in the project. */
const OF_PROJECT = ['orgpolicy.policy.get', 'storage.buckets.list'];
const MISSING = 'storage.managedFolders.getIamPolicy';

beforeAll(async () => {
  stage = await setStage();
  const { permissions } = LEAST_PRIVILEGE;
  stage.role('projects/lands/roles/whole', permissions);
  stage.role(
    'projects/lands/roles/less',
    permissions.filter((one) => one !== MISSING),
  );
  for (const name of ['whole', 'less']) {
    stage.bucket({ name, iam: [{ role: `projects/lands/roles/${name}`, members: MEMBERS }] });
  }
});
afterEach(() => {
  stage.fault(null);
  stage.clearLog();
});
afterAll(() => stage.stop());

function tried(
  change: Partial<TargetSpec> & { readonly uri: string },
  token: string = STRANGER,
): Promise<readonly PermissionCheck[]> {
  const checks = gcs.tryPermissions?.(
    { endpoint: stage.url, account: 'lands', credentials: { token: 'GCS_TOKEN' }, ...change },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      env: { GCS_TOKEN: token },
      allow: () => {},
    },
  );
  if (!checks) throw new Error('GCS tries no permissions');
  return collect(checks);
}

function states(
  checks: readonly PermissionCheck[],
  state: PermissionCheck['state'],
): readonly string[] {
  return checks.filter((one) => one.state === state).map(({ permission }) => permission);
}

test('every permission of the role is spoken of, and on the bucket each is found', async () => {
  const checks = await tried({ uri: 'gs://whole' });
  expect(checks.map(({ permission }) => permission)).toEqual(LEAST_PRIVILEGE.permissions);
  expect(states(checks, 'refused')).toEqual(OF_PROJECT);
  expect(states(checks, 'not-tried')).toEqual([
    'iam.roles.get',
    'resourcemanager.folders.list',
    'resourcemanager.projects.list',
  ]);
});

test('exactly the permission that is not there is missing, and named', async () => {
  const checks = await tried({ uri: 'gs://less' });
  expect(states(checks, 'refused')).toEqual([...OF_PROJECT, MISSING]);
  expect(checks.find(({ permission }) => permission === MISSING)?.detail).toContain(MISSING);
});

test('the owner of the project lacks nothing, with the first bucket of the project', async () => {
  const checks = await tried({ uri: 'gs://' }, OWNER);
  expect(states(checks, 'refused')).toEqual([]);
  expect(states(checks, 'granted')).toContain('storage.objects.get');
});

test('a service that fails settles nothing', async () => {
  stage.fault(() => ({ kind: 'answer', status: 400, body: '{}' }));
  const checks = await tried({ uri: 'gs://whole' });
  expect(states(checks, 'granted')).toEqual([]);
});

test('trying only reads', async () => {
  await tried({ uri: 'gs://' }, OWNER);
  expect(stage.log.length).toBeGreaterThan(2);
  expect(stage.log.every(({ method }) => method === 'GET')).toBe(true);
});
