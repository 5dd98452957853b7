/**
 * Who may do what in the GCS stand-in: IAM bindings by permission, object and bucket ACLs, uniform
 * bucket-level access, public access prevention and Requester Pays, as Google documents them
 * (cloud.google.com/storage/docs/access-control). Written for the stand-in alone: it shares no code
 * with src/exposure, so that one mistake cannot make both agree.
 */
import type { AclEntry, Binding, State, StoredBucket, StoredObject } from './state.ts';

export type Principal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'account';
      readonly email: string;
      readonly project: string | null;
      readonly viewer: boolean;
    };

/** The bearer of this Authorization header; null for a token nobody was given. */
export function principalOf(state: State, authorization: string | undefined): Principal | null {
  if (authorization === undefined) return { kind: 'anonymous' };
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  const project = state.projects.find((one) => one.token === token);
  if (project) {
    return {
      kind: 'account',
      email: `owner@${project.id}.example`,
      project: project.id,
      viewer: false,
    };
  }
  const account = state.accounts.find((one) => one.token === token);
  if (!account) return null;
  return { kind: 'account', email: account.email, project: null, viewer: account.viewer === true };
}

const OBJECT_READ = ['storage.objects.get', 'storage.objects.list'];
const FOLDER_READ = ['storage.managedFolders.get', 'storage.managedFolders.list'];
const OBJECT_WRITE = [
  'storage.objects.create',
  'storage.objects.delete',
  'storage.objects.update',
  'storage.objects.restore',
];
const OBJECT_IAM = ['storage.objects.getIamPolicy', 'storage.objects.setIamPolicy'];
const FOLDER_ADMIN = [
  ...FOLDER_READ,
  'storage.managedFolders.create',
  'storage.managedFolders.delete',
  'storage.managedFolders.getIamPolicy',
  'storage.managedFolders.setIamPolicy',
];
const BUCKET_ADMIN = [
  'storage.buckets.create',
  'storage.buckets.delete',
  'storage.buckets.get',
  'storage.buckets.getIamPolicy',
  'storage.buckets.list',
  'storage.buckets.setIamPolicy',
  'storage.buckets.update',
];

/** Source: cloud.google.com/storage/docs/access-control/iam-roles. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  'roles/storage.objectViewer': [...OBJECT_READ, ...FOLDER_READ],
  'roles/storage.objectCreator': ['storage.objects.create', 'storage.managedFolders.create'],
  'roles/storage.objectUser': [...OBJECT_READ, ...OBJECT_WRITE, ...FOLDER_READ],
  'roles/storage.objectAdmin': [...OBJECT_READ, ...OBJECT_WRITE, ...OBJECT_IAM, ...FOLDER_ADMIN],
  'roles/storage.admin': [
    ...BUCKET_ADMIN,
    ...OBJECT_READ,
    ...OBJECT_WRITE,
    ...OBJECT_IAM,
    ...FOLDER_ADMIN,
  ],
  'roles/storage.bucketViewer': ['storage.buckets.get', 'storage.buckets.list'],
  'roles/storage.legacyObjectReader': ['storage.objects.get'],
  'roles/storage.legacyObjectOwner': [
    'storage.objects.get',
    'storage.objects.update',
    ...OBJECT_IAM,
  ],
  'roles/storage.legacyBucketReader': [
    'storage.buckets.get',
    'storage.objects.list',
    ...FOLDER_READ,
  ],
  'roles/storage.legacyBucketWriter': [
    'storage.buckets.get',
    'storage.objects.list',
    'storage.objects.create',
    'storage.objects.delete',
    ...FOLDER_READ,
  ],
  'roles/storage.legacyBucketOwner': [
    'storage.buckets.get',
    'storage.buckets.getIamPolicy',
    'storage.buckets.setIamPolicy',
    'storage.buckets.update',
    'storage.objects.list',
    'storage.objects.create',
    'storage.objects.delete',
    ...FOLDER_ADMIN,
  ],
  'roles/cloudbuild.builds.builder': [
    ...OBJECT_READ,
    'storage.objects.create',
    'storage.objects.delete',
    'storage.objects.update',
    'storage.buckets.get',
    'storage.buckets.list',
    'storage.buckets.create',
  ],
};

const ACL_ON_BUCKET: Readonly<Record<AclEntry['role'], readonly string[]>> = {
  READER: ['storage.objects.list', 'storage.buckets.get'],
  WRITER: [
    'storage.objects.list',
    'storage.buckets.get',
    'storage.objects.create',
    'storage.objects.delete',
  ],
  OWNER: [
    'storage.objects.list',
    'storage.objects.create',
    'storage.objects.delete',
    'storage.buckets.get',
    'storage.buckets.getIamPolicy',
    'storage.buckets.setIamPolicy',
    'storage.buckets.update',
  ],
};

const ACL_ON_OBJECT: Readonly<Record<AclEntry['role'], readonly string[]>> = {
  READER: ['storage.objects.get'],
  WRITER: ['storage.objects.get'],
  OWNER: [
    'storage.objects.get',
    'storage.objects.update',
    'storage.objects.getIamPolicy',
    'storage.objects.setIamPolicy',
  ],
};

/** What a request is about, as far as conditions, folders and ACLs care. */
export interface Subject {
  readonly bucket: StoredBucket;
  /** An object's name, or the prefix of a listing. */
  readonly name?: string;
  readonly object?: StoredObject | undefined;
}

export function may(
  state: State,
  who: Principal,
  permission: string,
  { bucket, name, object }: Subject,
): boolean {
  if (who.kind === 'account' && who.project === bucket.project) return true;
  // Requester Pays: only the owning project is billed without naming a project; this stand-in bills no other.
  if (bucket.requesterPays) return false;
  const publicWorks = !prevented(state, bucket);
  const resource = `projects/_/buckets/${bucket.name}${name === undefined ? '' : `/objects/${name}`}`;
  const bound = (bindings: readonly Binding[]): boolean =>
    bindings.some(
      (binding) =>
        permissionsOf(state, binding.role).includes(permission) &&
        binding.members.some((member) => isMember(who, member, publicWorks)) &&
        holds(binding.condition?.expression, resource),
    );
  if (bound(bucket.iam)) return true;
  for (const [folder, bindings] of bucket.folders) {
    if (name?.startsWith(folder) && bound(bindings)) return true;
  }
  if (bucket.uniform) return false;
  const granted = (acl: readonly AclEntry[], table: typeof ACL_ON_BUCKET): boolean =>
    acl.some(
      (entry) => table[entry.role].includes(permission) && isEntity(who, entry.entity, publicWorks),
    );
  return granted(bucket.acl, ACL_ON_BUCKET) || (!!object && granted(object.acl, ACL_ON_OBJECT));
}

/** Is public access prevention in force, by the bucket or by the organisation? */
export function prevented(state: State, bucket: StoredBucket): boolean {
  const project = state.projects.find(({ id }) => id === bucket.project);
  return bucket.publicAccessPrevention === 'enforced' || project?.publicAccessPrevention === true;
}

export function isPublicMember(member: string): boolean {
  return member === 'allUsers' || member === 'allAuthenticatedUsers';
}

function permissionsOf(state: State, role: string): readonly string[] {
  return ROLES[role] ?? state.roles.get(role) ?? [];
}

function isMember(who: Principal, member: string, publicWorks: boolean): boolean {
  if (member === 'allUsers') return publicWorks;
  if (who.kind === 'anonymous') return false;
  if (member === 'allAuthenticatedUsers') return publicWorks;
  return member === `user:${who.email}` || member === `serviceAccount:${who.email}`;
}

function isEntity(who: Principal, entity: string, publicWorks: boolean): boolean {
  if (entity === 'allUsers') return publicWorks;
  if (who.kind === 'anonymous') return false;
  if (entity === 'allAuthenticatedUsers') return publicWorks;
  return entity === `user-${who.email}`;
}

const STARTS_WITH = /^resource\.name\.startsWith\((["'])(.*)\1\)$/;
const BEFORE = /^request\.time\s*<\s*timestamp\((["'])(.*)\1\)$/;

/** The forms of conditions this stand-in knows; others are refused when a policy is set. */
export function isKnownCondition(expression: string): boolean {
  return expression
    .split('&&')
    .every((part) => STARTS_WITH.test(part.trim()) || BEFORE.test(part.trim()));
}

function holds(expression: string | undefined, resource: string): boolean {
  if (expression === undefined) return true;
  return expression.split('&&').every((part) => {
    const prefix = STARTS_WITH.exec(part.trim())?.[2];
    if (prefix !== undefined) return resource.startsWith(prefix);
    const until = BEFORE.exec(part.trim())?.[2];
    return until !== undefined && Date.now() < Date.parse(until);
  });
}
