/** Grants of access control lists, as statements that the policy's own Deny may still refuse. */
import type { AccessControlList, AclGrant } from '../documents.ts';
import { ANONYMOUS_CANONICAL_ID, type Statement } from './iam/statement.ts';

export type PublicGrantee = 'AllUsers' | 'AuthenticatedUsers';

export interface PublicGrant {
  readonly grantee: PublicGrantee;
  readonly permission: string;
}

/** Null for everybody who is named: an account, the log delivery group. */
function publicGrantee(grant: AclGrant): PublicGrantee | null {
  const { URI: uri = '', ID: id = '' } = grant.Grantee ?? {};
  const name = /\/groups\/global\/(\w+)$/.exec(uri.trim())?.[1]?.toLowerCase();
  if (name === 'authenticatedusers') return 'AuthenticatedUsers';
  // VersityGW writes a group by an id of its own instead of a URI.
  const everyone = name === 'allusers' || id === ANONYMOUS_CANONICAL_ID || id === 'all-users';
  return everyone ? 'AllUsers' : null;
}

export function publicGrants(acl: AccessControlList | null): readonly PublicGrant[] {
  return (acl?.Grants ?? []).flatMap((grant) => {
    const grantee = publicGrantee(grant);
    const permission = String(grant.Permission ?? '').toUpperCase();
    return grantee === null || permission === '' ? [] : [{ grantee, permission }];
  });
}

const ON_BUCKET: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:listbucket', 's3:listbucketversions'],
  WRITE: ['s3:putobject'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
};

const ON_OBJECT: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:getobject', 's3:getobjectversion'],
  READ_ACP: ['s3:getobjectacl', 's3:getobjectversionacl'],
  WRITE_ACP: ['s3:putobjectacl', 's3:putobjectversionacl'],
};

/** The calls that a permission allows; on an object WRITE has no effect. */
export function grantedCalls(on: 'bucket' | 'object', permission: string): readonly string[] {
  const table = on === 'bucket' ? ON_BUCKET : ON_OBJECT;
  return permission === 'FULL_CONTROL' ? Object.values(table).flat() : (table[permission] ?? []);
}

export function grantStatement(
  grant: PublicGrant,
  calls: readonly string[],
  resources: readonly string[],
): Statement {
  const anonymous = grant.grantee === 'AllUsers' ? 'yes' : 'no';
  return {
    label: `${grant.permission} ${grant.grantee}`,
    effect: 'allow',
    principals: { anonymous, strangers: 'yes', loose: true },
    actions: { not: false, patterns: calls },
    resources: { not: false, patterns: resources },
    conditions: [],
    variables: false,
    odd: false,
  };
}

const CANNED: Readonly<Record<string, readonly PublicGrant[]>> = {
  private: [],
  publicread: [{ grantee: 'AllUsers', permission: 'READ' }],
  publicreadwrite: [
    { grantee: 'AllUsers', permission: 'READ' },
    { grantee: 'AllUsers', permission: 'WRITE' },
  ],
  authenticatedread: [{ grantee: 'AuthenticatedUsers', permission: 'READ' }],
  awsexecread: [],
  logdeliverywrite: [],
  bucketownerread: [],
  bucketownerfullcontrol: [],
};

/** `public-read`, `PublicRead`, `public_read` → its grants to groups; null for a name that is none. */
export function cannedAcl(name: string): AccessControlList | null {
  const grants = CANNED[name.replace(/[^a-z]/gi, '').toLowerCase()];
  if (!grants) return null;
  return {
    Grants: grants.map(({ grantee, permission }) => ({
      Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${grantee}` },
      Permission: permission,
    })),
  };
}
