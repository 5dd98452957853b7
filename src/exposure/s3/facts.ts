/** The access-control documents of one bucket → facts: who may do what, and by which cause. */
import { ACTIONS, type AccessFact, type Action, type Because } from '../../model/access.ts';
import type { S3Documents } from '../documents.ts';
import { accessPointGrants, accessPointsUnread, pointsElsewhere } from './access-points.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { aclGate, aclGrants, policyGrants } from './causes.ts';
import { type Found, type Grant, tryGrant } from './grant.ts';
import { operations } from './operations.ts';

/** Facts for `anyone` and `any-account` (narrower audiences where a condition makes one) and all actions; each action ends with a fact. */
export function s3Facts(documents: S3Documents, now: Date = new Date()): readonly AccessFact[] {
  const bucket = openBucket(documents, now);
  const grants = [...policyGrants(bucket), ...aclGrants(bucket), ...accessPointGrants(bucket)];
  return ACTIONS.flatMap((action) => actionFacts(action, grants, bucket));
}

const NOTHING_GRANTS: Because = { code: 's3.nothing-grants', params: {} };

function actionFacts(
  action: Action,
  grants: readonly Grant[],
  bucket: Bucket,
): readonly AccessFact[] {
  const tried = grants.flatMap((grant) =>
    operations(action).map((operation) => tryGrant(grant, operation, bucket.scene)),
  );
  const facts = gathered(
    action,
    tried.flatMap(({ found }) => found),
  );
  const open = facts.some(
    ({ audience, answer, slice }) => audience === 'anyone' && answer === 'yes' && slice === null,
  );
  if (!open) facts.push(...unreadFacts(action, bucket), ...pointsUnread(action, bucket));
  const refused = (whose: 'anyone' | 'account'): Because => {
    for (const { refused: by } of tried) {
      const because = by[whose]();
      if (because) return because;
    }
    return NOTHING_GRANTS;
  };
  const has = (...audiences: readonly string[]): boolean =>
    facts.some((fact) => audiences.includes(fact.audience));
  const end: AccessFact[] = [];
  if (!has('anyone')) end.push(fact(action, 'anyone', 'no', refused('anyone')));
  if (!has('anyone', 'any-account')) {
    end.push(fact(action, 'any-account', 'no', refused('account')));
  }
  return [...facts, ...end];
}

/** One fact a cause, audience and slice: the calls are named together. */
export function gathered(action: Action, found: readonly Found[]): AccessFact[] {
  if (found.length === 0) return [];
  const groups = new Map<string, { first: Found; calls: Set<string> }>();
  for (const one of found) {
    const { audience, answer, slice, because } = one;
    const key = JSON.stringify([audience, answer, slice, because]);
    const group = groups.get(key);
    if (group) group.calls.add(one.operation.title);
    else groups.set(key, { first: one, calls: new Set([one.operation.title]) });
  }
  return [...groups.values()].map(({ first, calls }) => ({
    audience: first.audience,
    action,
    answer: first.answer,
    source: 'config',
    slice: first.slice,
    because: {
      code: first.because.code,
      params: { ...first.because.params, actions: [...calls].join(', ') },
    },
  }));
}

/** What a document that could not be read may still grant. */
function unreadFacts(action: Action, bucket: Bucket): readonly AccessFact[] {
  const { documents, traits } = bucket;
  const reasons: Because[] = [];
  const { policy, acl } = documents;
  const restricted = bucket.guards.restrictPublicBuckets.answer === 'yes';
  if (traits.policy !== 'no' && policy.state === 'denied' && !restricted) {
    reasons.push({ code: 's3.policy.unread', params: { detail: policy.detail } });
  }
  const aclMatters = action !== 'read' || traits.bucketReadGivesData !== 'no';
  const dead = aclGate(bucket, 's3.acl', traits.bucketAcl).answer === 'no';
  if (acl.state === 'denied' && aclMatters && !dead) {
    reasons.push({ code: 's3.acl.unread', params: { detail: acl.detail } });
  }
  if (traits.policy === 'no' && traits.bucketAcl === 'no' && action === 'read') {
    reasons.push({ code: 's3.published-elsewhere', params: { dialect: documents.dialect } });
  }
  const pays = bucket.scene.unsigned.answer === 'no';
  return reasons.flatMap((because) => [
    ...(pays ? [] : [fact(action, 'anyone', 'unknown', because)]),
    fact(action, 'any-account', 'unknown', because),
  ]);
}

function pointsUnread(action: Action, bucket: Bucket): readonly AccessFact[] {
  return [accessPointsUnread(action, bucket), pointsElsewhere(action, bucket)].flatMap((because) =>
    because ? [fact(action, 'any-account', 'unknown', because)] : [],
  );
}

export function fact(
  action: Action,
  audience: AccessFact['audience'],
  answer: AccessFact['answer'],
  because: Because,
): AccessFact {
  return { action, audience, answer, source: 'config', slice: null, because };
}
