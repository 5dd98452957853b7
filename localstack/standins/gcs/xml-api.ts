/** The XML API of the GCS stand-in: `GET /bucket` and `GET|HEAD /bucket/key`, as a browser asks. */
import type { Reply } from '../served.ts';
import { may } from './access.ts';
import { type Call, media } from './call.ts';
import { liveObject, type StoredBucket, sortedNames } from './state.ts';
import { page } from './wire.ts';

export function xmlApi(call: Call): Reply {
  const match = /^\/([^/]+)\/?([\s\S]*)$/.exec(call.asked.path);
  const bucket = call.state.buckets.get(match?.[1] ?? '');
  const key = match?.[2] ?? '';
  if (call.asked.method !== 'GET' && call.asked.method !== 'HEAD') {
    return fault(405, 'MethodNotAllowed', 'This stand-in only reads by XML.');
  }
  if (!bucket) return fault(404, 'NoSuchBucket', 'The specified bucket does not exist.');
  if (key === '') return listing(call, bucket);
  const wanted = call.asked.query.get('generation');
  const object =
    wanted === null
      ? liveObject(bucket, key)
      : bucket.objects.get(key)?.find(({ generation }) => generation === wanted);
  const subject = { bucket, name: key, object };
  if (object && may(call.state, call.who, 'storage.objects.get', subject)) {
    return media(call.headers, object);
  }
  if (!object && may(call.state, call.who, 'storage.objects.list', subject)) {
    return fault(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  return refused(call, 'storage.objects.get');
}

function listing(call: Call, bucket: StoredBucket): Reply {
  const prefix = call.asked.query.get('prefix') ?? '';
  const subject = { bucket, ...(prefix !== '' && { name: prefix }) };
  if (!may(call.state, call.who, 'storage.objects.list', subject)) {
    return refused(call, 'storage.objects.list');
  }
  const names = sortedNames(bucket.objects.keys()).filter(
    (name) => name.startsWith(prefix) && liveObject(bucket, name),
  );
  const { items } = page(
    names,
    new URLSearchParams({ maxResults: call.asked.query.get('max-keys') ?? '1000' }),
  );
  const contents = items
    .map((name) => {
      const object = liveObject(bucket, name);
      return `<Contents><Key>${escaped(name)}</Key><Generation>${object?.generation}</Generation><Size>${object?.bytes.length}</Size></Contents>`;
    })
    .join('');
  return xml(
    200,
    `<ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'><Name>${bucket.name}</Name><Prefix>${escaped(prefix)}</Prefix><IsTruncated>${items.length < names.length}</IsTruncated>${contents}</ListBucketResult>`,
  );
}

/** Unlike the JSON API, the XML API says 403 to nobody as well. */
function refused(call: Call, permission: string): Reply {
  const caller = call.who.kind === 'anonymous' ? 'Anonymous caller' : call.who.email;
  return fault(403, 'AccessDenied', `Access denied. ${caller} does not have ${permission} access.`);
}

function fault(status: number, code: string, message: string): Reply {
  return xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

function xml(status: number, body: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=UTF-8' },
    body: `<?xml version='1.0' encoding='UTF-8'?>${body}`,
  };
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
