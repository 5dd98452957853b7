/** Every S3 server that can run here, the stand-in first; the others where PATH has their program. */
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { findMinio, startMinio } from '../../localstack/servers/minio.ts';
import type { S3Server } from '../../localstack/servers/process.ts';
import { findVersitygw, startVersitygw } from '../../localstack/servers/versitygw.ts';
import { findWeed, startWeed } from '../../localstack/servers/weed.ts';
import { startS3StandIn } from '../../localstack/standins/s3/index.ts';

export type S3ServerName = 'stand-in' | 'seaweedfs' | 'versitygw' | 'minio';

export interface S3ServerUnderTest {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly client: S3Client;
  /** `acls`: with Object Ownership off, so that ACLs may be set. No public access block. */
  createBucket(name: string, acls?: boolean): Promise<void>;
  put(bucket: string, key: string, body: string): Promise<void>;
  stop(): Promise<void>;
}

export interface S3ServerKind {
  readonly name: S3ServerName;
  readonly start: () => Promise<S3ServerUnderTest>;
}

/** Names of the variables that {@link S3ServerUnderTest.env} holds. */
export const CREDENTIALS = { accessKeyId: 'TEST_S3_KEY', secretAccessKey: 'TEST_S3_SECRET' };

const STAND_IN_KEYS = { accessKeyId: 'STANDINKEY', secretAccessKey: 'stand-in-secret' };

export function foundServers(): {
  readonly found: readonly S3ServerKind[];
  readonly missing: readonly S3ServerName[];
} {
  const real = [
    ['seaweedfs', findWeed(), startWeed],
    ['versitygw', findVersitygw(), startVersitygw],
    ['minio', findMinio(), startMinio],
  ] as const;
  return {
    found: [
      { name: 'stand-in', start: standIn },
      ...real.flatMap(([name, program, start]) =>
        program === null ? [] : [{ name, start: () => realServer(start(program)) }],
      ),
    ],
    missing: real.flatMap(([name, program]) => (program === null ? [name] : [])),
  };
}

async function standIn(): Promise<S3ServerUnderTest> {
  const account = { id: '111122223333', canonicalId: 'c-lands', ...STAND_IN_KEYS };
  const server = await startS3StandIn({ accounts: [account] });
  const base = underTest(server.url, STAND_IN_KEYS, () => server.stop());
  return { ...base, createBucket: async (name) => server.seed.bucket({ name }) };
}

async function realServer(starting: Promise<S3Server>): Promise<S3ServerUnderTest> {
  const server = await starting;
  return underTest(server.url, server, () => server.stop());
}

function underTest(
  url: string,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
  stop: () => Promise<void>,
): S3ServerUnderTest {
  const client = new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey },
  });
  return {
    url,
    env: {
      [CREDENTIALS.accessKeyId]: keys.accessKeyId,
      [CREDENTIALS.secretAccessKey]: keys.secretAccessKey,
    },
    client,
    async createBucket(name, acls = false) {
      const ownership = acls ? ({ ObjectOwnership: 'BucketOwnerPreferred' } as const) : {};
      await client.send(new CreateBucketCommand({ Bucket: name, ...ownership }));
    },
    async put(bucket, key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async stop() {
      client.destroy();
      await stop();
    },
  };
}
