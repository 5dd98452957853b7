/**
 * The access-control documents of one bucket, wire form → nouns.
 *
 * Some errors are answers (NoSuchBucketPolicy: there is none). A refusal is never one: the document is
 * `denied`, a gap names the missing permission, and the verdict stays unknown.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import {
  type AccessControlList,
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

export interface ReadDocuments {
  readonly documents: S3Documents;
  readonly gaps: readonly Gap[];
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

const UNEXPECTED = 'the store gave an unexpected answer, which says nothing';

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
  const { client, account, own, signal, dialect } = source;
  const gap = (code: Gap['code'], what: string, detail: string): void => {
    gaps.push({ code, asset: asset.id, what, detail });
  };

  async function fetch<T>(question: Question<T>): Promise<Fetched<T>> {
    try {
      return fetched(await question.ask());
    } catch (error) {
      const { name, status } = faultOf(error);
      if (question.absent.includes(name)) return fetched(question.none);
      const unknown = status === 501 || status === 405 || name === 'NotImplemented';
      if (unknown && question.restricts && dialect !== 'aws') return fetched(question.none);
      const problem = scanError(error, question, signal);
      if (problem.code === 'interrupted') throw problem;
      gap(problem.code, question.what, problem.detail);
      return denied(problem.detail);
    }
  }

  const questions = await questionsFor(client, asset.name, signal);
  const [policy, acl, ownership, publicAccessBlock, website, requesterPays] = await Promise.all([
    fetch(questions.policy),
    fetch(questions.acl),
    fetch(questions.ownership),
    fetch(questions.block),
    fetch(questions.website),
    fetch(questions.payment),
  ]);
  const foreign =
    'the bucket belongs to another account, whose settings these credentials cannot see';
  const accountBlock = own
    ? await account.publicAccessBlock()
    : denied<PublicAccessBlock | null>(foreign);
  const accessPoints = own
    ? await account.accessPoints(asset.name, asset.region ?? 'us-east-1')
    : denied<S3Documents['accessPoints'] extends Fetched<infer T> ? T : never>(foreign);
  if (accountBlock.state === 'denied') {
    gap('denied', "the account's public access block", accountBlock.detail);
  }
  if (accessPoints.state === 'denied') gap('denied', 'the access points', accessPoints.detail);
  const documents: S3Documents = {
    bucket: asset.name,
    dialect,
    account: own ? await account.id() : null,
    policy,
    acl,
    ownership,
    publicAccessBlock,
    accountPublicAccessBlock: accountBlock,
    website,
    requesterPays,
    accessPoints,
  };
  return { documents, gaps };
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
  const input = { Bucket: bucket };
  const options = { abortSignal: signal };
  return {
    policy: {
      what: 'the bucket policy',
      permission: 's3:GetBucketPolicy',
      absent: ['NoSuchBucketPolicy'],
      none: null,
      restricts: false,
      ask: async () =>
        parsePolicy((await client.send(new s3.GetBucketPolicyCommand(input), options)).Policy),
    },
    acl: {
      what: 'the bucket ACL',
      permission: 's3:GetBucketAcl',
      absent: [],
      none: null,
      restricts: false,
      ask: async () => {
        const { Owner, Grants } = await client.send(new s3.GetBucketAclCommand(input), options);
        return { ...(Owner && { Owner }), Grants: Grants ?? [] } as AccessControlList;
      },
    },
    ownership: {
      what: 'the object ownership',
      permission: 's3:GetBucketOwnershipControls',
      absent: ['OwnershipControlsNotFoundError'],
      none: null,
      restricts: true,
      ask: async () => {
        const answer = await client.send(new s3.GetBucketOwnershipControlsCommand(input), options);
        return ownershipOf(answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership);
      },
    },
    block: {
      what: "the bucket's public access block",
      permission: 's3:GetBucketPublicAccessBlock',
      absent: ['NoSuchPublicAccessBlockConfiguration'],
      none: null,
      restricts: true,
      ask: async () => {
        const answer = await client.send(new s3.GetPublicAccessBlockCommand(input), options);
        const flags = answer.PublicAccessBlockConfiguration;
        if (!flags) throw new ScanError('malformed', UNEXPECTED);
        return flags as PublicAccessBlock;
      },
    },
    website: {
      what: 'the website configuration',
      permission: 's3:GetBucketWebsite',
      absent: ['NoSuchWebsiteConfiguration'],
      none: false,
      restricts: true,
      ask: async () => {
        await client.send(new s3.GetBucketWebsiteCommand(input), options);
        return true;
      },
    },
    payment: {
      what: 'the request payment setting',
      permission: 's3:GetBucketRequestPayment',
      absent: [],
      none: false,
      restricts: true,
      ask: async () => {
        const answer = await client.send(new s3.GetBucketRequestPaymentCommand(input), options);
        if (answer.Payer === undefined) throw new ScanError('malformed', UNEXPECTED);
        return answer.Payer === 'Requester';
      },
    },
  };
}

function parsePolicy(text: string | undefined): PolicyDocument {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(text ?? '');
  } catch {
    // Falls through to the same error as a policy that is no object.
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ScanError('malformed', UNEXPECTED);
  }
  return parsed as PolicyDocument;
}

function ownershipOf(text: string | undefined): ObjectOwnership {
  const known: readonly ObjectOwnership[] = [
    'BucketOwnerEnforced',
    'BucketOwnerPreferred',
    'ObjectWriter',
  ];
  const found = known.find((one) => one === text);
  if (!found) throw new ScanError('malformed', UNEXPECTED);
  return found;
}

/** The object's own grants, for the fact that explains why it is open. */
export async function readObjectAcl(
  source: DocumentSource,
  bucket: string,
  key: string,
): Promise<Fetched<AccessControlList | null>> {
  const { GetObjectAclCommand } = await import('@aws-sdk/client-s3');
  const doing: Doing = { what: "the object's ACL", permission: 's3:GetObjectAcl' };
  try {
    const answer = await source.client.send(new GetObjectAclCommand({ Bucket: bucket, Key: key }), {
      abortSignal: source.signal,
    });
    const { Owner, Grants } = answer;
    return fetched({ ...(Owner && { Owner }), Grants: Grants ?? [] } as AccessControlList);
  } catch (error) {
    const problem = scanError(error, doing, source.signal);
    if (problem.code === 'interrupted') throw problem;
    return denied(problem.detail);
  }
}
