/**
 * ACLs of S3-compatible stores → one form. Canned names, get-bucket-acl JSON, Terraform's grant
 * blocks and the vendors' own names for "everyone" all become grants to anyone or to any account.
 */
import { denied, type Fetched, fetched } from '../documents.ts';
import { type Json, list, parsed, pick, record, texts } from '../input.ts';

export type AclPermission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';

export interface OutsideGrant {
  readonly to: 'anyone' | 'any-account';
  readonly permission: AclPermission;
  /** Huawei OBS: pushed to every object of the bucket. */
  readonly delivered: boolean;
}

/** Grants to outsiders only; those to named accounts decide nothing here. Null: there is no ACL. */
export type OutsideAcl = readonly OutsideGrant[] | null;

const anyone = (...permissions: readonly AclPermission[]): readonly OutsideGrant[] =>
  permissions.map((permission) => ({ to: 'anyone', permission, delivered: false }));

const delivered = (...permissions: readonly AclPermission[]): readonly OutsideGrant[] =>
  permissions.map((permission) => ({ to: 'anyone', permission, delivered: true }));

const CANNED: Readonly<Record<string, OutsideAcl>> = {
  private: [],
  publicread: anyone('READ'),
  publicreadwrite: anyone('READ', 'WRITE'),
  publicreaddelivered: delivered('READ'),
  publicreadwritedelivered: delivered('READ', 'WRITE'),
  authenticatedread: [{ to: 'any-account', permission: 'READ', delivered: false }],
  bucketownerread: [],
  bucketownerfullcontrol: [],
  logdeliverywrite: [],
  awsexecread: [],
  // The object has no ACL of its own and takes what its bucket has.
  default: null,
  inherit: null,
};

const PERMISSIONS = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'] as const;

const ANYONE = /\/groups\/global\/AllUsers$|^all-users$|^allusers$|^everyone$|anyone:anyone$/i;
const ANY_ACCOUNT = /\/groups\/global\/AuthenticatedUsers$|^authenticated-users$/i;
/** The canonical id that Amazon S3 gives to unsigned requests. */
const ANONYMOUS_ID = '65a011a29cdf8ec533ec3d1ccaae921c';

export function readAcl(value: unknown, name: string): Fetched<OutsideAcl> {
  const content = parsed(value);
  if (content === undefined || content === null || content === '') return fetched(null);
  if (typeof content === 'string') {
    const canned = CANNED[content.toLowerCase().replace(/[-_]/g, '')];
    return canned === undefined
      ? denied(`${name} is no canned ACL that ajar knows`)
      : fetched(canned);
  }
  const object = record(content);
  const canned = object ? pick(object, 'canned', 'cannedAcl', 'acl') : undefined;
  if (object && typeof canned === 'string') return readAcl(canned, name);
  const inner = object ? pick(object, 'grants', 'grant', 'accessControlList') : content;
  const nested = record(inner);
  const items = list(
    nested && pick(nested, 'grant', 'grants') ? pick(nested, 'grant', 'grants') : inner,
  );
  const grants: OutsideGrant[] = [];
  for (const item of items) {
    const grant = record(item);
    if (!grant) return denied(`${name} holds a grant that is no object`);
    grants.push(...outsideGrants(grant));
  }
  return fetched(grants);
}

function outsideGrants(grant: Json): readonly OutsideGrant[] {
  const grantee = pick(grant, 'grantee');
  const named = record(grantee) ?? grant;
  const names = [
    ...texts(pick(named, 'uri')),
    ...texts(pick(named, 'canned')),
    ...texts(pick(named, 'id')),
    ...(typeof grantee === 'string' ? [grantee] : []),
  ];
  const to = audienceOf(names);
  if (to === null) return [];
  const permissions = texts(pick(grant, 'permission', 'permissions')).map((text) =>
    text.toUpperCase(),
  );
  const pushed = String(pick(grant, 'delivered') ?? '').toLowerCase() === 'true';
  return PERMISSIONS.filter((permission) => permissions.includes(permission)).map((permission) => ({
    to,
    permission,
    delivered: pushed,
  }));
}

function audienceOf(names: readonly string[]): OutsideGrant['to'] | null {
  if (names.some((name) => ANYONE.test(name) || name === ANONYMOUS_ID)) return 'anyone';
  return names.some((name) => ANY_ACCOUNT.test(name)) ? 'any-account' : null;
}

const GROUP = 'http://acs.amazonaws.com/groups/global/';

/** In the form of get-bucket-acl, for the S3 evaluator. */
export function s3Acl(grants: readonly OutsideGrant[]): Json {
  return {
    Owner: { ID: 'owner' },
    Grants: grants.map((grant) => ({
      Grantee: {
        Type: 'Group',
        URI: `${GROUP}${grant.to === 'anyone' ? 'AllUsers' : 'AuthenticatedUsers'}`,
      },
      Permission: grant.permission,
    })),
  };
}
