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
import { s3Facts, waitsForPoints } from '../../src/exposure/s3/index.ts';
import type { Asset } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { NamedKey } from '../../src/model/provider.ts';
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

/** What an unsigned request has shown before any document is asked for. */
export interface Seen {
  /** Anyone may list, so unsigned requests are served: the requester does not pay. */
  readonly listed: boolean;
}

/**
 * The documents that can change the verdict, and no others: each is a call of a control plane that
 * throttles. What is left out for that is put in with the value that changes nothing.
 */
export async function readDocuments(
  source: DocumentSource,
  asset: Asset,
  seen: Seen,
): Promise<ReadDocuments> {
  const gaps: Gap[] = [];
  const ask = <T>(question: Question<T>): Promise<Fetched<T>> =>
    answerTo(question, source, asset, gaps);
  const questions = await questionsFor(source.client, asset.name, source.signal);
  const [policy, publicAccessBlock, ofAccount] = await Promise.all([
    ask(questions.policy),
    ask(questions.block),
    accountDocuments(source, asset, gaps),
  ]);
  const blocks = [publicAccessBlock, ofAccount.accountPublicAccessBlock];
  const first: S3Documents = {
    ...ofAccount,
    bucket: asset.name,
    dialect: source.dialect,
    policy,
    acl: fetched(null),
    ownership: fetched(null),
    publicAccessBlock,
    website: fetched(false),
    requesterPays: fetched(false),
    accessPoints: fetched([]),
  };
  const withAcls = await readAcls(first, blocks, questions, ask);
  const unasked = denied<readonly AccessPoint[]>('they were not asked for');
  const facts = s3Facts({ ...withAcls, accessPoints: unasked });
  const opens = facts.some(({ audience, answer }) => audience === 'anyone' && answer !== 'no');
  const [requesterPays, points] = await Promise.all([
    // It only takes away from what is open to unsigned requests.
    opens && !seen.listed ? ask(questions.payment) : withAcls.requesterPays,
    facts.some(waitsForPoints) ? pointsOf(source, asset, gaps) : {},
  ]);
  return { documents: { ...withAcls, requesterPays, ...points }, gaps };
}

type Ask = <T>(question: Question<T>) => Promise<Fetched<T>>;

/**
 * Amazon's IgnorePublicAcls makes every public grant void and hides it, so the ACL is not asked for
 * then; who owns the objects matters all the same where a policy lets outsiders set an ACL.
 */
async function readAcls(
  documents: S3Documents,
  blocks: readonly Fetched<PublicAccessBlock | null>[],
  questions: Questions,
  ask: Ask,
): Promise<S3Documents> {
  const ignored = blocks.some(
    (block) => block.state === 'read' && block.value?.IgnorePublicAcls === true,
  );
  if (!(ignored && documents.dialect === 'aws')) {
    const [acl, ownership] = await Promise.all([ask(questions.acl), ask(questions.ownership)]);
    return { ...documents, acl, ownership };
  }
  const setsAcls = s3Facts(documents).some(
    ({ action, answer }) => action === 'write-acl' && answer !== 'no',
  );
  return setsAcls ? { ...documents, ownership: await ask(questions.ownership) } : documents;
}

/** Is it a website? A refusal is a gap: then it may be one. */
export async function readWebsite(
  source: DocumentSource,
  asset: Asset,
): Promise<{ readonly website: boolean; readonly gaps: readonly Gap[] }> {
  const gaps: Gap[] = [];
  const { website } = await questionsFor(source.client, asset.name, source.signal);
  const read = await answerTo(website, source, asset, gaps);
  return { website: read.state === 'denied' || read.value, gaps };
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
): Promise<Pick<S3Documents, 'account' | 'accountPublicAccessBlock'>> {
  const block = own ? await account.publicAccessBlock() : denied<PublicAccessBlock | null>(FOREIGN);
  if (block.state === 'denied') {
    const what = "the account's public access block";
    gaps.push({ code: 'denied', asset: asset.id, what, detail: block.detail });
  }
  return { account: own ? await account.id() : null, accountPublicAccessBlock: block };
}

type Points = Pick<S3Documents, 'accessPoints' | 'multiRegionAccessPoints'>;

async function pointsOf(
  { account, own }: DocumentSource,
  asset: Asset,
  gaps: Gap[],
): Promise<Points> {
  const foreign = denied<readonly AccessPoint[]>(FOREIGN);
  const region = asset.region ?? 'us-east-1';
  const [accessPoints, multi] = await Promise.all([
    own ? account.accessPoints(asset.name, region) : foreign,
    own ? account.multiRegionAccessPoints(asset.name) : undefined,
  ]);
  for (const [what, read] of [
    ['the access points', accessPoints],
    ['the multi-region access points', multi],
  ] as const) {
    if (read?.state === 'denied') {
      gaps.push({ code: 'denied', asset: asset.id, what, detail: read.detail });
    }
  }
  return { accessPoints, ...(multi && { multiRegionAccessPoints: multi }) };
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

/** The object's own grants, or an old version's, for the fact that explains why it is open. */
export async function readObjectAcl(
  { client, signal }: DocumentSource,
  bucket: string,
  { key, version }: NamedKey,
): Promise<Fetched<AccessControlList | null>> {
  const { GetObjectAclCommand } = await import('@aws-sdk/client-s3');
  const old = version === undefined ? {} : { VersionId: version };
  try {
    const command = new GetObjectAclCommand({ Bucket: bucket, Key: key, ...old });
    return fetched(aclOf(await client.send(command, { abortSignal: signal })));
  } catch (error) {
    const permission = version === undefined ? 's3:GetObjectAcl' : 's3:GetObjectVersionAcl';
    const doing: Doing = { what: "the object's ACL", permission };
    const problem = scanError(error, doing, signal);
    if (problem.code === 'interrupted') throw problem;
    return denied(problem.detail);
  }
}
