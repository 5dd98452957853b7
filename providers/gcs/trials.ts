/**
 * Which permissions of the scanning account are missing at a target. What holds on a bucket Cloud
 * Storage says itself (testIamPermissions, which anybody may ask about himself); the rest is tried.
 */
import { ScanError } from '../../src/model/errors.ts';
import type { PermissionCheck, ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { outcomesOf, shared, type Trial, untried } from '../trials.ts';
import { type GcsApi, gcsApi, type Json } from './api.ts';
import { PERMISSIONS } from './calls.ts';
import { LEAST_PRIVILEGE } from './permissions.ts';
import { projectsOf } from './projects.ts';
import { readTarget } from './target.ts';

export async function* tryPermissions(
  spec: TargetSpec,
  context: ProviderContext,
): AsyncGenerator<PermissionCheck> {
  const target = readTarget(spec, context.env);
  if (target.access.kind === 'anonymous') {
    throw new ScanError('no-credentials', 'an anonymous target has no permissions to try');
  }
  const http = httpClient(context);
  try {
    yield* outcomesOf(trialsOf(gcsApi(target, context, http), spec.uri));
  } finally {
    http.close();
  }
}

function trialsOf(api: GcsApi, uri: string): readonly Trial[] {
  const { target } = api;
  const project = shared(async () => {
    for await (const found of projectsOf(api, uri)) {
      if ('project' in found) return found.project;
    }
    return untried('no project was found; name one as the account of the target');
  });
  const buckets = shared(async () =>
    api.get({ call: 'buckets' }, { project: await project(), maxResults: '1' }),
  );
  const bucket = shared(async () => target.bucket ?? nameIn(await buckets().catch(() => ({}))));
  const held = shared(async () => heldOn(api, await bucket()));
  const about = shared(async () => api.get({ call: 'bucket', bucket: await bucket() }));
  const onProject: Readonly<Record<string, () => Promise<unknown>>> = {
    [PERMISSIONS.buckets]: async () => {
      if (target.bucket !== null) await project().catch(() => untried(NAMED));
      return buckets();
    },
    [PERMISSIONS.projects]: () => below(api, 'projects'),
    [PERMISSIONS.subfolders]: () => below(api, 'subfolders'),
    [PERMISSIONS.prevention]: async () => {
      const known = await about().catch(() => ({}) as Json);
      const number = String(known.projectNumber ?? '');
      if (!/^\d+$/.test(number)) untried('the project of the bucket is not known');
      return api.getOnce({ call: 'prevention', project: number });
    },
    [PERMISSIONS.role]: () =>
      untried('it is only asked where a custom role of yours is bound to everyone'),
  };
  return LEAST_PRIVILEGE.permissions.map((permission) => ({
    permission,
    ask:
      onProject[permission] ??
      (async () => {
        if ((await held()).includes(permission)) return;
        if (
          permission === PERMISSIONS['object-acl'] &&
          isUniform(await about().catch(() => ({})))
        ) {
          untried('objects have no ACLs of their own in this bucket (uniform access)');
        }
        throw new ScanError(
          'denied',
          `the credentials lack ${permission}; grant it to the scanning account`,
        );
      }),
  }));
}

const NAMED = 'the target names a bucket and no project, so no list of buckets is needed';

function nameIn(page: Json): string {
  const [first] = Array.isArray(page.items) ? (page.items as readonly Json[]) : [];
  return typeof first?.name === 'string'
    ? first.name
    : untried('no bucket could be found to try it with; name one');
}

function isUniform(about: Json): boolean {
  const { uniformBucketLevelAccess: uniform } = (about.iamConfiguration ?? {}) as {
    readonly uniformBucketLevelAccess?: { readonly enabled?: boolean };
  };
  return uniform?.enabled === true;
}

/** Of the role's permissions on buckets, those that the credentials have there. */
async function heldOn(api: GcsApi, bucket: string): Promise<readonly string[]> {
  const url = api.urlOf({ call: 'permissions', bucket });
  for (const one of LEAST_PRIVILEGE.permissions) {
    if (one.startsWith('storage.') && one !== PERMISSIONS.buckets) {
      url.searchParams.append('permissions', one);
    }
  }
  const answer = await api.ask(url);
  return Array.isArray(answer.permissions) ? answer.permissions.map(String) : [];
}

async function below(api: GcsApi, call: 'projects' | 'subfolders'): Promise<unknown> {
  const { scope } = api.target;
  if (scope.kind !== 'under') {
    return untried('it is only asked for account: organizations/N or folders/N');
  }
  return api.get({ call }, { parent: scope.parent, pageSize: '1' });
}
