/**
 * What every stand-in's HTTP side shares: a loopback listener on a free port, a log of what was
 * asked, faults on demand, and a stop that ends open connections too.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request as the log keeps it. */
export interface Asked {
  readonly method: string;
  /** Decoded once, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Did it carry any credential (Authorization header or signature parameters)? */
  readonly signed: boolean;
}

/** What a fault hook makes of a request. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Answers as usual, but so much later. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** Sends so many bytes of the body under the full length, then drops the connection. */
  | { readonly kind: 'cut'; readonly afterBytes: number };

/** Null: no fault. */
export type FaultHook = (asked: Asked) => Fault | null;

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface Served {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly log: readonly Asked[];
  clearLog(): void;
  /** Null takes the hook away. */
  fault(hook: FaultHook | null): void;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly host: '127.0.0.1';
  /** 0 for a free one. */
  readonly port: number;
  /** PEM; with it the server speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export type Handler = (
  request: http.IncomingMessage,
  asked: Asked,
  body: Buffer,
) => Promise<Reply> | Reply;

/** Listens on loopback and answers with `handle`; `isSigned` says whether a request carries a credential. */
export async function serve(
  options: ServeOptions,
  isSigned: (request: http.IncomingMessage, query: URLSearchParams) => boolean,
  handle: Handler,
): Promise<Served> {
  const log: Asked[] = [];
  let hook: FaultHook | null = null;
  const listen = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    void answer(request, response);
  };
  const server = options.tls ? https.createServer(options.tls, listen) : http.createServer(listen);

  async function answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: decoded(url.pathname),
      query: url.searchParams,
      signed: isSigned(request, url.searchParams),
    };
    log.push(asked);
    const fault = hook?.(asked) ?? null;
    if (fault?.kind === 'late') await new Promise((done) => setTimeout(done, fault.delayMs));
    try {
      const body = await bodyOf(request);
      const reply = fault?.kind === 'answer' ? fault : await handle(request, asked, body);
      send(request, response, reply, fault?.kind === 'cut' ? fault.afterBytes : null);
    } catch (error) {
      // A stand-in that fails shows it in the test that asked, not as a hanging request.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      send(request, response, { status: 500, body: `stand-in failed: ${text}` }, null);
    }
  }

  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(options.port, options.host, done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://${options.host}:${port}`,
    port,
    log,
    clearLog() {
      log.length = 0;
    },
    fault(next) {
      hook = next;
    },
    async stop() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  reply: Reply,
  cutAfterBytes: number | null,
): void {
  const body = Buffer.from(reply.body ?? '');
  // An answer to HEAD states the length of what GET would have sent.
  const headers = { 'content-length': String(body.length), ...reply.headers };
  response.writeHead(reply.status, headers);
  if (request.method === 'HEAD') {
    response.end();
  } else if (cutAfterBytes !== null && cutAfterBytes < body.length) {
    response.write(body.subarray(0, cutAfterBytes), () => response.destroy());
  } else {
    response.end(body);
  }
}

/** The bytes that a Range header asks for; null when there is none that this server honours. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - last), end: size };
  }
  const start = Number(match[1]);
  if (start >= size) return 'unsatisfiable';
  const end = match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  return end > start ? { start, end } : null;
}
