/** What a web server shows to a plain request. Only GET and HEAD; bodies decide, not status codes. */
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { AccessFact, Slice } from '../../src/model/access.ts';
import type { Asset, ObjectRef } from '../../src/model/asset.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { Limits } from '../../src/model/limits.ts';
import { failedProbe, keysToTry, probeFact } from '../outsider.ts';
import { isRedirect, open, type Site } from './ask.ts';
import { fileUrl } from './target.ts';
import { type Page, readPage, walk } from './walk.ts';

/** Concurrent HEADs of objectProbes. */
const AT_ONCE = 8;
/** Bytes by which a file is told from the page that a server shows for anything. */
const COMPARED_BYTES = 1024;

export interface Found {
  readonly facts: readonly AccessFact[];
  readonly gaps: readonly Gap[];
}

/** May anyone see the list? Believed only where it is one, and where a made-up folder has none. */
export async function probeList(site: Site, asset: Asset, limits: Limits): Promise<Found> {
  const url = asset.url;
  let page: Page;
  try {
    page = await readPage(site, site.url, limits);
    if (page.kind === 'folder' && (await isEverywhere(site, limits))) {
      const params = { url, status: '200', detail: 'a made-up folder is listed there too' };
      return { facts: [probeFact('list', 'unknown', 'probe.unclear', params)], gaps: [] };
    }
  } catch (error) {
    return { facts: [failedProbe('list', url, error)], gaps: [] };
  }
  if (page.kind !== 'none') {
    const form = page.kind === 'folder' ? page.listing.form : page.page.form;
    return {
      facts: [probeFact('list', 'yes', 'web.listed', { url, status: '200', form })],
      gaps: [],
    };
  }
  return notListed(page, asset);
}

function notListed(page: Extract<Page, { kind: 'none' }>, asset: Asset): Found {
  const { status, detail } = page;
  const params = { url: asset.url, status: String(status) };
  if (status === 401 || status === 403) {
    return { facts: [probeFact('list', 'no', 'probe.list-refused', params)], gaps: [] };
  }
  const facts = [probeFact('list', 'unknown', 'probe.unclear', { ...params, detail })];
  const gap = (code: Gap['code']): readonly Gap[] => [
    { code, asset: asset.id, what: null, detail },
  ];
  if (status === 404 || status === 410) return { facts, gaps: gap('not-found') };
  return { facts, gaps: isRedirect(status) ? gap('out-of-scope') : [] };
}

/** Some programs list whatever is asked for; then a list says nothing about this folder. */
async function isEverywhere(site: Site, limits: Limits): Promise<boolean> {
  const page = await readPage(site, fileUrl(site.url.href, `${randomUUID()}/`), limits);
  return page.kind !== 'none';
}

/**
 * Does anyone get the files? A few are tried, spread over the list. Access on a web server goes by
 * folder, so those that were got speak for the whole, less the folders of those that were refused.
 */
export async function probeFiles(
  site: Site,
  asset: Asset,
  limits: Limits,
): Promise<readonly AccessFact[]> {
  const keys = asset.kind === 'file' ? [''] : await keysToTry(walk(site, limits));
  const tried = [];
  for (const key of keys) tried.push(await probeFile(site, asset, key));
  const got = tried.filter(({ answer }) => answer === 'yes');
  const others = tried.filter(({ answer }) => answer !== 'yes');
  const status = got[0]?.because.params.status;
  if (status === undefined) return others;
  const params = {
    url: asset.url,
    status,
    got: String(got.length),
    tried: String(tried.length),
  };
  const refused = others.flatMap(({ answer, slice }) =>
    answer === 'no' && slice ? [folderOf(slice.pattern)] : [],
  );
  const slice: Slice | null =
    refused.length > 0 ? { kind: 'keys', pattern: '*', except: [...new Set(refused)] } : null;
  return [probeFact('read', 'yes', 'web.read', params, slice), ...others];
}

/** `a/b/x.csv` → `a/b/*`; a file of the named folder itself stands for itself. */
function folderOf(key: string): string {
  const end = key.lastIndexOf('/') + 1;
  return end === 0 ? key : `${key.slice(0, end)}*`;
}

interface Reply {
  readonly status: number;
  readonly isPage: boolean;
  /** The first bytes. */
  readonly start: Buffer;
}

/** The beginning of one file; empty `key` for an asset that is one file. */
async function probeFile(site: Site, asset: Asset, key: string): Promise<AccessFact> {
  // The key is in the slice; in a text it could show what it names.
  const url = key === '' ? asset.url : `${asset.url}…`;
  const slice: Slice | null = key === '' ? null : { kind: 'object', pattern: key, except: [] };
  try {
    const address = key === '' ? site.url : fileUrl(site.url.href, key);
    const reply = await firstBytes(site, address);
    const params = { url, status: String(reply.status) };
    if (reply.status === 401 || reply.status === 403) {
      return probeFact('read', 'no', 'probe.read-refused', params, slice);
    }
    if (![200, 206, 416].includes(reply.status)) {
      const detail = isRedirect(reply.status) ? 'a redirect, which is not followed' : 'no file';
      return probeFact('read', 'unknown', 'probe.unclear', { ...params, detail }, slice);
    }
    if (await isForAnything(site, address, reply)) {
      const detail = 'any address there is answered alike';
      return probeFact('read', 'unknown', 'probe.unclear', { ...params, detail }, slice);
    }
    return probeFact('read', 'yes', 'probe.read', params, slice);
  } catch (error) {
    return failedProbe('read', url, error, slice);
  }
}

async function firstBytes(site: Site, url: URL): Promise<Reply> {
  const { answer } = await open(site, url, { range: `bytes=0-${COMPARED_BYTES - 1}` });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if ([200, 206].includes(answer.status)) {
      for await (const chunk of answer.body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= COMPARED_BYTES) break;
      }
    }
  } finally {
    answer.cancel();
  }
  return {
    status: answer.status,
    isPage: /^(?:text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? ''),
    start: Buffer.concat(chunks).subarray(0, COMPARED_BYTES),
  };
}

/** Is a made-up neighbour answered with the same bytes, or is it as much a page as the file is? */
async function isForAnything(site: Site, url: URL, reply: Reply): Promise<boolean> {
  const neighbour = new URL(url);
  neighbour.pathname = neighbour.pathname.replace(/[^/]*$/, randomUUID());
  // Below a file that was named there is no neighbour within the path; asked all the same, as nothing is followed.
  const other = await firstBytes(site, neighbour);
  if (other.status >= 300) return false;
  return (other.isPage && reply.isPage) || other.start.equals(reply.start);
}

/** A fact for each object that opens; a refused one needs none. */
export async function* probeObjects(
  site: Site,
  asset: Asset,
  objects: readonly ObjectRef[],
): AsyncGenerator<AccessFact> {
  const limit = pLimit(AT_ONCE);
  for (let start = 0; start < objects.length; start += 4 * AT_ONCE) {
    const batch = objects.slice(start, start + 4 * AT_ONCE);
    const facts = await Promise.all(
      batch.map(({ key }) => limit(() => probeFile(site, asset, key))),
    );
    yield* facts.filter(({ answer }) => answer !== 'no');
  }
}
