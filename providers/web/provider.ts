/**
 * An open web server: `https://host[:port]/path/` and everything listed below it.
 *
 * There is no account and no access-control document, so there are only plain requests: what they
 * get is open, and what they do not get is unknown, because a login may stand before a file that
 * its name opens elsewhere. robots.txt is advice to search engines, not a lock, and is not asked for.
 */
import type { Asset, ByteRange, ObjectRef } from '../../src/model/asset.ts';
import { assetId } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Connection, Probed, Provider, ProviderContext } from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { rangeOf } from '../../src/net/range.ts';
import { unansweredGaps } from '../outsider.ts';
import { ask, open, refusal, type Site } from './ask.ts';
import { probeFiles, probeList, probeObjects } from './probes.ts';
import { prove, REMEDIES } from './remedies.ts';
import { readRoot } from './roots.ts';
import { decodeSegment, fileUrl, readTarget, type WebTarget } from './target.ts';
import { walk } from './walk.ts';

/** Bytes by which an address without a closing slash is told to be a folder, a bucket or a file. */
const LOOKED_AT_BYTES = 64 * 1024;

export const web: Provider = {
  id: 'web',
  title: 'Open web server',
  schemes: ['http', 'https'],
  remedies: REMEDIES,
  prove,
  plan(target) {
    const { host, port } = readTarget(target);
    return {
      hosts: [`${host.includes(':') ? `[${host}]` : host}:${port}`],
      calls: ['GET of folders (unsigned)', 'HEAD and GET of the files they list (unsigned)'],
    };
  },
  async connect(target, context) {
    return connection(readTarget(target), context);
  },
  outside: ({ url }, { name }) => ({
    uri: url,
    anonymous: true,
    ...(name !== undefined && { name }),
  }),
};

function connection(target: WebTarget, context: ProviderContext): Connection {
  const http = httpClient(context);
  const { limits } = context;
  const siteOf = (asset: Asset): Site => ({ http, url: new URL(asset.url) });
  return {
    async *assets() {
      yield { asset: assetOf(target, await placeOf({ http, url: target.url })) };
    },
    async probes(asset): Promise<Probed> {
      const site = siteOf(asset);
      const listed =
        asset.kind === 'file' ? { facts: [], gaps: [] } : await probeList(site, asset, limits);
      const isOpen = listed.facts.some(({ answer }) => answer === 'yes');
      const read = isOpen || asset.kind === 'file' ? await probeFiles(site, asset, limits) : [];
      const facts = [...listed.facts, ...read];
      const refused = read.some(({ answer }) => answer === 'no');
      return {
        facts,
        gaps: [...listed.gaps, ...unansweredGaps(asset, facts)],
        objectGrants: refused,
      };
    },
    objects: (asset) =>
      asset.kind === 'file'
        ? single(siteOf(asset), limits.objectBytes)
        : walk(siteOf(asset), limits),
    objectProbes: (asset, objects) => probeObjects(siteOf(asset), asset, objects),
    read: (asset, object, range) => read(siteOf(asset), asset, object, range),
    async close() {
      http.close();
    },
  };
}

interface Place {
  readonly url: URL;
  readonly kind: 'site' | 'file';
}

/** A name without a closing slash may be a folder, a bucket or a file; the server knows. */
async function placeOf(site: Site): Promise<Place> {
  const { url } = site;
  if (url.pathname.endsWith('/') || url.search !== '') return { url, kind: 'site' };
  const folder = new URL(url);
  folder.pathname += '/';
  try {
    const { answer, url: from } = await ask(site, url, LOOKED_AT_BYTES);
    if (from.pathname.endsWith('/')) return { url: from, kind: 'site' };
    const isFile = answer.status === 200 && readRoot(answer) === null;
    return isFile ? { url, kind: 'file' } : { url: folder, kind: 'site' };
  } catch (error) {
    // The probes make the same request and report what it meets.
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    return { url: folder, kind: 'site' };
  }
}

function assetOf({ authority }: WebTarget, { url, kind }: Place): Asset {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const path = segments.map(decodeSegment).join('/');
  const name = path === '' ? '/' : path;
  return {
    id: assetId('web', authority, name),
    provider: 'web',
    authority,
    name,
    kind,
    url: url.href,
    labels: {},
  };
}

async function* single(site: Site, unknownBytes: number): AsyncGenerator<ObjectRef> {
  const { answer } = await ask(site, site.url, 0, { method: 'HEAD' });
  if (answer.status !== 200) throw refusal(answer.status, answer.headers);
  const { 'content-length': length, 'last-modified': date, etag } = answer.headers;
  const modifiedAt = new Date(date ?? '');
  yield {
    key: decodeSegment(site.url.pathname.slice(site.url.pathname.lastIndexOf('/') + 1)),
    sizeBytes: length === undefined ? unknownBytes : Number(length),
    ...(!Number.isNaN(modifiedAt.getTime()) && { modifiedAt }),
    ...(etag !== undefined && { etag }),
  };
}

async function* read(
  site: Site,
  asset: Asset,
  object: ObjectRef,
  range: ByteRange | null,
): AsyncGenerator<Uint8Array> {
  if (range !== null && range.end <= range.start) return;
  const url = asset.kind === 'file' ? site.url : fileUrl(site.url.href, object.key);
  const wanted = range && { range: `bytes=${range.start}-${range.end - 1}` };
  const { answer } = await open(site, url, { ...wanted });
  try {
    if (answer.status !== 200 && answer.status !== 206)
      throw refusal(answer.status, answer.headers);
    const { etag, 'content-range': got } = answer.headers;
    if (etag !== undefined && object.etag !== undefined && opaque(etag) !== opaque(object.etag)) {
      throw new ScanError('changed', 'it was replaced after it was listed; scan again');
    }
    if (answer.status === 206 && !(got ?? '').startsWith(`bytes ${range?.start ?? 0}-`)) {
      throw new ScanError('malformed', 'the server sent another range than was asked for');
    }
    yield* rangeOf(answer, range);
  } finally {
    answer.cancel();
  }
}

/** Servers call one tag weak and strong in turn; lists write it without quotes. */
function opaque(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}
