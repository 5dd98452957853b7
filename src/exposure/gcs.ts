/**
 * Public access to a Cloud Storage bucket and its objects.
 *
 * Grants come from the bucket's IAM policy, from managed folders and, unless uniform bucket-level
 * access is on, from ACLs; they are decided by permissions, not by role names. Public access
 * prevention takes them all away, requester pays only from those who have no account. Source:
 * reference/exposure.md section 4, from Google's "Access control", "Public access prevention",
 * "Managed folders" and "Requester Pays".
 */
import {
  ACTIONS,
  type AccessFact,
  type Action,
  type Answer,
  type Audience,
  type Because,
  type Slice,
  sliceCovers,
} from '../model/access.ts';
import type { Fetched, GcsAclEntry, GcsBucketDocuments } from './documents.ts';
import { bucketAclGrants, defaultAclGrants, objectAclGrants } from './gcs/acl.ts';
import type { Grant } from './gcs/grant.ts';
import { iamGrants } from './gcs/iam.ts';
import { strongest } from './judgement.ts';

/** Facts about the bucket as a whole and its managed folders. */
export function gcsFacts(d: GcsBucketDocuments): readonly AccessFact[] {
  const grants = [...iamGrants(d), ...bucketAclGrants(d), ...defaultAclGrants(d)];
  const unread = [...unreadDocuments(d)];
  return ACTIONS.flatMap((action) => actionFacts(d, action, grants, unread));
}

/** Facts about one object by its own ACL, which the bucket's documents do not show. */
export function gcsObjectFacts(
  d: GcsBucketDocuments,
  key: string,
  acl: Fetched<readonly GcsAclEntry[]>,
): readonly AccessFact[] {
  const slice: Slice = { kind: 'object', pattern: key, except: [] };
  const actions: readonly Action[] = ['read', 'read-acl', 'write-acl'];
  if (acl.state === 'denied') {
    const because = deniedBecause('ACL of the object', acl.detail);
    const grants = actions.map((action) => unknownGrant(action, slice, because));
    return actions.flatMap((action) => blocked(d, action, grants, slice));
  }
  const grants = objectAclGrants(acl.value, slice, d.uniformBucketLevelAccess);
  const bucket = gcsFacts(d).filter((one) => one.audience === 'anyone' && one.answer !== 'no');
  return actions
    .flatMap((action) => blocked(d, action, grants, slice))
    .filter((own) => own.answer !== 'no' || !bucket.some((one) => reaches(one, own.action, key)));
}

/** An ACL adds to what the bucket grants: it cannot say no to a key that the bucket opens. */
function reaches(fact: AccessFact, action: Action, key: string): boolean {
  return fact.action === action && (fact.slice === null || sliceCovers(fact.slice, key));
}

/** Is there a grant to allUsers or allAuthenticatedUsers that is not taken away? Google's meaning of public. */
export function gcsPublic(
  d: GcsBucketDocuments,
  objectAcls: readonly (readonly GcsAclEntry[])[],
): Answer {
  const grants = [
    ...iamGrants(d),
    ...bucketAclGrants(d),
    ...defaultAclGrants(d),
    ...objectAcls.flatMap((acl) => objectAclGrants(acl, null, d.uniformBucketLevelAccess)),
  ].filter((grant) => grant.answer !== 'no');
  const block = prevention(d);
  if (block.answer === 'yes') return 'no';
  const granted = strongest([
    ...grants.map((grant) => (isAboutRole(grant) ? 'yes' : grant.answer)),
    ...[...unreadDocuments(d)].map((): Answer => 'unknown'),
  ]);
  return granted === 'yes' ? (block.answer === 'unknown' ? 'unknown' : 'yes') : granted;
}

/** The member is public whatever its role turns out to carry. */
function isAboutRole(grant: Grant): boolean {
  return grant.action === null || grant.because.code === 'gcs.iam.role-unknown';
}

function actionFacts(
  d: GcsBucketDocuments,
  action: Action,
  grants: readonly Grant[],
  unread: readonly { readonly actions: readonly Action[]; readonly because: Because }[],
): readonly AccessFact[] {
  const unknown = unread
    .filter((document) => document.actions.includes(action))
    .map((document) => unknownGrant(action, null, document.because));
  return blocked(d, action, [...grants, ...unknown], null);
}

function unknownGrant(action: Action, slice: Slice | null, because: Because): Grant {
  return { audience: 'anyone', action, answer: 'unknown', slice, because };
}

/** Grants of one action, less what the bucket-wide blocks take away, and a `no` where nothing is left. */
function blocked(
  d: GcsBucketDocuments,
  action: Action,
  grants: readonly Grant[],
  slice: Slice | null,
): readonly AccessFact[] {
  const own = grants.filter((grant) => grant.action === action);
  const live = own.filter((grant) => grant.answer !== 'no');
  const refused = own.filter((grant) => grant.answer === 'no').map((grant) => grant.because);
  const block = prevention(d);
  const fact = (audience: Audience, answer: Answer, part: Slice | null, because: Because) =>
    ({ audience, action, answer, source: 'config', slice: part, because }) as const;
  const none: Because = grants.find((grant) => grant.action === null)?.because ?? {
    code: slice === null ? 'gcs.none' : 'gcs.acl.object-none',
    params: { action },
  };
  if (live.length === 0) return [fact('anyone', 'no', slice, refused[0] ?? none)];
  if (block.answer === 'yes') return [fact('anyone', 'no', slice, block.because)];
  const facts = live.flatMap((grant) =>
    gatedGrant(d, grant, block).map((one) =>
      fact(one.audience, one.answer, grant.slice, one.because),
    ),
  );
  const settled = facts.some((one) => one.audience === 'anyone');
  return settled ? facts : [...facts, fact('anyone', 'no', slice, none)];
}

/** One live grant behind requester pays, the IP filter and what could not be read of the blocks. */
function gatedGrant(
  d: GcsBucketDocuments,
  grant: Grant,
  block: { readonly answer: Answer; readonly because: Because },
): readonly { readonly audience: Audience; readonly answer: Answer; readonly because: Because }[] {
  const given = { audience: grant.audience, answer: grant.answer, because: grant.because };
  if (block.answer === 'unknown') {
    return [given, { ...given, because: block.because }].map((one) => ({
      ...one,
      answer: 'unknown' as const,
    }));
  }
  const filter = d.ipFilter?.state === 'read' ? d.ipFilter.value : null;
  if (filter && !filter.some((range) => /^(0\.0\.0\.0|::)\/0$/.test(range))) {
    const addresses = filter.length > 0 ? filter.join(', ') : 'no internet address';
    const because: Because = { code: 'gcs.ip-filter', params: { addresses } };
    return [
      { audience: 'anyone', answer: 'no', because },
      { ...given, audience: 'network-limited' },
    ];
  }
  if (grant.audience !== 'anyone' || grant.answer !== 'yes') return [given];
  if (d.requesterPays.state === 'denied') {
    const because = deniedBecause('requester pays setting', d.requesterPays.detail);
    return [
      { ...given, answer: 'unknown' },
      { ...given, answer: 'unknown', because },
    ];
  }
  if (!d.requesterPays.value) return [given];
  return [
    { audience: 'any-account', answer: 'yes', because: grant.because },
    { audience: 'anyone', answer: 'no', because: { code: 'gcs.requester-pays', params: {} } },
  ];
}

/** Is public access prevention in force? */
function prevention(d: GcsBucketDocuments): {
  readonly answer: Answer;
  readonly because: Because;
} {
  const bucket = d.publicAccessPrevention;
  const organization = d.organizationPublicAccessPrevention;
  const inForce = { code: 'gcs.pap.bucket', params: {} };
  if (bucket.state === 'read' && bucket.value?.toLowerCase() === 'enforced') {
    return { answer: 'yes', because: inForce };
  }
  if (organization?.state === 'read' && organization.value) {
    return { answer: 'yes', because: { code: 'gcs.pap.organization', params: {} } };
  }
  if (bucket.state === 'denied') {
    return {
      answer: 'unknown',
      because: deniedBecause('public access prevention of the bucket', bucket.detail),
    };
  }
  // An organisation's policy that could not be read does not shut a door that the bucket opens.
  return { answer: 'no', because: inForce };
}

function deniedBecause(document: string, detail: string): Because {
  return { code: 'config.denied', params: { document, detail } };
}

function* unreadDocuments(
  d: GcsBucketDocuments,
): Iterable<{ readonly actions: readonly Action[]; readonly because: Because }> {
  if (d.iam.state === 'denied') {
    yield { actions: ACTIONS, because: deniedBecause('IAM policy of the bucket', d.iam.detail) };
  }
  const uniform = d.uniformBucketLevelAccess;
  if (d.acl.state === 'denied' && !(uniform.state === 'read' && uniform.value)) {
    const actions: readonly Action[] = ['list', 'write', 'read-acl', 'write-acl'];
    yield { actions, because: deniedBecause('ACL of the bucket', d.acl.detail) };
  }
  // Managed folders exist only in buckets with uniform bucket-level access.
  if (d.managedFolders.state === 'denied' && !(uniform.state === 'read' && !uniform.value)) {
    yield { actions: ACTIONS, because: deniedBecause('managed folders', d.managedFolders.detail) };
  }
}
