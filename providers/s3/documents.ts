/**
 * The access-control documents of one bucket, wire form → nouns.
 *
 * Some errors are answers (NoSuchBucketPolicy: there is none). A refusal is never one: the document is
 * `denied`, a gap names the missing permission, and the verdict stays unknown.
 */
import type {
  GetBucketAclCommandOutput,
  GetBucketOwnershipControlsCommandOutput,
  GetBucketRequestPaymentCommandOutput,
  GetPublicAccessBlockCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  type AccessControlList,
  type AccessPoint,
  denied,
  type Fetched,
  fetched,
  type ObjectOwnership,
  type PolicyDocument,
  type PublicAccessBlock,
  type S3Dialect,
  type S3Documents,
} from '../../src/exposure/documents.ts';
import type { Asset } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { Account } from './account.ts';
import { type Doing, faultOf, scanError } from './errors.ts';
import { parsePolicy, UNEXPECTED } from './policy.ts';

export interface ReadDocuments {
  readonly documents: S3Documents;
  readonly gaps: readonly Gap[];
}

export interface DocumentSource {
  readonly client: S3Client;
  readonly account: Account;
  readonly dialect: S3Dialect;
  /** False for a bucket of another account, whose block these credentials cannot see. */
  readonly own: boolean;
  readonly signal: AbortSignal;
}

export async function readDocuments(source: DocumentSource, asset: Asset): Promise<ReadDocuments> {
  const gaps: Gap[] = [];
  const ask = <T>(question: Question<T>): Promise<Fetched<T>> =>
    answerTo(question, source, asset, gaps);
  const questions = await questionsFor(source.client, asset.name, source.signal);
  const [policy, acl, ownership, publicAccessBlock, website, requesterPays] = await Promise.all([
    ask(questions.policy),
    ask(questions.acl),
    ask(questions.ownership),
    ask(questions.block),
    ask(questions.website),
    ask(questions.payment),
  ]);
  const ofAccount = await accountDocuments(source, asset, gaps);
  const documents: S3Documents = {
    ...ofAccount,
    bucket: asset.name,
    dialect: source.dialect,
    policy,
    acl,
    ownership,
    publicAccessBlock,
    website,
    requesterPays,
  };
  return { documents, gaps };
}

interface Question<T> extends Doing {
  /** Error codes that mean "there is none". */
  readonly absent: readonly string[];
  readonly none: T;
  /**
   * A setting that only restricts. Where a store does not know the call, nothing restricts: the
   * cautious reading. A document that grants stays unread then.
   */
  readonly restricts: boolean;
  readonly ask: () => Promise<T>;
}

async function answerTo<T>(
  question: Question<T>,
  { dialect, signal }: DocumentSource,
  asset: Asset,
  gaps: Gap[],
): Promise<Fetched<T>> {
  try {
    return fetched(await question.ask());
  } catch (error) {
    const { name, status } = faultOf(error);
    if (question.absent.includes(name)) return fetched(question.none);
    const unknown = status === 501 || status === 405 || name === 'NotImplemented';
    if (unknown && question.restricts && dialect !== 'aws') return fetched(question.none);
    const problem = scanError(error, question, signal);
    if (problem.code === 'interrupted') throw problem;
    const { code, detail } = problem;
    gaps.push({ code, asset: asset.id, what: question.what, detail });
    return denied(detail);
  }
}

const FOREIGN =
  'the bucket belongs to another account, whose settings these credentials cannot see';

async function accountDocuments(
  { account, own }: DocumentSource,
  asset: Asset,
  gaps: Gap[],
): Promise<Pick<S3Documents, 'account' | 'accountPublicAccessBlock' | 'accessPoints'>> {
  const region = asset.region ?? 'us-east-1';
  const block = own ? await account.publicAccessBlock() : denied<PublicAccessBlock | null>(FOREIGN);
  const points = own
    ? await account.accessPoints(asset.name, region)
    : denied<readonly AccessPoint[]>(FOREIGN);
  for (const [what, read] of [
    ["the account's public access block", block],
    ['the access points', points],
  ] as const) {
    if (read.state === 'denied') {
      gaps.push({ code: 'denied', asset: asset.id, what, detail: read.detail });
    }
  }
  return {
    account: own ? await account.id() : null,
    accountPublicAccessBlock: block,
    accessPoints: points,
  };
}

interface Questions {
  readonly policy: Question<PolicyDocument | null>;
  readonly acl: Question<AccessControlList | null>;
  readonly ownership: Question<ObjectOwnership | null>;
  readonly block: Question<PublicAccessBlock | null>;
  readonly website: Question<boolean>;
  readonly payment: Question<boolean>;
}

async function questionsFor(
  client: S3Client,
  bucket: string,
  signal: AbortSignal,
): Promise<Questions> {
  const s3 = await import('@aws-sdk/client-s3');
  const of = { Bucket: bucket };
  const options = { abortSignal: signal };
  return {
    policy: {
      ...grant('the bucket policy', 's3:GetBucketPolicy', 'NoSuchBucketPolicy'),
      none: null,
      ask: async () =>
        parsePolicy((await client.send(new s3.GetBucketPolicyCommand(of), options)).Policy),
    },
    acl: {
      ...grant('the bucket ACL', 's3:GetBucketAcl'),
      none: null,
      ask: async () => aclOf(await client.send(new s3.GetBucketAclCommand(of), options)),
    },
    ownership: {
      ...limit(
        'the object ownership',
        's3:GetBucketOwnershipControls',
        'OwnershipControlsNotFoundError',
      ),
      none: null,
      ask: async () =>
        ownershipOf(await client.send(new s3.GetBucketOwnershipControlsCommand(of), options)),
    },
    block: {
      ...limit(
        "the bucket's public access block",
        's3:GetBucketPublicAccessBlock',
        'NoSuchPublicAccessBlockConfiguration',
      ),
      none: null,
      ask: async () => blockOf(await client.send(new s3.GetPublicAccessBlockCommand(of), options)),
    },
    website: {
      ...limit('the website configuration', 's3:GetBucketWebsite', 'NoSuchWebsiteConfiguration'),
      none: false,
      ask: async () => {
        await client.send(new s3.GetBucketWebsiteCommand(of), options);
        return true;
      },
    },
    payment: {
      ...limit('the request payment setting', 's3:GetBucketRequestPayment'),
      none: false,
      ask: async () =>
        payerOf(await client.send(new s3.GetBucketRequestPaymentCommand(of), options)),
    },
  };
}

type About = Pick<Question<never>, 'what' | 'permission' | 'absent' | 'restricts'>;

function grant(what: string, permission: string, ...absent: readonly string[]): About {
  return { what, permission, absent, restricts: false };
}

function limit(what: string, permission: string, ...absent: readonly string[]): About {
  return { what, permission, absent, restricts: true };
}

type OutputAcl = Pick<GetBucketAclCommandOutput, 'Owner' | 'Grants'>;

function aclOf({ Owner, Grants }: OutputAcl): AccessControlList {
  return { ...(Owner && { Owner }), Grants: Grants ?? [] } as AccessControlList;
}

function ownershipOf(answer: GetBucketOwnershipControlsCommandOutput): ObjectOwnership {
  const text = answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
  const known = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;
  const found = known.find((one) => one === text);
  if (!found) throw new ScanError('malformed', UNEXPECTED);
  return found;
}

function blockOf(answer: GetPublicAccessBlockCommandOutput): PublicAccessBlock {
  const flags = answer.PublicAccessBlockConfiguration;
  if (!flags) throw new ScanError('malformed', UNEXPECTED);
  return flags as PublicAccessBlock;
}

function payerOf({ Payer }: GetBucketRequestPaymentCommandOutput): boolean {
  if (Payer === undefined) throw new ScanError('malformed', UNEXPECTED);
  return Payer === 'Requester';
}

/** The object's own grants, for the fact that explains why it is open. */
export async function readObjectAcl(
  { client, signal }: DocumentSource,
  bucket: string,
  key: string,
): Promise<Fetched<AccessControlList | null>> {
  const { GetObjectAclCommand } = await import('@aws-sdk/client-s3');
  try {
    const command = new GetObjectAclCommand({ Bucket: bucket, Key: key });
    return fetched(aclOf(await client.send(command, { abortSignal: signal })));
  } catch (error) {
    const doing: Doing = { what: "the object's ACL", permission: 's3:GetObjectAcl' };
    const problem = scanError(error, doing, signal);
    if (problem.code === 'interrupted') throw problem;
    return denied(problem.detail);
  }
}
