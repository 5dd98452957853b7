/**
 * Which Cloud Storage permissions a role carries.
 *
 * Exposure is decided by permissions, not by role names: `roles/cloudbuild.builds.builder` reads,
 * lists and overwrites, although nothing in its name says storage. Only the permissions that decide
 * a verdict are kept. Sources: "IAM roles for Cloud Storage"; for the roles of other products Google's
 * index from permissions to roles, as published in the public iam-dataset. A role that is missing
 * here is unknown, never harmless.
 */
import type { Action } from '../../model/access.ts';

/** Each letter one permission; see {@link LETTERS}. */
type Grants = string;

const LETTERS: Readonly<Record<string, string>> = {
  g: 'storage.objects.get',
  l: 'storage.objects.list',
  c: 'storage.objects.create',
  d: 'storage.objects.delete',
  u: 'storage.objects.update',
  i: 'storage.objects.getIamPolicy',
  I: 'storage.objects.setIamPolicy',
  b: 'storage.buckets.getIamPolicy',
  B: 'storage.buckets.setIamPolicy',
};

const ROLES: Readonly<Record<string, Grants>> = {
  'storage.admin': 'glcduiIbB',
  'storage.objectAdmin': 'glcduiI',
  'storage.folderAdmin': 'glcduiI',
  'storage.objectUser': 'glcdu',
  'storage.objectViewer': 'gl',
  'storage.objectCreator': 'c',
  'storage.legacyBucketOwner': 'lcdbB',
  'storage.legacyBucketWriter': 'lcd',
  'storage.legacyBucketReader': 'l',
  'storage.legacyObjectOwner': 'guiI',
  'storage.legacyObjectReader': 'g',
  'storage.expressModeUserAccess': 'glcdu',
  'storage.expressModeServiceInput': 'lcdu',
  'storage.expressModeServiceOutput': 'gldu',
  'storage.bucketViewer': '',
  'storage.hmacKeyAdmin': '',
  'storage.insightsCollectorService': '',
  // Basic roles act through the convenience members of the legacy roles; by themselves they carry
  // storage.buckets.create, .delete and .list and no permission on objects.
  owner: '',
  editor: '',
  viewer: '',
  browser: '',
  'appengineflex.serviceAgent': 'glcdibB',
  'aiplatform.serviceAgent': 'glcdu',
  'automl.serviceAgent': 'glcdu',
  'cloudasset.serviceAgent': 'gcdb',
  'cloudbuild.builds.builder': 'glcdu',
  'cloudbuild.serviceAgent': 'glcdu',
  'clouddeploy.jobRunner': 'glc',
  'cloudfunctions.serviceAgent': 'glcd',
  'cloudmigration.storageaccess': 'glcdu',
  'cloudoptimization.serviceAgent': 'gcdu',
  'cloudtestservice.testAdmin': 'glc',
  'cloudtestservice.testViewer': 'gl',
  'cloudtranslate.serviceAgent': 'glc',
  'composer.environmentAndStorageObjectAdmin': 'glcduiI',
  'composer.environmentAndStorageObjectViewer': 'gl',
  'composer.serviceAgent': 'glcduiIbB',
  'composer.worker': 'glcduiI',
  'containerregistry.ServiceAgent': 'gli',
  'containeranalysis.ServiceAgent': 'gl',
  'dataflow.admin': 'gc',
  'dataflow.serviceAgent': 'glcduiIbB',
  'dataflow.worker': 'gc',
  'datafusion.serviceAgent': 'glcduiIbB',
  'datalabeling.serviceAgent': 'glcdu',
  'datapipelines.serviceAgent': 'glcduiIbB',
  'dataprep.serviceAgent': 'glcduiI',
  'dataproc.hubAgent': 'gl',
  'dataproc.serviceAgent': 'glcduiIbB',
  'dataproc.worker': 'glcduiI',
  'dlp.serviceAgent': 'glcduiIbB',
  'firebase.admin': 'glcduiIbB',
  'firebase.developAdmin': 'glcduiIbB',
  'firebase.developViewer': 'glib',
  'firebase.managementServiceAgent': 'bB',
  'firebase.sdkAdminServiceAgent': 'glcduiI',
  'firebase.viewer': 'glib',
  'firebasestorage.serviceAgent': 'glcduib',
  'firestore.serviceAgent': 'glc',
  'iam.securityAdmin': 'liIbB',
  'iam.securityReviewer': 'lib',
  'metastore.serviceAgent': 'glcdu',
  'ml.serviceAgent': 'glcduiIbB',
  'retail.serviceAgent': 'glcdu',
  'run.serviceAgent': 'gl',
  'serverless.serviceAgent': 'gl',
  'transcoder.serviceAgent': 'gcd',
};

/** Permissions of a predefined role (`roles/storage.objectViewer`) that matter here; null for a role not known. */
export function rolePermissions(role: string): readonly string[] | null {
  const grants = ROLES[role.replace(/^roles\//, '')];
  return grants === undefined ? null : [...grants].flatMap((letter) => LETTERS[letter] ?? []);
}

/** A permission as an action, and whether it is checked on the bucket or on one object. */
export interface PermissionUse {
  readonly action: Action;
  readonly on: 'bucket' | 'object';
}

const USES: Readonly<Record<string, PermissionUse>> = {
  'storage.objects.get': { action: 'read', on: 'object' },
  // Listing asks the bucket: a condition on an object's name is never true for it.
  'storage.objects.list': { action: 'list', on: 'bucket' },
  'storage.objects.create': { action: 'write', on: 'object' },
  'storage.objects.delete': { action: 'write', on: 'object' },
  'storage.objects.update': { action: 'write', on: 'object' },
  'storage.objects.overrideUnlockedRetention': { action: 'write', on: 'object' },
  'storage.objects.move': { action: 'write', on: 'object' },
  'storage.objects.restore': { action: 'write', on: 'object' },
  'storage.objects.getIamPolicy': { action: 'read-acl', on: 'object' },
  'storage.objects.setIamPolicy': { action: 'write-acl', on: 'object' },
  'storage.buckets.getIamPolicy': { action: 'read-acl', on: 'bucket' },
  'storage.buckets.setIamPolicy': { action: 'write-acl', on: 'bucket' },
  'storage.managedFolders.setIamPolicy': { action: 'write-acl', on: 'object' },
};

/** What a permission lets do; `storage.objects.*` and the like stand for all that fit. */
export function permissionUses(
  permission: string,
): readonly (PermissionUse & { readonly permission: string })[] {
  const entries = Object.entries(USES);
  const fits = permission.endsWith('*')
    ? entries.filter(([name]) => name.startsWith(permission.slice(0, -1)))
    : entries.filter(([name]) => name === permission);
  return fits.map(([name, use]) => ({ ...use, permission: name }));
}
