/** `https://host[:port]/path/` as a person wrote it → what is asked. */
import { UsageError } from '../../src/model/errors.ts';
import type { TargetSpec } from '../../src/model/provider.ts';

export interface WebTarget {
  /** Ends with `/` unless the person named a file; kept with `comp=list` where that is the way to the list. */
  readonly url: URL;
  /** The host, with its port unless that is 443, or the name that the configuration gives. */
  readonly authority: string;
  readonly host: string;
  readonly port: number;
}

/** Throws UsageError. */
export function readTarget(target: TargetSpec): WebTarget {
  const refuse = (why: string): never => {
    throw new UsageError(`target ${target.uri}: ${why}`);
  };
  if (!URL.canParse(target.uri)) refuse('is no address; write https://host/path/');
  const url = new URL(target.uri);
  if (url.username !== '' || url.password !== '' || target.credentials !== undefined) {
    refuse('an open web server is asked without credentials; leave them out');
  }
  if (target.endpoint !== undefined) refuse('takes no endpoint; write the host in the address');
  const container = url.searchParams.get('comp') === 'list';
  if (url.search !== '' && !container) {
    refuse('a query is not a place with files; write the folder, https://host/path/');
  }
  url.hash = '';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return {
    url,
    authority: target.name ?? (port === 443 ? url.hostname : `${url.hostname}:${port}`),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
  };
}

/** A path segment that cannot be a text: bytes that are not UTF-8 stay percent-encoded in the key. */
function isRaw(segment: string): boolean {
  if (!/^(?:[!-$&-~]|%[0-9a-f]{2})+$/i.test(segment)) return false;
  try {
    decodeURIComponent(segment);
    return false;
  } catch {
    return true;
  }
}

/** One segment of a URL's path → of a key: decoded, unless its bytes are no UTF-8 (Big5, Shift_JIS). */
export function decodeSegment(segment: string): string {
  if (isRaw(segment)) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The way back: the address of a key below a folder's address. */
export function fileUrl(folder: string, key: string): URL {
  const path = key
    .split('/')
    .map((segment) => (isRaw(segment) ? segment : encodeURIComponent(segment)))
    .join('/');
  const url = new URL(folder);
  url.search = '';
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
  return url;
}
