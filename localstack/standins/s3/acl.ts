/** ACLs on the wire: canned names, grant headers, XML. */
import { S3Error } from './answer.ts';
import type { Acl, Bucket, Grant, Permission } from './state.ts';
import {
  child,
  childrenOf,
  childText,
  documentXml,
  Markup,
  parseXml,
  type XmlElement,
  xml,
} from './xml.ts';

const GROUP = 'http://acs.amazonaws.com/groups/';
const ALL_USERS = `${GROUP}global/AllUsers`;
const AUTHENTICATED_USERS = `${GROUP}global/AuthenticatedUsers`;

/** `bucketOwner` matters for the two bucket-owner-* names on objects. */
export function cannedAcl(name: string, owner: string, bucketOwner: string): Acl {
  const own: Grant = { grantee: { kind: 'user', id: owner }, permission: 'FULL_CONTROL' };
  const group = (uri: string, permission: Permission): Grant => ({
    grantee: { kind: 'group', uri },
    permission,
  });
  const extra: Readonly<Record<string, readonly Grant[]>> = {
    private: [],
    'public-read': [group(ALL_USERS, 'READ')],
    'public-read-write': [group(ALL_USERS, 'READ'), group(ALL_USERS, 'WRITE')],
    'authenticated-read': [group(AUTHENTICATED_USERS, 'READ')],
    'log-delivery-write': [
      group(`${GROUP}s3/LogDelivery`, 'WRITE'),
      group(`${GROUP}s3/LogDelivery`, 'READ_ACP'),
    ],
    'aws-exec-read': [],
    'bucket-owner-read': [{ grantee: { kind: 'user', id: bucketOwner }, permission: 'READ' }],
    'bucket-owner-full-control': [
      { grantee: { kind: 'user', id: bucketOwner }, permission: 'FULL_CONTROL' },
    ],
  };
  const grants = extra[name];
  if (!grants) throw new S3Error(400, 'InvalidArgument');
  return { owner, grants: [own, ...(owner === bucketOwner ? grants.filter(isGroup) : grants)] };
}

function isGroup(grant: Grant): boolean {
  return grant.grantee.kind === 'group';
}

const GRANT_HEADERS: readonly (readonly [string, Permission])[] = [
  ['x-amz-grant-read', 'READ'],
  ['x-amz-grant-write', 'WRITE'],
  ['x-amz-grant-read-acp', 'READ_ACP'],
  ['x-amz-grant-write-acp', 'WRITE_ACP'],
  ['x-amz-grant-full-control', 'FULL_CONTROL'],
];

/** The ACL that headers or a body ask for; null where they ask for none. */
export function requestedAcl(
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer | null,
  owner: string,
  bucket: Bucket,
): Acl | null {
  const canned = headers['x-amz-acl'];
  if (canned !== undefined) return cannedAcl(canned, owner, bucket.account.canonicalId);
  const grants = GRANT_HEADERS.flatMap(([header, permission]) =>
    [...(headers[header] ?? '').matchAll(/(id|uri)="([^"]*)"/g)].map(
      ([, kind, value = '']): Grant => ({
        grantee: kind === 'uri' ? { kind: 'group', uri: value } : { kind: 'user', id: value },
        permission,
      }),
    ),
  );
  if (grants.length > 0) return { owner, grants };
  if (!body || body.length === 0) return null;
  return readAcl(body.toString(), owner);
}

function readAcl(text: string, owner: string): Acl {
  const root = parseXml(text);
  if (root?.name !== 'AccessControlPolicy') throw new S3Error(400, 'MalformedACLError');
  const grants = childrenOf(child(root, 'AccessControlList'), 'Grant').map((one): Grant => {
    const grantee = child(one, 'Grantee');
    const uri = childText(grantee, 'URI');
    return {
      grantee:
        uri === undefined
          ? { kind: 'user', id: childText(grantee, 'ID') ?? '' }
          : { kind: 'group', uri },
      permission: permissionOf(one),
    };
  });
  return { owner, grants };
}

function permissionOf(grant: XmlElement): Permission {
  const text = childText(grant, 'Permission');
  const known: readonly Permission[] = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'];
  const found = known.find((one) => one === text);
  if (!found) throw new S3Error(400, 'MalformedACLError');
  return found;
}

export function aclDocument(acl: Acl): string {
  return documentXml(
    'AccessControlPolicy',
    xml('Owner', xml('ID', acl.owner)),
    xml(
      'AccessControlList',
      acl.grants.map((grant) =>
        xml('Grant', granteeXml(grant), xml('Permission', grant.permission)),
      ),
    ),
  );
}

function granteeXml(grant: Grant): Markup {
  const type = grant.grantee.kind === 'group' ? 'Group' : 'CanonicalUser';
  const inner =
    grant.grantee.kind === 'group' ? xml('URI', grant.grantee.uri) : xml('ID', grant.grantee.id);
  return new Markup(
    `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${inner.text}</Grantee>`,
  );
}
