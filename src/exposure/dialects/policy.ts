/**
 * Bucket policies of S3-compatible stores → the IAM grammar of Amazon S3, so that one evaluator
 * with the real condition semantics serves them all. Sources: the vendors' policy references
 * (Alibaba Cloud OSS, Tencent COS, Huawei OBS, Scaleway, Yandex, Ceph).
 */
import { type Json, list, parsed, pick, record, texts } from '../input.ts';

export type PolicyDialect = 'aws' | 'oss' | 'cos' | 'obs' | 'scaleway' | 'yandex' | 'ceph';

/** Null when there is no policy; the value itself, for the evaluator to refuse, when it is none. */
export function translatePolicy(value: unknown, dialect: PolicyDialect): unknown {
  const content = parsed(value);
  if (content === undefined || content === null || content === '') return null;
  const policy = record(content);
  if (!policy) return content;
  const inner = record(parsed(pick(policy, 'policy')));
  if (inner && pick(policy, 'statement') === undefined) return translatePolicy(inner, dialect);
  const statements = list(pick(policy, 'statement')).map((item) => {
    const statement = record(item);
    return statement ? translateStatement(statement, dialect) : item;
  });
  return { Version: '2012-10-17', Statement: statements };
}

function translateStatement(statement: Json, dialect: PolicyDialect): Json {
  const translated: Record<string, unknown> = {};
  const effect = pick(statement, 'effect');
  if (typeof effect === 'string') {
    translated.Effect = effect.charAt(0).toUpperCase() + effect.slice(1).toLowerCase();
  } else if (effect !== undefined) translated.Effect = effect;
  const sid = pick(statement, 'sid');
  if (sid !== undefined) translated.Sid = sid;
  const actions = (part: unknown): readonly string[] => {
    const names = texts(part).flatMap((text) => action(text, dialect));
    return translated.Effect === 'Deny' ? names.flatMap(withVersions) : names;
  };
  const parts: readonly [string, (part: unknown) => unknown][] = [
    ['Principal', (part) => principal(part, dialect)],
    ['NotPrincipal', (part) => principal(part, dialect)],
    ['Action', actions],
    ['NotAction', (part) => texts(part).flatMap((text) => action(text, dialect))],
    ['Resource', (part) => texts(part).flatMap((text) => resource(text, dialect))],
    ['NotResource', (part) => texts(part).flatMap((text) => resource(text, dialect))],
    ['Condition', (part) => conditions(part)],
  ];
  for (const [name, translate] of parts) {
    const part = pick(statement, name);
    if (part !== undefined) translated[name] = translate(part);
  }
  return translated;
}

/** Outside Amazon nothing says that a read by version id gets round a Deny of the plain read. */
function withVersions(name: string): readonly string[] {
  return /^s3:(Get|Delete)Object$/.test(name) ? [name, `${name}Version`] : [name];
}

const EVERYONE = /^(\*|qcs::cam::anyone:anyone|qcs::cam::uin\/\*:uin\/\*)$/;

/** Everyone stays `*`; who is named in a vendor's own spelling becomes a fixed principal. */
function principal(value: unknown, dialect: PolicyDialect): unknown {
  const own = dialect === 'aws' || dialect === 'ceph';
  if (own) return value;
  const groups = record(value);
  const names = groups ? Object.values(groups).flatMap((part) => texts(part)) : texts(value);
  if (names.length === 0) return value;
  if (names.some((name) => EVERYONE.test(name.trim()))) return '*';
  const amazon = groups ? texts(pick(groups, 'AWS')) : [];
  if (amazon.length === names.length) return value;
  return { CanonicalUser: names };
}

function action(text: string, dialect: PolicyDialect): readonly string[] {
  if (text === '*') return ['*'];
  const name = text.replace(/^name\//, '').replace(/^(oss|cos|obs|s3):/i, '');
  if (dialect === 'oss') {
    return [
      `s3:${name.replace(/^ListObjects(V2)?(?=$|\*)/i, 'ListBucket').replace(/^ListObject/i, 'ListBucket')}`,
    ];
  }
  if (dialect === 'cos') return cosActions(name);
  return [`s3:${name}`];
}

const COS_NAMES: Readonly<Record<string, string>> = {
  getbucket: 'ListBucket',
  headbucket: 'ListBucketMultipartUploads',
  getbucketobjectversions: 'ListBucketVersions',
  headobject: 'GetObjectAttributes',
  postobject: 'PutObject',
  appendobject: 'PutObject',
  initiatemultipartupload: 'PutObject',
  uploadpart: 'PutObject',
  completemultipartupload: 'PutObject',
  deletemultipleobjects: 'DeleteObject',
  putobjectacl: 'PutObjectAcl',
  putbucketacl: 'PutBucketAcl',
  getobjectacl: 'GetObjectAcl',
  getbucketacl: 'GetBucketAcl',
};

/** COS lists by GetBucket, so a wildcard that covers it must cover listing too. */
function cosActions(name: string): readonly string[] {
  const known = COS_NAMES[name.toLowerCase()];
  if (known !== undefined) return [`s3:${known}`];
  if (!/[*?]/.test(name)) return [`s3:${name}`];
  const pattern = new RegExp(
    `^${name
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );
  const covered = Object.entries(COS_NAMES).filter(([own]) => pattern.test(own));
  return [`s3:${name}`, ...covered.map(([, amazon]) => `s3:${amazon}`)];
}

const ARN = 'arn:aws:s3:::';

function resource(text: string, dialect: PolicyDialect): readonly string[] {
  if (text === '*') return ['*'];
  if (dialect === 'aws' || dialect === 'yandex') return [text];
  if (dialect === 'ceph') return [text.replace(/^arn:aws:s3:[^:]*:[^:]*:/, ARN)];
  const fields = text.split(':');
  const path =
    fields.length >= 6 && fields[0] === 'arn'
      ? fields.slice(5).join(':')
      : dialect === 'oss' && fields.length >= 5
        ? fields.slice(4).join(':')
        : dialect === 'cos' && fields.length >= 6
          ? fields.slice(5).join(':')
          : text;
  if (path === '*') return ['*'];
  // In COS the bucket's own operations take the resource `bucket/` or `bucket/*`.
  const whole = /^([^/]+)\/\*?$/.exec(path);
  if (dialect === 'cos' && whole) return [`${ARN}${whole[1]}/*`, `${ARN}${whole[1]}`];
  return [`${ARN}${path}`];
}

const OPERATORS: Readonly<Record<string, string>> = {
  ipequal: 'IpAddress',
  ipnotequal: 'NotIpAddress',
  stringequal: 'StringEquals',
  stringnotequal: 'StringNotEquals',
  stringequalignorecase: 'StringEqualsIgnoreCase',
  stringnotequalignorecase: 'StringNotEqualsIgnoreCase',
  stringlike: 'StringLike',
  stringnotlike: 'StringNotLike',
  boolequal: 'Bool',
  nullequal: 'Null',
  numericequal: 'NumericEquals',
  numericnotequal: 'NumericNotEquals',
  numericlessthan: 'NumericLessThan',
  numericlessthanequal: 'NumericLessThanEquals',
  numericgreaterthan: 'NumericGreaterThan',
  numericgreaterthanequal: 'NumericGreaterThanEquals',
  dateequal: 'DateEquals',
  datenotequal: 'DateNotEquals',
  datelessthan: 'DateLessThan',
  datelessthanequal: 'DateLessThanEquals',
  dategreaterthan: 'DateGreaterThan',
  dategreaterthanequal: 'DateGreaterThanEquals',
};

const KEYS: Readonly<Record<string, string>> = {
  'acs:sourceip': 'aws:SourceIp',
  'acs:sourcevpc': 'aws:SourceVpc',
  'acs:sourcevpcid': 'aws:SourceVpc',
  'acs:securetransport': 'aws:SecureTransport',
  'acs:useragent': 'aws:UserAgent',
  'acs:currenttime': 'aws:CurrentTime',
  'acs:referer': 'aws:Referer',
  'acs:accessid': 'aws:userid',
  'oss:prefix': 's3:prefix',
  'oss:delimiter': 's3:delimiter',
  'qcs:ip': 'aws:SourceIp',
  'vpc:requester_vpc': 'aws:SourceVpc',
  'cos:secure-transport': 'aws:SecureTransport',
  'cos:prefix': 's3:prefix',
  'cos:delimiter': 's3:delimiter',
  'cos:referer': 'aws:Referer',
  sourceip: 'aws:SourceIp',
  referer: 'aws:Referer',
  useragent: 'aws:UserAgent',
  securetransport: 'aws:SecureTransport',
  currenttime: 'aws:CurrentTime',
  sourcevpc: 'aws:SourceVpc',
  sourcevpce: 'aws:SourceVpce',
  prefix: 's3:prefix',
  delimiter: 's3:delimiter',
  'obs:sourceip': 'aws:SourceIp',
  'obs:referer': 'aws:Referer',
  'obs:prefix': 's3:prefix',
  'yc:private-endpoint-id': 'aws:SourceVpce',
};

function conditions(value: unknown): unknown {
  const operators = record(value);
  if (!operators) return value;
  const translated: Record<string, unknown> = {};
  for (const [operator, keys] of Object.entries(operators)) {
    const tests = record(keys);
    const name = operatorName(operator);
    translated[name] = tests
      ? {
          ...record(translated[name]),
          ...Object.fromEntries(
            Object.entries(tests).map(([key, wanted]) => [KEYS[key.toLowerCase()] ?? key, wanted]),
          ),
        }
      : keys;
  }
  return translated;
}

/** `for_any_value:string_equal_if_exist` and the like; Amazon's own names stay. */
function operatorName(operator: string): string {
  const match = /^(?:(for_?(?:any|all)_?values?):)?(.*?)(_?if_?exists?)?$/i.exec(operator);
  const known = OPERATORS[(match?.[2] ?? '').toLowerCase().replaceAll('_', '')];
  if (known === undefined) return operator;
  const quantifier = match?.[1]?.toLowerCase().includes('any') ? 'ForAnyValue:' : 'ForAllValues:';
  return `${match?.[1] ? quantifier : ''}${known}${match?.[3] ? 'IfExists' : ''}`;
}
