/**
 * The HTTP client for everything that no SDK asks: unsigned probes, and calls whose SDK has no
 * deadline, abort or proxy rule of its own.
 *
 * It can only read: GET and HEAD are all it knows, and POST for the few reading APIs that take their
 * question as a body (READING_POSTS). Redirects are answers, never followed, because
 * a redirect to another host is out of the declared scope. Proxies come from the environment that
 * it is given (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), trust from Node's own store
 * (NODE_EXTRA_CA_CERTS), which nothing here overrides.
 */
import assert from 'node:assert/strict';
import * as http from 'node:http';
import * as https from 'node:https';
import { ScanError } from '../model/errors.ts';
import type { ProviderContext } from '../model/provider.ts';
import { type Recording, record } from './record.ts';
import { retryAfterMs } from './retryafter.ts';

export interface HttpRequest {
  readonly url: string | URL;
  /** Default GET. */
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** A question as JSON, sent by POST: only to a path of READING_POSTS. */
  readonly question?: unknown;
  /** Bytes of the body that `ask` keeps; the rest is not read. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** False: the first answer counts, whatever it is. Default true: 408, 429, 5xx and lost connections are tried again. */
  readonly retry?: boolean;
}

/** Paths that answer a question and change nothing, whatever the question is. */
const READING_POSTS: readonly RegExp[] = [
  // Azure Resource Graph: its language has no statement that writes.
  /^\/providers\/Microsoft\.ResourceGraph\/resources$/,
];

export interface HttpHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpAnswer extends HttpHead {
  readonly body: Buffer;
  /** True when the body went on beyond `maxBodyBytes`. */
  readonly cut: boolean;
}

export interface HttpStream extends HttpHead {
  /** Throws ScanError `truncated` when the connection ends before the announced length. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the request without reading the rest. */
  cancel(): void;
}

export interface HttpClient {
  /** The whole answer, whatever its status. Throws ScanError for what is no answer. */
  ask(request: HttpRequest): Promise<HttpAnswer>;
  /** The same with a body that is pulled. */
  open(request: HttpRequest): Promise<HttpStream>;
  /** Ends idle and running connections. */
  close(): void;
}

export type HttpContext = Pick<ProviderContext, 'limits' | 'signal' | 'env' | 'allow' | 'observe'>;

const DEFAULT_BODY_BYTES = 16 * 1024 * 1024;
/** Attempts in all; with the waits between them below about seven seconds. */
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 200;
/** A server that asks for more patience than this is left alone: the gap says `throttled`. */
const LONGEST_WAIT_MS = 20_000;
/** One host sees at most this many requests at once. */
const SOCKETS_PER_HOST = 16;

export function httpClient(context: HttpContext): HttpClient {
  const options = {
    keepAlive: true,
    maxSockets: SOCKETS_PER_HOST,
    proxyEnv: { ...context.env },
  };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };

  async function open(request: HttpRequest): Promise<HttpStream> {
    for (let attempt = 1; ; attempt += 1) {
      const last = request.retry === false || attempt === ATTEMPTS;
      let waitMs = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
      try {
        const answer = await recorded(context, agents, request);
        if (last || !isTransient(answer.status)) return answer;
        answer.cancel();
        waitMs = Math.max(waitMs, retryAfterMs(answer.headers['retry-after']));
        if (waitMs > LONGEST_WAIT_MS) return answer;
      } catch (error) {
        const lost = error instanceof ScanError && error.code === 'unreachable';
        if (last || !lost || !isReset(error.cause)) throw error;
      }
      await pause(waitMs, context.signal);
    }
  }

  return {
    open,
    async ask(request) {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await open(request);
        try {
          return { ...answer, ...(await collect(answer, request.maxBodyBytes)) };
        } catch (error) {
          const again = error instanceof ScanError && error.code === 'truncated';
          if (!again || request.retry === false || attempt === 3) throw error;
        }
      }
    },
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

type Agents = Readonly<{ 'http:': http.Agent; 'https:': https.Agent }>;

async function recorded(
  context: HttpContext,
  agents: Agents,
  request: HttpRequest,
): Promise<HttpStream> {
  const { url, question, headers = {} } = request;
  const method = question === undefined ? (request.method ?? 'GET') : 'POST';
  const recording = record(context.observe, { method, url: String(url), headers });
  if (recording === null) return once(context, agents, request);
  try {
    const answer = await once(context, agents, request);
    recording.answered(answer.status);
    return {
      ...answer,
      body: listened(answer.body, recording),
      cancel() {
        recording.end();
        answer.cancel();
      },
    };
  } catch (error) {
    recording.failed(error);
    throw error;
  }
}

async function* listened(
  body: AsyncIterable<Uint8Array>,
  recording: Recording,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      recording.saw(chunk);
      yield chunk;
    }
  } catch (error) {
    recording.failed(error);
    throw error;
  } finally {
    recording.end();
  }
}

function once(context: HttpContext, agents: Agents, request: HttpRequest): Promise<HttpStream> {
  const url = new URL(request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ScanError('unsupported', `${url.protocol} is no protocol that can be asked`);
  }
  const tls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  context.allow(host, Number(url.port || (tls ? 443 : 80)));
  if (context.signal.aborted) throw interrupted();
  const question = questionOf(request, url);
  const { promise, resolve, reject } = Promise.withResolvers<HttpStream>();
  const sent = (tls ? https : http).request(url, {
    method: question === null ? (request.method ?? 'GET') : 'POST',
    headers: {
      ...request.headers,
      ...(question !== null && { 'content-type': 'application/json' }),
    },
    agent: agents[url.protocol],
  });
  const limitMs = context.limits.requestTimeMs;
  let late = false;
  const expire = (): void => {
    late = true;
    sent.destroy();
  };
  const timer = setTimeout(expire, limitMs);
  const abort = (): void => {
    sent.destroy();
  };
  context.signal.addEventListener('abort', abort, { once: true });
  const settle = (): void => {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', abort);
  };
  const failure = (cause: unknown, code: 'unreachable' | 'truncated'): ScanError => {
    if (cause instanceof ScanError) return cause;
    if (context.signal.aborted) return interrupted();
    if (late) {
      const seconds = Math.round(limitMs / 100) / 10;
      return new ScanError('timeout', `${url.host} did not answer within ${seconds} s`, { cause });
    }
    if (code === 'truncated') {
      return new ScanError('truncated', `${url.host} ended the answer early`, { cause });
    }
    return new ScanError('unreachable', reachText(url.host, cause), { cause });
  };
  sent.on('error', (error) => {
    settle();
    reject(failure(error, 'unreachable'));
  });
  sent.on('response', (answer) => {
    resolve({
      status: answer.statusCode ?? 0,
      headers: flat(answer.headers),
      body: pull(answer, timer, settle, (error) => failure(error, 'truncated')),
      cancel() {
        settle();
        answer.destroy();
      },
    });
  });
  sent.end(question ?? undefined);
  return promise;
}

/** Null: nothing is posted. */
function questionOf({ question }: HttpRequest, url: URL): string | null {
  if (question === undefined) return null;
  assert(
    READING_POSTS.some((path) => path.test(url.pathname)),
    `${url.pathname} is on no list of reading calls`,
  );
  return JSON.stringify(question);
}

/** The deadline counts from the last byte, so that a large object may take its time but not stall. */
async function* pull(
  answer: http.IncomingMessage,
  timer: NodeJS.Timeout,
  settle: () => void,
  failure: (cause: unknown) => ScanError,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer) {
      timer.refresh();
      yield chunk as Buffer;
    }
    if (!answer.complete) throw new Error('incomplete');
  } catch (error) {
    throw failure(error);
  } finally {
    settle();
    answer.destroy();
  }
}

async function collect(
  stream: HttpStream,
  maxBodyBytes: number = DEFAULT_BODY_BYTES,
): Promise<{ body: Buffer; cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let cut = false;
  for await (const chunk of stream.body) {
    const room = maxBodyBytes - size;
    chunks.push(chunk.subarray(0, room));
    size += Math.min(chunk.length, room);
    if (chunk.length > room) {
      cut = true;
      break;
    }
  }
  return { body: Buffer.concat(chunks), cut };
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Lost connections are worth another try; a refused one, a bad name or certificate is not. */
function isReset(cause: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'].includes(causeCode(cause));
}

function causeCode(cause: unknown): string {
  if (cause === null || typeof cause !== 'object') return '';
  return 'code' in cause ? String(cause.code) : '';
}

function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => {
    clearTimeout(timer);
    reject(interrupted());
  };
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', abort);
    resolve();
  }, waitMs);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return promise;
}

function interrupted(): ScanError {
  return new ScanError('interrupted', 'the run was stopped');
}

/** Says what to do; never the library's own text, which may quote a URL with a key in it. */
function reachText(host: string, cause: unknown): string {
  const code = causeCode(cause) || 'no reason given';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `the name of ${host} does not resolve (${code}); check its spelling, the DNS or HTTPS_PROXY`;
  }
  if (/CERT|SIGNATURE|SSL|TLS/.test(code)) {
    return `${host} shows a certificate that is not trusted (${code}); name its CA file in NODE_EXTRA_CA_CERTS`;
  }
  return `no connection to ${host} (${code}); check that it runs and that a firewall or HTTPS_PROXY lets it through`;
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) out[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return out;
}
