/**
 * Huawei OBS: S3's separation of bucket and object ACLs, except that a grant marked `Delivered`
 * (`public-read-delivered`) is pushed to every object. Source: reference/exposure.md section 2.
 */
import { askS3, s3Parts } from './dialects/clones.ts';
import { because } from './fact.ts';
import type { Json } from './input.ts';
import { distinct, type Judgement } from './judgement.ts';

/** Judges one case of the exposure case format. */
export function judgeObsCase(input: Json): Judgement {
  const parts = s3Parts(input, 'obs');
  if ('unreadable' in parts) return parts.unreadable;
  const { acl, objectAcl, ...rest } = parts.question;
  const pushed = (acl ?? []).filter((grant) => grant.delivered);
  const onObjects = objectAcl ?? (pushed.length > 0 ? pushed : null);
  const judged = askS3({ ...rest, acl, objectAcl: onObjects });
  return pushed.length > 0
    ? { ...judged, because: distinct([...judged.because, because('obs.delivered')]) }
    : judged;
}
