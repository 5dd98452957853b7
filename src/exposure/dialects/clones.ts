/**
 * Stores that copy S3's rules closely enough for the S3 evaluator: DigitalOcean Spaces, Scaleway,
 * Wasabi, MinIO, Ceph RGW, Yandex. What each leaves out or does otherwise is taken care of here.
 * Source: reference/exposure.md section 2 and servers.md section 4.
 */
import type { Answer } from '../../model/access.ts';
import { because } from '../fact.ts';
import { has, type Json, pick, readSwitch, record } from '../input.ts';
import { distinct, either, type Judgement, strongest, unjudged } from '../judgement.ts';
import { judgeS3Case } from '../s3/index.ts';
import { judgeSwiftCase } from '../swift.ts';
import { type OutsideAcl, readAcl, s3Acl } from './acl.ts';
import { type PolicyDialect, translatePolicy } from './policy.ts';

const POLICY = ['bucketPolicy', 'policy'];
const BLOCKS = ['publicAccessBlock', 'accountPublicAccessBlock', 'ownership', 'requesterPays'];

/** What the S3 evaluator is asked; ACLs may be given already read. */
export interface S3Question {
  readonly policy: unknown;
  readonly acl: OutsideAcl;
  readonly objectAcl: OutsideAcl;
  /** Further fields of an S3 case: blocks, ownership, the bucket's name. */
  readonly more?: Json;
}

export function askS3(question: S3Question): Judgement {
  return judgeS3Case({
    ...question.more,
    ...(question.policy === null ? {} : { bucketPolicy: question.policy }),
    ...(question.acl === null ? {} : { acl: s3Acl(question.acl) }),
    ...(question.objectAcl === null ? {} : { objectAcl: s3Acl(question.objectAcl) }),
  });
}

/** The name decides which of a policy's resources are this bucket's. */
function bucketOf(input: Json): Json {
  const name = pick(input, 'bucketName', 'bucket', 'name');
  return typeof name === 'string' && name !== '' ? { bucketName: name } : {};
}

/** Policy and ACLs of a case in one go, or the judgement that says which of them makes no sense. */
export function s3Parts(
  input: Json,
  dialect: PolicyDialect,
): { readonly question: S3Question } | { readonly unreadable: Judgement } {
  const acl = readAcl(pick(input, 'acl', 'bucketAcl', 'cannedAcl', 'grants', 'grant'), 'the ACL');
  const objectAcl = readAcl(pick(input, 'objectAcl', 'objectAccessControl'), 'the object ACL');
  for (const read of [acl, objectAcl]) {
    if (read.state === 'denied') {
      const reason = because('config.denied', { document: 'ACL', detail: read.detail });
      return { unreadable: unjudged(reason) };
    }
  }
  return {
    question: {
      policy: translatePolicy(pick(input, ...POLICY), dialect),
      acl: acl.state === 'read' ? acl.value : null,
      objectAcl: objectAcl.state === 'read' ? objectAcl.value : null,
      more: bucketOf(input),
    },
  };
}

/** The same answer both ways, or `unknown` where they differ. */
export function agreed(one: Judgement, other: Judgement): Judgement {
  const same = (a: Answer, b: Answer): Answer => (a === b ? a : 'unknown');
  return {
    anonymousRead: same(one.anonymousRead, other.anonymousRead),
    anonymousList: same(one.anonymousList, other.anonymousList),
    anonymousWrite: same(one.anonymousWrite, other.anonymousWrite),
    public: same(one.public, other.public),
    because: distinct([...one.because, ...other.because]),
  };
}

/** Spaces, Scaleway, Wasabi: ACL and policy as in S3; whatever blocks the case states count too. */
export function judgeCloneCase(input: Json, dialect: PolicyDialect): Judgement {
  const parts = s3Parts(input, dialect);
  if ('unreadable' in parts) return parts.unreadable;
  const blocks = Object.fromEntries(
    BLOCKS.filter((name) => has(input, name)).map((name) => [name, pick(input, name)]),
  );
  return askS3({ ...parts.question, more: { ...bucketOf(input), ...blocks } });
}

const PRESETS: Readonly<Record<string, Partial<Record<keyof Judgement, Answer>>>> = {
  none: {},
  private: {},
  download: { anonymousRead: 'yes', anonymousList: 'yes', public: 'yes' },
  readonly: { anonymousRead: 'yes', anonymousList: 'yes', public: 'yes' },
  upload: { anonymousWrite: 'yes', public: 'yes' },
  writeonly: { anonymousWrite: 'yes', public: 'yes' },
  public: { anonymousRead: 'yes', anonymousList: 'yes', anonymousWrite: 'yes', public: 'yes' },
  readwrite: { anonymousRead: 'yes', anonymousList: 'yes', anonymousWrite: 'yes', public: 'yes' },
};

/** MinIO knows the bucket policy only: no ACL, no block, no ownership. `mc anonymous` names presets. */
export function judgeMinioCase(input: Json): Judgement {
  const preset = pick(input, 'anonymous', 'anonymousPolicy', 'access');
  if (typeof preset === 'string') {
    const answers = PRESETS[preset.toLowerCase()];
    const reason = because('minio.preset', { preset });
    if (!answers && preset.toLowerCase() !== 'custom') return unjudged(reason);
    if (answers) {
      const no = {
        anonymousRead: 'no',
        anonymousList: 'no',
        anonymousWrite: 'no',
        public: 'no',
      } as const;
      return { ...no, ...answers, because: [reason] };
    }
  }
  return judgeS3Case({ ...bucketOf(input), bucketPolicy: pick(input, ...POLICY) }, 'minio');
}

/** Ceph RGW: S3 ACL, policy and blocks as far as it enforces them, and Swift ACLs on the same bucket. */
export function judgeCephCase(input: Json): Judgement {
  const swift = has(input, 'readAcl', 'writeAcl') ? [judgeSwiftCase(input)] : [];
  return either(judgeS3Case(input, 'ceph'), ...swift);
}

/** Yandex: S3's rules, but a grant on the bucket may reach its objects; and three switches of its own. */
export function judgeYandexCase(input: Json): Judgement {
  const parts = s3Parts(input, 'yandex');
  if ('unreadable' in parts) return parts.unreadable;
  const { question } = parts;
  const asS3 = askS3(question);
  const inherited = askS3({ ...question, objectAcl: question.objectAcl ?? question.acl });
  const differs = asS3.anonymousRead !== inherited.anonymousRead;
  const judged: Judgement = {
    ...asS3,
    anonymousRead: differs ? 'unknown' : asS3.anonymousRead,
    because: differs ? [...asS3.because, because('yandex.bucket-read')] : asS3.because,
  };
  const flags = record(pick(input, 'anonymousAccessFlags'));
  if (!flags) return judged;
  const flag = (name: string): Answer => {
    const read = readSwitch(pick(flags, name), name);
    return read.state === 'denied' ? 'unknown' : read.value ? 'yes' : 'no';
  };
  const [read, list] = [flag('read'), flag('list')];
  return either(judged, {
    anonymousRead: read,
    anonymousList: list,
    anonymousWrite: 'no',
    public: strongest([read, list, flag('configRead')]),
    because: [because('yandex.flags', { read, list })],
  });
}
