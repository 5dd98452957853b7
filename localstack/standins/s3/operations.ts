/** Which operation a request is, by method, level and subresource. Data, so that a reader can check it. */

export interface Operation {
  readonly name: string;
  /** The IAM action; null for what every signed caller may do. */
  readonly action: string | null;
}

const BUCKET: Readonly<Record<string, Operation>> = {
  'GET ': { name: 'ListObjects', action: 's3:ListBucket' },
  'GET list-type': { name: 'ListObjectsV2', action: 's3:ListBucket' },
  'GET versions': { name: 'ListObjectVersions', action: 's3:ListBucketVersions' },
  'GET location': { name: 'GetBucketLocation', action: 's3:GetBucketLocation' },
  'GET policy': { name: 'GetBucketPolicy', action: 's3:GetBucketPolicy' },
  'GET policyStatus': { name: 'GetBucketPolicyStatus', action: 's3:GetBucketPolicyStatus' },
  'GET acl': { name: 'GetBucketAcl', action: 's3:GetBucketAcl' },
  'GET ownershipControls': {
    name: 'GetBucketOwnershipControls',
    action: 's3:GetBucketOwnershipControls',
  },
  'GET publicAccessBlock': {
    name: 'GetPublicAccessBlock',
    action: 's3:GetBucketPublicAccessBlock',
  },
  'GET website': { name: 'GetBucketWebsite', action: 's3:GetBucketWebsite' },
  'GET requestPayment': { name: 'GetBucketRequestPayment', action: 's3:GetBucketRequestPayment' },
  'GET encryption': { name: 'GetBucketEncryption', action: 's3:GetEncryptionConfiguration' },
  'GET versioning': { name: 'GetBucketVersioning', action: 's3:GetBucketVersioning' },
  'GET tagging': { name: 'GetBucketTagging', action: 's3:GetBucketTagging' },
  'HEAD ': { name: 'HeadBucket', action: 's3:ListBucket' },
  'PUT ': { name: 'CreateBucket', action: 's3:CreateBucket' },
  'PUT policy': { name: 'PutBucketPolicy', action: 's3:PutBucketPolicy' },
  'PUT acl': { name: 'PutBucketAcl', action: 's3:PutBucketAcl' },
  'PUT ownershipControls': {
    name: 'PutBucketOwnershipControls',
    action: 's3:PutBucketOwnershipControls',
  },
  'PUT publicAccessBlock': {
    name: 'PutPublicAccessBlock',
    action: 's3:PutBucketPublicAccessBlock',
  },
  'PUT website': { name: 'PutBucketWebsite', action: 's3:PutBucketWebsite' },
  'PUT requestPayment': { name: 'PutBucketRequestPayment', action: 's3:PutBucketRequestPayment' },
  'PUT encryption': { name: 'PutBucketEncryption', action: 's3:PutEncryptionConfiguration' },
  'PUT versioning': { name: 'PutBucketVersioning', action: 's3:PutBucketVersioning' },
  'PUT tagging': { name: 'PutBucketTagging', action: 's3:PutBucketTagging' },
  'DELETE ': { name: 'DeleteBucket', action: 's3:DeleteBucket' },
  'DELETE policy': { name: 'DeleteBucketPolicy', action: 's3:DeleteBucketPolicy' },
  'DELETE ownershipControls': {
    name: 'DeleteBucketOwnershipControls',
    action: 's3:PutBucketOwnershipControls',
  },
  'DELETE publicAccessBlock': {
    name: 'DeletePublicAccessBlock',
    action: 's3:PutBucketPublicAccessBlock',
  },
  'DELETE website': { name: 'DeleteBucketWebsite', action: 's3:DeleteBucketWebsite' },
  'DELETE tagging': { name: 'DeleteBucketTagging', action: 's3:PutBucketTagging' },
  'DELETE encryption': { name: 'DeleteBucketEncryption', action: 's3:PutEncryptionConfiguration' },
  'POST delete': { name: 'DeleteObjects', action: null },
};

const OBJECT: Readonly<Record<string, Operation>> = {
  'GET ': { name: 'GetObject', action: 's3:GetObject' },
  'HEAD ': { name: 'HeadObject', action: 's3:GetObject' },
  'GET acl': { name: 'GetObjectAcl', action: 's3:GetObjectAcl' },
  'GET tagging': { name: 'GetObjectTagging', action: 's3:GetObjectTagging' },
  'PUT ': { name: 'PutObject', action: 's3:PutObject' },
  'PUT acl': { name: 'PutObjectAcl', action: 's3:PutObjectAcl' },
  'PUT tagging': { name: 'PutObjectTagging', action: 's3:PutObjectTagging' },
  'DELETE ': { name: 'DeleteObject', action: 's3:DeleteObject' },
  'DELETE tagging': { name: 'DeleteObjectTagging', action: 's3:DeleteObjectTagging' },
};

const CONTROL: Readonly<Record<string, Operation>> = {
  'GET configuration/publicAccessBlock': {
    name: 'GetAccountPublicAccessBlock',
    action: 's3:GetAccountPublicAccessBlock',
  },
  'PUT configuration/publicAccessBlock': {
    name: 'PutAccountPublicAccessBlock',
    action: 's3:PutAccountPublicAccessBlock',
  },
  'DELETE configuration/publicAccessBlock': {
    name: 'DeleteAccountPublicAccessBlock',
    action: 's3:PutAccountPublicAccessBlock',
  },
  'GET accesspoint': { name: 'ListAccessPoints', action: 's3:ListAccessPoints' },
  'GET accesspoint/NAME': { name: 'GetAccessPoint', action: 's3:GetAccessPoint' },
  'GET accesspoint/NAME/policy': {
    name: 'GetAccessPointPolicy',
    action: 's3:GetAccessPointPolicy',
  },
};

const REGIONAL: Readonly<Record<string, Operation>> = {
  'GET mrap/instances': {
    name: 'ListMultiRegionAccessPoints',
    action: 's3:ListMultiRegionAccessPoints',
  },
  'GET mrap/instances/NAME/policy': {
    name: 'GetMultiRegionAccessPointPolicy',
    action: 's3:GetMultiRegionAccessPointPolicy',
  },
};

const ORGANIZATION = new Set([
  'ListAccounts',
  'ListAccountsForParent',
  'ListOrganizationalUnitsForParent',
]);

/** Query parameters that qualify a request and name no subresource. */
const QUALIFIERS = new Set([
  'prefix',
  'delimiter',
  'marker',
  'max-keys',
  'max-buckets',
  'bucket-region',
  'encoding-type',
  'continuation-token',
  'start-after',
  'fetch-owner',
  'key-marker',
  'version-id-marker',
  'versionId',
  'x-id',
]);

export interface Route {
  /** Null for a method or a subresource that is not known: refused, never taken for its neighbour. */
  readonly operation: Operation | null;
  readonly bucket: string | null;
  readonly key: string | null;
}

/** `path` is as sent, percent-encoded; `target` is the operation where a header names it. */
export function route(
  method: string,
  path: string,
  query: URLSearchParams,
  target?: string,
): Route {
  const [, first = '', rest] = /^\/([^/]*)(?:\/([\s\S]*))?$/.exec(path) ?? [];
  if (first === 'v20180820') return controlRoute(method, rest ?? '');
  if (first === '') return serviceRoute(method, query, target);
  const bucket = decodeURIComponent(first);
  const key = rest ? decodeURIComponent(rest) : null;
  const subresource = [...query.keys()].find(
    (name) => !QUALIFIERS.has(name) && !/^(?:x-amz-|response-)/i.test(name),
  );
  const operation = (key === null ? BUCKET : OBJECT)[`${method} ${subresource ?? ''}`] ?? null;
  return { operation: withVersion(operation, query), bucket, key };
}

function withVersion(operation: Operation | null, query: URLSearchParams): Operation | null {
  if (!query.has('versionId') || !operation) return operation;
  const action = {
    's3:GetObject': 's3:GetObjectVersion',
    's3:GetObjectAcl': 's3:GetObjectVersionAcl',
    's3:DeleteObject': 's3:DeleteObjectVersion',
  }[operation.action ?? ''];
  return action === undefined ? operation : { name: operation.name, action };
}

function serviceRoute(method: string, query: URLSearchParams, target: string | undefined): Route {
  const named = target?.replace(/^AWSOrganizationsV20161128\./, '') ?? '';
  if (ORGANIZATION.has(named)) {
    const operation = { name: named, action: `organizations:${named}` };
    return { operation, bucket: null, key: null };
  }
  if (query.get('x-id') === 'ListDirectoryBuckets') {
    const operation = {
      name: 'ListDirectoryBuckets',
      action: 's3express:ListAllMyDirectoryBuckets',
    };
    return { operation, bucket: null, key: null };
  }
  const operation = {
    GET: { name: 'ListBuckets', action: 's3:ListAllMyBuckets' },
    POST: { name: 'GetCallerIdentity', action: null },
  }[method];
  return { operation: operation ?? null, bucket: null, key: null };
}

function controlRoute(method: string, rest: string): Route {
  const form = rest.replace(/^(accesspoint|mrap\/instances)\/[^/]+/, '$1/NAME');
  const name = /^(?:accesspoint|mrap\/instances)\/([^/]+)/.exec(rest)?.[1];
  const key = name === undefined ? null : decodeURIComponent(name);
  const wanted = `${method} ${form}`;
  return { operation: CONTROL[wanted] ?? REGIONAL[wanted] ?? null, bucket: null, key };
}
