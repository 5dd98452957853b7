/**
 * Access-control documents as people and tools write them down → nouns.
 *
 * Takes the API's wire form, camel case and snake case alike, policies as text, canned ACL names,
 * and documents still in the envelope of the API's answer. A missing field is not configured.
 */
import type {
  AccessControlList,
  AccessPoint,
  AclGrant,
  Fetched,
  ObjectOwnership,
  PolicyDocument,
  PolicyStatement,
  PublicAccessBlock,
  S3Dialect,
  S3Documents,
} from '../documents.ts';
import { denied, fetched } from '../documents.ts';
import { cannedAcl } from './acl.ts';
import type { ObjectEncryption } from './objects.ts';

export interface S3Case {
  readonly documents: S3Documents;
  /** Undefined: the case holds no object. */
  readonly objectAcl: Fetched<AccessControlList | null> | undefined;
  readonly encryption: ObjectEncryption;
}

type Fields = Readonly<Record<string, unknown>>;

/** Stands for the bucket where a text names none. */
const ANY_BUCKET = 'the-bucket';

export function readCase(raw: unknown, bucket: string, dialect: S3Dialect): S3Case {
  const input = fields(raw);
  const objectAcl = pick(input, 'objectAcl');
  const account = pick(input, 'account', 'accountId', 'ownerAccount');
  return {
    documents: {
      bucket,
      dialect,
      account: typeof account === 'string' && /^\d{12}$/.test(account) ? account : null,
      policy: document(pick(input, 'bucketPolicy', 'policy'), (value) =>
        withoutPlaceholders(readPolicy(value), bucket),
      ),
      acl: document(pick(input, 'acl', 'bucketAcl') ?? grantsOnly(input), readAcl),
      ownership: document(
        pick(input, 'ownership', 'objectOwnership', 'ownershipControls'),
        readOwnership,
      ),
      publicAccessBlock: document(
        pick(input, 'publicAccessBlock', 'bucketPublicAccessBlock'),
        readBlock,
      ),
      accountPublicAccessBlock: accountBlock(input),
      website: fetched(Boolean(pick(input, 'website'))),
      requesterPays: fetched(readPayer(pick(input, 'requesterPays', 'requestPayment'))),
      accessPoints: fetched(readPoints(input)),
    },
    objectAcl: objectAcl === undefined ? undefined : document(objectAcl, readAcl),
    encryption: readEncryption(pick(input, 'objectEncryption')),
  };
}

/** The bucket that the case names, else those that its policy's resources name. */
export function caseBuckets(raw: unknown): readonly string[] {
  const input = fields(raw);
  const name = pick(input, 'bucketName', 'bucket', 'name');
  if (typeof name === 'string' && name !== '') return [name];
  const policy = document(pick(input, 'bucketPolicy', 'policy'), readPolicy);
  const value = policy.state === 'read' ? policy.value : null;
  const named = list(value?.Statement)
    .flatMap((statement) => {
      const { Resource, NotResource } = fields(statement);
      return [...list(Resource), ...list(NotResource)];
    })
    .flatMap((resource) => (typeof resource === 'string' ? bucketPart(resource) : []));
  const distinct = [...new Set(named)];
  return distinct.length > 0 ? distinct : [ANY_BUCKET];
}

function bucketPart(resource: string): readonly string[] {
  const path = resource.replace(/^arn:[^:]*:s3:[^:]*:[^:]*:/, '');
  const part = path.split('/')[0] ?? '';
  if (/^(accesspoint|arn:|\**$)|\$\{/.test(part)) return [];
  return [part.replace(/[*?]/g, 'x')];
}

// --- Fields ------------------------------------------------------------------------------------

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The first of these fields that is there, spelled any way: `BlockPublicAcls`, `block_public_acls`. */
function pick(from: Fields, ...names: readonly string[]): unknown {
  for (const name of names) {
    for (const [key, value] of Object.entries(from)) {
      if (plain(key) === plain(name) && value !== undefined) return value;
    }
  }
  return undefined;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Absent is `null`; the API's own refusal in its place is `denied`. */
function document<T>(value: unknown, read: (value: unknown) => T | null): Fetched<T | null> {
  if (value === undefined || value === null) return fetched(null);
  const refusal = pick(fields(value), 'error', 'errorCode');
  if (refusal !== undefined) {
    const code = typeof refusal === 'string' ? refusal : pick(fields(refusal), 'code');
    return /^(NoSuch|.*NotFound)/.test(String(code)) ? fetched(null) : denied(String(code));
  }
  try {
    return fetched(read(value));
  } catch (cause) {
    if (cause instanceof SyntaxError) return denied('it is not valid JSON');
    throw cause;
  }
}

// --- Documents ---------------------------------------------------------------------------------

function readPolicy(value: unknown): PolicyDocument | null {
  if (typeof value === 'string') return value.trim() === '' ? null : readPolicy(JSON.parse(value));
  if (Array.isArray(value)) return { Version: '2012-10-17', Statement: value.map(statement) };
  const outer = fields(value);
  const inner = pick(outer, 'policy', 'policyDocument');
  if (inner !== undefined) return readPolicy(inner);
  const version = pick(outer, 'version');
  return {
    ...(typeof version === 'string' ? { Version: version } : {}),
    Statement: list(pick(outer, 'statement', 'statements')).map(statement),
  };
}

/** Templates leave `${aws_s3_bucket.data.arn}/*` in resources; policy variables hold a colon, these do not. */
function withoutPlaceholders(policy: PolicyDocument | null, bucket: string): PolicyDocument | null {
  const filled = (value: unknown): unknown =>
    typeof value === 'string'
      ? value
          .replace(/\$\{[^}:*?$]*\.arn\}/gi, `arn:aws:s3:::${bucket}`)
          .replace(/\$\{AWS::Partition\}/g, 'aws')
          .replace(/\$\{[^}:*?$]+\}/g, bucket)
      : value;
  return policy === null
    ? null
    : {
        ...policy,
        Statement: list(policy.Statement).map((one) => {
          const from = fields(one);
          const { Resource, NotResource } = from;
          return {
            ...from,
            ...(Resource === undefined ? {} : { Resource: list(Resource).map(filled) }),
            ...(NotResource === undefined ? {} : { NotResource: list(NotResource).map(filled) }),
          };
        }),
      };
}

const STATEMENT_FIELDS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;

function statement(value: unknown): PolicyStatement {
  const from = fields(value);
  const entries = STATEMENT_FIELDS.flatMap((name) => {
    const found = pick(from, name, `${name}s`);
    return found === undefined ? [] : [[name, found] as const];
  });
  return Object.fromEntries(entries);
}

function grantsOnly(input: Fields): unknown {
  const grants = pick(input, 'grants');
  return grants === undefined ? undefined : { Grants: grants };
}

function readAcl(value: unknown): AccessControlList | null {
  if (typeof value === 'string') return cannedAcl(value);
  if (Array.isArray(value)) return { Grants: value.flatMap(readGrant) };
  const from = fields(value);
  const inner = pick(from, 'accessControlPolicy');
  if (inner !== undefined) return readAcl(inner);
  const owner = pick(fields(pick(from, 'owner')), 'id');
  const wire = pick(from, 'accessControlList');
  const grants = pick(from, 'grants') ?? (Array.isArray(wire) ? wire : pick(fields(wire), 'grant'));
  const canned = pick(from, 'canned', 'cannedAcl', 'acl');
  if (grants === undefined && typeof canned === 'string') return cannedAcl(canned);
  return {
    ...(typeof owner === 'string' ? { Owner: { ID: owner } } : {}),
    Grants: list(grants).flatMap(readGrant),
  };
}

function readGrant(value: unknown): readonly AclGrant[] {
  const from = fields(value);
  const nested = pick(from, 'grantee');
  const grantee = fields(nested ?? from);
  const uri = typeof nested === 'string' ? nested : pick(grantee, 'uri');
  const id = pick(grantee, 'id');
  return list(pick(from, 'permission', 'permissions')).map((permission) => ({
    Grantee: {
      ...(typeof uri === 'string' ? { URI: uri } : {}),
      ...(typeof id === 'string' ? { ID: id } : {}),
    },
    Permission: String(permission),
  }));
}

function readOwnership(value: unknown): ObjectOwnership | null {
  const name = deep(value, 'objectOwnership');
  switch (name) {
    case 'BucketOwnerEnforced':
    case 'BucketOwnerPreferred':
    case 'ObjectWriter':
      return name;
    default:
      return null;
  }
}

/** A text, or the text under this name at any depth of an envelope. */
function deep(value: unknown, name: string): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return deep(value[0], name);
  const from = fields(value);
  const found = pick(from, name);
  if (typeof found === 'string') return found;
  const inner = pick(from, 'ownershipControls', 'rules', 'rule');
  return inner === undefined ? null : deep(inner, name);
}

function readBlock(value: unknown): PublicAccessBlock | null {
  const from = fields(value);
  const inner = pick(from, 'publicAccessBlockConfiguration', 'publicAccessBlock');
  if (inner !== undefined) return readBlock(inner);
  const flag = (name: string): boolean => /^(true|1)$/i.test(String(pick(from, name)));
  return {
    BlockPublicAcls: flag('blockPublicAcls'),
    IgnorePublicAcls: flag('ignorePublicAcls'),
    BlockPublicPolicy: flag('blockPublicPolicy'),
    RestrictPublicBuckets: flag('restrictPublicBuckets'),
  };
}

/** The effective account level: an organisation's policy is part of it. */
function accountBlock(input: Fields): Fetched<PublicAccessBlock | null> {
  const levels = [
    document(pick(input, 'accountPublicAccessBlock'), readBlock),
    document(
      pick(input, 'organizationPublicAccessBlock', 'organisationPublicAccessBlock'),
      orgBlock,
    ),
  ];
  const read = levels.flatMap((level) => (level.state === 'read' ? (level.value ?? []) : []));
  const some = (name: keyof PublicAccessBlock): boolean => read.some((block) => block[name]);
  const union = {
    BlockPublicAcls: some('BlockPublicAcls'),
    IgnorePublicAcls: some('IgnorePublicAcls'),
    BlockPublicPolicy: some('BlockPublicPolicy'),
    RestrictPublicBuckets: some('RestrictPublicBuckets'),
  };
  const unread = levels.find((level) => level.state === 'denied');
  const decided = union.IgnorePublicAcls && union.RestrictPublicBuckets;
  if (unread && !decided) return unread;
  return fetched(read.length > 0 ? union : null);
}

/** An organisation says `all` or `none`; a set of four flags is taken too. */
function orgBlock(value: unknown): PublicAccessBlock | null {
  const text = JSON.stringify(value);
  if (
    !/"(@@assign|publicAccessBlockConfiguration|public_access_block_configuration)"/i.test(text)
  ) {
    if (value === 'all' || value === true) return ALL_SET;
    return readBlock(value);
  }
  return /"all"/i.test(text) ? ALL_SET : readBlock(value);
}

const ALL_SET: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

function readPayer(value: unknown): boolean {
  if (typeof value === 'string') return /^(requester|true)$/i.test(value);
  const payer = pick(fields(value), 'payer');
  return value === true || (typeof payer === 'string' && /^requester$/i.test(payer));
}

function readEncryption(value: unknown): ObjectEncryption {
  if (value === undefined || value === null) return 'none';
  const text = JSON.stringify(value);
  // SSE-C counts too: the key is not in the caller's hands.
  return /kms|sse-?c\b|customer/i.test(text) ? 'kms' : 'none';
}

function readPoints(input: Fields): readonly AccessPoint[] {
  const raw = [
    ...list(pick(input, 'accessPoint')),
    ...list(pick(input, 'accessPoints')),
    ...list(pick(input, 'multiRegionAccessPoint')),
  ];
  const apart = document(pick(input, 'accessPointPublicAccessBlock'), readBlock);
  return raw.map((value) => {
    const from = fields(value);
    const name = pick(from, 'name');
    const alias = pick(from, 'alias');
    const vpc = pick(from, 'vpcConfiguration') !== undefined;
    const policy = document(pointPolicy(from), readPolicy);
    const own = document(
      pick(from, 'publicAccessBlock', 'publicAccessBlockConfiguration'),
      readBlock,
    );
    const block = own.state === 'read' && own.value ? own : apart;
    return {
      name: typeof name === 'string' ? name : '',
      // Policies of a multi-region point call it by its alias.
      ...(typeof alias === 'string' && { alias }),
      networkOrigin: vpc || pick(from, 'networkOrigin') === 'VPC' ? 'VPC' : 'Internet',
      policy: policy.state === 'read' ? policy.value : null,
      publicAccessBlock: block.state === 'read' ? block.value : null,
    };
  });
}

/** A multi-region point keeps its policy as established and proposed; the established one holds. */
function pointPolicy(from: Fields): unknown {
  const policy = pick(from, 'policy', 'accessPointPolicy');
  const established = pick(fields(policy), 'established');
  return established === undefined ? policy : pick(fields(established), 'policy');
}
