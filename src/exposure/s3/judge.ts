/** One written-down configuration → the four judgements of the exposure cases. */
import type { AccessFact, Action, Answer, Because } from '../../model/access.ts';
import type { S3Dialect } from '../documents.ts';
import { caseBuckets, readCase, type S3Case } from './case.ts';
import { s3Facts } from './facts.ts';
import { s3ObjectFacts } from './objects.ts';
import { s3Public } from './public.ts';

export interface S3Judgement {
  readonly anonymousRead: Answer;
  readonly anonymousList: Answer;
  /** Creating, overwriting, deleting or tagging objects, and changing an ACL or a policy. */
  readonly anonymousWrite: Answer;
  /** The provider's own definition, after effective blocks. */
  readonly public: Answer;
  readonly because: readonly Because[];
}

/** Stands for the one object that a case speaks of. */
const OBJECT_KEY = 'object';
/** A policy that names more buckets than this is judged for the first ones. */
const MAX_BUCKETS = 20;

export function judgeS3Case(
  input: unknown,
  dialect: S3Dialect = 'aws',
  now: Date = new Date(),
): S3Judgement {
  const judged = caseBuckets(input)
    .slice(0, MAX_BUCKETS)
    .map((bucket) => judge(readCase(input, bucket, dialect), now));
  const strongest = (of: (one: S3Judgement) => Answer): Answer => best(judged.map(of));
  return {
    anonymousRead: strongest((one) => one.anonymousRead),
    anonymousList: strongest((one) => one.anonymousList),
    anonymousWrite: strongest((one) => one.anonymousWrite),
    public: strongest((one) => one.public),
    because: distinct(judged.flatMap(({ because }) => because)),
  };
}

function judge(one: S3Case, now: Date): S3Judgement {
  const { documents, objectAcl, encryption } = one;
  const facts = [
    ...s3Facts(documents, now),
    ...(objectAcl ? s3ObjectFacts(documents, OBJECT_KEY, objectAcl, encryption, now) : []),
  ].filter(({ audience }) => audience === 'anyone');
  const answer = (...actions: readonly Action[]): Answer =>
    best(facts.filter(({ action }) => actions.includes(action)).map((fact) => fact.answer));
  const encrypted = encryption === 'kms';
  const acl = objectAcl?.state === 'read' ? objectAcl.value : null;
  const unread = [documents.policy, documents.acl].some(({ state }) => state === 'denied');
  return {
    anonymousRead: encrypted ? 'no' : answer('read'),
    anonymousList: answer('list'),
    anonymousWrite: answer('write', 'write-acl'),
    public: s3Public(documents, { objectAcl: acl }) ? 'yes' : unread ? 'unknown' : 'no',
    because: telling(facts, encrypted),
  };
}

/** The reasons that decide: what opens, else what stands in the way. */
function telling(facts: readonly AccessFact[], encrypted: boolean): readonly Because[] {
  const relevant = facts.filter(({ action }) => action !== 'read-acl');
  const kms = encrypted ? [{ code: 's3.object.kms', params: {} }] : [];
  for (const wanted of ['yes', 'unknown', 'no'] as const) {
    const found = relevant.filter(({ answer }) => answer === wanted);
    if (found.length > 0) return distinct([...kms, ...found.map(({ because }) => because)]);
  }
  return kms;
}

function best(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function distinct(all: readonly Because[]): readonly Because[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
