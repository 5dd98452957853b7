/**
 * The policy-only buckets of the local stack on the real SeaweedFS, where it is installed: the same
 * names, policies and ids as on the stand-in, so that a report does not tell the difference.
 */
import { randomBytes } from 'node:crypto';
import type { TargetSpec } from '../src/model/provider.ts';
import type { PlantedAsset } from './seed/departments.ts';
import { findProgram } from './servers/programs.ts';
import { startWeed } from './servers/weed.ts';

export interface SeaweedPart {
  readonly targets: readonly TargetSpec[];
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  stop(): Promise<void>;
}

/** SeaweedFS enforces policies; ACLs it only stores, and faults cannot be asked of it. */
export function isPolicyOnly({ cloud, door, objects }: PlantedAsset): boolean {
  return cloud === 's3' && door !== 'unreadable' && !objects.some(({ publicAcl }) => publicAcl);
}

/** Null where it is not installed, or does not start: the stand-in then takes the buckets. */
export async function startSeaweedPart(
  assets: readonly PlantedAsset[],
  policyOf: (bucket: string, door: PlantedAsset['door']) => object | undefined,
): Promise<SeaweedPart | null> {
  const program = findProgram('weed');
  if (program === null) return null;
  const keys = {
    accessKeyId: 'AKIASEAWEED',
    secretAccessKey: randomBytes(20).toString('base64url'),
  };
  const server = await startWeed(program.path, keys).catch(() => null);
  if (server === null) return null;
  try {
    await plantSeaweed(server.url, keys, assets, policyOf);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: server.url,
    env: { DEMO_SEAWEED_KEY_ID: keys.accessKeyId, DEMO_SEAWEED_SECRET: keys.secretAccessKey },
    // One a bucket: the server has one account, the buckets belong to several departments.
    targets: assets.map(({ account, name }) => ({
      uri: `${server.url.replace(/^http/, 's3+http')}/${name}`,
      name: account,
      credentials: { accessKeyId: 'DEMO_SEAWEED_KEY_ID', secretAccessKey: 'DEMO_SEAWEED_SECRET' },
    })),
    stop: () => server.stop(),
  };
}

export async function plantSeaweed(
  endpoint: string,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
  assets: readonly PlantedAsset[],
  policyOf: (bucket: string, door: PlantedAsset['door']) => object | undefined,
): Promise<void> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    endpoint,
    credentials,
    region: 'us-east-1',
    forcePathStyle: true,
  });
  try {
    for (const { name: Bucket, door, objects } of assets) {
      await client.send(new sdk.CreateBucketCommand({ Bucket }));
      for (const { key: Key, body } of objects) {
        await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body: Buffer.from(body) }));
      }
      const policy = policyOf(Bucket, door);
      if (policy === undefined) continue;
      const Policy = JSON.stringify(policy);
      await client.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy }));
    }
  } finally {
    client.destroy();
  }
}
