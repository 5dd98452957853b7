/** Buckets, their policies and managed folders in the GCS stand-in's JSON API. */
import type { Reply } from '../served.ts';
import { isKnownCondition, isPublicMember, may, prevented } from './access.ts';
import { aclApi } from './acl-api.ts';
import { type Call, need } from './call.ts';
import { objectsApi } from './objects-api.ts';
import {
  type AclEntry,
  type Binding,
  type StoredBucket,
  seedBucket,
  sortedNames,
} from './state.ts';
import { ApiFault, bucketJson, json, page, policyJson, select } from './wire.ts';

export function storageApi(call: Call): Reply {
  const [kind, name, part, ...rest] = call.path;
  if (kind !== 'b') throw new ApiFault(404, 'Not Found');
  if (name === undefined) return bucketsApi(call);
  const bucket = call.state.buckets.get(name);
  if (!bucket) throw new ApiFault(404, 'The specified bucket does not exist.');
  switch (part) {
    case undefined:
      return bucketApi(call, bucket);
    case 'iam':
      return rest[0] === 'testPermissions' ? testPermissions(call, bucket) : iamApi(call, bucket);
    case 'acl':
    case 'defaultObjectAcl':
      return aclApi(call, bucket, part, null, rest[0]);
    case 'managedFolders':
      return foldersApi(call, bucket, rest);
    case 'o':
      return objectsApi(call, bucket, rest);
    default:
      throw new ApiFault(404, 'Not Found');
  }
}

function bucketsApi(call: Call): Reply {
  const { state, who, asked } = call;
  const project = state.projects.find(({ id }) => id === asked.query.get('project'));
  if (asked.query.get('project') === null) throw new ApiFault(400, 'Required parameter: project');
  if (who.kind === 'anonymous') {
    throw new ApiFault(401, 'Anonymous caller does not have storage.buckets.list access.');
  }
  const views = who.viewer && asked.method === 'GET' && project?.secluded !== true;
  if (!project || (who.project !== project.id && !views)) {
    throw new ApiFault(403, `${who.email} does not have storage.buckets.list access.`);
  }
  if (asked.method === 'POST') {
    const wanted = JSON.parse(call.body.toString()) as BucketPatch & {
      name: string;
      location?: string;
    };
    if (state.buckets.has(wanted.name)) throw new ApiFault(409, 'The bucket name is taken.');
    const bucket = seedBucket(state, {
      name: wanted.name,
      ...(wanted.location !== undefined && { location: wanted.location }),
      project: project.id,
    });
    patchBucket(bucket, wanted);
    return json(bucketJson(bucket, false));
  }
  const prefix = asked.query.get('prefix') ?? '';
  const own = sortedNames(state.buckets.keys())
    .map((name) => state.buckets.get(name))
    .filter((bucket) => bucket?.project === project.id && bucket.name.startsWith(prefix))
    .filter((bucket) => bucket !== undefined);
  const full = asked.query.get('projection') === 'full';
  const { items, nextPageToken } = page(own, asked.query);
  return json(
    select(
      {
        kind: 'storage#buckets',
        ...(nextPageToken !== undefined && { nextPageToken }),
        ...(items.length > 0 && { items: items.map((bucket) => bucketJson(bucket, full)) }),
      },
      asked.query.get('fields'),
    ),
  );
}

function bucketApi(call: Call, bucket: StoredBucket): Reply {
  const full = call.asked.query.get('projection') === 'full';
  if (call.asked.method === 'GET') {
    need(call, 'storage.buckets.get', bucket);
    if (full) need(call, 'storage.buckets.getIamPolicy', bucket);
  } else if (call.asked.method === 'DELETE') {
    need(call, 'storage.buckets.delete', bucket);
    if (bucket.objects.size > 0)
      throw new ApiFault(409, 'The bucket you tried to delete is not empty.');
    call.state.buckets.delete(bucket.name);
    return { status: 204 };
  } else {
    need(call, 'storage.buckets.update', bucket);
    patchBucket(bucket, JSON.parse(call.body.toString()) as BucketPatch);
  }
  return json(select(bucketJson(bucket, full), call.asked.query.get('fields')));
}

interface BucketPatch {
  readonly acl?: readonly AclEntry[];
  readonly defaultObjectAcl?: readonly AclEntry[];
  readonly labels?: Record<string, string>;
  readonly versioning?: { readonly enabled?: boolean };
  readonly billing?: { readonly requesterPays?: boolean };
  readonly iamConfiguration?: {
    readonly uniformBucketLevelAccess?: { readonly enabled?: boolean };
    readonly publicAccessPrevention?: 'inherited' | 'enforced';
  };
}

function patchBucket(bucket: StoredBucket, patch: BucketPatch): void {
  const iam = patch.iamConfiguration;
  const entry = ({ entity, role }: AclEntry): AclEntry => ({ entity, role });
  bucket.acl = patch.acl?.map(entry) ?? bucket.acl;
  bucket.defaultObjectAcl = patch.defaultObjectAcl?.map(entry) ?? bucket.defaultObjectAcl;
  bucket.labels = patch.labels ?? bucket.labels;
  bucket.versioning = patch.versioning?.enabled ?? bucket.versioning;
  bucket.requesterPays = patch.billing?.requesterPays ?? bucket.requesterPays;
  bucket.uniform = iam?.uniformBucketLevelAccess?.enabled ?? bucket.uniform;
  bucket.publicAccessPrevention = iam?.publicAccessPrevention ?? bucket.publicAccessPrevention;
  bucket.metageneration += 1;
}

function iamApi(call: Call, bucket: StoredBucket): Reply {
  if (call.asked.method === 'PUT') {
    need(call, 'storage.buckets.setIamPolicy', bucket);
    bucket.iam = wantedBindings(call, bucket);
    bucket.metageneration += 1;
  } else {
    need(call, 'storage.buckets.getIamPolicy', bucket);
  }
  return json(policyJson(`projects/_/buckets/${bucket.name}`, asRequested(call, bucket.iam)));
}

/** Below version 3 conditions are not told, and such roles get a name of their own. */
function asRequested(call: Call, bindings: readonly Binding[]): readonly Binding[] {
  if (call.asked.query.get('optionsRequestedPolicyVersion') === '3') return bindings;
  return bindings.map((binding) =>
    binding.condition
      ? { role: `${binding.role}_withcond_0123456789abcdef0123`, members: binding.members }
      : binding,
  );
}

function wantedBindings(call: Call, bucket: StoredBucket): Binding[] {
  const wanted = JSON.parse(call.body.toString()) as { bindings?: Binding[] };
  const bindings = wanted.bindings ?? [];
  if (
    prevented(call.state, bucket) &&
    bindings.some(({ members }) => members.some(isPublicMember))
  ) {
    throw new ApiFault(
      412,
      'The member bindings allUsers and allAuthenticatedUsers are not allowed since public access prevention is enforced.',
    );
  }
  const odd = bindings.find(
    ({ condition }) => condition && !isKnownCondition(condition.expression),
  );
  if (odd) throw new ApiFault(400, 'This stand-in cannot evaluate that condition.');
  return bindings;
}

function testPermissions(call: Call, bucket: StoredBucket): Reply {
  const wanted = call.asked.query.getAll('permissions');
  const held = wanted.filter((permission) => may(call.state, call.who, permission, { bucket }));
  return json({
    kind: 'storage#testIamPermissionsResponse',
    ...(held.length > 0 && { permissions: held }),
  });
}

function foldersApi(call: Call, bucket: StoredBucket, rest: readonly string[]): Reply {
  const [name, iam] = rest;
  const wire = (folder: string): unknown => ({
    kind: 'storage#managedFolder',
    id: `${bucket.name}/${folder}`,
    bucket: bucket.name,
    name: folder,
  });
  if (name === undefined && call.asked.method === 'POST') {
    need(call, 'storage.managedFolders.create', bucket);
    if (!bucket.uniform)
      throw new ApiFault(400, 'Managed folders need uniform bucket-level access.');
    const { name: folder } = JSON.parse(call.body.toString()) as { name: string };
    bucket.folders.set(folder, []);
    return json(wire(folder));
  }
  if (name === undefined) {
    need(call, 'storage.managedFolders.list', bucket);
    const { items, nextPageToken } = page(sortedNames(bucket.folders.keys()), {
      get: (key: string) => call.asked.query.get(key === 'maxResults' ? 'pageSize' : key),
    } as URLSearchParams);
    return json({
      kind: 'storage#managedFolders',
      ...(nextPageToken !== undefined && { nextPageToken }),
      items: items.map(wire),
    });
  }
  const bindings = bucket.folders.get(name);
  if (!bindings) throw new ApiFault(404, 'The managed folder does not exist.');
  if (iam !== 'iam') return json(wire(name));
  if (call.asked.method === 'PUT') {
    need(call, 'storage.managedFolders.setIamPolicy', bucket);
    bucket.folders.set(name, wantedBindings(call, bucket));
  } else {
    need(call, 'storage.managedFolders.getIamPolicy', bucket);
  }
  const now = bucket.folders.get(name) ?? [];
  return json(policyJson(`projects/_/buckets/${bucket.name}/managedFolders/${name}`, now));
}
