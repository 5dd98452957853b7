/** What Google Cloud Storage answers to somebody without credentials. Nothing here writes: even the question about writing is a GET. */
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { AccessFact, Action, Answer, Slice } from '../../src/model/access.ts';
import type { ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { NamedKey } from '../../src/model/provider.ts';
import type { HttpClient, HttpHead } from '../../src/net/client.ts';
import { keyPath } from '../key-path.ts';
import { failedProbe, probeFact, readFactOf } from '../outsider.ts';
import { type GcsApi, parsed } from './api.ts';

/** Concurrent unsigned HEADs of objectProbes. */
const AT_ONCE = 16;

/** Permissions that testPermissions is asked about, by the action they allow; any one of them is enough. */
const ASKED: Readonly<Record<Action, readonly string[]>> = {
  list: ['storage.objects.list'],
  read: ['storage.objects.get'],
  write: ['storage.objects.create', 'storage.objects.delete', 'storage.objects.update'],
  'read-acl': ['storage.buckets.getIamPolicy', 'storage.objects.getIamPolicy'],
  'write-acl': ['storage.buckets.setIamPolicy', 'storage.objects.setIamPolicy'],
};

export interface Reached {
  readonly facts: readonly AccessFact[];
  /** False when the service says that there is no such bucket. */
  readonly exists: boolean;
}

/** The bucket's own doors: what an outsider holds, and the list. */
export async function probeBucket(api: GcsApi, bucket: string): Promise<Reached> {
  const held = await heldByAnyone(api, bucket);
  const listed = await probeList(api, bucket);
  return { facts: [...held, listed.fact], exists: listed.status !== 404 };
}

/**
 * Google answers testPermissions to everybody, with exactly the permissions the caller holds on the
 * whole bucket. A permission that is missing may still hold for a prefix or a single object, so only
 * what is held becomes a fact.
 */
async function heldByAnyone(api: GcsApi, bucket: string): Promise<readonly AccessFact[]> {
  const query = new URLSearchParams();
  for (const permission of Object.values(ASKED).flat()) query.append('permissions', permission);
  const url = api.urlOf({ call: 'permissions', bucket }).href;
  let permissions: readonly string[];
  try {
    const answer = await api.unsigned({ call: 'permissions', bucket }, query);
    if (answer.status !== 200) return [];
    const value = parsed(answer);
    permissions = Array.isArray(value.permissions) ? value.permissions.map(String) : [];
  } catch (error) {
    // The listing and the reads that follow make the same request to the same host and report it.
    if (error instanceof ScanError && error.code !== 'interrupted') return [];
    throw error;
  }
  return (Object.keys(ASKED) as Action[]).flatMap((action) => {
    const names = ASKED[action].filter((one) => permissions.includes(one));
    if (names.length === 0) return [];
    return [probeFact(action, 'yes', 'probe.permissions', { url, permissions: names.join(', ') })];
  });
}

async function probeList(
  api: GcsApi,
  bucket: string,
): Promise<{ readonly fact: AccessFact; readonly status: number }> {
  const query = new URLSearchParams({ maxResults: '1', fields: 'kind,items(name)' });
  const url = api.urlOf({ call: 'objects', bucket }, query).href;
  try {
    const answer = await api.unsigned({ call: 'objects', bucket }, query);
    const params = { url, status: String(answer.status) };
    const made = (answerIs: Answer, code: string, detail?: string): AccessFact =>
      probeFact('list', answerIs, code, { ...params, ...(detail !== undefined && { detail }) });
    if (isRefused(answer.status)) {
      return { fact: made('no', 'probe.list-refused'), status: answer.status };
    }
    if (answer.status !== 200) {
      return {
        fact: made('unknown', 'probe.unclear', meaning(answer.status)),
        status: answer.status,
      };
    }
    return isListing(answer.body.toString('utf8'))
      ? { fact: made('yes', 'probe.listed'), status: 200 }
      : { fact: made('unknown', 'probe.unclear', 'the answer is no list of objects'), status: 200 };
  } catch (error) {
    return { fact: failedProbe('list', url, error), status: 0 };
  }
}

function isListing(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object') return false;
    return (
      ('kind' in value && value.kind === 'storage#objects') ||
      ('items' in value && Array.isArray(value.items))
    );
  } catch {
    return false;
  }
}

/** Where a browser gets an object: the XML API's address. */
export function objectUrl(api: GcsApi, bucket: string, { key, version }: NamedKey): string {
  const generation = version === undefined ? '' : `?generation=${encodeURIComponent(version)}`;
  return `${api.target.endpoint}/${bucket}/${keyPath(key)}${generation}`;
}

/** One byte of one object, without credentials. */
export async function probeObject(
  api: GcsApi,
  http: HttpClient,
  bucket: string,
  key: string,
): Promise<AccessFact> {
  const url = objectUrl(api, bucket, { key });
  const slice: Slice = { kind: 'object', pattern: key, except: [] };
  try {
    const answer = await http.ask({
      url,
      headers: { range: 'bytes=0-0', 'accept-encoding': 'gzip' },
      maxBodyBytes: 1024,
    });
    return readFact(http, url, slice, answer);
  } catch (error) {
    return failedProbe('read', url, error, slice);
  }
}

/** A fact for each object that opens without credentials; a refused one needs none. */
export async function* openObjects(
  api: GcsApi,
  http: HttpClient,
  bucket: string,
  objects: readonly ObjectRef[],
): AsyncGenerator<AccessFact> {
  const limit = pLimit(AT_ONCE);
  for (let start = 0; start < objects.length; start += 4 * AT_ONCE) {
    const batch = objects.slice(start, start + 4 * AT_ONCE);
    const facts = await limit.map(batch, (object) => headObject(api, http, bucket, object));
    for (const one of facts) if (one.answer !== 'no') yield one;
  }
}

async function headObject(
  api: GcsApi,
  http: HttpClient,
  bucket: string,
  named: NamedKey,
): Promise<AccessFact> {
  const url = objectUrl(api, bucket, named);
  const { key: pattern, version } = named;
  const old = version === undefined ? {} : { version };
  const slice: Slice = { kind: 'object', pattern, except: [], ...old };
  try {
    return readFact(http, url, slice, await http.ask({ url, method: 'HEAD' }));
  } catch (error) {
    return failedProbe('read', url, error, slice);
  }
}

async function readFact(
  http: HttpClient,
  url: string,
  slice: Slice,
  answer: HttpHead,
): Promise<AccessFact> {
  const params = { url, status: String(answer.status) };
  const got = [200, 206].includes(answer.status);
  // An empty object has no first byte; the answer still comes after the permission check.
  const empty = answer.status === 416;
  if (isRefused(answer.status)) return probeFact('read', 'no', 'probe.read-refused', params, slice);
  if (empty || (got && (isFromStorage(answer) || (await isParticular(http, url))))) {
    return readFactOf(params, slice);
  }
  const detail = got ? 'any address there is answered alike' : meaning(answer.status);
  return probeFact('read', 'unknown', 'probe.unclear', { ...params, detail }, slice);
}

/** Google names the generation of what it serves; a page that a gateway made up has none. */
function isFromStorage({ headers }: HttpHead): boolean {
  return 'x-goog-generation' in headers || 'x-goog-stored-content-length' in headers;
}

/** Does a random neighbour get another answer? Otherwise the 200 says nothing about this object. */
async function isParticular(http: HttpClient, url: string): Promise<boolean> {
  const neighbour = new URL(url);
  neighbour.pathname = neighbour.pathname.replace(/[^/]*$/, randomUUID());
  const answer = await http.ask({ url: neighbour, method: 'HEAD' });
  return answer.status >= 400;
}

/** 400: a customer's encryption key or a paying project is missing, so an outsider gets nothing. */
function isRefused(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

function meaning(status: number): string {
  if (status === 404) return 'no such bucket or object';
  if (status === 429 || status >= 500) return 'the service was busy or failed';
  if (status >= 300 && status < 400) return 'a redirect, which is not followed';
  return 'not an answer of Cloud Storage';
}
