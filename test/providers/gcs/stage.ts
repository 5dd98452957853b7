/** A GCS stand-in with one project, and connections to it as different people. */
import { type GcsStandIn, startGcsStandIn } from '../../../localstack/standins/gcs/index.ts';
import type { Binding } from '../../../localstack/standins/gcs/state.ts';
import { gcs } from '../../../providers/gcs/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { AccessFact, Verdict } from '../../../src/model/access.ts';
import type { Asset, ObjectRef } from '../../../src/model/asset.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { Connection, ProviderContext, TargetSpec } from '../../../src/model/provider.ts';

export const OWNER = 'owner-token';
/** Owner of a project whose organisation enforces public access prevention. */
export const GUARDED = 'guarded-token';
export const STRANGER = 'stranger-token';
export const EVERYONE_VIEWS: Binding = {
  role: 'roles/storage.objectViewer',
  members: ['allUsers'],
};

export interface Stage extends GcsStandIn {
  /** As the project's owner unless the target says otherwise. */
  connect(target: Partial<TargetSpec>, context?: Partial<ProviderContext>): Promise<Connection>;
}

export async function setStage(): Promise<Stage> {
  const server = await startGcsStandIn({
    projects: [
      { id: 'lands', token: OWNER },
      { id: 'guarded', token: GUARDED, publicAccessPrevention: true },
    ],
    accounts: [{ email: 'scanner@example.org', token: STRANGER }],
    host: '127.0.0.1',
    port: 0,
  });
  return {
    ...server,
    connect: (target, context) =>
      gcs.connect(
        {
          uri: 'gs://',
          endpoint: server.url,
          account: 'lands',
          ...(!target.anonymous && { credentials: { token: 'GCS_TOKEN' } }),
          ...target,
        },
        {
          limits: DEFAULT_LIMITS,
          signal: new AbortController().signal,
          env: { GCS_TOKEN: OWNER },
          allow: () => {},
          ...context,
        },
      ),
  };
}

export async function assetsOf(
  connection: Connection,
): Promise<{ readonly assets: readonly Asset[]; readonly gaps: readonly Gap[] }> {
  const assets: Asset[] = [];
  const gaps: Gap[] = [];
  for await (const found of connection.assets()) {
    if ('asset' in found) assets.push(found.asset);
    else gaps.push(found.gap);
  }
  return { assets, gaps };
}

export interface Judged {
  readonly asset: Asset;
  readonly verdict: Verdict;
  readonly facts: readonly AccessFact[];
  readonly gaps: readonly Gap[];
  readonly objectGrants: boolean;
}

/** The verdict on the target's one asset. */
export async function judge(connection: Connection): Promise<Judged> {
  const [asset] = (await assetsOf(connection)).assets;
  if (!asset) throw new Error('no asset found');
  const probed = await connection.probes(asset);
  return { asset, verdict: evaluate(probed.facts), ...probed };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function bytesOf(items: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await collect(items)).toString('utf8');
}

export function ref(key: string, sizeBytes = 1): ObjectRef {
  return { key, sizeBytes };
}
