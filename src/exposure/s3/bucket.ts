/** One bucket's documents, opened once for all the questions about them. */
import type { S3Documents } from '../documents.ts';
import { type Guards, guards } from './blocks.ts';
import { type Traits, traitsOf } from './dialect.ts';
import { type Gate, OPEN, type Scene } from './grant.ts';
import { type Statement, statements } from './iam/statement.ts';
import { placeOf, statementsArePublic } from './public.ts';

/** Everything about a bucket that the questions about it share. */
export interface Bucket {
  readonly documents: S3Documents;
  readonly traits: Traits;
  readonly guards: Guards;
  readonly scene: Scene;
  readonly allows: readonly Statement[];
  /** By Amazon's definition; false also where the policy could not be read. */
  readonly policyIsPublic: () => boolean;
}

export function openBucket(documents: S3Documents, now: Date): Bucket {
  const traits = traitsOf(documents.dialect);
  const policy = documents.policy.state === 'read' ? documents.policy.value : null;
  const all = policy === null || traits.policy === 'no' ? [] : statements(policy);
  const place = placeOf(documents);
  return {
    documents,
    traits,
    guards: guards(documents),
    policyIsPublic: once(() => statementsArePublic(all, place)),
    allows: all.filter(({ effect }) => effect === 'allow'),
    scene: {
      place,
      world: {
        now,
        account: documents.account,
        kmsNeedsSignature: documents.dialect === 'aws',
      },
      denies: all.filter(({ effect }) => effect === 'deny'),
      unsigned: requesterPays(documents, traits),
      privateNetworks: traits.privateNetworks,
    },
  };
}

function once(make: () => boolean): () => boolean {
  let made: boolean | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function requesterPays(documents: S3Documents, traits: Traits): Gate {
  const { requesterPays: pays } = documents;
  if (traits.requesterPays === 'no') return OPEN;
  if (pays.state === 'read') {
    if (!pays.value) return OPEN;
    const answer = traits.requesterPays === 'yes' ? 'no' : 'unknown';
    return { answer, because: { code: 's3.requester-pays', params: {} } };
  }
  if (traits.requesterPays === 'unknown') return OPEN;
  const params = { detail: pays.detail };
  return { answer: 'unknown', because: { code: 's3.requester-pays-unread', params } };
}
