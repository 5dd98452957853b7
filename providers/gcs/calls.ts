/** Every call of Google's APIs that ajar makes, all of them GET: the allow-list is this type. */
import type { GcsTarget } from './target.ts';

/** The path is below `/storage/v1` but for `role` (IAM), `prevention` (organisation policy), `projects` and `subfolders` (Resource Manager). */
export type Call =
  | { readonly call: 'buckets' }
  | { readonly call: 'projects' }
  | { readonly call: 'subfolders' }
  | {
      readonly call:
        | 'bucket'
        | 'iam'
        | 'acl'
        | 'default-acl'
        | 'folders'
        | 'permissions'
        | 'objects';
      readonly bucket: string;
    }
  | { readonly call: 'folder-iam'; readonly bucket: string; readonly folder: string }
  | { readonly call: 'object-acl'; readonly bucket: string; readonly key: string }
  | { readonly call: 'role'; readonly role: string }
  | { readonly call: 'prevention'; readonly project: string };

/** What a caller needs for each call, for the sentence that says why it was refused. */
export const PERMISSIONS: Readonly<Record<Call['call'], string>> = {
  buckets: 'storage.buckets.list',
  bucket: 'storage.buckets.get',
  iam: 'storage.buckets.getIamPolicy',
  acl: 'storage.buckets.getIamPolicy',
  'default-acl': 'storage.buckets.getIamPolicy',
  folders: 'storage.managedFolders.list',
  'folder-iam': 'storage.managedFolders.getIamPolicy',
  permissions: 'nothing',
  objects: 'storage.objects.list',
  'object-acl': 'storage.objects.getIamPolicy',
  role: 'iam.roles.get',
  prevention: 'orgpolicy.policy.get',
  projects: 'resourcemanager.projects.list',
  subfolders: 'resourcemanager.folders.list',
};

export function urlOf(target: GcsTarget, call: Call, query?: URLSearchParams): URL {
  const url = new URL(addressOf(target, call));
  if (query) url.search = query.toString();
  return url;
}

function addressOf(target: GcsTarget, call: Call): string {
  if (call.call === 'role') return `${target.services.iam}/v1/${call.role}`;
  if (call.call === 'prevention') {
    return `${target.services.orgpolicy}/v2/projects/${call.project}/policies/storage.publicAccessPrevention:getEffectivePolicy`;
  }
  if (call.call === 'projects') return `${target.services.resourceManager}/v3/projects`;
  if (call.call === 'subfolders') return `${target.services.resourceManager}/v3/folders`;
  return `${target.endpoint}/storage/v1/b${pathOf(call)}`;
}

type StorageCall = Exclude<
  Call,
  { call: 'role' | 'prevention' | 'buckets' | 'projects' | 'subfolders' }
>;

function pathOf(call: StorageCall | { readonly call: 'buckets' }): string {
  if (call.call === 'buckets') return '';
  const bucket = `/${encodeURIComponent(call.bucket)}`;
  switch (call.call) {
    case 'bucket':
      return bucket;
    case 'iam':
      return `${bucket}/iam`;
    case 'acl':
      return `${bucket}/acl`;
    case 'default-acl':
      return `${bucket}/defaultObjectAcl`;
    case 'folders':
      return `${bucket}/managedFolders`;
    case 'folder-iam':
      return `${bucket}/managedFolders/${encodeURIComponent(call.folder)}/iam`;
    case 'permissions':
      return `${bucket}/iam/testPermissions`;
    case 'objects':
      return `${bucket}/o`;
    case 'object-acl':
      return `${bucket}/o/${encodeURIComponent(call.key)}/acl`;
  }
}
