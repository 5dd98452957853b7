/** The account's side: STS GetCallerIdentity, and the S3 Control calls for account blocks and access points. */
import { type Answer, type Asked, DONE, documentAnswer, GONE, S3Error } from './answer.ts';
import { blockDocument, readBlock } from './buckets.ts';
import { like } from './policy.ts';
import type { Bucket, StandInAccessPoint, StandInAccount } from './state.ts';
import { Markup, xml } from './xml.ts';

export function getCallerIdentity(asked: Asked): Answer {
  const account = asked.account;
  if (!account) throw new S3Error(403, 'MissingAuthenticationToken');
  const form = new URLSearchParams(asked.body.toString());
  const action = form.get('Action');
  if (action === 'AssumeRole') return assumeRole(asked, form.get('RoleArn') ?? '');
  if (action !== 'GetCallerIdentity') throw new S3Error(400, 'InvalidAction');
  const result = xml(
    'GetCallerIdentityResult',
    xml('Arn', `arn:aws:iam::${account.id}:root`),
    xml('UserId', account.id),
    xml('Account', account.id),
  );
  const open = '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: new Markup(`${open}${result.text}</GetCallerIdentityResponse>`).text,
  };
}

/** Whoever signs may take a role that its account offers; the session is the account's own key. */
function assumeRole(asked: Asked, arn: string): Answer {
  const [, id, name = ''] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  const account = asked.state.accounts.find((one) => one.id === id && one.roles?.includes(name));
  if (!account) return refusedBySts('AccessDenied');
  const result = xml(
    'AssumeRoleResult',
    xml(
      'Credentials',
      xml('AccessKeyId', account.accessKeyId),
      xml('SecretAccessKey', account.secretAccessKey),
      xml('SessionToken', 'made-up-session'),
      xml('Expiration', new Date(Date.now() + 3_600_000).toISOString()),
    ),
  );
  const open = '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: new Markup(`${open}${result.text}</AssumeRoleResponse>`).text,
  };
}

/** STS writes its errors in a form of its own. */
function refusedBySts(code: string): Answer {
  const error = xml('Error', xml('Type', 'Sender'), xml('Code', code), xml('Message', code));
  const open = '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">';
  return {
    status: 403,
    headers: { 'content-type': 'text/xml' },
    body: new Markup(`${open}${error.text}<RequestId>STANDIN</RequestId></ErrorResponse>`).text,
  };
}

/** `name` is the access point's, where the path has one. */
export function control(
  asked: Asked,
  operation: string,
  action: string,
  name: string | null,
): Answer {
  const account = asked.account;
  const wanted = asked.headers['x-amz-account-id'];
  if (!account || account.id !== wanted) throw new S3Error(403, 'AccessDenied');
  if (!(account.allow ?? ['*']).some((pattern) => like(pattern, action))) {
    throw new S3Error(403, 'AccessDenied');
  }
  switch (operation) {
    case 'GetAccountPublicAccessBlock': {
      const block = asked.state.accountBlocks.get(account.id);
      if (!block) throw new S3Error(404, 'NoSuchPublicAccessBlockConfiguration');
      return blockDocument(block);
    }
    case 'PutAccountPublicAccessBlock':
      asked.state.accountBlocks.set(account.id, readBlock(asked.body));
      return DONE;
    case 'DeleteAccountPublicAccessBlock':
      asked.state.accountBlocks.delete(account.id);
      return GONE;
    case 'ListAccessPoints':
      return listAccessPoints(asked, account);
    case 'ListMultiRegionAccessPoints':
      return listMultiRegionPoints(asked, account);
    case 'GetMultiRegionAccessPointPolicy':
      return multiRegionPolicy(asked, account, name ?? '');
    default:
      return oneAccessPoint(asked, account, operation, name ?? '');
  }
}

interface Placed {
  readonly bucket: Bucket;
  readonly point: StandInAccessPoint;
}

function pointsOf(asked: Asked, account: StandInAccount): readonly Placed[] {
  return [...asked.state.buckets.values()]
    .filter((bucket) => bucket.account.id === account.id)
    .flatMap((bucket) => bucket.accessPoints.map((point) => ({ bucket, point })));
}

function listAccessPoints(asked: Asked, account: StandInAccount): Answer {
  const bucket = asked.query.get('bucket');
  const after = asked.query.get('nextToken') ?? '';
  const max = Number(asked.query.get('maxResults') ?? 1000);
  const all = pointsOf(asked, account)
    .filter((one) => bucket === null || one.bucket.name === bucket)
    .filter((one) => one.point.name > after)
    .sort((a, b) => (a.point.name < b.point.name ? -1 : 1));
  const page = all.slice(0, max);
  return documentAnswer(
    'ListAccessPointsResult',
    xml(
      'AccessPointList',
      page.map((one) => xml('AccessPoint', ...describe(one, account))),
    ),
    page.length < all.length ? xml('NextToken', page.at(-1)?.point.name) : undefined,
  );
}

function describe({ bucket, point }: Placed, account: StandInAccount): readonly Markup[] {
  return [
    xml('Name', point.name),
    xml('NetworkOrigin', point.networkOrigin),
    xml('Bucket', bucket.name),
    xml('AccessPointArn', `arn:aws:s3:${bucket.region}:${account.id}:accesspoint/${point.name}`),
  ];
}

function oneAccessPoint(
  asked: Asked,
  account: StandInAccount,
  operation: string,
  name: string,
): Answer {
  const found = pointsOf(asked, account).find((one) => one.point.name === name);
  if (!found) throw new S3Error(404, 'NoSuchAccessPoint');
  const { point } = found;
  if (operation === 'GetAccessPointPolicy') {
    if (point.policy === null) throw new S3Error(404, 'NoSuchAccessPointPolicy');
    return documentAnswer('GetAccessPointPolicyResult', xml('Policy', point.policy));
  }
  const block = point.publicAccessBlock;
  const flags = Object.entries(block ?? {}).map(([flag, value]) => xml(flag, value === true));
  return documentAnswer(
    'GetAccessPointResult',
    ...describe(found, account),
    block ? xml('PublicAccessBlockConfiguration', flags) : undefined,
  );
}

function listMultiRegionPoints(asked: Asked, account: StandInAccount): Answer {
  const own = asked.state.multiRegionPoints.filter((one) => one.account === account.id);
  return documentAnswer(
    'ListMultiRegionAccessPointsResult',
    xml(
      'AccessPoints',
      own.map(({ name, alias, buckets, publicAccessBlock: block }) =>
        xml(
          'AccessPoint',
          xml('Name', name),
          xml('Alias', alias),
          xml('Status', 'READY'),
          xml(
            'PublicAccessBlock',
            Object.entries(block ?? {}).map(([flag, value]) => xml(flag, value === true)),
          ),
          xml(
            'Regions',
            buckets.map((bucket) => xml('Region', xml('Bucket', bucket))),
          ),
        ),
      ),
    ),
  );
}

function multiRegionPolicy(asked: Asked, account: StandInAccount, name: string): Answer {
  const found = asked.state.multiRegionPoints.find(
    (one) => one.account === account.id && one.name === name,
  );
  if (!found) throw new S3Error(404, 'NoSuchMultiRegionAccessPoint');
  if (found.policy === null) throw new S3Error(404, 'NoSuchMultiRegionAccessPointPolicy');
  return documentAnswer(
    'GetMultiRegionAccessPointPolicyResult',
    xml('Policy', xml('Established', xml('Policy', found.policy))),
  );
}
