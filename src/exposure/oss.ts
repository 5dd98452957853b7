/**
 * Alibaba Cloud OSS: objects without an ACL of their own take the bucket's, so a bucket that is
 * `public-read` gives away data; whether it also lists is disputed between sources, hence unknown.
 * Block public access, of the account or the bucket, makes public ACLs and policies void. Source:
 * reference/exposure.md section 2.
 */
import { askS3, s3Parts } from './dialects/clones.ts';
import { because } from './fact.ts';
import { type Json, parsed, pick, readSwitch, record } from './input.ts';
import { distinct, type Judgement, unjudged } from './judgement.ts';

const BLOCKS = [
  'blockPublicAccess',
  'publicAccessBlock',
  'bucketPublicAccessBlock',
  'accountBlockPublicAccess',
  'accountPublicAccessBlock',
];

/** Judges one case of the exposure case format. */
export function judgeOssCase(input: Json): Judgement {
  const parts = s3Parts(input, 'oss');
  if ('unreadable' in parts) return parts.unreadable;
  const { acl, objectAcl, ...rest } = parts.question;
  const block = blocked(input);
  if (block === 'on') return closed();
  const effective = objectAcl ?? acl;
  const asked = { ...rest, acl, objectAcl: effective };
  const judged = askS3(asked);
  const unlisted = askS3({
    ...asked,
    acl: (acl ?? []).filter((one) => one.permission === 'WRITE'),
  });
  const disputed = judged.anonymousList !== unlisted.anonymousList;
  const overwritable = (objectAcl ?? []).some(
    (one) => one.to === 'anyone' && ['WRITE', 'FULL_CONTROL'].includes(one.permission),
  );
  const inherits = objectAcl === null && (acl ?? []).length > 0;
  const result: Judgement = {
    anonymousRead: judged.anonymousRead,
    anonymousList: disputed ? 'unknown' : judged.anonymousList,
    anonymousWrite: overwritable ? 'yes' : judged.anonymousWrite,
    public: judged.public,
    because: distinct([
      ...judged.because,
      ...(inherits ? [because('oss.inherit')] : []),
      ...(disputed ? [because('oss.list-disputed')] : []),
      ...(overwritable ? [because('oss.object-write')] : []),
    ]),
  };
  return block === 'unclear' ? unsure(result) : result;
}

function closed(): Judgement {
  return {
    anonymousRead: 'no',
    anonymousList: 'no',
    anonymousWrite: 'no',
    public: 'no',
    because: [because('oss.block')],
  };
}

/** A block that could not be read may take every yes away. */
function unsure(judged: Judgement): Judgement {
  const reason = because('config.denied', {
    document: 'block public access setting',
    detail: 'it is neither yes nor no',
  });
  const open = [judged.anonymousRead, judged.anonymousList, judged.anonymousWrite, judged.public];
  return open.includes('yes') ? unjudged(reason) : judged;
}

function blocked(input: Json): 'on' | 'off' | 'unclear' {
  let unclear = false;
  for (const name of BLOCKS) {
    const value = parsed(pick(input, name));
    const object = record(value);
    const inner = object
      ? (record(pick(object, 'publicAccessBlockConfiguration')) ?? object)
      : null;
    const read = readSwitch(inner ? pick(inner, 'blockPublicAccess', 'enabled') : value, name);
    if (read.state === 'denied') unclear = true;
    else if (read.value === true) return 'on';
  }
  return unclear ? 'unclear' : 'off';
}
