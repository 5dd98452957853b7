/**
 * Directory buckets (S3 Express One Zone): listed region by region, and never public. They have no
 * ACLs, and Block Public Access is on and cannot be taken off, so whatever a policy of theirs says,
 * it reaches only accounts that it names. So nothing more is asked of them.
 *
 * Source: Amazon S3 User Guide, "Directory buckets", "Security best practices for S3 Express One
 * Zone", "S3 Express One Zone Availability Zones and Regions".
 */
import { ACTIONS, type AccessFact } from '../../src/model/access.ts';
import { type Asset, assetId } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { Probed } from '../../src/model/provider.ts';
import type { Store } from './discovery.ts';
import { type Doing, scanError } from './errors.ts';
import { partitionOf } from './target.ts';

/** Regions that have any. */
const REGIONS: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-northeast-1',
  'ap-south-1',
  'eu-north-1',
  'eu-west-1',
];

const LIST: Doing = {
  what: 'the list of directory buckets',
  permission: 's3express:ListAllMyDirectoryBuckets',
};

const KIND = 'directory-bucket';

/** Amazon keeps the ending for them. */
export function isDirectoryName(bucket: string): boolean {
  return bucket.endsWith('--x-s3');
}

export function isDirectory({ kind }: Asset): boolean {
  return kind === KIND;
}

type Found = { readonly asset: Asset } | { readonly gap: Gap };

/** Those of every region; one gap where all regions refuse alike. */
export async function* directoryBuckets(
  store: Store,
  account: string | null,
): AsyncGenerator<Found> {
  const { target } = store;
  if (!target.amazon || partitionOf(target.region) !== 'aws') return;
  const told = new Set<string>();
  for (const region of REGIONS) {
    try {
      for await (const name of namesIn(store, region)) {
        yield { asset: directoryAsset(store, name, region, account) };
      }
    } catch (error) {
      const { code, detail } = scanError(error, LIST, store.context.signal);
      if (code === 'interrupted') throw error;
      if (told.has(detail)) continue;
      told.add(detail);
      yield { gap: { code, asset: `s3:${target.authority}`, what: LIST.what, detail } };
    }
  }
}

async function* namesIn(store: Store, region: string): AsyncGenerator<string> {
  const { ListDirectoryBucketsCommand } = await import('@aws-sdk/client-s3');
  const client = store.clients.directory(region);
  let token: string | undefined;
  do {
    const input = token === undefined ? {} : { ContinuationToken: token };
    const page = await client.send(new ListDirectoryBucketsCommand(input), {
      abortSignal: store.context.signal,
    });
    for (const { Name } of page.Buckets ?? []) if (Name !== undefined) yield Name;
    if (page.ContinuationToken !== undefined && page.ContinuationToken === token) {
      throw new ScanError('malformed', 'the store repeats a page of its buckets and never ends');
    }
    token = page.ContinuationToken;
  } while (token);
}

export function directoryAsset(
  { target }: Store,
  name: string,
  region: string,
  account: string | null,
): Asset {
  const zone = /--([a-z0-9-]+)--x-s3$/.exec(name)?.[1] ?? '';
  return {
    id: assetId('s3', target.authority, name),
    provider: 's3',
    authority: target.authority,
    name,
    kind: KIND,
    url: `https://${name}.s3express-${zone}.${region}.amazonaws.com/`,
    ...(account !== null && { account }),
    service: 'aws',
    region,
    labels: {},
  };
}

/** Known without any call. */
export function directoryProbes(): Probed {
  const because = { code: 's3.directory-bucket', params: {} };
  const facts = ACTIONS.flatMap((action) =>
    (['anyone', 'any-account'] as const).map(
      (audience): AccessFact => ({
        action,
        audience,
        answer: 'no',
        source: 'config',
        slice: null,
        because,
      }),
    ),
  );
  return { facts, gaps: [], objectGrants: false };
}
