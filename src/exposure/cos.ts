/**
 * Tencent COS: an object without an ACL of its own takes its folder's, else its bucket's, so that a
 * bucket that is public-read gives away its list and its data. Source: Tencent Cloud, "Accessing COS
 * Anonymously" (the object's ACL comes first, then the folder's, then the bucket's) and "ACL".
 */
import { readAcl } from './dialects/acl.ts';
import { askS3, s3Parts } from './dialects/clones.ts';
import { because } from './fact.ts';
import { type Json, pick } from './input.ts';
import { distinct, either, type Judgement, unjudged } from './judgement.ts';

/** Judges one case of the exposure case format. */
export function judgeCosCase(input: Json): Judgement {
  const parts = s3Parts(input, 'cos');
  if ('unreadable' in parts) return parts.unreadable;
  const folder = readAcl(pick(input, 'folderAcl', 'prefixAcl', 'directoryAcl'), 'the folder ACL');
  if (folder.state === 'denied') {
    return unjudged(because('config.denied', { document: 'folder ACL', detail: folder.detail }));
  }
  const { acl, objectAcl, ...rest } = parts.question;
  const judged = askS3({ ...rest, acl, objectAcl: objectAcl ?? folder.value ?? acl });
  // A folder's ACL says nothing of the objects outside it, which still take the bucket's.
  const outside =
    objectAcl === null && folder.value !== null ? [askS3({ ...rest, acl, objectAcl: acl })] : [];
  const whole = either(judged, ...outside);
  return objectAcl === null && (acl ?? []).length > 0
    ? { ...whole, because: distinct([...whole.because, because('cos.inherit')]) }
    : whole;
}
