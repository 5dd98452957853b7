/**
 * A web server in this process, in nginx's form: folders with a list, folders without, and whatever
 * else a test makes it answer. It also writes down what it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Respond = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

export interface WebSite {
  readonly url: string;
  /** `METHOD path`, in order. */
  readonly asked: string[];
  /** Path from the root, decoded: `open/a.csv`. */
  readonly files: Map<string, string>;
  /** Folders (with a closing slash) that list; the others answer 403. */
  readonly listed: Set<string>;
  /** Path as asked, without its query → another answer. First match wins over files. */
  readonly answers: Map<string | RegExp, Respond>;
  stop(): Promise<void>;
}

export async function startWebSite(): Promise<WebSite> {
  const [files, listed, answers] = [
    new Map<string, string>(),
    new Set<string>(),
    new Map<string | RegExp, Respond>(),
  ];
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '/').replace(/\?.*/, '');
    asked.push(`${incoming.method} ${incoming.url}`);
    const other = [...answers].find(([one]) =>
      typeof one === 'string' ? one === path : one.test(incoming.url ?? ''),
    );
    if (other) other[1](incoming, outgoing);
    else answer({ files, listed }, decodeURIComponent(path.slice(1)), incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    files,
    listed,
    answers,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { files, listed }: Pick<WebSite, 'files' | 'listed'>,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const send = (status: number, body: string, type: string): void => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(incoming.headers.range ?? '');
    const bytes = Buffer.from(body);
    const part =
      status === 200 && range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes;
    const partly = status === 200 && range !== null && bytes.length > 0;
    outgoing.writeHead(partly ? 206 : status, {
      'content-type': type,
      'content-length': part.length,
      ...(partly && {
        'content-range': `bytes ${range[1]}-${Number(range[1]) + part.length - 1}/${bytes.length}`,
      }),
    });
    outgoing.end(incoming.method === 'HEAD' ? undefined : part);
  };
  const body = files.get(path);
  if (body !== undefined) send(200, body, 'application/octet-stream');
  else if (!path.endsWith('/') && path !== '') send(404, '<h1>404 Not Found</h1>', 'text/html');
  else if (listed.has(path) || (isListed(listed, path) && holds(files, path)))
    send(200, nginxPage(files, path), 'text/html');
  else send(holds(files, path) ? 403 : 404, 'no', 'text/html');
}

function holds(files: ReadonlyMap<string, string>, folder: string): boolean {
  return [...files.keys()].some((one) => one.startsWith(folder));
}

function isListed(listed: ReadonlySet<string>, path: string): boolean {
  return [...listed].some((folder) => path.startsWith(folder));
}

/** nginx's `autoindex on`. */
export function nginxPage(files: ReadonlyMap<string, string>, path: string): string {
  const rows = new Map<string, string>();
  for (const [key, body] of files) {
    if (!key.startsWith(path)) continue;
    const [first = '', ...rest] = key.slice(path.length).split('/');
    const name = encodeURIComponent(first) + (rest.length > 0 ? '/' : '');
    const size = rest.length > 0 ? '-' : String(Buffer.byteLength(body));
    rows.set(name, `<a href="${name}">…</a>      05-Nov-2026 07:28  ${size}\r\n`);
  }
  const body = [...rows.values()].join('');
  return `<html>\r\n<head><title>Index of /${path}</title></head>\r\n<body>\r\n<h1>Index of /${path}</h1><hr><pre><a href="../">../</a>\r\n${body}</pre><hr></body>\r\n</html>\r\n`;
}
