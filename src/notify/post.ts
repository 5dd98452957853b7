/**
 * Writing over HTTP, apart from the client of src/net, which can only read.
 *
 * One request, one answer: no redirect is followed, for what was signed or authorised for one host
 * is not another's. What matters most when it fails is whether the request had left whole: only then
 * may the other side have taken it.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { ScanError } from '../model/errors.ts';
import { retryAfterMs } from '../net/retryafter.ts';
import { type Delivery, quoted, type SendingContext } from './delivery.ts';

export interface PostRequest {
  readonly url: URL;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Values that must not come back in an error. */
  readonly secrets: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Its first bytes. */
  readonly text: string;
}

/** Of an answer's body, for the person who has to find out why it was refused. */
const ANSWER_BYTES = 2048;
/** Answers that say "not now". 504 is not one of them: behind the gateway it may have been taken. */
const TRY_AGAIN: readonly number[] = [408, 425, 429, 500, 502, 503];
const UNKNOWN: readonly number[] = [504];

class PostError extends Error {
  /** Whether the whole request was handed to the network. */
  readonly handedOver: boolean;

  constructor(message: string, handedOver: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PostError';
    this.handedOver = handedOver;
  }
}

/** One attempt. */
export async function post(request: PostRequest, context: SendingContext): Promise<Delivery> {
  let answer: Answer;
  try {
    answer = await ask(request, context);
  } catch (error) {
    if (!(error instanceof PostError)) throw error;
    return { outcome: error.handedOver ? 'unsure' : 'retry', error: error.message };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'sent', note: null };
  const said = quoted(answer.text, context, request.secrets);
  const error = `${request.url.host} answered HTTP ${status}${said === '' ? '' : `: ${said}`}`;
  if (status >= 300 && status < 400) {
    return {
      outcome: 'refused',
      error: `${error}; redirects are not followed, give the last address`,
    };
  }
  if (UNKNOWN.includes(status)) return { outcome: 'unsure', error };
  if (!TRY_AGAIN.includes(status)) return { outcome: 'refused', error };
  const afterMs = retryAfterMs(answer.retryAfter);
  return { outcome: 'retry', error, ...(afterMs > 0 ? { afterMs } : {}) };
}

function ask(request: PostRequest, context: SendingContext): Promise<Answer> {
  const { url, method, headers, body } = request;
  const tls = url.protocol === 'https:';
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let handedOver = false;
  const fail = (cause: unknown): void => {
    reject(new PostError(reasonOf(url.host, cause, context.timeoutMs), handedOver, { cause }));
  };
  try {
    context.allow(url.hostname.replace(/^\[|\]$/g, ''), Number(url.port || (tls ? 443 : 80)));
  } catch (error) {
    fail(error);
    return promise;
  }
  // One connection a request: a kept one may be closed by the other side just as it is used.
  const options = { keepAlive: false, proxyEnv: { ...context.env } };
  const agent = tls ? new https.Agent(options) : new http.Agent(options);
  const sent = (tls ? https : http).request(url, {
    method,
    headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
    agent,
  });
  const timer = setTimeout(() => sent.destroy(new Error('ajar.timeout')), context.timeoutMs);
  sent.on('finish', () => {
    handedOver = true;
  });
  sent.on('error', (error) => {
    clearTimeout(timer);
    fail(error);
  });
  sent.on('response', (response) => {
    void collect(response).then((text) => {
      clearTimeout(timer);
      resolve({
        status: response.statusCode ?? 0,
        retryAfter: response.headers['retry-after'],
        text,
      });
    });
  });
  sent.on('close', () => agent.destroy());
  sent.end(body);
  return promise;
}

/** The status has been said: a body that breaks off changes nothing. */
async function collect(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= ANSWER_BYTES) break;
    }
  } catch {
    // What came until then is shown.
  }
  response.destroy();
  return Buffer.concat(chunks).toString('utf8', 0, Math.min(size, ANSWER_BYTES));
}

/** Never the library's own text, which may quote an address that is a secret. */
export function reasonOf(host: string, cause: unknown, timeoutMs: number): string {
  if (cause instanceof ScanError) return cause.detail;
  if (cause instanceof Error && cause.message === 'ajar.timeout') {
    return `${host} did not answer within ${Math.round(timeoutMs / 1000)} s`;
  }
  const code =
    cause !== null && typeof cause === 'object' && 'code' in cause
      ? String(cause.code)
      : 'no reason given';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `the name of ${host} does not resolve (${code}); check its spelling, the DNS or HTTPS_PROXY`;
  }
  if (/CERT|SIGNATURE|SSL|TLS/.test(code)) {
    return `${host} shows a certificate that is not trusted (${code}); name its authority under ca: in ajar.yaml`;
  }
  return `no connection to ${host} (${code}); check that it runs and that a firewall or proxy lets it through`;
}
