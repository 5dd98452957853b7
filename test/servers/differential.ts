/**
 * The differential table, as data: the same settings and the same requests on the stand-in and on
 * every real S3 server. `expected` is what Amazon documents, and what the stand-in must do; where a
 * real server answers otherwise, its entry under `differs` says so and why.
 */
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectAclCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { State } from '../../src/model/access.ts';
import type { S3ServerName, S3ServerUnderTest } from '../kit/s3-servers.ts';

export interface Answers {
  /** HTTP status of the setting itself; 200 where all of it was taken. */
  readonly set: number;
  /** HTTP status of an unsigned listing, of `a/x` and of `b/x`. */
  readonly list: number;
  readonly a: number;
  readonly b: number;
  /** Further requests of the row, by name: a status, or what it says. */
  readonly more?: Readonly<Record<string, number | string>>;
  /** What ajar says. */
  readonly verdict: `read ${State}, list ${State}`;
}

export interface Stage {
  readonly server: S3ServerUnderTest;
  readonly bucket: string;
  /** Address of the bucket. */
  readonly url: string;
}

export interface Row {
  readonly name: string;
  /** The bucket's name; letters only. */
  readonly bucket: string;
  readonly acls?: boolean;
  readonly set?: (stage: Stage) => Promise<unknown>;
  readonly more?: (stage: Stage) => Promise<Readonly<Record<string, number | string>>>;
  readonly expected: Answers;
  /** Sent with the unsigned requests of the table, not with ajar's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where a server differs, and why. */
  readonly differs?: Partial<
    Record<Exclude<S3ServerName, 'stand-in'>, Partial<Answers> & { readonly why: string }>
  >;
  /** What ajar and the plain requests say differently, and why that is right. */
  readonly named?: string;
}

const CLOSED = {
  set: 200,
  list: 403,
  a: 403,
  b: 403,
  verdict: 'read closed, list closed',
} as const;

const NO_BLOCKS = 'it has no public access block';
const SEES_LOOPBACK =
  'it sees the loopback address; the stand-in shows its callers as the internet';
const ACL_STAYS = {
  list: 200,
  a: 200,
  b: 200,
  verdict: 'read open, list open',
  why: 'it has no public access block; READ reaches objects',
} as const;
const POLICY_STAYS = { list: 200, a: 200, b: 200, verdict: 'read open, list open' } as const;

function allow(action: string, resource: string, extra: object = {}): object {
  const at = `arn:aws:s3:::${resource}`;
  return { Effect: 'Allow', Principal: '*', Action: action, Resource: at, ...extra };
}

export function setPolicy(
  ...statements: ((bucket: string) => object)[]
): (stage: Pick<Stage, 'server' | 'bucket'>) => Promise<unknown> {
  return ({ server, bucket }) =>
    server.client.send(
      new PutBucketPolicyCommand({
        Bucket: bucket,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: statements.map((one) => one(bucket)),
        }),
      }),
    );
}

export const READS = (bucket: string): object => allow('s3:GetObject', `${bucket}/*`);
export const LISTS = (bucket: string): object => allow('s3:ListBucket', bucket);

function block(settings: object): (stage: Stage) => Promise<unknown> {
  return ({ server, bucket }) =>
    server.client.send(
      new PutPublicAccessBlockCommand({
        Bucket: bucket,
        PublicAccessBlockConfiguration: settings,
      }),
    );
}

function bucketAcl({ server, bucket }: Stage): Promise<unknown> {
  return server.client.send(new PutBucketAclCommand({ Bucket: bucket, ACL: 'public-read' }));
}

function objectAcl({ server, bucket }: Stage): Promise<unknown> {
  const put = new PutObjectAclCommand({ Bucket: bucket, Key: 'a/x', ACL: 'public-read' });
  return server.client.send(put);
}

export const TABLE: readonly Row[] = [
  { name: 'a new bucket is closed', bucket: 'fresh', expected: CLOSED },
  {
    name: 'GetObject for everyone reads and does not list',
    bucket: 'readable',
    set: setPolicy(READS),
    expected: { ...CLOSED, a: 200, b: 200, verdict: 'read open, list closed' },
  },
  {
    name: 'ListBucket for everyone lists and does not read',
    bucket: 'listable',
    set: setPolicy(LISTS),
    expected: { ...CLOSED, list: 200, verdict: 'read closed, list open' },
  },
  {
    name: 'a policy on a prefix opens that prefix',
    bucket: 'prefixed',
    set: setPolicy((bucket) => allow('s3:GetObject', `${bucket}/a/*`)),
    expected: { ...CLOSED, a: 200, verdict: 'read partly-open, list closed' },
  },
  {
    name: 'a Deny takes a prefix out again',
    bucket: 'carved',
    set: setPolicy(READS, (bucket) => ({
      ...allow('s3:GetObject', `${bucket}/b/*`),
      Effect: 'Deny',
    })),
    expected: { ...CLOSED, a: 200, verdict: 'read partly-open, list closed' },
  },
  {
    name: 'a policy for another address is no door for everyone',
    bucket: 'elsewhere',
    set: setPolicy((bucket) =>
      allow('s3:GetObject', `${bucket}/*`, {
        Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
      }),
    ),
    expected: CLOSED,
  },
  {
    name: 'a policy for this address lets this address in, and is no door for everyone',
    bucket: 'nearby',
    set: setPolicy((bucket) =>
      allow('s3:GetObject', `${bucket}/*`, {
        Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } },
      }),
    ),
    expected: CLOSED,
    named: 'the request came from a listed address, which proves nothing about anyone',
    differs: {
      seaweedfs: { a: 200, b: 200, why: SEES_LOOPBACK },
      versitygw: { a: 200, b: 200, why: SEES_LOOPBACK },
      ceph: { a: 200, b: 200, why: SEES_LOOPBACK },
      minio: { a: 200, b: 200, why: SEES_LOOPBACK },
    },
  },
  {
    name: 'a Referer condition is met by anyone who sends it',
    bucket: 'refered',
    headers: { referer: 'https://lands.example/page' },
    set: setPolicy((bucket) =>
      allow('s3:GetObject', `${bucket}/*`, {
        Condition: { StringLike: { 'aws:Referer': 'https://lands.example/*' } },
      }),
    ),
    expected: { ...CLOSED, a: 200, b: 200, verdict: 'read open, list closed' },
  },
  {
    name: 'SecureTransport keeps a plain connection out',
    bucket: 'tlsonly',
    set: setPolicy((bucket) =>
      allow('s3:GetObject', `${bucket}/*`, {
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      }),
    ),
    expected: { ...CLOSED, verdict: 'read open, list closed' },
    named: 'refused here for want of TLS; anyone may connect with TLS',
  },
  {
    name: 'a policy that is taken away leaves a closed bucket',
    bucket: 'reclosed',
    async set(stage) {
      await setPolicy(READS)(stage);
      await stage.server.client.send(new DeleteBucketPolicyCommand({ Bucket: stage.bucket }));
    },
    expected: CLOSED,
  },
  {
    name: 'a public-read bucket ACL lists; whether it reads is the server’s own affair',
    bucket: 'aclbucket',
    acls: true,
    set: bucketAcl,
    // ajar does not know an unnamed server's ACL rule, and this one is asked as such.
    expected: { ...CLOSED, list: 200, verdict: 'read unknown, list open' },
    named: 'the rule of an unnamed server is not known, so refused requests prove nothing',
    differs: {
      seaweedfs: { a: 200, b: 200, verdict: 'read open, list open', why: 'READ reaches objects' },
      versitygw: { a: 200, b: 200, verdict: 'read open, list open', why: 'READ reaches objects' },
      ceph: {
        verdict: 'read closed, list open',
        why: 'READ lists only, as at Amazon, and ajar knows Ceph',
      },
      minio: { set: 501, list: 403, verdict: 'read closed, list closed', why: 'it has no ACLs' },
    },
  },
  {
    name: 'a public-read object in a closed bucket is open by itself',
    bucket: 'aclobject',
    acls: true,
    set: objectAcl,
    expected: { ...CLOSED, a: 200, verdict: 'read partly-open, list closed' },
    differs: {
      seaweedfs: { a: 403, verdict: 'read closed, list closed', why: 'stored and not enforced' },
      versitygw: { set: 501, a: 403, verdict: 'read closed, list closed', why: 'no object ACLs' },
      minio: { set: 501, a: 403, verdict: 'read closed, list closed', why: 'it has no ACLs' },
    },
  },
  {
    name: 'with the owner enforced an ACL is refused',
    bucket: 'enforced',
    set: bucketAcl,
    expected: { ...CLOSED, set: 400 },
    differs: {
      seaweedfs: {
        set: 200,
        list: 200,
        a: 200,
        b: 200,
        verdict: 'read open, list open',
        why: 'ACLs are taken whatever the ownership',
      },
      ceph: {
        set: 200,
        list: 200,
        verdict: 'read closed, list open',
        why: 'it knows no ownership setting; ACLs are always on',
      },
      minio: { set: 501, why: 'it has no ACLs' },
    },
  },
  {
    name: 'IgnorePublicAcls disarms a public ACL',
    bucket: 'ignored',
    acls: true,
    async set(stage) {
      await bucketAcl(stage);
      await objectAcl(stage);
      await block({ IgnorePublicAcls: true })(stage);
    },
    expected: CLOSED,
    differs: {
      seaweedfs: { ...ACL_STAYS, set: 501 },
      versitygw: { ...ACL_STAYS, set: 501 },
      minio: { set: 501, why: 'it has neither ACLs nor blocks' },
    },
  },
  {
    name: 'BlockPublicPolicy refuses a public policy',
    bucket: 'refusing',
    async set(stage) {
      await block({ BlockPublicPolicy: true })(stage);
      await setPolicy(READS)(stage);
    },
    expected: { ...CLOSED, set: 403 },
    differs: {
      seaweedfs: { set: 501, why: NO_BLOCKS },
      versitygw: { set: 501, why: NO_BLOCKS },
      minio: { set: 400, why: NO_BLOCKS },
    },
  },
  {
    name: 'RestrictPublicBuckets disarms a public policy',
    bucket: 'restricted',
    async set(stage) {
      await setPolicy(READS, LISTS)(stage);
      await block({ RestrictPublicBuckets: true })(stage);
    },
    expected: { ...CLOSED, verdict: 'read unknown, list unknown' },
    named: 'whether an unnamed server enforces it is not known (Ceph stores it only)',
    differs: {
      seaweedfs: { ...POLICY_STAYS, set: 501, why: NO_BLOCKS },
      versitygw: { ...POLICY_STAYS, set: 501, why: NO_BLOCKS },
      ceph: {
        ...POLICY_STAYS,
        verdict: 'read partly-open, list open',
        why: 'the block is stored and not enforced, which ajar learns object by object',
      },
      minio: { ...POLICY_STAYS, set: 400, why: NO_BLOCKS },
    },
  },
  {
    name: 'a website configuration opens nothing by itself',
    bucket: 'website',
    set: ({ server, bucket }) =>
      server.client.send(
        new PutBucketWebsiteCommand({
          Bucket: bucket,
          WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
        }),
      ),
    expected: CLOSED,
    differs: {
      seaweedfs: { set: 409, why: 'it knows no website and takes the call for CreateBucket' },
      ceph: { set: 405, why: 'its website endpoint is off' },
      minio: { set: 400, why: 'it has no websites' },
    },
  },
  {
    name: 'an old version of a deleted object stays open where GetObjectVersion is granted',
    bucket: 'versioned',
    async set(stage) {
      const { client } = stage.server;
      const Bucket = stage.bucket;
      const on = { Status: 'Enabled' } as const;
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: on }));
      await stage.server.put(Bucket, 'old', 'made up');
      await setPolicy((name) => allow('s3:GetObjectVersion', `${name}/*`))(stage);
    },
    async more({ server, bucket, url }) {
      const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
      const all = await server.client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'old' }),
      );
      await server.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'old' }));
      const id = all.Versions?.[0]?.VersionId ?? 'none';
      return {
        version: await status(`${url}/old?versionId=${encodeURIComponent(id)}`),
        latest: await status(`${url}/old`),
      };
    },
    expected: {
      ...CLOSED,
      more: { version: 200, latest: 403 },
      verdict: 'read open, list closed',
    },
    named: 'old versions are open, current ones are not',
    differs: {
      versitygw: {
        more: { version: 403, latest: 403 },
        why: 'an unsigned read of a version needs GetObject as well',
      },
      minio: {
        a: 200,
        b: 200,
        more: { version: 200, latest: 404 },
        why: 'GetObjectVersion lets the current object be read too',
      },
    },
  },
  {
    name: 'a presigned address works until it is changed or has expired',
    bucket: 'presigned',
    async more({ server, url }) {
      const { presign } = await import('./presign.ts');
      const now = new Date();
      const past = new Date(now.getTime() - 3_600_000);
      const good = presign(`${url}/a/x`, server.keys, now, 600);
      return {
        good: await status(good),
        otherKey: await status(good.replace('/a/x?', '/b/x?')),
        expired: await status(presign(`${url}/a/x`, server.keys, past, 60)),
      };
    },
    expected: { ...CLOSED, more: { good: 200, otherKey: 403, expired: 403 } },
  },
  {
    name: 'a range is answered with that range',
    bucket: 'ranged',
    set: setPolicy(READS),
    async more({ url }) {
      const answer = await fetch(`${url}/a/x`, { headers: { range: 'bytes=1-3' } });
      const beyond = await fetch(`${url}/a/x`, { headers: { range: 'bytes=900-' } });
      await beyond.arrayBuffer();
      return { status: answer.status, bytes: await answer.text(), beyond: beyond.status };
    },
    expected: {
      ...CLOSED,
      a: 200,
      b: 200,
      more: { status: 206, bytes: 'ade', beyond: 416 },
      verdict: 'read open, list closed',
    },
  },
  {
    name: 'a listing goes on after its first page',
    bucket: 'paged',
    set: setPolicy(LISTS),
    async more({ url }) {
      const first = await (await fetch(`${url}?list-type=2&max-keys=1`)).text();
      const token = /<NextContinuationToken>([^<]+)</.exec(first)?.[1] ?? '';
      const query = `list-type=2&max-keys=1&continuation-token=${encodeURIComponent(token)}`;
      const second = await (await fetch(`${url}?${query}`)).text();
      const key = (page: string): string => /<Key>([^<]+)</.exec(page)?.[1] ?? 'none';
      return {
        first: key(first),
        second: key(second),
        more: /<IsTruncated>(\w+)</.exec(second)?.[1] ?? 'none',
      };
    },
    expected: {
      ...CLOSED,
      list: 200,
      more: { first: 'a/x', second: 'b/x', more: 'false' },
      verdict: 'read closed, list open',
    },
  },
  {
    name: 'odd keys are read under their own names',
    bucket: 'oddkeys',
    async set(stage) {
      for (const key of ODD_KEYS) await stage.server.put(stage.bucket, key, 'made up');
      await setPolicy(READS)(stage);
    },
    async more({ url }) {
      const entries = ODD_KEYS.map(async (key, at) => {
        const path = key.split('/').map(encodeURIComponent).join('/');
        return [`key ${at}`, await status(`${url}/${path}`)] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
    expected: {
      ...CLOSED,
      a: 200,
      b: 200,
      more: { 'key 0': 200, 'key 1': 200, 'key 2': 200 },
      verdict: 'read open, list closed',
    },
  },
  {
    name: 'a bucket that is not there',
    bucket: 'ghost',
    more: async ({ server }) => ({ list: await status(`${server.url}/nosuchbucket?list-type=2`) }),
    expected: { ...CLOSED, more: { list: 404 } },
    differs: {
      seaweedfs: { more: { list: 403 }, why: 'a missing bucket is not told from a closed one' },
      minio: { more: { list: 403 }, why: 'a missing bucket is not told from a closed one' },
    },
  },
];

const ODD_KEYS = ['名單/個人 資料.csv', 'a+b & c=d%20e?.csv', 'q#h.csv'] as const;

export async function status(url: string, headers: Row['headers'] = {}): Promise<number> {
  const response = await fetch(url, { headers: { ...headers } });
  await response.arrayBuffer();
  return response.status;
}
