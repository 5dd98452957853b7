/** What may open a bucket: the Allow statements of its policy and the public grants of its ACL. */
import type { S3Documents } from '../documents.ts';
import { grantedCalls, grantStatement, type PublicGrant, publicGrants } from './acl.ts';
import type { Bucket } from './bucket.ts';
import type { Traits } from './dialect.ts';
import { type Gate, type Grant, OPEN } from './grant.ts';
import type { Operation } from './iam/request.ts';
import type { Statement } from './iam/statement.ts';
import { setsAcl } from './operations.ts';

export function policyGrants(bucket: Bucket): readonly Grant[] {
  return bucket.allows.map((statement) => ({
    statement,
    family: 's3.policy',
    key: null,
    params: { statement: statement.label, resources: resourcesText(statement) },
    gate: (operation: Operation): Gate => policyGate(operation, bucket),
  }));
}

/** What makes an Allow void, whoever it names. */
export function policyGate(operation: Operation, bucket: Bucket): Gate {
  const { documents, traits } = bucket;
  const guard = bucket.guards.restrictPublicBuckets;
  if (guard.answer !== 'no' && bucket.policyIsPublic()) {
    const code = guard.answer === 'yes' ? 's3.policy.restricted' : 's3.policy.restrict-unsure';
    const answer = guard.answer === 'yes' ? 'no' : 'unknown';
    return { answer, because: { code, params: { level: guard.level } } };
  }
  const writes = operation.action === 'write' || operation.action === 'write-acl';
  if (writes && traits.policyWrites !== 'yes') {
    const params = { dialect: documents.dialect };
    return { answer: traits.policyWrites, because: { code: 's3.policy.write-unsure', params } };
  }
  if (setsAcl(operation) && aclsAreOff(documents, traits)) {
    return { answer: 'no', because: { code: 's3.acl.cannot-be-set', params: {} } };
  }
  return OPEN;
}

/** `arn:aws:s3:::b/*`, or `all but …` for NotResource. */
export function resourcesText(statement: Statement): string {
  const { not, patterns } = statement.resources;
  const shown = patterns.slice(0, 4).join(', ');
  const more = patterns.length > 4 ? ` and ${patterns.length - 4} more` : '';
  return `${not ? 'all but ' : ''}${shown}${more}`;
}

function aclsAreOff(documents: S3Documents, traits: Traits): boolean {
  const { ownership } = documents;
  return (
    ownership.state === 'read' &&
    ownership.value === 'BucketOwnerEnforced' &&
    traits.ownership === 'yes'
  );
}

export function aclGrants(bucket: Bucket): readonly Grant[] {
  const { documents, traits } = bucket;
  const acl = documents.acl.state === 'read' ? documents.acl.value : null;
  return publicGrants(acl).flatMap((grant) => {
    const one = (calls: readonly string[], family: string, answer: Gate['answer']): Grant => ({
      statement: grantStatement(grant, calls, ['*']),
      family,
      key: null,
      params: { permission: grant.permission, grantee: grant.grantee },
      gate: () => {
        const gate = aclGate(bucket, 's3.acl', traits.bucketAcl);
        if (gate.answer !== 'yes' || answer === 'yes') return gate;
        const params = { dialect: documents.dialect };
        return { answer, because: { code: `${family}-unsure`, params } };
      },
    });
    return bucketGrants(grant, traits, one);
  });
}

/** The list, the writing and the ACL itself; on some servers the objects' data too. */
function bucketGrants(
  grant: PublicGrant,
  traits: Traits,
  one: (calls: readonly string[], family: string, answer: Gate['answer']) => Grant,
): readonly Grant[] {
  const calls = grantedCalls('bucket', grant.permission);
  const lists = calls.filter((call) => call.startsWith('s3:list'));
  const rest = calls.filter((call) => !call.startsWith('s3:list'));
  const data = lists.length > 0 && traits.bucketReadGivesData !== 'no';
  return [
    ...(lists.length > 0 ? [one(lists, 's3.acl', traits.bucketReadGivesList)] : []),
    ...(rest.length > 0 ? [one(rest, 's3.acl', 'yes')] : []),
    ...(data
      ? [one(grantedCalls('object', 'READ'), 's3.acl.data', traits.bucketReadGivesData)]
      : []),
  ];
}

/** What makes a public grant of an ACL void. An ACL that Amazon still shows is effective. */
export function aclGate(bucket: Bucket, family: string, trait: Gate['answer']): Gate {
  const { documents, traits } = bucket;
  const { dialect, ownership } = documents;
  if (trait === 'no') {
    return { answer: 'no', because: { code: `${family}.no-effect`, params: { dialect } } };
  }
  if (aclsAreOff(documents, traits)) {
    return { answer: 'no', because: { code: `${family}.off`, params: {} } };
  }
  const guard = bucket.guards.ignorePublicAcls;
  if (guard.answer === 'yes') {
    return { answer: 'no', because: { code: `${family}.ignored`, params: { level: guard.level } } };
  }
  const enforced = ownership.state === 'read' && ownership.value === 'BucketOwnerEnforced';
  const unsureBlock = guard.answer === 'unknown' && traits.ignorePublicAcls === 'unknown';
  if (unsureBlock || (enforced && traits.ownership === 'unknown')) {
    return { answer: 'unknown', because: { code: `${family}.guard-unsure`, params: { dialect } } };
  }
  return OPEN;
}
