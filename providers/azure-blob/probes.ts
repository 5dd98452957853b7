/**
 * What Azure Blob answers to somebody without credentials.
 *
 * There are no grants on single blobs: one blob that opens proves the level of its container, so such
 * a fact is about the container as a whole. A private container is hidden (404), an account that
 * allows nobody says 409, a firewall 403, and Azurite says 403 to all of it.
 */
import pLimit from 'p-limit';
import type { AccessFact, Slice } from '../../src/model/access.ts';
import type { ObjectRef } from '../../src/model/asset.ts';
import type { NamedKey } from '../../src/model/provider.ts';
import type { HttpClient, HttpHead } from '../../src/net/client.ts';
import { keyPath } from '../key-path.ts';
import { failedProbe, probeFact, readFactOf } from '../outsider.ts';

/** Anonymous requests without a version get the behaviour of 2009. */
export const UNSIGNED: Readonly<Record<string, string>> = { 'x-ms-version': '2020-10-02' };

/** Concurrent unsigned HEADs of objectProbes. */
const AT_ONCE = 16;

/** The container's address for outsiders. */
export interface Door {
  /** `https://ACCOUNT.blob.core.windows.net/CONTAINER`, or the static website's root. */
  readonly base: string;
  readonly kind: 'blob' | 'website';
}

export function blobUrl(door: Door, key: string): string {
  return `${door.base}/${keyPath(key)}`;
}

/** Nobody can list what nobody can read: the level Container gives both. */
export async function probeList(http: HttpClient, door: Door): Promise<readonly AccessFact[]> {
  const list = await askList(http, door);
  return list.answer === 'yes' ? [list, { ...list, action: 'read' }] : [list];
}

async function askList(http: HttpClient, door: Door): Promise<AccessFact> {
  const url = `${door.base}?restype=container&comp=list&maxresults=1`;
  try {
    const answer = await http.ask({ url, headers: UNSIGNED, maxBodyBytes: 64 * 1024 });
    const params = { url, status: String(answer.status) };
    if (isRefused(answer)) return probeFact('list', 'no', 'probe.list-refused', params);
    if (answer.status !== 200) {
      return probeFact('list', 'unknown', 'probe.unclear', { ...params, detail: meaning(answer) });
    }
    // A web application answers every address with some page.
    return answer.body.includes('<EnumerationResults')
      ? probeFact('list', 'yes', 'probe.listed', params)
      : probeFact('list', 'unknown', 'probe.unclear', {
          ...params,
          detail: 'the answer is no list of blobs',
        });
  } catch (error) {
    return failedProbe('list', url, error);
  }
}

/** One byte of one blob, as a statement about its container. */
export async function probeBlob(http: HttpClient, door: Door, key: string): Promise<AccessFact> {
  const url = blobUrl(door, key);
  try {
    const headers = { ...UNSIGNED, range: 'bytes=0-0' };
    const answer = await http.ask({ url, headers, maxBodyBytes: 1024 });
    return readFact(url, answer, door, null);
  } catch (error) {
    return failedProbe('read', url, error);
  }
}

/** A fact for each blob that opens without credentials; a refused one needs none. */
export async function* openBlobs(
  http: HttpClient,
  door: Door,
  objects: readonly ObjectRef[],
): AsyncGenerator<AccessFact> {
  const limit = pLimit(AT_ONCE);
  for (let start = 0; start < objects.length; start += 4 * AT_ONCE) {
    const batch = objects.slice(start, start + 4 * AT_ONCE);
    const facts = await limit.map(batch, (object) => headBlob(http, door, object));
    for (const one of facts) if (one.answer !== 'no') yield one;
  }
}

async function headBlob(http: HttpClient, door: Door, named: NamedKey): Promise<AccessFact> {
  const { key: pattern, version } = named;
  const url = `${blobUrl(door, pattern)}${version === undefined ? '' : `?${version}`}`;
  const old = version === undefined ? {} : { version };
  const slice: Slice = { kind: 'object', pattern, except: [], ...old };
  try {
    const answer = await http.ask({ url, method: 'HEAD', headers: UNSIGNED });
    return readFact(url, answer, door, slice);
  } catch (error) {
    return failedProbe('read', url, error, slice);
  }
}

function readFact(url: string, answer: HttpHead, door: Door, slice: Slice | null): AccessFact {
  const params = { url, status: String(answer.status) };
  if (isRefused(answer)) return probeFact('read', 'no', 'probe.read-refused', params, slice);
  // Every answer with a blob names its type; a gateway's page does not. The website names only its service.
  const mark = door.kind === 'blob' ? 'x-ms-blob-type' : 'x-ms-request-id';
  const got = (answer.status === 200 || answer.status === 206) && mark in answer.headers;
  // An empty blob has no first byte; the answer still comes after the access check.
  const empty = answer.status === 416 && 'x-ms-request-id' in answer.headers;
  if (got || empty) return readFactOf(params, slice);
  return probeFact(
    'read',
    'unknown',
    'probe.unclear',
    { ...params, detail: meaning(answer) },
    slice,
  );
}

/** 409 refuses access only by this name; BlobArchived and others come after the access check. */
function isRefused({ status, headers }: HttpHead): boolean {
  if (status === 401 || status === 403 || status === 404) return true;
  return status === 409 && headers['x-ms-error-code'] === 'PublicAccessNotPermitted';
}

function meaning({ status, headers }: HttpHead): string {
  const code = headers['x-ms-error-code'];
  if (code !== undefined && /^[A-Za-z]{1,60}$/.test(code)) return code;
  if (status === 429 || status >= 500) return 'the service was busy or failed';
  if (status >= 300 && status < 400) return 'a redirect, which is not followed';
  return 'not an answer of Azure Blob Storage';
}
