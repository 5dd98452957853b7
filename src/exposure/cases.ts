/**
 * Documents in a file → verdicts, without asking anybody: `ajar verdict FILE`.
 *
 * Takes cases of the exposure case format (an array, `{cases: […]}`, one a line, or a single one),
 * a bare S3 bucket policy, a get-bucket-acl answer, a Cloud Storage IAM policy or ACL, and the JSON
 * of a Terraform plan. A case that makes no sense is `unknown` with its reason, never an error.
 */
import type { Answer } from '../model/access.ts';
import { becauseText } from '../model/because.ts';
import { UsageError } from '../model/errors.ts';
import { judgeAzureCase } from './azure.ts';
import { judgeB2Case } from './b2.ts';
import { judgeCosCase } from './cos.ts';
import {
  judgeCephCase,
  judgeCloneCase,
  judgeMinioCase,
  judgeYandexCase,
} from './dialects/clones.ts';
import { because } from './fact.ts';
import { judgeGcsCase } from './gcs/case.ts';
import { has, type Json, list, parsed, pick, record } from './input.ts';
import { type Judgement, unjudged } from './judgement.ts';
import { judgeObsCase } from './obs.ts';
import { judgeOciCase } from './oci.ts';
import { judgeOssCase } from './oss.ts';
import { judgeR2Case } from './r2.ts';
import { judgeS3Case } from './s3/index.ts';
import { judgeSupabaseCase } from './supabase.ts';
import { judgeSwiftCase } from './swift.ts';
import { isPlan, judgePlan } from './terraform.ts';

export interface CaseVerdict {
  readonly id: string;
  readonly anonymousRead: Answer;
  readonly anonymousList: Answer;
  readonly anonymousWrite: Answer;
  readonly public: Answer;
  /** Sentences. */
  readonly because: readonly string[];
}

const JUDGES: Readonly<Record<string, (input: Json, now: Date) => Judgement>> = {
  s3: (input, now) => judgeS3Case(input, 'aws', now),
  azure: judgeAzureCase,
  gcs: judgeGcsCase,
  minio: judgeMinioCase,
  oss: judgeOssCase,
  obs: judgeObsCase,
  cos: judgeCosCase,
  r2: judgeR2Case,
  oci: judgeOciCase,
  spaces: (input) => judgeCloneCase(input, 'aws'),
  scaleway: (input) => judgeCloneCase(input, 'scaleway'),
  wasabi: (input) => judgeCloneCase(input, 'aws'),
  yandex: judgeYandexCase,
  supabase: judgeSupabaseCase,
  swift: judgeSwiftCase,
  ceph: judgeCephCase,
  b2: judgeB2Case,
  seaweedfs: (input) => judgeS3Case(input, 'seaweedfs'),
  versitygw: (input) => judgeS3Case(input, 'versitygw'),
  generic: (input) => judgeS3Case(input, 'generic'),
};

const ALIASES: Readonly<Record<string, string>> = {
  aws: 's3',
  'aws-s3': 's3',
  az: 'azure',
  'azure-blob': 'azure',
  gcp: 'gcs',
  gs: 'gcs',
  google: 'gcs',
  alibaba: 'oss',
  alicloud: 'oss',
  huawei: 'obs',
  tencent: 'cos',
  cloudflare: 'r2',
  oracle: 'oci',
  digitalocean: 'spaces',
  'do-spaces': 'spaces',
  openstack: 'swift',
  rgw: 'ceph',
  backblaze: 'b2',
};

const ACCEPTED =
  'accepted are exposure cases (a JSON array, {"cases": […]}, one JSON object a line, or one case), an S3 bucket policy, a get-bucket-acl answer in JSON, a Cloud Storage IAM policy, and terraform show -json';

/**
 * Judges every case in the text of one file; `name` is the file's name, used for ids and messages.
 * Throws UsageError when the text is none of the accepted kinds.
 */
export function judgeDocuments(text: string, name: string): readonly CaseVerdict[] {
  const now = new Date();
  const value = parse(text.replace(/^\uFEFF/, ''), name);
  const [only] = value.length === 1 ? value : [];
  if (value.length !== 1)
    return value.map((item, at) => caseVerdict(item, `${name}#${at + 1}`, now));
  return judgeValue(only, name, now);
}

/** One JSON text, or one a line. */
function parse(text: string, name: string): readonly unknown[] {
  const trimmed = text.trim();
  if (trimmed === '') throw refusal(name, 'is empty');
  if (trimmed.startsWith('<')) {
    throw refusal(
      name,
      'is XML or HTML; an ACL is taken as JSON, as aws s3api get-bucket-acl prints it',
    );
  }
  try {
    return [JSON.parse(trimmed)];
  } catch (error) {
    const lines = trimmed.split('\n').filter((line) => line.trim() !== '');
    const items = lines.map(parseLine);
    if (lines.length > 1 && items.some((item) => record(item) !== null)) return items;
    const reason = error instanceof SyntaxError ? error.message.split('\n')[0] : 'unreadable';
    throw new UsageError(`${name} is no JSON (${position(reason ?? '')}); ${ACCEPTED}`, {
      cause: error,
    });
  }
}

/** The place only: the message of JSON.parse quotes the file's content. */
function position(message: string): string {
  const place = /at position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0];
  return place ?? (message.includes('end of JSON') ? 'it ends too early' : 'a syntax error');
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function refusal(name: string, what: string): UsageError {
  return new UsageError(`${name} ${what}; ${ACCEPTED}`);
}

function judgeValue(value: unknown, name: string, now: Date): readonly CaseVerdict[] {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isGcsAclEntry)) {
      return [verdict(name, judged('gcs', { acl: value }, now))];
    }
    return value.map((item, at) => caseVerdict(item, `${name}#${at + 1}`, now));
  }
  const object = record(value);
  if (!object) throw refusal(name, 'holds a single value');
  if (Array.isArray(object.cases)) {
    return object.cases.map((item, at) => caseVerdict(item, `${name}#${at + 1}`, now));
  }
  if (isPlan(object)) return planVerdicts(object, name, now);
  if (has(object, 'provider') || has(object, 'input')) return [caseVerdict(object, name, now)];
  const bare = bareDocument(object);
  if (!bare) throw refusal(name, 'is JSON of a kind that ajar does not judge');
  return [verdict(name, judged(bare.provider, bare.input, now))];
}

function planVerdicts(plan: Json, name: string, now: Date): readonly CaseVerdict[] {
  try {
    return judgePlan(plan, now).map((one) => verdict(one.id, one.judgement));
  } catch (error) {
    return [verdict(name, unjudged(malformed(error)))];
  }
}

function isGcsAclEntry(value: unknown): boolean {
  const entry = record(value);
  return entry !== null && typeof entry.entity === 'string' && !has(entry, 'input');
}

/** A document as the provider's own tools print it. */
function bareDocument(object: Json): { readonly provider: string; readonly input: Json } | null {
  if (has(object, 'bindings')) return { provider: 'gcs', input: { iamPolicy: object } };
  const kind = object.kind;
  if (typeof kind === 'string' && kind.startsWith('storage#') && has(object, 'items')) {
    const field = kind.includes('object') ? 'objectAcl' : 'acl';
    return { provider: 'gcs', input: { [field]: object } };
  }
  const wrapped = parsed(pick(object, 'policy'));
  const policy = has(object, 'statement') ? object : record(wrapped);
  if (policy && has(policy, 'statement')) {
    return { provider: policyProvider(policy), input: { bucketPolicy: policy } };
  }
  const acl = record(pick(object, 'accessControlPolicy')) ?? object;
  return has(acl, 'grants') ? { provider: 's3', input: { acl } } : null;
}

/** The vendor's resource names give a policy away. */
function policyProvider(policy: Json): string {
  const resources = list(pick(policy, 'statement'))
    .map((item) => JSON.stringify(pick(record(item) ?? {}, 'resource', 'notResource') ?? ''))
    .join(' ');
  if (resources.includes('"acs:oss:')) return 'oss';
  return resources.includes('"qcs::cos:') ? 'cos' : 's3';
}

function caseVerdict(value: unknown, otherwise: string, now: Date): CaseVerdict {
  const object = record(value);
  if (!object) return verdict(otherwise, unjudged(detail('it is no JSON object')));
  const given = object.id;
  const id = typeof given === 'string' || typeof given === 'number' ? String(given) : otherwise;
  const input = record(parsed(object.input));
  if (!input) return verdict(id, unjudged(detail('its input is no JSON object')));
  const named = object.provider;
  const provider = typeof named === 'string' ? named.trim().toLowerCase() : guessed(input);
  return provider === null
    ? verdict(id, unjudged(detail('it names no provider')))
    : verdict(id, judged(provider, input, now));
}

/** The fields of the commonest inputs name their provider. */
function guessed(input: Json): string | null {
  if (has(input, 'iamPolicy', 'uniformBucketLevelAccess')) return 'gcs';
  if (has(input, 'allowBlobPublicAccess', 'networkAcls')) return 'azure';
  if (has(input, 'bucketPolicy', 'publicAccessBlock')) return 's3';
  return has(input, 'readAcl', 'writeAcl') ? 'swift' : null;
}

function judged(provider: string, input: Json, now: Date): Judgement {
  const judge = JUDGES[ALIASES[provider] ?? provider];
  if (!judge) return unjudged(because('case.provider', { provider }));
  try {
    return judge(input, now);
  } catch (error) {
    return unjudged(malformed(error));
  }
}

/** Whatever an odd document makes a judge stumble over, the other cases of the file are judged. */
function malformed(error: unknown): ReturnType<typeof because> {
  return detail(error instanceof Error ? `the evaluation failed (${error.name})` : 'it failed');
}

function detail(text: string): ReturnType<typeof because> {
  return because('case.malformed', { detail: text });
}

function verdict(id: string, judgement: Judgement): CaseVerdict {
  return {
    id,
    anonymousRead: judgement.anonymousRead,
    anonymousList: judgement.anonymousList,
    anonymousWrite: judgement.anonymousWrite,
    public: judgement.public,
    because: [...new Set(judgement.because.map(becauseText))],
  };
}
