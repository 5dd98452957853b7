/**
 * A reverse proxy on loopback between a provider and its server: it writes down every request and
 * makes the trouble that a test asks for, so that real servers, which cannot be told to fail, are
 * tested like stand-ins. The Host header stays as it came, so signatures hold.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collect } from './collect.ts';

export interface SeenRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly signed: boolean;
  readonly body: string;
}

export type ProxyTrouble =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The server's own answer, ended after so many bytes of its body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Nothing is answered for so long. */
  | { readonly kind: 'silence'; readonly forMs: number };

export interface ProxyFault {
  readonly when: (seen: SeenRequest) => boolean;
  readonly trouble: ProxyTrouble;
  /** Times it strikes; for ever where not given. */
  readonly times?: number;
}

export interface FaultProxy {
  readonly url: string;
  readonly seen: SeenRequest[];
  fault(fault: ProxyFault): void;
  /** Forgets faults and requests. */
  reset(): void;
  stop(): Promise<void>;
}

export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const seen: SeenRequest[] = [];
  const armed: Armed[] = [];
  const server = createServer((incoming, outgoing) => {
    void forward(upstream, { seen, armed }, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    fault: (fault) => {
      armed.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    reset() {
      seen.length = 0;
      armed.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Armed {
  readonly fault: ProxyFault;
  left: number;
}

async function forward(
  upstream: string,
  state: { readonly seen: SeenRequest[]; readonly armed: readonly Armed[] },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = Buffer.concat(await collect(incoming as AsyncIterable<Buffer>));
  const { method = 'GET', url = '/', headers } = incoming;
  const signed = 'authorization' in headers || /[?&](?:X-Amz-Signature|sig)=/.test(url);
  const one: SeenRequest = { method, url, headers, signed, body: body.toString('latin1') };
  state.seen.push(one);
  const struck = state.armed.find(({ fault, left }) => left > 0 && fault.when(one));
  if (struck) struck.left -= 1;
  const trouble = struck?.fault.trouble;
  if (trouble?.kind === 'status') {
    const text = method === 'HEAD' ? '' : (trouble.body ?? '');
    const length = { 'content-length': Buffer.byteLength(text) };
    outgoing.writeHead(trouble.status, { ...length, ...trouble.headers });
    outgoing.end(text);
    return;
  }
  if (trouble?.kind === 'silence') {
    setTimeout(() => outgoing.destroy(), trouble.forMs).unref();
    return;
  }
  await relay(upstream, one, body, outgoing, trouble?.kind === 'cut' ? trouble.afterBytes : null);
}

function relay(
  upstream: string,
  one: SeenRequest,
  body: Buffer,
  outgoing: ServerResponse,
  cutAfterBytes: number | null,
): Promise<void> {
  const { hostname, port } = new URL(upstream);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method: one.method, path: one.url, headers: one.headers, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        let left = cutAfterBytes ?? Number.POSITIVE_INFINITY;
        answer.on('data', (chunk: Buffer) => {
          outgoing.write(chunk.subarray(0, left));
          left -= Math.min(left, chunk.length);
          if (left <= 0) setTimeout(() => outgoing.destroy(), 20);
        });
        answer.on('end', () => {
          if (cutAfterBytes === null) outgoing.end();
          resolve();
        });
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    outgoing.on('close', () => sent.destroy());
    sent.end(body);
  });
}
