/**
 * The differential table: the same settings and the same unsigned requests on the stand-in and on
 * every real server, and what ajar says of each. The stand-in's answers are Amazon's; where a real
 * server answers otherwise, its entry says so and why.
 */
import {
  DeleteBucketPolicyCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3 } from '../../../providers/s3/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { State } from '../../../src/model/access.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { acceptProvider } from '../../kit/accept-provider.ts';
import { collect } from '../../kit/collect.ts';
import {
  CREDENTIALS,
  foundServers,
  type S3ServerName,
  type S3ServerUnderTest,
} from '../../kit/s3-servers.ts';

interface Answers {
  /** HTTP status of an unsigned listing, of `a/x` and of `b/x`. */
  readonly list: number;
  readonly a: number;
  readonly b: number;
  /** What ajar says. */
  readonly verdict: `read ${State}, list ${State}`;
}

interface Row {
  readonly name: string;
  /** The bucket's name; letters only. */
  readonly bucket: string;
  readonly acls?: boolean;
  readonly set: (client: S3Client, bucket: string) => Promise<unknown>;
  readonly expected: Answers;
  /** Sent with the unsigned requests of the table, not with ajar's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where a server differs, and why. */
  readonly differs?: Partial<Record<S3ServerName, Partial<Answers> & { readonly why: string }>>;
}

function allow(action: string, resource: string, extra: object = {}): object {
  const at = `arn:aws:s3:::${resource}`;
  return { Effect: 'Allow', Principal: '*', Action: action, Resource: at, ...extra };
}

function setPolicy(...statements: ((bucket: string) => object)[]): Row['set'] {
  return (client, bucket) =>
    client.send(
      new PutBucketPolicyCommand({
        Bucket: bucket,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: statements.map((one) => one(bucket)),
        }),
      }),
    );
}

/** A server may refuse a setting that it does not have; then the bucket simply stays as it was. */
async function orRefused(setting: Promise<unknown>): Promise<void> {
  await setting.catch((error: unknown) => {
    if (!(error instanceof S3ServiceException)) throw error;
  });
}

const TABLE: readonly Row[] = [
  {
    name: 'a new bucket is closed',
    bucket: 'fresh',
    set: async () => {},
    expected: { list: 403, a: 403, b: 403, verdict: 'read closed, list closed' },
  },
  {
    name: 'GetObject for everyone reads and does not list',
    bucket: 'readable',
    set: setPolicy((bucket) => allow('s3:GetObject', `${bucket}/*`)),
    expected: { list: 403, a: 200, b: 200, verdict: 'read open, list closed' },
  },
  {
    name: 'ListBucket for everyone lists and does not read',
    bucket: 'listable',
    set: setPolicy((bucket) => allow('s3:ListBucket', bucket)),
    expected: { list: 200, a: 403, b: 403, verdict: 'read closed, list open' },
  },
  {
    name: 'a policy on a prefix opens that prefix',
    bucket: 'prefixed',
    set: setPolicy((bucket) => allow('s3:GetObject', `${bucket}/a/*`)),
    expected: { list: 403, a: 200, b: 403, verdict: 'read partly-open, list closed' },
  },
  {
    name: 'a Deny takes a prefix out again',
    bucket: 'carved',
    set: setPolicy(
      (bucket) => allow('s3:GetObject', `${bucket}/*`),
      (bucket) => ({ ...allow('s3:GetObject', `${bucket}/b/*`), Effect: 'Deny' }),
    ),
    expected: { list: 403, a: 200, b: 403, verdict: 'read partly-open, list closed' },
  },
  {
    name: 'a policy for another address is no door for everyone',
    bucket: 'elsewhere',
    set: setPolicy((bucket) =>
      allow('s3:GetObject', `${bucket}/*`, {
        Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
      }),
    ),
    expected: { list: 403, a: 403, b: 403, verdict: 'read closed, list closed' },
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
    expected: { list: 403, a: 200, b: 200, verdict: 'read open, list closed' },
  },
  {
    name: 'a policy that is taken away leaves a closed bucket',
    bucket: 'reclosed',
    async set(client, bucket) {
      await setPolicy((name) => allow('s3:GetObject', `${name}/*`))(client, bucket);
      await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    },
    expected: { list: 403, a: 403, b: 403, verdict: 'read closed, list closed' },
  },
  {
    name: 'a public-read bucket ACL lists; whether it reads is the server’s own affair',
    bucket: 'aclbucket',
    acls: true,
    set: (client, bucket) =>
      orRefused(client.send(new PutBucketAclCommand({ Bucket: bucket, ACL: 'public-read' }))),
    // ajar does not know an unnamed server's ACL rule, and this one is asked as such.
    expected: { list: 200, a: 403, b: 403, verdict: 'read unknown, list open' },
    differs: {
      seaweedfs: { a: 200, b: 200, verdict: 'read open, list open', why: 'READ reaches objects' },
      versitygw: { a: 200, b: 200, verdict: 'read open, list open', why: 'READ reaches objects' },
      minio: { list: 403, verdict: 'read closed, list closed', why: 'it has no ACLs' },
    },
  },
  {
    name: 'a public-read object in a closed bucket is open by itself',
    bucket: 'aclobject',
    acls: true,
    set: (client, bucket) =>
      orRefused(
        client.send(new PutObjectAclCommand({ Bucket: bucket, Key: 'a/x', ACL: 'public-read' })),
      ),
    expected: { list: 403, a: 200, b: 403, verdict: 'read partly-open, list closed' },
    differs: {
      seaweedfs: { a: 403, verdict: 'read closed, list closed', why: 'stored and not enforced' },
      versitygw: { a: 403, verdict: 'read closed, list closed', why: 'object ACLs: 501' },
      minio: { a: 403, verdict: 'read closed, list closed', why: 'it has no ACLs' },
    },
  },
];

const { found: kinds, missing } = foundServers();

/** Each is started once: the table and the acceptance suite share it. */
const found = kinds.map(({ name, start }) => {
  let running: Promise<S3ServerUnderTest> | null = null;
  return {
    name,
    start: (): Promise<S3ServerUnderTest> => {
      running ??= start();
      return running;
    },
  };
});
afterAll(async () => {
  for (const { start } of found) await (await start()).stop();
});

test(`differential table: ran on ${found.map(({ name }) => name).join(', ')}; not found on PATH: ${missing.join(', ') || 'none'}`, () => {
  expect(found.map(({ name }) => name)).toContain('stand-in');
});

describe.each(found)('S3 on $name', ({ name, start }) => {
  let server: S3ServerUnderTest;
  beforeAll(async () => {
    server = await start();
  }, 90_000);

  async function unsigned(path: string, headers: Row['headers']): Promise<number> {
    const response = await fetch(server.url + path, headers ? { headers: { ...headers } } : {});
    await response.arrayBuffer();
    return response.status;
  }

  async function verdictOf(bucket: string): Promise<Answers['verdict']> {
    const connection = await s3.connect(
      { uri: `s3+${server.url}/${bucket}`, credentials: CREDENTIALS },
      {
        limits: DEFAULT_LIMITS,
        signal: new AbortController().signal,
        env: server.env,
        allow: () => {},
      },
    );
    try {
      const [first] = await collect(connection.assets());
      if (!first || !('asset' in first)) throw new Error('the bucket was not found');
      const { facts } = await connection.probes(first.asset);
      const objects = await collect(connection.objects(first.asset));
      const own = await collect(connection.objectProbes(first.asset, objects));
      const verdict = evaluate([...facts, ...own]);
      return `read ${verdict.read.state}, list ${verdict.list.state}`;
    } finally {
      await connection.close();
    }
  }

  test.each(TABLE)(
    '$name',
    async (row) => {
      await server.createBucket(row.bucket, row.acls);
      await server.put(row.bucket, 'a/x', 'made up');
      await server.put(row.bucket, 'b/x', 'made up');
      await row.set(server.client, row.bucket);
      const { why: _, ...differs } = { why: '', ...row.differs?.[name] };
      expect({
        list: await unsigned(`/${row.bucket}?list-type=2`, row.headers),
        a: await unsigned(`/${row.bucket}/a/x`, row.headers),
        b: await unsigned(`/${row.bucket}/b/x`, row.headers),
        verdict: await verdictOf(row.bucket),
      }).toEqual({ ...row.expected, ...differs });
    },
    30_000,
  );
});

for (const { name, start } of found.filter((one) => one.name !== 'stand-in')) {
  acceptProvider({
    name: `s3 on ${name}`,
    start: async () => {
      const server = await start();
      return {
        provider: s3,
        url: server.url,
        env: server.env,
        target: (address, asset) => ({
          uri: `s3+${address}/${asset ?? ''}`,
          name: 'real',
          credentials: CREDENTIALS,
        }),
        async seed({ name: bucket, open, objects }) {
          await server.createBucket(bucket);
          for (let start = 0; start < objects.length; start += 16) {
            const some = objects.slice(start, start + 16);
            await Promise.all(some.map(({ key, body }) => server.put(bucket, key, body)));
          }
          if (open === 'closed') return;
          const read = (one: string): object => allow('s3:GetObject', `${one}/*`);
          const list = (one: string): object => allow('s3:ListBucket', one);
          await setPolicy(...(open === 'read' ? [read] : [read, list]))(server.client, bucket);
        },
        morePagesObjects: 1003,
        isListing: ({ method, url }) => method === 'GET' && url.includes('list-type=2'),
        isConfiguration: ({ url }) =>
          /[?&](?:policy|acl|ownershipControls|publicAccessBlock|website|requestPayment)\b/.test(
            url,
          ),
        isReadingPost: ({ body }) => body.includes('Action=GetCallerIdentity'),
        stop: async () => {},
      };
    },
  });
}
