/** The stand-in against the real SDK and against bare unsigned requests. */
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../../localstack/standins/s3/index.ts';

const LANDS = {
  id: '111122223333',
  accessKeyId: 'LANDSKEY',
  secretAccessKey: 'lands-secret',
  canonicalId: 'c-lands',
};
const OTHER = {
  id: '444455556666',
  accessKeyId: 'OTHERKEY',
  secretAccessKey: 'other-secret',
  canonicalId: 'c-other',
};

let standIn: S3StandIn;
let lands: S3Client;
let other: S3Client;

function client(account: typeof LANDS, secret: string = account.secretAccessKey): S3Client {
  return new S3Client({
    endpoint: standIn.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: account.accessKeyId, secretAccessKey: secret },
    maxAttempts: 1,
  });
}

beforeAll(async () => {
  standIn = await startS3StandIn({ accounts: [LANDS, OTHER] });
  lands = client(LANDS);
  other = client(OTHER);
});
afterAll(() => standIn.stop());

async function unsigned(path: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(standIn.url + path, init);
  await response.arrayBuffer();
  return response.status;
}

function statement(action: string, resource: string, extra: object = {}): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: resource, ...extra }],
  };
}

function open(name: string, extra: Parameters<S3StandIn['seed']['configure']>[1] = {}): void {
  standIn.seed.bucket({ name, ...extra });
  standIn.seed.object({ bucket: name, key: 'a.txt', body: 'hello' });
}

test('a bucket made through the API is blocked and has no ACLs, as since April 2023', async () => {
  await lands.send(new CreateBucketCommand({ Bucket: 'fresh' }));
  const policy = JSON.stringify(statement('s3:GetObject', 'arn:aws:s3:::fresh/*'));
  const refused = lands.send(new PutBucketPolicyCommand({ Bucket: 'fresh', Policy: policy }));
  await expect(refused).rejects.toMatchObject({ name: 'AccessDenied' });
  const acl = lands.send(new PutBucketAclCommand({ Bucket: 'fresh', ACL: 'public-read' }));
  await expect(acl).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
});

test('the default upload of SDK v3 (aws-chunked, CRC32 trailer) is stored byte by byte', async () => {
  open('uploads');
  const body = Buffer.from('x'.repeat(100_000));
  for (const key of ['plain.txt', '個人 資料/=+&%?.csv', 'a//b/../c']) {
    await lands.send(new PutObjectCommand({ Bucket: 'uploads', Key: key, Body: body }));
    const got = await lands.send(new GetObjectCommand({ Bucket: 'uploads', Key: key }));
    expect((await got.Body?.transformToByteArray())?.length).toBe(100_000);
  }
  const { Readable } = await import('node:stream');
  const stream = Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]);
  await lands.send(
    new PutObjectCommand({ Bucket: 'uploads', Key: 's', Body: stream, ContentLength: 100_000 }),
  );
  expect(standIn.seed.stored('uploads', 's')?.length).toBe(100_000);
});

test('a wrong secret and an unknown key are refused', async () => {
  open('signed');
  const wrong = client(LANDS, 'not-it').send(new HeadBucketCommand({ Bucket: 'signed' }));
  await expect(wrong).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  const unknown = client({ ...LANDS, accessKeyId: 'NOBODY' });
  await expect(unknown.send(new ListBucketsCommand({}))).rejects.toMatchObject({
    name: 'InvalidAccessKeyId',
  });
});

test('listing pages, folds at the delimiter and encodes keys', async () => {
  standIn.seed.bucket({ name: 'pages' });
  for (let at = 0; at < 2500; at++) {
    standIn.seed.object({ bucket: 'pages', key: `p/${String(at).padStart(5, '0')}`, body: '' });
  }
  standIn.seed.object({ bucket: 'pages', key: 'q/名前 .csv', body: '' });
  let token: string | undefined;
  const keys: (string | undefined)[] = [];
  let pages = 0;
  do {
    const page: ListObjectsV2CommandOutput = await lands.send(
      new ListObjectsV2Command({ Bucket: 'pages', ContinuationToken: token }),
    );
    keys.push(...(page.Contents ?? []).map((one) => one.Key));
    token = page.NextContinuationToken;
    pages++;
  } while (token !== undefined);
  expect(pages).toBe(3);
  expect(keys).toHaveLength(2501);
  expect(new Set(keys).size).toBe(2501);
  expect(keys.at(-1)).toBe('q/名前 .csv');
  const folded = await lands.send(new ListObjectsV2Command({ Bucket: 'pages', Delimiter: '/' }));
  expect(folded.CommonPrefixes?.map((one) => one.Prefix)).toEqual(['p/', 'q/']);
});

test('a policy opens what it names and nothing else to unsigned requests', async () => {
  open('pol', { policy: statement('s3:GetObject', 'arn:aws:s3:::pol/*') });
  expect(await unsigned('/pol/a.txt')).toBe(200);
  expect(await unsigned('/pol?list-type=2')).toBe(403);
  expect(await unsigned('/pol/missing')).toBe(403);
  expect(await unsigned('/pol/a.txt', { method: 'PUT', body: 'x' })).toBe(403);
  standIn.seed.configure('pol', { policy: statement('s3:ListBucket', 'arn:aws:s3:::pol') });
  expect(await unsigned('/pol/a.txt')).toBe(403);
  expect(await unsigned('/pol?list-type=2')).toBe(200);
});

test('conditions are those of the request: address, referer, absent keys', async () => {
  const cases: readonly (readonly [object, number])[] = [
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 200],
    [{ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, 403],
    [{ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, 200],
    [{ StringLike: { 'aws:Referer': 'https://lands.example/*' } }, 403],
    [{ StringNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:root' } }, 200],
    [{ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, 200],
    [{ 'ForAllValues:StringEquals': { 'aws:SourceArn': 'x' } }, 200],
    [{ 'ForAnyValue:StringEquals': { 'aws:SourceArn': 'x' } }, 403],
    [{ Null: { 'aws:PrincipalArn': 'true' } }, 200],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, 403],
  ];
  open('cond');
  for (const [condition, status] of cases) {
    const policy = statement('s3:GetObject', 'arn:aws:s3:::cond/*', { Condition: condition });
    standIn.seed.configure('cond', { policy });
    expect([condition, await unsigned('/cond/a.txt')]).toEqual([condition, status]);
  }
  const policy = statement('s3:GetObject', 'arn:aws:s3:::cond/*', {
    Condition: { StringLike: { 'aws:Referer': 'https://lands.example/*' } },
  });
  standIn.seed.configure('cond', { policy });
  const headers = { referer: 'https://lands.example/page' };
  expect(await unsigned('/cond/a.txt', { headers })).toBe(200);
});

test('an explicit Deny beats an Allow and an ACL', async () => {
  open('deny', {
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::deny/*' },
        { Effect: 'Deny', Principal: '*', Action: '*', Resource: 'arn:aws:s3:::deny/private/*' },
      ],
    },
  });
  standIn.seed.object({ bucket: 'deny', key: 'private/b', body: 'x', acl: 'public-read' });
  expect(await unsigned('/deny/a.txt')).toBe(200);
  expect(await unsigned('/deny/private/b')).toBe(403);
});

test('a bucket ACL lists, an object ACL reads, and ownership switches both off', async () => {
  open('acl', { acl: 'public-read' });
  standIn.seed.object({ bucket: 'acl', key: 'open.txt', body: 'x', acl: 'public-read' });
  expect(await unsigned('/acl?list-type=2')).toBe(200);
  expect(await unsigned('/acl/a.txt')).toBe(403);
  expect(await unsigned('/acl/open.txt')).toBe(200);
  standIn.seed.configure('acl', { ownership: 'BucketOwnerEnforced' });
  expect(await unsigned('/acl?list-type=2')).toBe(403);
  expect(await unsigned('/acl/open.txt')).toBe(403);
  const shown = await lands.send(new GetBucketAclCommand({ Bucket: 'acl' }));
  expect(shown.Grants).toHaveLength(1);
});

test('authenticated-read opens to another account and not to an unsigned request', async () => {
  open('auth', { acl: 'authenticated-read' });
  expect(await unsigned('/auth?list-type=2')).toBe(403);
  const listed = await other.send(new ListObjectsV2Command({ Bucket: 'auth' }));
  expect(listed.KeyCount).toBe(1);
});

test.each(['bucket', 'account'] as const)('the four blocks work on the %s level', async (level) => {
  const name = `bpa-${level}`;
  open(name, { policy: statement('s3:GetObject', `arn:aws:s3:::${name}/*`), acl: 'public-read' });
  const set = (block: object): void => {
    if (level === 'bucket') standIn.seed.configure(name, { publicAccessBlock: block });
    else standIn.seed.accountPublicAccessBlock(LANDS.id, block);
  };
  set({ BlockPublicAcls: true, BlockPublicPolicy: true });
  expect(await unsigned(`/${name}/a.txt`)).toBe(200);
  expect(await unsigned(`/${name}?list-type=2`)).toBe(200);
  const acl = new PutObjectAclCommand({ Bucket: name, Key: 'a.txt', ACL: 'public-read' });
  await expect(lands.send(acl)).rejects.toMatchObject({ name: 'AccessDenied' });
  const policy = JSON.stringify(statement('s3:*', `arn:aws:s3:::${name}/*`));
  const put = new PutBucketPolicyCommand({ Bucket: name, Policy: policy });
  await expect(lands.send(put)).rejects.toMatchObject({ name: 'AccessDenied' });
  set({ IgnorePublicAcls: true });
  expect(await unsigned(`/${name}?list-type=2`)).toBe(403);
  expect(await unsigned(`/${name}/a.txt`)).toBe(200);
  set({ RestrictPublicBuckets: true });
  expect(await unsigned(`/${name}/a.txt`)).toBe(403);
  expect(await unsigned(`/${name}?list-type=2`)).toBe(200);
  standIn.seed.accountPublicAccessBlock(LANDS.id, null);
});

test('RestrictPublicBuckets leaves a policy alone that is not public', async () => {
  const name = 'restricted';
  open(name, {
    policy: statement('s3:GetObject', `arn:aws:s3:::${name}/*`, {
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    }),
    publicAccessBlock: { RestrictPublicBuckets: true },
  });
  expect(await unsigned(`/${name}/a.txt`)).toBe(200);
  const status = await lands.send(new GetBucketPolicyStatusCommand({ Bucket: name }));
  expect(status.PolicyStatus?.IsPublic).toBe(false);
});

test('Requester Pays refuses unsigned requests and serves an account that pays', async () => {
  open('pays', {
    policy: statement('s3:GetObject', 'arn:aws:s3:::pays/*'),
    requesterPays: true,
  });
  expect(await unsigned('/pays/a.txt')).toBe(403);
  const get = { Bucket: 'pays', Key: 'a.txt' };
  await expect(other.send(new GetObjectCommand(get))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  const paid = await other.send(new GetObjectCommand({ ...get, RequestPayer: 'requester' }));
  expect(paid.ContentLength).toBe(5);
});

test('a KMS object is not served to unsigned requests though the policy opens it', async () => {
  open('kms', { policy: statement('s3:GetObject', 'arn:aws:s3:::kms/*') });
  standIn.seed.object({ bucket: 'kms', key: 'k', body: 'x', kms: true });
  expect(await unsigned('/kms/k')).toBe(400);
  expect(await unsigned('/kms/a.txt')).toBe(200);
});

test("another account's object follows its own ACL, not the bucket policy", async () => {
  open('foreign', { policy: statement('s3:GetObject', 'arn:aws:s3:::foreign/*') });
  standIn.seed.object({ bucket: 'foreign', key: 'f', body: 'x', owner: OTHER.canonicalId });
  expect(await unsigned('/foreign/f')).toBe(403);
  await expect(
    lands.send(new GetObjectCommand({ Bucket: 'foreign', Key: 'f' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('an old version of a deleted object stays readable where GetObjectVersion is open', async () => {
  open('vers', {
    versioning: 'Enabled',
    policy: statement('s3:GetObjectVersion', 'arn:aws:s3:::vers/*'),
  });
  await lands.send(new DeleteObjectCommand({ Bucket: 'vers', Key: 'a.txt' }));
  expect(await unsigned('/vers/a.txt')).toBe(403);
  const versions = await lands.send(new ListObjectVersionsCommand({ Bucket: 'vers' }));
  const id = versions.Versions?.[0]?.VersionId ?? '';
  expect(versions.DeleteMarkers).toHaveLength(1);
  expect(await unsigned(`/vers/a.txt?versionId=${id}`)).toBe(200);
});

test('buckets of another account are neither listed nor read', async () => {
  open('mine');
  const listed = await other.send(new ListBucketsCommand({}));
  expect(listed.Buckets ?? []).toHaveLength(0);
  await expect(other.send(new GetBucketPolicyCommand({ Bucket: 'mine' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('an unknown subresource is refused and never taken for its neighbour', async () => {
  open('sub');
  expect(await unsigned('/sub?inventory', { method: 'DELETE' })).toBe(501);
  expect(standIn.seed.buckets()).toContain('sub');
});

test('a request for another region is redirected with the right one named', async () => {
  standIn.seed.bucket({ name: 'far', region: 'ap-east-1' });
  const head = lands.send(new HeadBucketCommand({ Bucket: 'far' }));
  await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 301 } });
  const response = await fetch(`${standIn.url}/far`, { method: 'HEAD' });
  expect(response.headers.get('x-amz-bucket-region')).toBe('ap-east-1');
});

test('ranges answer 206 with the part and 416 past the end', async () => {
  open('range', { policy: statement('s3:GetObject', 'arn:aws:s3:::range/*') });
  const part = await fetch(`${standIn.url}/range/a.txt`, { headers: { range: 'bytes=1-3' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
    206,
    'ell',
    'bytes 1-3/5',
  ]);
  expect(await unsigned('/range/a.txt', { headers: { range: 'bytes=9-' } })).toBe(416);
});

test('GetCallerIdentity names the account', async () => {
  const sts = new STSClient({
    endpoint: standIn.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'OTHERKEY', secretAccessKey: 'other-secret' },
  });
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(OTHER.id);
});

test('settings written through the API are enforced at once', async () => {
  standIn.seed.bucket({ name: 'turns' });
  standIn.seed.object({ bucket: 'turns', key: 'a', body: 'x' });
  const send = async (status: number): Promise<void> =>
    expect(await unsigned('/turns/a')).toBe(status);
  await send(403);
  await lands.send(new PutObjectAclCommand({ Bucket: 'turns', Key: 'a', ACL: 'public-read' }));
  await send(200);
  await lands.send(
    new PutPublicAccessBlockCommand({
      Bucket: 'turns',
      PublicAccessBlockConfiguration: { IgnorePublicAcls: true },
    }),
  );
  await send(403);
  await lands.send(
    new PutBucketOwnershipControlsCommand({
      Bucket: 'turns',
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
  );
  await lands.send(new PutBucketAclCommand({ Bucket: 'turns', ACL: 'private' }));
  await send(403);
});

test('faults strike the requests they are meant for, as often as said', async () => {
  open('faulty', { policy: statement('s3:GetObject', 'arn:aws:s3:::faulty/*') });
  standIn.fault({
    scope: { operation: 'GetObject', bucket: 'faulty' },
    trouble: { kind: 'status', status: 503 },
    times: 1,
  });
  expect(await unsigned('/faulty/a.txt')).toBe(503);
  expect(await unsigned('/faulty/a.txt')).toBe(200);
  standIn.fault({
    scope: { key: 'a.txt', bucket: 'faulty' },
    trouble: { kind: 'cut', afterBytes: 2 },
    times: 1,
  });
  await expect(unsigned('/faulty/a.txt')).rejects.toThrow();
  standIn.clearFaults();
});

test('the log says who asked for what', async () => {
  open('logged');
  standIn.clearLog();
  await lands.send(new ListObjectsV2Command({ Bucket: 'logged' }));
  await unsigned('/logged/a.txt');
  expect(standIn.log.map((one) => [one.method, one.operation, one.signedBy, one.status])).toEqual([
    ['GET', 'ListObjectsV2', 'LANDSKEY', 200],
    ['GET', 'GetObject', null, 403],
  ]);
});
