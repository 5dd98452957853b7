/** The S3 servers that ajar is tried on: the stand-in, and real ones from the PATH or the servers' cache. */
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { startCeph } from '../../localstack/servers/ceph.ts';
import { startMinio } from '../../localstack/servers/minio.ts';
import type { S3Server } from '../../localstack/servers/process.ts';
import { findProgram } from '../../localstack/servers/programs.ts';
import { startVersitygw } from '../../localstack/servers/versitygw.ts';
import { startWeed } from '../../localstack/servers/weed.ts';
import { startS3StandIn } from '../../localstack/standins/s3/index.ts';

export type S3ServerName = 'stand-in' | 'seaweedfs' | 'versitygw' | 'ceph' | 'minio';

export interface S3ServerUnderTest {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly client: S3Client;
  /** Signs nothing. */
  readonly outsider: S3Client;
  /** `acls`: with Object Ownership off, so that ACLs may be set. No public access block. */
  createBucket(name: string, acls?: boolean): Promise<void>;
  put(bucket: string, key: string, body: string): Promise<void>;
  stop(): Promise<void>;
}

/** Names of the variables that {@link S3ServerUnderTest.env} holds. */
export const CREDENTIALS = { accessKeyId: 'TEST_S3_KEY', secretAccessKey: 'TEST_S3_SECRET' };

const STAND_IN_KEYS = { accessKeyId: 'STANDINKEY', secretAccessKey: 'stand-in-secret' };

const REAL: Readonly<
  Record<
    Exclude<S3ServerName, 'stand-in'>,
    { readonly program: string; readonly start: (program: string) => Promise<S3Server> }
  >
> = {
  seaweedfs: { program: 'weed', start: startWeed },
  versitygw: { program: 'versitygw', start: startVersitygw },
  ceph: { program: 'radosgw', start: startCeph },
  minio: { program: 'minio', start: startMinio },
};

/** Throws where the program is nowhere: a server that was asked for is never silently left out. */
export async function startS3(name: S3ServerName): Promise<S3ServerUnderTest> {
  if (name === 'stand-in') return standIn();
  const { program, start } = REAL[name];
  const found = findProgram(program);
  if (!found) {
    throw new Error(`${name} is not there; run: node localstack/servers/install.ts ${name}`);
  }
  const server = await start(found.path);
  const base = underTest(server.url, server, () => server.stop());
  return name === 'ceph' ? cephBuckets(base) : base;
}

async function standIn(): Promise<S3ServerUnderTest> {
  const account = { id: '111122223333', canonicalId: 'c-lands', ...STAND_IN_KEYS };
  const server = await startS3StandIn({ accounts: [account] });
  const base = underTest(server.url, STAND_IN_KEYS, () => server.stop());
  return {
    ...base,
    // As Amazon made buckets before it blocked public access by default.
    async createBucket(name, acls = false) {
      server.seed.bucket({
        name,
        ownership: acls ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced',
      });
    },
  };
}

/** It refuses the ownership header of CreateBucket, and has ACLs on always. */
function cephBuckets(base: S3ServerUnderTest): S3ServerUnderTest {
  return {
    ...base,
    async createBucket(name) {
      await base.client.send(new CreateBucketCommand({ Bucket: name }));
    },
  };
}

function underTest(
  url: string,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
  stop: () => Promise<void>,
): S3ServerUnderTest {
  const { accessKeyId, secretAccessKey } = keys;
  const place: S3ClientConfig = {
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    // Ceph 16 answers 411 to the trailing checksums that the SDK sends by default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 2,
  };
  const client = new S3Client({ ...place, credentials: { accessKeyId, secretAccessKey } });
  const outsider = new S3Client({
    ...place,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    signer: { sign: async (request) => request },
  });
  return {
    url,
    env: {
      [CREDENTIALS.accessKeyId]: accessKeyId,
      [CREDENTIALS.secretAccessKey]: secretAccessKey,
    },
    keys: { accessKeyId, secretAccessKey },
    client,
    outsider,
    async createBucket(name, acls = false) {
      const ownership = acls ? ({ ObjectOwnership: 'BucketOwnerPreferred' } as const) : {};
      await client.send(new CreateBucketCommand({ Bucket: name, ...ownership }));
    },
    async put(bucket, key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async stop() {
      client.destroy();
      outsider.destroy();
      await stop();
    },
  };
}
