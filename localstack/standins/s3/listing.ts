/** ListObjects, ListObjectsV2, ListObjectVersions and ListBuckets: paging as S3 does it. */
import { type Answer, type Asked, type BucketAsked, documentAnswer, S3Error } from './answer.ts';
import { encode } from './signature.ts';
import { currentVersion, keysInOrder, type ObjectVersion, sizeOf } from './state.ts';
import { type Markup, xml } from './xml.ts';

interface Page {
  readonly contents: readonly ObjectVersion[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of the page; null when it is the last page. */
  readonly next: string | null;
}

/** Names, not versions: one page of keys after `after`, folded at the delimiter. */
function pageOf(asked: BucketAsked, after: string, maxKeys: number): Page {
  const prefix = asked.query.get('prefix') ?? '';
  const delimiter = asked.query.get('delimiter') ?? '';
  const contents: ObjectVersion[] = [];
  const prefixes: string[] = [];
  let last = '';
  const keys = keysInOrder(asked.bucket);
  for (let at = firstAfter(keys, after); at < keys.length; at++) {
    const key = keys[at] ?? '';
    if (!key.startsWith(prefix)) continue;
    const object = currentVersion(asked.bucket, key);
    if (!object) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const folded = cut < 0 ? null : key.slice(0, cut + delimiter.length);
    if (folded !== null && (folded === prefixes.at(-1) || folded === after)) continue;
    if (contents.length + prefixes.length >= maxKeys) return { contents, prefixes, next: last };
    if (folded === null) contents.push(object);
    else prefixes.push(folded);
    last = folded ?? key;
  }
  return { contents, prefixes, next: null };
}

/** Binary search in UTF-8 order. */
function firstAfter(keys: readonly string[], after: string): number {
  if (after === '') return 0;
  const bytes = Buffer.from(after);
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(Buffer.from(keys[middle] ?? ''), bytes) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function maxKeysOf(asked: Asked): number {
  const text = asked.query.get('max-keys') ?? '1000';
  if (!/^\d+$/.test(text)) throw new S3Error(400, 'InvalidArgument');
  return Math.min(1000, Number(text));
}

/** As Amazon encodes: like a form, a space is a plus sign. */
function nameIn(asked: Asked, key: string): string {
  if (asked.query.get('encoding-type') !== 'url') return key;
  return encode(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}

export function listObjectsV2(asked: BucketAsked): Answer {
  const maxKeys = maxKeysOf(asked);
  const token = asked.query.get('continuation-token');
  const after =
    token === null
      ? (asked.query.get('start-after') ?? '')
      : Buffer.from(token, 'base64url').toString();
  const page = maxKeys === 0 ? EMPTY : pageOf(asked, after, maxKeys);
  const owner = asked.query.get('fetch-owner') === 'true';
  return documentAnswer(
    'ListBucketResult',
    ...listHead(asked, maxKeys),
    xml('KeyCount', page.contents.length + page.prefixes.length),
    xml('IsTruncated', page.next !== null),
    token === null ? undefined : xml('ContinuationToken', token),
    page.next === null
      ? undefined
      : xml('NextContinuationToken', Buffer.from(page.next).toString('base64url')),
    page.contents.map((object) => contentXml(asked, object, owner)),
    page.prefixes.map((one) => xml('CommonPrefixes', xml('Prefix', nameIn(asked, one)))),
  );
}

export function listObjectsV1(asked: BucketAsked): Answer {
  const maxKeys = maxKeysOf(asked);
  const marker = asked.query.get('marker') ?? '';
  const page = maxKeys === 0 ? EMPTY : pageOf(asked, marker, maxKeys);
  return documentAnswer(
    'ListBucketResult',
    ...listHead(asked, maxKeys),
    xml('Marker', nameIn(asked, marker)),
    xml('IsTruncated', page.next !== null),
    page.next === null ? undefined : xml('NextMarker', nameIn(asked, page.next)),
    page.contents.map((object) => contentXml(asked, object, true)),
    page.prefixes.map((one) => xml('CommonPrefixes', xml('Prefix', nameIn(asked, one)))),
  );
}

const EMPTY: Page = { contents: [], prefixes: [], next: null };

function listHead(asked: BucketAsked, maxKeys: number): readonly (Markup | undefined)[] {
  const delimiter = asked.query.get('delimiter');
  const encoding = asked.query.get('encoding-type');
  return [
    xml('Name', asked.bucket.name),
    xml('Prefix', nameIn(asked, asked.query.get('prefix') ?? '')),
    delimiter === null ? undefined : xml('Delimiter', nameIn(asked, delimiter)),
    encoding === null ? undefined : xml('EncodingType', encoding),
    xml('MaxKeys', maxKeys),
  ];
}

function contentXml(asked: Asked, object: ObjectVersion, owner: boolean): Markup {
  return xml(
    'Contents',
    xml('Key', nameIn(asked, object.key)),
    xml('LastModified', object.modifiedAt.toISOString()),
    xml('ETag', `"${object.etag}"`),
    xml('Size', sizeOf(object.body)),
    owner ? xml('Owner', xml('ID', object.owner)) : undefined,
    xml('StorageClass', 'STANDARD'),
  );
}

export function listObjectVersions(asked: BucketAsked): Answer {
  const maxKeys = maxKeysOf(asked);
  const prefix = asked.query.get('prefix') ?? '';
  const marker = asked.query.get('key-marker') ?? '';
  const versionMarker = asked.query.get('version-id-marker') ?? '';
  const all = keysInOrder(asked.bucket)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => [...(asked.bucket.objects.get(key) ?? [])].reverse());
  const markerAt = all.findIndex((one) => one.key === marker && one.id === versionMarker);
  const start = markerAt >= 0 ? markerAt + 1 : all.findIndex((one) => one.key > marker);
  const page = start < 0 ? [] : all.slice(start, start + maxKeys);
  const truncated = start >= 0 && start + maxKeys < all.length;
  const last = page.at(-1);
  return documentAnswer(
    'ListVersionsResult',
    ...listHead(asked, maxKeys),
    xml('KeyMarker', nameIn(asked, marker)),
    xml('VersionIdMarker', versionMarker),
    xml('IsTruncated', truncated),
    truncated && last ? xml('NextKeyMarker', nameIn(asked, last.key)) : undefined,
    truncated && last ? xml('NextVersionIdMarker', last.id) : undefined,
    page.map((one) =>
      xml(
        one.deleteMarker ? 'DeleteMarker' : 'Version',
        xml('Key', nameIn(asked, one.key)),
        xml('VersionId', one.id),
        xml('IsLatest', asked.bucket.objects.get(one.key)?.at(-1) === one),
        xml('LastModified', one.modifiedAt.toISOString()),
        one.deleteMarker ? undefined : xml('ETag', `"${one.etag}"`),
        one.deleteMarker ? undefined : xml('Size', sizeOf(one.body)),
        xml('Owner', xml('ID', one.owner)),
      ),
    ),
  );
}

/** The buckets of the caller's account, by name. */
export function listBuckets(asked: Asked): Answer {
  const account = asked.account;
  if (!account) throw new S3Error(403, 'AccessDenied');
  const maxText = asked.query.get('max-buckets');
  const token = asked.query.get('continuation-token');
  const prefix = asked.query.get('prefix') ?? '';
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
  const all = [...asked.state.buckets.values()]
    .filter((one) => one.account.id === account.id && one.name.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((one) => one.name > after);
  const page = maxText === null ? all : all.slice(0, Number(maxText));
  const last = page.at(-1);
  const more = page.length < all.length && last;
  return documentAnswer(
    'ListAllMyBucketsResult',
    xml('Owner', xml('ID', account.canonicalId)),
    xml(
      'Buckets',
      page.map((one) =>
        xml(
          'Bucket',
          xml('Name', one.name),
          xml('CreationDate', one.createdAt.toISOString()),
          maxText === null ? undefined : xml('BucketRegion', one.region),
        ),
      ),
    ),
    more ? xml('ContinuationToken', Buffer.from(last.name).toString('base64url')) : undefined,
  );
}

/** Of one region: each answers for its own. */
export function listDirectoryBuckets(asked: Asked, region: string): Answer {
  const own = asked.state.directoryBuckets.filter(
    (one) => one.account === asked.account?.id && one.region === region,
  );
  return documentAnswer(
    'ListAllMyDirectoryBucketsResult',
    xml(
      'Buckets',
      own.map((one) => xml('Bucket', xml('Name', one.name), xml('BucketRegion', one.region))),
    ),
  );
}
