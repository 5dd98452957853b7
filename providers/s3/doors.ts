/** The other addresses of a bucket on Amazon: the website endpoint and dual-stack, and domains that somebody named. */
import type { S3Dialect } from '../../src/exposure/documents.ts';
import { addressOf } from '../../src/model/domain.ts';
import { partitionOf, type S3Target } from './target.ts';

/**
 * Regions whose website endpoint is written with a dash; all others have a dot.
 * Source: AWS General Reference, "Amazon S3 endpoints and quotas".
 */
const DASHED = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-west-1',
  'sa-east-1',
  'us-gov-west-1',
]);

export interface DoorsQuestion {
  readonly target: S3Target;
  readonly bucket: string;
  readonly region: string;
  readonly dialect: S3Dialect;
  /** Is the bucket a website, or may it be? */
  readonly website: boolean;
  /** Do the documents open what the first address refused? */
  readonly refused: boolean;
}

export function doorsOf({
  target,
  bucket,
  region,
  dialect,
  website,
  refused,
}: DoorsQuestion): readonly string[] {
  const doors = [...target.domains.map(addressOf)];
  if (dialect !== 'aws') return doors;
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const scheme = target.endpoint?.protocol ?? 'https:';
  // Website endpoints speak no TLS.
  if (website) {
    doors.push(`http://${bucket}.s3-website${DASHED.has(region) ? '-' : '.'}${region}.${suffix}`);
  }
  // It alone is reached by IPv6, so a policy that lets in IPv6 ranges opens there only. A certificate covers no dots.
  if (refused && !bucket.includes('.')) {
    doors.push(`${scheme}//${bucket}.s3.dualstack.${region}.${suffix}`);
  }
  return doors;
}
