/** Which permissions of the scanning role are missing at a target: each call is made once, for one bucket. */
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import { ScanError } from '../../src/model/errors.ts';
import type { PermissionCheck, ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import { outcomesOf, shared, type Trial, untried } from '../trials.ts';
import { MULTI_REGION_HOME } from './access-points.ts';
import { entering } from './accounts.ts';
import { type Clients, openClients } from './clients.ts';
import { dialectOfHost, wantsVirtualHosts } from './dialect.ts';
import { scanError } from './errors.ts';
import { accountsOf, membersOf } from './organization.ts';
import { partitionOf, readTarget, type S3Target } from './target.ts';

export async function* tryPermissions(
  spec: TargetSpec,
  context: ProviderContext,
): AsyncGenerator<PermissionCheck> {
  const target = readTarget(spec, context.env);
  const byHost = dialectOfHost(target.endpoint?.hostname ?? 'amazonaws.com');
  const clients = await openClients(target, context, wantsVirtualHosts(byHost));
  try {
    if (!clients.signs) {
      throw new ScanError(
        'no-credentials',
        'there are no credentials whose permissions could be tried; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE',
      );
    }
    if (accountsOf(spec) === null) yield* outcomesOf(trialsOf(target, clients, context.signal));
    else yield* acrossAccounts(spec, context, clients, target.region);
  } finally {
    clients.close();
  }
}

/** The role in each account; what it holds is tried in the first that it may be taken in. */
async function* acrossAccounts(
  spec: TargetSpec,
  context: ProviderContext,
  clients: Clients,
  region: string,
): AsyncGenerator<PermissionCheck> {
  let tried = false;
  const names = accountsOf(spec) ?? [];
  for await (const member of membersOf(names, clients, context.signal, spec.uri)) {
    if (!('id' in member)) {
      const permission =
        /organizations:\w+/.exec(member.detail)?.[0] ?? 'organizations:ListAccounts';
      yield { permission, state: 'refused', detail: member.detail };
      continue;
    }
    const permission = `sts:AssumeRole in account ${member.id}`;
    try {
      const inside = await entering({ spec, context, clients, region }, member.id);
      yield { permission, state: 'granted', detail: '' };
      if (tried) continue;
      tried = true;
      yield* tryPermissions(inside.spec, inside.context);
    } catch (error) {
      if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
      const state = error.code === 'denied' ? 'refused' : 'not-tried';
      yield { permission, state, detail: error.detail };
    }
  }
}

type Sending = { send(command: never, options: { abortSignal: AbortSignal }): Promise<unknown> };

/** What the calls need to name. */
interface Subjects {
  readonly bucket: () => Promise<string>;
  readonly client: () => Promise<S3Client>;
  readonly account: () => Promise<string>;
  readonly control: () => Promise<S3ControlClient>;
}

function trialsOf(target: S3Target, clients: Clients, signal: AbortSignal): readonly Trial[] {
  const bucket = shared(async () => target.bucket ?? (await firstBucket(target, clients, signal)));
  const subjects: Subjects = {
    bucket,
    client: shared(async () =>
      clients.signed(await regionOf(await bucket(), target, clients, signal)),
    ),
    account: shared(() => accountId(clients, signal)),
    control: shared(async () => {
      const region = await regionOf(await bucket(), target, clients, signal);
      return clients.control(region);
    }),
  };
  const own = target.amazon
    ? [
        ...accountTrials(subjects, clients, signal, target),
        ...pointTrials(subjects, clients, signal),
      ]
    : [];
  return [
    { permission: 's3:ListAllMyBuckets', ask: () => firstBucket(target, clients, signal, true) },
    ...bucketTrials(subjects, signal),
    ...objectTrials(subjects, signal),
    ...own,
  ];
}

/** The answer, or the refusal in our words. */
async function sent<T>(answer: Promise<T>, permission: string, signal: AbortSignal): Promise<T> {
  return answer.catch((error: unknown): never => {
    throw scanError(error, { what: 'what it gives', permission }, signal);
  });
}

async function firstBucket(
  { region, amazon }: S3Target,
  clients: Clients,
  signal: AbortSignal,
  emptyIsFine = false,
): Promise<string> {
  const { ListBucketsCommand } = await import('@aws-sdk/client-s3');
  const command = new ListBucketsCommand(amazon ? { MaxBuckets: 1 } : {});
  const answer = await sent(
    clients.signed(region).send(command, { abortSignal: signal }),
    's3:ListAllMyBuckets',
    signal,
  ).catch((error: unknown): never => {
    if (emptyIsFine) throw error;
    return untried('no bucket is named, and the list of buckets was refused; name one');
  });
  const name = answer.Buckets?.[0]?.Name;
  return name ?? (emptyIsFine ? '' : untried('the account has no bucket'));
}

/** Amazon sends a request for another region there by itself; the control plane needs to know. */
async function regionOf(
  bucket: string,
  { region }: S3Target,
  clients: Clients,
  signal: AbortSignal,
): Promise<string> {
  const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
  const head = await clients
    .signed(region)
    .send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: signal })
    .catch(() => null);
  return head?.BucketRegion ?? region;
}

async function accountId(clients: Clients, signal: AbortSignal): Promise<string> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const sts = await clients.sts();
  const answer = await sts
    .send(new GetCallerIdentityCommand({}), { abortSignal: signal })
    .catch(() => null);
  return answer?.Account ?? untried('the account id is not known (sts:GetCallerIdentity)');
}

function bucketTrials({ bucket, client }: Subjects, signal: AbortSignal): readonly Trial[] {
  type Sdk = typeof import('@aws-sdk/client-s3');
  type Bucketed = new (input: { Bucket: string; MaxKeys?: number }) => object;
  const about = (permission: string, call: (sdk: Sdk) => unknown): Trial => ({
    permission,
    async ask() {
      const Command = call(await import('@aws-sdk/client-s3')) as Bucketed;
      const command = new Command({ Bucket: await bucket(), MaxKeys: 1 });
      const asked: Sending = await client();
      return sent(asked.send(command as never, { abortSignal: signal }), permission, signal);
    },
  });
  return [
    about('s3:ListBucket', (sdk) => sdk.ListObjectsV2Command),
    about('s3:ListBucketVersions', (sdk) => sdk.ListObjectVersionsCommand),
    about('s3:GetBucketVersioning', (sdk) => sdk.GetBucketVersioningCommand),
    about('s3:GetBucketTagging', (sdk) => sdk.GetBucketTaggingCommand),
    about('s3:GetBucketPolicy', (sdk) => sdk.GetBucketPolicyCommand),
    about('s3:GetBucketAcl', (sdk) => sdk.GetBucketAclCommand),
    about('s3:GetBucketOwnershipControls', (sdk) => sdk.GetBucketOwnershipControlsCommand),
    about('s3:GetBucketPublicAccessBlock', (sdk) => sdk.GetPublicAccessBlockCommand),
    about('s3:GetBucketWebsite', (sdk) => sdk.GetBucketWebsiteCommand),
    about('s3:GetBucketRequestPayment', (sdk) => sdk.GetBucketRequestPaymentCommand),
  ];
}

function objectTrials({ bucket, client }: Subjects, signal: AbortSignal): readonly Trial[] {
  const options = { abortSignal: signal };
  const key = shared(async () => {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const command = new ListObjectsV2Command({ Bucket: await bucket(), MaxKeys: 1 });
    const page = await (await client()).send(command, options).catch(() => null);
    return page?.Contents?.[0]?.Key ?? untried('no object could be listed to try it with');
  });
  const version = shared(async () => {
    const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
    const command = new ListObjectVersionsCommand({ Bucket: await bucket(), MaxKeys: 1 });
    const page = await (await client()).send(command, options).catch(() => null);
    const [first] = page?.Versions ?? [];
    return first ?? untried('no version could be listed to try it with');
  });
  return [
    {
      permission: 's3:GetObject',
      async ask() {
        const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
        const command = new HeadObjectCommand({ Bucket: await bucket(), Key: await key() });
        return sent((await client()).send(command, options), 's3:GetObject', signal);
      },
    },
    {
      permission: 's3:GetObjectVersion',
      async ask() {
        const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
        const { Key, VersionId } = await version();
        const command = new HeadObjectCommand({ Bucket: await bucket(), Key, VersionId });
        return sent((await client()).send(command, options), 's3:GetObjectVersion', signal);
      },
    },
    {
      permission: 's3:GetObjectVersionAcl',
      async ask() {
        const { GetObjectAclCommand } = await import('@aws-sdk/client-s3');
        const { Key, VersionId } = await version();
        const command = new GetObjectAclCommand({ Bucket: await bucket(), Key, VersionId });
        return sent((await client()).send(command, options), 's3:GetObjectVersionAcl', signal);
      },
    },
    {
      permission: 's3:GetObjectAcl',
      async ask() {
        const { GetObjectAclCommand } = await import('@aws-sdk/client-s3');
        const command = new GetObjectAclCommand({ Bucket: await bucket(), Key: await key() });
        return sent((await client()).send(command, options), 's3:GetObjectAcl', signal);
      },
    },
  ];
}

function accountTrials(
  { account, control }: Subjects,
  clients: Clients,
  signal: AbortSignal,
  { region }: S3Target,
): readonly Trial[] {
  const options = { abortSignal: signal };
  const all: readonly Trial[] = [
    {
      permission: 's3:GetAccountPublicAccessBlock',
      async ask() {
        const { GetPublicAccessBlockCommand } = await import('@aws-sdk/client-s3-control');
        const command = new GetPublicAccessBlockCommand({ AccountId: await account() });
        const answer = (await control()).send(command, options);
        return sent(answer, 's3:GetAccountPublicAccessBlock', signal);
      },
    },
    {
      permission: 's3express:ListAllMyDirectoryBuckets',
      async ask() {
        const { ListDirectoryBucketsCommand } = await import('@aws-sdk/client-s3');
        const command = new ListDirectoryBucketsCommand({ MaxDirectoryBuckets: 1 });
        const answer = clients.directory('us-east-1').send(command, options);
        return sent(answer, 's3express:ListAllMyDirectoryBuckets', signal);
      },
    },
  ];
  return partitionOf(region) === 'aws' ? all : all.slice(0, 1);
}

/** Points are asked for by name, so each needs one that is there. */
function pointTrials(
  { account, bucket, control }: Subjects,
  clients: Clients,
  signal: AbortSignal,
): readonly Trial[] {
  const options = { abortSignal: signal };
  const load = () => import('@aws-sdk/client-s3-control');
  const points = shared(async () => {
    const { ListAccessPointsCommand } = await load();
    const command = new ListAccessPointsCommand({
      AccountId: await account(),
      Bucket: await bucket(),
    });
    const page = await sent(
      (await control()).send(command, options),
      's3:ListAccessPoints',
      signal,
    );
    return page.AccessPointList ?? [];
  });
  const worlds = shared(async () => {
    const { ListMultiRegionAccessPointsCommand } = await load();
    const client = await clients.control(MULTI_REGION_HOME);
    const command = new ListMultiRegionAccessPointsCommand({ AccountId: await account() });
    const page = await sent(
      client.send(command, options),
      's3:ListMultiRegionAccessPoints',
      signal,
    );
    return page.AccessPoints ?? [];
  });
  const named = async (list: () => Promise<readonly { Name?: string | undefined }[]>) =>
    (await list().catch(() => []))[0]?.Name ??
    untried('there is no such access point to try it with');
  return [
    { permission: 's3:ListAccessPoints', ask: points },
    {
      permission: 's3:GetAccessPoint',
      async ask() {
        const { GetAccessPointCommand } = await load();
        const input = { AccountId: await account(), Name: await named(points) };
        const answer = (await control()).send(new GetAccessPointCommand(input), options);
        return sent(answer, 's3:GetAccessPoint', signal);
      },
    },
    {
      permission: 's3:GetAccessPointPolicy',
      async ask() {
        const { GetAccessPointPolicyCommand } = await load();
        const input = { AccountId: await account(), Name: await named(points) };
        const answer = (await control()).send(new GetAccessPointPolicyCommand(input), options);
        return sent(answer, 's3:GetAccessPointPolicy', signal);
      },
    },
    { permission: 's3:ListMultiRegionAccessPoints', ask: worlds },
    {
      permission: 's3:GetMultiRegionAccessPointPolicy',
      async ask() {
        const { GetMultiRegionAccessPointPolicyCommand } = await load();
        const input = { AccountId: await account(), Name: await named(worlds) };
        const client = await clients.control(MULTI_REGION_HOME);
        const answer = client.send(new GetMultiRegionAccessPointPolicyCommand(input), options);
        return sent(answer, 's3:GetMultiRegionAccessPointPolicy', signal);
      },
    },
  ];
}
