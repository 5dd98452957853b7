/**
 * What the scanning identity needs on Azure, as a custom role: the Reader role's share for storage, and
 * the right to read blobs.
 *
 * Source: learn.microsoft.com "Azure permissions for Storage", Microsoft.Storage resource provider.
 */
import type { LeastPrivilege } from '../../src/model/provider.ts';

/** By what they are needed for. */
export const RIGHTS = {
  subscriptions: 'Microsoft.Resources/subscriptions/read',
  accounts: 'Microsoft.Storage/storageAccounts/read',
  /** Also for $web: the website's switch is a property of the blob service. */
  service: 'Microsoft.Storage/storageAccounts/blobServices/read',
  containers: 'Microsoft.Storage/storageAccounts/blobServices/containers/read',
  /** Get Container ACL: the stored access policies. It reads, whatever its name. */
  policies: 'Microsoft.Storage/storageAccounts/blobServices/containers/getAcl/action',
  blobs: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
} as const;

const { blobs, ...ofResources } = RIGHTS;
const actions: readonly string[] = Object.values(ofResources);
const dataActions: readonly string[] = [blobs];

export const LEAST_PRIVILEGE: LeastPrivilege = {
  permissions: [...actions, ...dataActions],
  document: JSON.stringify(
    {
      Name: 'ajar read',
      Description: 'What ajar reads to tell who can read your containers',
      Actions: actions,
      NotActions: [],
      DataActions: dataActions,
      NotDataActions: [],
      AssignableScopes: ['/subscriptions/SUBSCRIPTION'],
    },
    null,
    2,
  ),
  grant:
    'save it as ajar.json with your subscription, then: az role definition create --role-definition ajar.json, and assign it to the scanning identity',
};
