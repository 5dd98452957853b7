/**
 * What the scanning account needs on Google Cloud, as a custom role.
 *
 * Source: cloud.google.com/storage/docs/access-control/iam-json.
 */
import type { LeastPrivilege } from '../../src/model/provider.ts';
import { PERMISSIONS } from './calls.ts';

/** `nothing`: everybody may ask what he himself may do. Reading the bytes has no call of its own. */
const permissions = [...new Set([...Object.values(PERMISSIONS), 'storage.objects.get'])]
  .filter((one) => one !== 'nothing')
  .sort();

export const LEAST_PRIVILEGE: LeastPrivilege = {
  permissions,
  document: [
    'title: ajar read',
    'description: What ajar reads to tell who can read your buckets',
    'stage: GA',
    'includedPermissions:',
    ...permissions.map((one) => `- ${one}`),
  ].join('\n'),
  grant:
    'save it as ajar.yaml, then: gcloud iam roles create ajarRead --project PROJECT --file ajar.yaml (or --organization ORG), and bind it to the scanning account',
};
