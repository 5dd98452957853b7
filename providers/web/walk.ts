/**
 * Every file below the named folder, page by page, and never above or beside it.
 *
 * Pages are another party's text: depth, number and size are bounded, a folder that repeats one
 * above it (a link to itself) is left, and what could not be listed is said at the end, when what
 * could has been given out.
 */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Limits } from '../../src/model/limits.ts';
import { ask, refusal, type Site } from './ask.ts';
import { type Entry, type Listing, readListing } from './listing.ts';
import { type RootPage, readRoot } from './roots.ts';
import { fileUrl } from './target.ts';

/** Concurrent HEADs for sizes that a listing does not tell. */
const AT_ONCE = 8;

export type Page =
  | { readonly kind: 'folder'; readonly listing: Listing; readonly url: URL }
  | { readonly kind: 'root'; readonly page: RootPage; readonly url: URL }
  | { readonly kind: 'none'; readonly status: number; readonly detail: string; readonly url: URL };

/** One folder's page, for whatever it is. Throws ScanError where nothing, or half of it, came. */
export async function readPage(site: Site, url: URL, limits: Limits): Promise<Page> {
  const { answer, url: from } = await ask(site, url, limits.listingBytes);
  if (answer.status !== 200) {
    const { detail } = refusal(answer.status, answer.headers);
    return { kind: 'none', status: answer.status, detail, url: from };
  }
  if (answer.cut) {
    const detail = `a folder's list is larger than limits.listingBytes (${limits.listingBytes})`;
    throw new ScanError('too-large', detail);
  }
  const page = readRoot(answer);
  if (page !== null) return { kind: 'root', page, url: from };
  const listing = from.pathname.endsWith('/')
    ? readListing(answer.body.toString('utf8'), from)
    : null;
  if (listing !== null) return { kind: 'folder', listing, url: from };
  return { kind: 'none', status: 200, detail: 'the answer is no list of files', url: from };
}

/** What could not be listed, by the reason's first word; said once, at the end. */
interface Left {
  readonly errors: ScanError[];
  folders: number;
}

export async function* walk(site: Site, limits: Limits): AsyncGenerator<ObjectRef> {
  const first = await readPage(site, site.url, limits);
  if (first.kind === 'root') {
    yield* walkRoot(site, first.page, limits);
    return;
  }
  if (first.kind === 'none') {
    if (first.status !== 200) throw refusal(first.status, {});
    throw new ScanError('unsupported', 'the server shows no list of files at this address');
  }
  const left: Left = { errors: [], folders: 1 };
  yield* walkFolder(site, limits, { prefix: '', page: first, above: [] }, left);
  const [problem] = left.errors;
  if (problem === undefined) return;
  const count = left.errors.length;
  const many = count === 1 ? 'one folder was' : `${count} folders were`;
  throw new ScanError(problem.code, `${many} not listed; the first because ${problem.detail}`);
}

interface Folder {
  /** Of keys: empty or with a closing slash. */
  readonly prefix: string;
  readonly page: Extract<Page, { kind: 'folder' }>;
  /** Digests of the pages that led here. */
  readonly above: readonly string[];
}

async function* walkFolder(
  site: Site,
  limits: Limits,
  { prefix, page, above }: Folder,
  left: Left,
): AsyncGenerator<ObjectRef> {
  const { entries } = page.listing;
  yield* files(site, limits, prefix, entries);
  const path = [...above, digest(entries)];
  for (const entry of entries.filter(({ folder }) => folder)) {
    const inner = `${prefix}${entry.name}/`;
    try {
      if (above.length + 1 >= limits.folderDepth) throw tooDeep(limits);
      if (left.folders >= limits.folders) throw tooMany(limits);
      left.folders += 1;
      const next = await readPage(site, fileUrl(site.url.href, inner), limits);
      // An empty folder is like any other; a page with entries that stands above is a link to itself.
      if (next.kind === 'folder' && path.includes(digest(next.listing.entries))) continue;
      if (next.kind !== 'folder') throw notListed(next);
      yield* walkFolder(site, limits, { prefix: inner, page: next, above: path }, left);
    } catch (error) {
      if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
      left.errors.push(error);
    }
  }
}

function notListed(page: Exclude<Page, { kind: 'folder' }>): ScanError {
  if (page.kind === 'none' && page.status !== 200) return refusal(page.status, {});
  return new ScanError('unsupported', 'the server shows a page in place of its list');
}

function tooDeep({ folderDepth }: Limits): ScanError {
  return new ScanError('too-large', `it lies deeper than limits.folderDepth (${folderDepth})`);
}

function tooMany({ folders }: Limits): ScanError {
  return new ScanError('too-large', `there are more folders than limits.folders (${folders})`);
}

/** Two empty folders are alike and no loop. */
function digest(entries: readonly Entry[]): string {
  if (entries.length === 0) return Math.random().toString();
  const rows = entries.map(({ name, folder, sizeBytes, modifiedAt }) => [
    name,
    folder,
    sizeBytes,
    modifiedAt?.getTime() ?? null,
  ]);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

async function* files(
  site: Site,
  limits: Limits,
  prefix: string,
  entries: readonly Entry[],
): AsyncGenerator<ObjectRef> {
  const limit = pLimit(AT_ONCE);
  const plain = entries.filter(({ folder }) => !folder);
  for (let start = 0; start < plain.length; start += 4 * AT_ONCE) {
    const batch = plain.slice(start, start + 4 * AT_ONCE).map((entry) => {
      const key = `${prefix}${entry.name}`;
      const { sizeBytes, modifiedAt } = entry;
      if (sizeBytes === null) return limit(() => measured(site, limits, key, modifiedAt));
      return Promise.resolve({ key, sizeBytes, ...(modifiedAt && { modifiedAt }) });
    });
    yield* await Promise.all(batch);
  }
}

/**
 * Size, date and tag by HEAD. Where the server tells none, the most that is read whole stands for
 * the size, so that reading is not refused for having found more than was listed.
 */
async function measured(
  site: Site,
  limits: Limits,
  key: string,
  listedAt: Date | null,
): Promise<ObjectRef> {
  const { answer } = await ask(site, fileUrl(site.url.href, key), 0, { method: 'HEAD' });
  const { headers, status } = answer;
  const found = status === 200;
  const modifiedAt = found ? dateOf(headers['last-modified']) : null;
  const length = found ? headers['content-length'] : undefined;
  const date = modifiedAt ?? listedAt;
  const etag = found ? headers.etag : undefined;
  return {
    key,
    sizeBytes: length === undefined ? limits.objectBytes : Number(length),
    ...(date && { modifiedAt: date }),
    ...(etag !== undefined && { etag }),
  };
}

function dateOf(text: string | undefined): Date | null {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

async function* walkRoot(site: Site, first: RootPage, limits: Limits): AsyncGenerator<ObjectRef> {
  let page = first;
  const seen = new Set<string>();
  if (page.form === 'swift') page = await nextPage(site, { format: 'json' }, limits);
  for (;;) {
    for (const { key, sizeBytes, modifiedAt, etag } of page.entries) {
      // Markers of folders: no file has such a name on any of these stores' front ends.
      if (key.endsWith('/')) continue;
      yield { key, sizeBytes, ...(modifiedAt && { modifiedAt }), ...(etag !== null && { etag }) };
    }
    if (page.next === null) return;
    const place = JSON.stringify(page.next);
    if (seen.has(place)) throw new ScanError('malformed', 'the list goes on at the same place');
    seen.add(place);
    const format = page.form === 'swift' ? { format: 'json' } : {};
    page = await nextPage(site, { ...page.next, ...format }, limits);
  }
}

async function nextPage(
  site: Site,
  query: Readonly<Record<string, string>>,
  limits: Limits,
): Promise<RootPage> {
  const url = new URL(site.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { answer } = await ask(site, url, limits.listingBytes);
  if (answer.status !== 200) throw refusal(answer.status, answer.headers);
  const page = readRoot(answer);
  if (page === null || answer.cut) {
    throw new ScanError('malformed', 'a page of the list is no list of objects');
  }
  return page;
}
