/** Objects in the GCS stand-in's JSON API: listing, metadata, bytes, uploads. */
import type { Reply } from '../served.ts';
import { prevented } from './access.ts';
import { aclApi } from './acl-api.ts';
import { type Call, media, need } from './call.ts';
import { type AclEntry, liveObject, putObject, type StoredBucket, sortedNames } from './state.ts';
import { ApiFault, json, objectJson, page, select } from './wire.ts';

export function objectsApi(call: Call, bucket: StoredBucket, rest: readonly string[]): Reply {
  const [name, acl, entity] = rest;
  if (name === undefined) return listObjects(call, bucket);
  const wanted = call.asked.query.get('generation');
  const object =
    wanted === null
      ? liveObject(bucket, name)
      : bucket.objects.get(name)?.find(({ generation }) => generation === wanted);
  if (!object) {
    // Without the right to list, a missing object looks like a forbidden one.
    need(call, 'storage.objects.list', bucket, name);
    throw new ApiFault(404, `No such object: ${bucket.name}/${name}`);
  }
  if (acl === 'acl') return aclApi(call, bucket, 'acl', object, entity);
  const full = call.asked.query.get('projection') === 'full';
  if (call.asked.method === 'DELETE') {
    need(call, 'storage.objects.delete', bucket, name, object);
    if (bucket.versioning) bucket.deleted.add(name);
    else bucket.objects.delete(name);
    return { status: 204 };
  }
  if (call.asked.method === 'PATCH') {
    need(call, 'storage.objects.update', bucket, name, object);
    const patch = JSON.parse(call.body.toString()) as { acl?: AclEntry[] };
    object.acl = patch.acl ?? object.acl;
    return json(objectJson(bucket, object, full));
  }
  need(call, 'storage.objects.get', bucket, name, object);
  if (call.asked.query.get('alt') === 'media') return media(call.headers, object);
  if (full) need(call, 'storage.objects.getIamPolicy', bucket, name, object);
  return json(select(objectJson(bucket, object, full), call.asked.query.get('fields')));
}

function listObjects(call: Call, bucket: StoredBucket): Reply {
  const { query } = call.asked;
  const prefix = query.get('prefix') ?? '';
  need(call, 'storage.objects.list', bucket, prefix === '' ? undefined : prefix);
  const full = query.get('projection') === 'full';
  if (full) need(call, 'storage.objects.getIamPolicy', bucket);
  const names = sortedNames(bucket.objects.keys()).filter((name) => name.startsWith(prefix));
  const all = names.flatMap((name) => {
    if (query.get('versions') === 'true') return bucket.objects.get(name) ?? [];
    return liveObject(bucket, name) ?? [];
  });
  const { items, nextPageToken } = page(all, query);
  return json(
    select(
      {
        kind: 'storage#objects',
        ...(nextPageToken !== undefined && { nextPageToken }),
        ...(items.length > 0 && { items: items.map((one) => objectJson(bucket, one, full)) }),
      },
      query.get('fields'),
    ),
  );
}

/** POST /upload/storage/v1/b/B/o: `media` and `multipart` uploads. */
export function uploadApi(call: Call): Reply {
  const bucket = call.state.buckets.get(call.path[1] ?? '');
  if (!bucket) throw new ApiFault(404, 'The specified bucket does not exist.');
  const { query } = call.asked;
  const kind = query.get('uploadType');
  if (kind !== 'media' && kind !== 'multipart') {
    throw new ApiFault(400, `This stand-in does not take uploads of type ${kind}.`);
  }
  const parts = kind === 'multipart' ? multipart(call) : { meta: {}, bytes: call.body };
  const name = parts.meta.name ?? query.get('name') ?? '';
  if (name === '') throw new ApiFault(400, 'Required parameter: name');
  need(call, 'storage.objects.create', bucket, name);
  const publicRead = query.get('predefinedAcl') === 'publicRead';
  if (publicRead && prevented(call.state, bucket)) {
    throw new ApiFault(412, 'Public access prevention is enforced.');
  }
  const object = putObject(call.state, bucket, {
    name,
    bytes: parts.bytes,
    contentType: parts.meta.contentType,
    contentEncoding: parts.meta.contentEncoding,
    metadata: parts.meta.metadata,
    acl: publicRead ? [{ entity: 'allUsers', role: 'READER' }] : undefined,
  });
  return json(objectJson(bucket, object, false));
}

interface UploadMeta {
  readonly name?: string;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly metadata?: Record<string, string>;
}

/** multipart/related of two parts: metadata as JSON, then the bytes. */
function multipart(call: Call): { readonly meta: UploadMeta; readonly bytes: Buffer } {
  const boundary = /boundary="?([^";]+)/.exec(String(call.headers['content-type']))?.[1];
  if (boundary === undefined) throw new ApiFault(400, 'Malformed multipart body.');
  const mark = Buffer.from(`--${boundary}`);
  const first = call.body.indexOf(mark);
  const second = call.body.indexOf(mark, first + mark.length);
  const last = call.body.lastIndexOf(mark);
  const content = (from: number, to: number): Buffer => {
    const start = call.body.indexOf('\r\n\r\n', from) + 4;
    return call.body.subarray(start, to - 2);
  };
  const meta = JSON.parse(content(first, second).toString()) as UploadMeta;
  return { meta, bytes: content(second, last) };
}
