/**
 * Access points: second doors to a bucket. They never serve an unsigned request, but a public one
 * serves any account, provided that the bucket's own policy lets the point's callers in.
 *
 * Source: Amazon S3 User Guide, "Managing access to shared datasets with access points".
 */
import type { AccessFact, Action, Because } from '../../model/access.ts';
import type { AccessPoint, S3Documents } from '../documents.ts';
import type { Bucket } from './bucket.ts';
import { policyGate, resourcesText } from './causes.ts';
import { type Gate, type Grant, OPEN } from './grant.ts';
import { globMatches } from './iam/glob.ts';
import type { Operation } from './iam/request.ts';
import { placeNamed } from './iam/resource.ts';
import { solve } from './iam/solve.ts';
import { type Statement, statements } from './iam/statement.ts';
import { operations } from './operations.ts';
import { accessPointIsPublic, policyIsPublic } from './public.ts';

export function accessPointGrants(bucket: Bucket): readonly Grant[] {
  return pointsOf(bucket.documents)
    .filter((point) => point.networkOrigin !== 'VPC')
    .flatMap((point) => pointGrants(point, bucket));
}

/** Those of its region and those of several, as far as they could be read. */
export function pointsOf(documents: S3Documents): readonly AccessPoint[] {
  const { accessPoints, multiRegionAccessPoints: multi } = documents;
  return [accessPoints, ...(multi ? [multi] : [])].flatMap((one) =>
    one.state === 'read' ? one.value : [],
  );
}

function pointGrants(point: AccessPoint, bucket: Bucket): readonly Grant[] {
  return statements(point.policy ?? {})
    .filter(({ effect }) => effect === 'allow')
    .map((statement) => ({
      statement: onBucket(statement, point, bucket.documents.bucket),
      family: 's3.access-point',
      key: null,
      signedOnly: true,
      params: {
        point: point.name,
        ...(point.alias !== undefined && { alias: point.alias }),
        statement: statement.label,
        resources: resourcesText(statement),
      },
      gate: (operation: Operation): Gate => pointGate(point, operation, bucket),
    }));
}

function pointGate(point: AccessPoint, operation: Operation, bucket: Bucket): Gate {
  if (
    policyIsPublic(point.policy, null, 'access-point') &&
    !accessPointIsPublic(bucket.documents, point)
  ) {
    return { answer: 'no', because: { code: 's3.access-point.restricted', params: {} } };
  }
  const { policy } = bucket.documents;
  if (policy.state === 'denied') {
    const because = {
      code: 's3.access-point.delegation-unread',
      params: { detail: policy.detail },
    };
    return { answer: 'unknown', because };
  }
  return delegates(operation, bucket)
    ? OPEN
    : { answer: 'no', because: { code: 's3.access-point.not-delegated', params: {} } };
}

/** Does the bucket's policy let strangers in who come through a point? */
function delegates(operation: Operation, bucket: Bucket): boolean {
  if (policyGate(operation, bucket).answer === 'no') return false;
  return bucket.allows.some(
    (allow) => solve({ allow, operation, caller: 'point', ...bucket.scene }).openings.length > 0,
  );
}

const UNREAD = 's3.access-point.unread';

/** Does the fact say that access points, which were not read, may let somebody in? */
export function waitsForPoints({ because }: AccessFact): boolean {
  return because.code === UNREAD;
}

/** Null where no point, seen or not, could open anything. */
export function accessPointsUnread(action: Action, bucket: Bucket): Because | null {
  const { accessPoints, multiRegionAccessPoints } = bucket.documents;
  const unread = [accessPoints, multiRegionAccessPoints].find((one) => one?.state === 'denied');
  if (unread?.state !== 'denied') return null;
  return operations(action).some((operation) => delegates(operation, bucket))
    ? { code: UNREAD, params: { detail: unread.detail } }
    : null;
}

/**
 * Access points that another account made for the bucket, where its policy lets them: their owner says
 * whom they serve, and nobody else can look. Null where the policy names no other account's.
 */
export function pointsElsewhere(action: Action, bucket: Bucket): Because | null {
  const { account } = bucket.documents;
  if (account === null) return null;
  const named = bucket.allows.flatMap((allow) => {
    const others = pointAccounts(allow).filter((one) => one !== account);
    return others.length > 0 && admitsPoints(allow, action, bucket) ? others : [];
  });
  if (named.length === 0) return null;
  const accounts = [...new Set(named)].slice(0, 3).join(', ');
  return { code: 's3.access-point.elsewhere', params: { accounts } };
}

function admitsPoints(allow: Statement, action: Action, bucket: Bucket): boolean {
  const { place, world, denies } = bucket.scene;
  // Whose point it is stays open: elsewhere only the bucket's own account has any.
  const anybodys = {
    place: placeNamed(place.bucket, place.prefix),
    world: { ...world, account: null },
  };
  return operations(action).some(
    (operation) =>
      policyGate(operation, bucket).answer !== 'no' &&
      solve({ allow, denies, operation, caller: 'point', ...anybodys }).openings.length > 0,
  );
}

/** Accounts whose points a statement's conditions let in; only conditions that a value meets count. */
function pointAccounts({ conditions }: Statement): readonly string[] {
  return conditions
    .filter(({ key, operator }) => POINT_KEYS.test(key) && !/not/i.test(operator))
    .flatMap(({ values }) => values)
    .map((value) => (value.startsWith('arn:') ? (value.split(':')[4] ?? '') : value));
}

const POINT_KEYS = /^s3:dataaccesspoint(?:account|arn)$/;

/** The statement with the point's resource names turned into the bucket's. */
function onBucket(statement: Statement, point: AccessPoint, bucket: string): Statement {
  const patterns = statement.resources.patterns.flatMap((pattern) => {
    if (/^\*+$/.test(pattern)) return [pattern];
    const named = /^arn:[^:]+:s3:[^:]*:[^:]*:accesspoint\/([^/]+)(?:\/object\/(.*))?$/s.exec(
      pattern,
    );
    if (!named) return [];
    const [, name = '', keys] = named;
    const own = point.alias ?? point.name;
    if (own !== '' && !globMatches(name, own)) return [];
    return [`arn:aws:s3:::${bucket}${keys === undefined ? '' : `/${keys}`}`];
  });
  return { ...statement, resources: { ...statement.resources, patterns } };
}
