/** Cloud Storage buckets of the Google provider in a plan. */

import { judgeGcsCase } from '../gcs/case.ts';
import { type Json, list, record } from '../input.ts';
import { attachments, isUnknown, type Plan, type Resource } from './plan.ts';
import { bothWays, known, type Maybe, type TerraformCase, unknownValue } from './verdict.ts';

const IAM = [
  'google_storage_bucket_iam_member',
  'google_storage_bucket_iam_binding',
  'google_storage_bucket_iam_policy',
] as const;
const ACL = ['google_storage_bucket_acl', 'google_storage_bucket_access_control'] as const;
const DEFAULT_ACL = [
  'google_storage_default_object_acl',
  'google_storage_default_object_access_control',
] as const;
const OBJECT_ACL = ['google_storage_object_acl', 'google_storage_object_access_control'] as const;

const FOLDER_IAM = [
  'google_storage_managed_folder_iam_member',
  'google_storage_managed_folder_iam_binding',
  'google_storage_managed_folder_iam_policy',
] as const;

/** The most that a binding known only after apply could give. */
const OPEN_BINDING: Json = { role: 'roles/storage.admin', members: ['allUsers'] };

/** A part of the case's input, closed and open alike where it is known. */
interface Part {
  readonly field: string;
  readonly values: Maybe<readonly unknown[]>;
  /** What it is at its most open. */
  readonly extreme: unknown;
}

/** One case a bucket of the plan, and one for each bucket elsewhere that the plan gives access to. */
export function googleCases(plan: Plan, now: Date): readonly TerraformCase[] {
  const types = [...IAM, ...FOLDER_IAM, ...ACL, ...DEFAULT_ACL, ...OBJECT_ACL];
  const parts = attachments(plan, types, ['bucket'], 'google_storage_bucket', ['name', 'id']);
  const own = plan.resources
    .filter((one) => one.type === 'google_storage_bucket')
    .map((bucket): TerraformCase => {
      const of = (...wanted: readonly string[]) => parts.of(bucket, ...wanted);
      return { id: bucket.address, judgement: judge(bucket, of, now) };
    });
  const others = [...parts.elsewhere].map(([name, resources]): TerraformCase => {
    const of = (...wanted: readonly string[]) => ({
      resources: resources.filter((one) => wanted.includes(one.type)),
      unclear: false,
    });
    return { id: resources[0]?.address ?? name, judgement: judge(null, of, now) };
  });
  return [...own, ...others];
}

type Parts = (...types: readonly string[]) => {
  readonly resources: readonly Resource[];
  readonly unclear: boolean;
};

function judge(bucket: Resource | null, of: Parts, now: Date): ReturnType<typeof judgeGcsCase> {
  const parts: readonly Part[] = [
    { field: 'bindings', values: gathered(of(...IAM), bindingsOf), extreme: OPEN_BINDING },
    {
      field: 'managedFolders',
      values: gathered(of(...FOLDER_IAM), folderOf),
      extreme: { name: '/', bindings: [OPEN_BINDING] },
    },
    { field: 'acl', values: gathered(of(...ACL), aclOf), extreme: 'OWNER:allUsers' },
    {
      field: 'defaultObjectAcl',
      values: gathered(of(...DEFAULT_ACL), aclOf),
      extreme: 'READER:allUsers',
    },
    { field: 'objectAcl', values: gathered(of(...OBJECT_ACL), aclOf), extreme: 'OWNER:allUsers' },
  ];
  const uniform = attribute(bucket, 'uniform_bucket_level_access', (value) => value === true);
  const prevention = attribute(bucket, 'public_access_prevention', (value) =>
    typeof value === 'string' ? value : 'inherited',
  );
  const pays = attribute(bucket, 'requester_pays', (value) => value === true);
  const settings = [uniform, prevention, pays];
  return bothWays([...parts.map((part) => part.values), ...settings], [], (open) =>
    judgeGcsCase(
      {
        ...Object.fromEntries(parts.map((part) => [part.field, settled(part, open)])),
        ...(typeof bucket?.values.name === 'string' ? { bucket: bucket.values.name } : {}),
        uniformBucketLevelAccess: uniform.state === 'known' ? uniform.value : !open,
        publicAccessPrevention:
          prevention.state === 'known' ? prevention.value : open ? 'inherited' : 'enforced',
        requesterPays: pays.state === 'known' ? pays.value : !open,
      },
      now,
    ),
  );
}

function settled(part: Part, open: boolean): readonly unknown[] {
  if (part.values.state === 'known') return part.values.value;
  return open ? [part.extreme] : [];
}

/** Null: known only after apply. */
type Read = (resource: Resource) => readonly unknown[] | null;

function gathered(attached: ReturnType<Parts>, read: Read): Maybe<readonly unknown[]> {
  const values: unknown[] = [];
  for (const resource of attached.resources) {
    const one = read(resource);
    if (one === null) return unknownValue(resource.address);
    values.push(...one);
  }
  return attached.unclear
    ? unknownValue('a resource that may belong to this bucket')
    : known(values);
}

function bindingsOf(resource: Resource): readonly unknown[] | null {
  const { values } = resource;
  if (resource.type.endsWith('_iam_policy')) {
    if (isUnknown(resource, 'policy_data')) return null;
    const text = values.policy_data;
    if (typeof text !== 'string') return [];
    try {
      return list(record(JSON.parse(text))?.bindings);
    } catch {
      return null;
    }
  }
  const field = resource.type.endsWith('_iam_member') ? 'member' : 'members';
  if (isUnknown(resource, 'role') || isUnknown(resource, 'condition')) {
    const named = list(values[field]).some((member) =>
      /^all(Authenticated)?Users$/.test(String(member)),
    );
    return named || isUnknown(resource, field) ? null : [];
  }
  const condition = list(values.condition)[0] ?? null;
  const members = list(values[field]).filter((member) => typeof member === 'string');
  const open = members.some((member) => member === 'allUsers');
  if (isUnknown(resource, field) && !open) return null;
  return [{ role: values.role, members, condition }];
}

function folderOf(resource: Resource): readonly unknown[] | null {
  const bindings = bindingsOf(resource);
  const name = resource.values.managed_folder;
  // A name known only after apply opens some folder: which one, does not change the answers.
  const folder = typeof name === 'string' ? name : 'a-folder/';
  return bindings === null ? null : [{ name: folder, bindings }];
}

function aclOf(resource: Resource): readonly unknown[] | null {
  const { values } = resource;
  const fields = ['role_entity', 'predefined_acl', 'entity', 'role'];
  if (fields.some((field) => isUnknown(resource, field) && values[field] === undefined)) {
    // Computed where the other of the two is given.
    const given = fields.some((field) => list(values[field]).length > 0);
    if (!given) return null;
  }
  const predefined = values.predefined_acl;
  if (typeof predefined === 'string' && predefined !== '') return predefinedEntries(predefined);
  if (typeof values.entity === 'string') {
    return [{ entity: values.entity, role: values.role }];
  }
  return list(values.role_entity);
}

function predefinedEntries(name: string): readonly unknown[] | null {
  const key = name.toLowerCase();
  if (key === 'publicread') return ['READER:allUsers'];
  if (key === 'publicreadwrite') return ['WRITER:allUsers'];
  if (key === 'authenticatedread') return ['READER:allAuthenticatedUsers'];
  return ['private', 'projectprivate', 'bucketownerread', 'bucketownerfullcontrol'].includes(key)
    ? []
    : null;
}

function attribute<T>(
  bucket: Resource | null,
  name: string,
  read: (value: unknown) => T,
): Maybe<T> {
  if (!bucket) return unknownValue(`${name} of a bucket that is there already`);
  const value = bucket.values[name];
  // Optional and computed: without a value the provider sends none, and the default applies.
  if (value === undefined && isUnknown(bucket, name) && name !== 'uniform_bucket_level_access') {
    return known(read(undefined));
  }
  return isUnknown(bucket, name) && value === undefined
    ? unknownValue(`${bucket.address}.${name}`)
    : known(read(value));
}
