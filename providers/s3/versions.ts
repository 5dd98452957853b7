/**
 * Old versions: what was overwritten or deleted is still there, and `?versionId=` gets it without a
 * signature where the policy allows GetObjectVersion or the version's own ACL lets anyone read.
 */
import type { ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import { type Doing, scanError } from './errors.ts';
import { decodeKey, PAGE_KEYS } from './objects.ts';

const VERSIONING: Doing = { what: 'the versioning setting', permission: 's3:GetBucketVersioning' };
const VERSIONS: Doing = { what: 'the list of old versions', permission: 's3:ListBucketVersions' };

export interface VersionsQuestion {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
  readonly signal: AbortSignal;
}

/** May there be old versions? Also where the setting is refused; false where the store knows none. */
export async function keepsVersions({
  client,
  bucket,
  signal,
}: VersionsQuestion): Promise<boolean> {
  const { GetBucketVersioningCommand } = await import('@aws-sdk/client-s3');
  try {
    const command = new GetBucketVersioningCommand({ Bucket: bucket });
    const { Status } = await client.send(command, { abortSignal: signal });
    // Suspended: no new ones, the old ones stay.
    return Status !== undefined;
  } catch (error) {
    const problem = scanError(error, VERSIONING, signal);
    if (problem.code === 'interrupted' || problem.code === 'out-of-scope') throw problem;
    return problem.code === 'denied';
  }
}

/** Every version but the current ones. Throws ScanError. One page in memory at a time. */
export async function* oldVersions(question: VersionsQuestion): AsyncGenerator<ObjectRef> {
  const { client, bucket, prefix, signal } = question;
  const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  let from: { KeyMarker?: string; VersionIdMarker?: string } = {};
  for (;;) {
    let page: ListObjectVersionsCommandOutput;
    try {
      const input = {
        Bucket: bucket,
        MaxKeys: PAGE_KEYS,
        EncodingType: 'url',
        ...(prefix !== '' && { Prefix: prefix }),
        ...from,
      } as const;
      page = await client.send(new ListObjectVersionsCommand(input), { abortSignal: signal });
    } catch (error) {
      throw scanError(error, VERSIONS, signal);
    }
    const encoded = page.EncodingType === 'url';
    const name = (text: string): string => (encoded ? decodeKey(text) : text);
    for (const one of page.Versions ?? []) {
      if (one.IsLatest !== false || one.VersionId === undefined) continue;
      yield {
        key: name(one.Key ?? ''),
        version: one.VersionId,
        sizeBytes: one.Size ?? 0,
        ...(one.LastModified && { modifiedAt: one.LastModified }),
        ...(one.ETag !== undefined && { etag: one.ETag }),
      };
    }
    if (!page.IsTruncated) return;
    const next = {
      KeyMarker: name(page.NextKeyMarker ?? ''),
      ...(page.NextVersionIdMarker && { VersionIdMarker: page.NextVersionIdMarker }),
    };
    if (JSON.stringify(next) === JSON.stringify(from) || next.KeyMarker === '') {
      throw new ScanError('malformed', 'the store repeats a page of its versions and never ends');
    }
    from = next;
  }
}
