/**
 * What the scanning identity needs on Azure, as a custom role: the Reader role's share for storage, and
 * the right to read blobs.
 *
 * Source: learn.microsoft.com "Azure permissions for Storage", Microsoft.Storage resource provider.
 */
import type { LeastPrivilege } from '../../src/model/provider.ts';

const actions: readonly string[] = [
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Storage/storageAccounts/read',
  // Also for $web: the website's switch is a property of the blob service.
  'Microsoft.Storage/storageAccounts/blobServices/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/read',
];
const dataActions: readonly string[] = [
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
];

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
