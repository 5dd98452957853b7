/** Single objects: what their own access control lists open, and what shuts them all the same. */
import { ACTIONS, type AccessFact } from '../../model/access.ts';
import type { AccessControlList, Fetched, S3Documents } from '../documents.ts';
import { grantedCalls, grantStatement, publicGrants } from './acl.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { aclGate } from './causes.ts';
import { fact, gathered } from './facts.ts';
import { type Gate, type Grant, tryGrant } from './grant.ts';
import type { Operation } from './iam/request.ts';
import { operations } from './operations.ts';

export type ObjectEncryption = 'kms' | 'none' | 'unknown';

/** May single objects be open by their own ACL, whatever the bucket says? False only where that is sure. */
export function objectGrantsPossible(documents: S3Documents): boolean {
  const bucket = openBucket(documents, new Date(0));
  return aclGate(bucket, 's3.object-acl', bucket.traits.objectAcl).answer !== 'no';
}

/**
 * Facts of one object by its own ACL; the policy's Deny still counts, its Allow is the bucket's fact.
 *
 * `encryption` is how this object is stored: under SSE-KMS an unsigned GET fails whoever grants it,
 * and a stranger needs the key as well.
 */
export function s3ObjectFacts(
  documents: S3Documents,
  key: string,
  acl: Fetched<AccessControlList | null>,
  encryption: ObjectEncryption = 'unknown',
  now: Date = new Date(),
): readonly AccessFact[] {
  const bucket = openBucket(documents, now);
  const facts = acl.state === 'read' ? grantFacts(bucket, key, acl.value, encryption) : [];
  const open = facts.some(({ audience, action }) => audience === 'anyone' && action === 'read');
  const slice = { kind: 'object', pattern: key, except: [] } as const;
  return open ? facts : [...facts, { ...restFact(bucket, acl, encryption), slice }];
}

/** What holds for reading by anyone where no grant opens it. */
function restFact(
  bucket: Bucket,
  acl: Fetched<AccessControlList | null>,
  encryption: ObjectEncryption,
): AccessFact {
  if (encryption === 'kms')
    return fact('read', 'anyone', 'no', { code: 's3.object.kms', params: {} });
  const gate = aclGate(bucket, 's3.object-acl', bucket.traits.objectAcl);
  if (acl.state === 'denied') {
    const unread = { code: 's3.object-acl.unread', params: { detail: acl.detail } };
    const shut = gate.answer === 'no' && gate.because;
    const any = { permission: 'anything', grantee: 'everyone' };
    return shut
      ? fact('read', 'anyone', 'no', { ...shut, params: { ...any, ...shut.params } })
      : fact('read', 'anyone', 'unknown', unread);
  }
  const [first] = publicGrants(acl.value);
  if (!first || !gate.because) {
    return fact('read', 'anyone', 'no', { code: 's3.object-acl.none', params: {} });
  }
  const { permission, grantee } = first;
  const params = { permission, grantee, ...gate.because.params };
  return fact('read', 'anyone', 'no', { code: gate.because.code, params });
}

function grantFacts(
  bucket: Bucket,
  key: string,
  acl: AccessControlList | null,
  encryption: ObjectEncryption,
): readonly AccessFact[] {
  const { place } = bucket.scene;
  // The key stands where a pattern would: its own * and ? must stay themselves.
  const resource = `${place.prefix('*')}${place.bucket}/${key.replace(/[*?]/g, '?')}`;
  const gate = (operation: Operation): Gate => {
    const open = aclGate(bucket, 's3.object-acl', bucket.traits.objectAcl);
    if (open.answer !== 'yes' || operation.action !== 'read' || encryption !== 'kms') return open;
    return { answer: 'no', because: { code: 's3.object.kms', params: {} } };
  };
  const grants = publicGrants(acl).map(
    (grant): Grant => ({
      statement: grantStatement(grant, grantedCalls('object', grant.permission), [resource]),
      family: 's3.object-acl',
      params: { permission: grant.permission, grantee: grant.grantee },
      gate,
      key,
    }),
  );
  return ACTIONS.flatMap((action) =>
    gathered(
      action,
      grants.flatMap((grant) =>
        operations(action).flatMap((operation) => tryGrant(grant, operation, bucket.scene).found),
      ),
    ),
  );
}
