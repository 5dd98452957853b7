/** Requests to one site: no credentials, redirects only within the named path. */
import { ScanError } from '../../src/model/errors.ts';
import type { HttpAnswer, HttpClient, HttpRequest, HttpStream } from '../../src/net/client.ts';

/** A folder without its slash, a canonical spelling; more in a row is a loop. */
const REDIRECTS = 3;

/**
 * JSON is named so that programs which can, answer with exact sizes (Caddy, serve). Nothing is
 * compressed, so that sizes and ranges mean the stored bytes.
 */
const HEADERS: Readonly<Record<string, string>> = {
  accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.1',
  'accept-encoding': 'identity',
};

export interface Site {
  readonly http: HttpClient;
  /** The folder (or file) that was named; redirects may not lead out of it. */
  readonly url: URL;
}

export interface Followed<T> {
  readonly answer: T;
  /** Where the answer came from. */
  readonly url: URL;
}

/** The whole answer, at most `maxBodyBytes` of it. */
export async function ask(
  site: Site,
  url: URL,
  maxBodyBytes: number,
  more: Pick<HttpRequest, 'method' | 'headers'> = {},
): Promise<Followed<HttpAnswer>> {
  return follow(site, url, (next) => site.http.ask(request(next, maxBodyBytes, more)));
}

/** The same with a body that is pulled. */
export async function open(
  site: Site,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Followed<HttpStream>> {
  return follow(site, url, async (next) => {
    const answer = await site.http.open(request(next, undefined, { headers }));
    if (isRedirect(answer.status)) answer.cancel();
    return answer;
  });
}

function request(
  url: URL,
  maxBodyBytes: number | undefined,
  more: Pick<HttpRequest, 'method' | 'headers'>,
): HttpRequest {
  return {
    url,
    ...more,
    headers: { ...HEADERS, ...more.headers },
    ...(maxBodyBytes !== undefined && { maxBodyBytes }),
  };
}

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** A redirect that is not followed is itself the answer. */
async function follow<T extends Pick<HttpAnswer, 'status' | 'headers'>>(
  site: Site,
  start: URL,
  send: (url: URL) => Promise<T>,
): Promise<Followed<T>> {
  let url = start;
  for (let hop = 0; ; hop += 1) {
    const answer = await send(url);
    if (!isRedirect(answer.status) || hop === REDIRECTS) return { answer, url };
    const location = answer.headers.location ?? '';
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (next === null || next.href === url.href || !isWithin(site.url, next)) {
      return { answer, url };
    }
    url = next;
  }
}

/** The same host and port, and below the named path. */
export function isWithin(start: URL, url: URL): boolean {
  return url.origin === start.origin && url.pathname.startsWith(start.pathname);
}

/** What a status that brought nothing means, as an error that says what to do. */
export function refusal(status: number, headers: Readonly<Record<string, string>>): ScanError {
  if (status === 401 || status === 403) {
    const detail = `the server refuses it to a request without credentials (HTTP ${status})`;
    return new ScanError('denied', detail);
  }
  if (status === 404 || status === 410) {
    const detail = `the server says that it is not there (HTTP ${status}); check the address, or scan again if it was listed`;
    return new ScanError('not-found', detail);
  }
  if (status === 416) {
    return new ScanError('changed', 'it is shorter than when it was listed; scan again');
  }
  if (status === 429)
    return new ScanError('throttled', 'the server asks for fewer requests (HTTP 429)');
  if (isRedirect(status)) return new ScanError('out-of-scope', redirectText(headers.location));
  return new ScanError('unreachable', `the server answered HTTP ${status}; try again later`);
}

/** Names the host only: a path may hold what must not be shown. */
function redirectText(location: string | undefined): string {
  const host = location !== undefined && URL.canParse(location) ? new URL(location).host : '';
  return host === ''
    ? 'it redirects out of the named path, which is not followed; name that place as a target'
    : `it redirects to ${host}, which is not followed; name that address as a target`;
}
