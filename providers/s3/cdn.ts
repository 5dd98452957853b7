/**
 * CloudFront in front of a bucket: the policy lets a distribution read, and the distribution lets in
 * whom its own rules let in. A closed bucket may be served to everyone that way, so it is told.
 *
 * Source: Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin" (origin access
 * control: the service principal and the distribution's ARN; origin access identity: a user of its own).
 */
import type { S3Documents } from '../../src/exposure/documents.ts';
import { list, record } from '../../src/exposure/input.ts';
import type { AccessFact } from '../../src/model/access.ts';
import type { Asset } from '../../src/model/asset.ts';
import type { Gap } from '../../src/model/gap.ts';

const SERVICE = 'cloudfront.amazonaws.com';
const IDENTITY = /^arn:[^:]+:iam::cloudfront:user\/CloudFront Origin Access Identity (\w+)$/;
const DISTRIBUTION = /^arn:[^:]+:cloudfront::\d{12}:distribution\/(\w+)$/;

/** A gap for a bucket that a distribution may serve, where nobody is known to get in anyway. */
export function servedGaps(
  asset: Asset,
  { policy }: Pick<S3Documents, 'policy'>,
  facts: readonly AccessFact[],
): readonly Gap[] {
  const open = facts.some(
    ({ audience, action, answer, slice }) =>
      audience === 'anyone' && action === 'read' && answer === 'yes' && slice === null,
  );
  if (open || policy.state !== 'read') return [];
  const served = list(policy.value?.Statement).flatMap(distributionsOf);
  if (served.length === 0) return [];
  const names = [...new Set(served)].slice(0, 3).join(', ');
  return [
    {
      code: 'unsupported',
      asset: asset.id,
      what: 'the CloudFront distribution in front of it',
      detail: `the bucket policy lets ${names} read it, and whom that serves was not looked at; scan the bucket by its name with the distribution's host names as domains`,
    },
  ];
}

/** Names of what one statement lets read; empty for every other statement. */
function distributionsOf(raw: unknown): readonly string[] {
  const statement = record(raw);
  const principal = record(statement?.Principal);
  if (!statement || !principal || String(statement.Effect).toLowerCase() !== 'allow') return [];
  const identities = list(principal.AWS).flatMap((name) => {
    const id = IDENTITY.exec(String(name))?.[1];
    return id === undefined ? [] : [`origin access identity ${id}`];
  });
  if (!list(principal.Service).includes(SERVICE)) return identities;
  const arns = conditionValues(statement.Condition).flatMap((value) => {
    const id = DISTRIBUTION.exec(value)?.[1];
    return id === undefined ? [] : [`distribution ${id}`];
  });
  return [...identities, ...(arns.length > 0 ? arns : ['CloudFront'])];
}

function conditionValues(raw: unknown): readonly string[] {
  return Object.values(record(raw) ?? {})
    .flatMap((block) => Object.values(record(block) ?? {}))
    .flatMap((value) => list(value).map(String));
}
