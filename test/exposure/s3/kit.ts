/** Documents for the tests of S3 exposure; everything in them is made up. */
import type {
  AccessControlList,
  PolicyStatement,
  S3Documents,
} from '../../../src/exposure/documents.ts';
import { fetched } from '../../../src/exposure/documents.ts';
import type { AccessFact, Action, Audience } from '../../../src/model/access.ts';
import { sliceText } from '../../../src/model/access.ts';

export const BUCKET = 'harbour-files';
export const OBJECTS: string = `arn:aws:s3:::${BUCKET}/*`;
export const ITSELF: string = `arn:aws:s3:::${BUCKET}`;
export const NOW: Date = new Date('2026-03-01T12:00:00Z');

export function documents(given: Partial<S3Documents> = {}): S3Documents {
  return {
    bucket: BUCKET,
    dialect: 'aws',
    account: null,
    policy: fetched(null),
    acl: fetched(null),
    ownership: fetched(null),
    publicAccessBlock: fetched(null),
    accountPublicAccessBlock: fetched(null),
    website: fetched(false),
    requesterPays: fetched(false),
    accessPoints: fetched([]),
    ...given,
  };
}

export function withPolicy(
  statements: readonly PolicyStatement[],
  given: Partial<S3Documents> = {},
): S3Documents {
  return documents({
    policy: fetched({ Version: '2012-10-17', Statement: statements }),
    ...given,
  });
}

/** Everyone may get every object, unless told otherwise. */
export function allow(given: PolicyStatement = {}): PolicyStatement {
  const resource = given.NotResource === undefined ? { Resource: OBJECTS } : {};
  return { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', ...resource, ...given };
}

export function deny(given: PolicyStatement = {}): PolicyStatement {
  return { ...allow(given), Effect: 'Deny' };
}

/** A list of the bucket, for everyone. */
export function allowList(given: PolicyStatement = {}): PolicyStatement {
  return allow({ Action: 's3:ListBucket', Resource: ITSELF, ...given });
}

export function acl(...grants: readonly (readonly [string, string])[]): AccessControlList {
  return {
    Owner: { ID: 'owner-id' },
    Grants: [
      { Grantee: { Type: 'CanonicalUser', ID: 'owner-id' }, Permission: 'FULL_CONTROL' },
      ...grants.map(([group, permission]) => ({
        Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${group}` },
        Permission: permission,
      })),
    ],
  };
}

/** `yes *`, `yes reports/*`: the answers for one audience and action, without their reasons. */
export function answers(
  facts: readonly AccessFact[],
  action: Action,
  audience: Audience = 'anyone',
): readonly string[] {
  return facts
    .filter((fact) => fact.action === action && fact.audience === audience)
    .map((fact) => `${fact.answer} ${sliceText(fact.slice)}`);
}
