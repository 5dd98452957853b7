/**
 * Is a policy or an ACL public in the sense of Block Public Access?
 *
 * Source: Amazon S3 user guide, "The meaning of public".
 */
import { rangeIsBroad } from './address.ts';
import { list, record, type Statement, texts } from './policy.ts';
import type { Acl } from './state.ts';

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const AUTHENTICATED_USERS = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
export const PUBLIC_GROUPS: readonly string[] = [ALL_USERS, AUTHENTICATED_USERS];

/** Condition keys that confine a statement when their values are fixed. */
const CONFINING = new Set([
  'aws:principalorgid',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

const POSITIVE =
  /^(?:ForAnyValue:)?(?:StringEquals|StringLike|ArnEquals|ArnLike|StringEqualsIgnoreCase|IpAddress)$/i;

export function policyIsPublic(statements: readonly Statement[]): boolean {
  return statements.some((one) => one.Effect === 'Allow' && !principalFixed(one) && !confined(one));
}

function principalFixed(statement: Statement): boolean {
  if (statement.Principal === undefined || statement.Principal === '*') return false;
  const kinds = record(statement.Principal) ?? {};
  return Object.entries(kinds).every(([kind, values]) => {
    if (kind === 'Federated') return texts(values).every((value) => value.startsWith('arn:'));
    return list(values).length > 0 && texts(values).every(fixed);
  });
}

function confined(statement: Statement): boolean {
  return Object.entries(record(statement.Condition) ?? {}).some(
    ([operator, keys]) =>
      POSITIVE.test(operator) &&
      Object.entries(record(keys) ?? {}).some(([key, values]) => confines(key, texts(values))),
  );
}

function confines(written: string, values: readonly string[]): boolean {
  const key = written.toLowerCase();
  if (values.length === 0) return false;
  if (key === 'aws:sourceip') return !values.some(rangeIsBroad);
  if (!CONFINING.has(key)) return false;
  if (key === 'aws:userid')
    return values.every((value) => fixed(value.replace(/^[\w-]+:\*$/, 'role')));
  if (key === 's3:dataaccesspointarn') {
    return values.every((value) => fixed(value.split('/')[0] ?? value));
  }
  return values.every(fixed);
}

function fixed(value: string): boolean {
  return !/[*?]|\$\{/.test(value);
}

export function aclIsPublic(acl: Acl): boolean {
  return acl.grants.some(
    (grant) => grant.grantee.kind === 'group' && PUBLIC_GROUPS.includes(grant.grantee.uri),
  );
}
