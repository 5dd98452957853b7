/**
 * The SDK signs requests and parses answers; our own HTTP client carries them.
 *
 * So every request passes the scope, has a deadline, can be aborted, is tried again on 429 (the
 * SDK's retry knows 500 and 503 only) and can only be GET or HEAD.
 */
import { Readable } from 'node:stream';
import type {
  BlobServiceClient,
  IHttpClient,
  StoragePipelineOptions,
  WebResource,
} from '@azure/storage-blob';
import { ScanError } from '../../src/model/errors.ts';
import type { HttpClient, HttpHead, HttpStream } from '../../src/net/client.ts';
import { STORAGE_SCOPE, type Tokens } from './credentials.ts';
import type { AzureTarget } from './target.ts';

/** Makes the SDK's client for one account. `tap` gets the raw body of a download in place of the SDK's stream. */
export type ServiceFactory = (
  account: string,
  endpoint: string,
  as: 'credentials' | 'anonymous',
  tap?: (stream: HttpStream) => void,
) => Promise<BlobServiceClient>;

export function serviceFactory(
  target: AzureTarget,
  http: HttpClient,
  tokens: Tokens,
): ServiceFactory {
  return async (account, endpoint, as, tap) => {
    const sdk = await import('@azure/storage-blob');
    const options: StoragePipelineOptions = {
      httpClient: transport(http, tap),
      retryOptions: { maxTries: 1 },
    };
    const { access } = target;
    const anonymous = as === 'anonymous' || access.kind === 'anonymous';
    if (anonymous || access.kind === 'sas') {
      const query = anonymous ? '' : `?${secretOf(access).replace(/^\?/, '')}`;
      const pipeline = sdk.newPipeline(new sdk.AnonymousCredential(), options);
      return new sdk.BlobServiceClient(`${endpoint}${query}`, pipeline);
    }
    if (access.kind === 'key') {
      const key = secretOf(access);
      const pipeline = sdk.newPipeline(new sdk.StorageSharedKeyCredential(account, key), options);
      return new sdk.BlobServiceClient(endpoint, pipeline);
    }
    if (endpoint.startsWith('http:')) {
      throw new ScanError(
        'no-credentials',
        'a token is not sent over http://, where anybody on the way could take it; name an account key or use https://',
      );
    }
    const credential = { getToken: () => tokens.get(STORAGE_SCOPE) };
    return new sdk.BlobServiceClient(endpoint, sdk.newPipeline(credential, options));
  };

  function secretOf(access: AzureTarget['access']): string {
    if ('secret' in access && access.secret) return access.secret;
    const variable = 'variable' in access ? access.variable : '';
    throw new ScanError(
      'no-credentials',
      `the variable ${variable} that should hold the account's key, SAS or connection string is empty; set it`,
    );
  }
}

/** What the SDK may send, carried by `http`. */
function transport(http: HttpClient, tap?: (stream: HttpStream) => void): IHttpClient {
  return {
    async sendRequest(request) {
      const { method } = request;
      if (method !== 'GET' && method !== 'HEAD') {
        throw new ScanError('out-of-scope', `${method} is no reading request and was not sent`);
      }
      const sent = { url: request.url, method, headers: request.headers.toJson() };
      if (!isDownload(request)) {
        const answer = await http.ask(sent);
        return { ...compatible(request, answer), bodyAsText: answer.body.toString('utf8') };
      }
      const answer = await http.open(sent);
      if (answer.status === 200 || answer.status === 206) {
        if (!tap) answer.cancel();
        tap?.(answer);
        // The SDK's own stream turns every failure into "data corruption"; it gets one that never ends.
        return { ...compatible(request, answer), readableStreamBody: new Readable({ read() {} }) };
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      return { ...compatible(request, answer), bodyAsText: Buffer.concat(chunks).toString('utf8') };
    },
  };
}

function isDownload(request: WebResource): boolean {
  return request.streamResponseBody === true || (request.streamResponseStatusCodes?.size ?? 0) > 0;
}

function compatible(
  request: WebResource,
  answer: HttpHead,
): Pick<Awaited<ReturnType<IHttpClient['sendRequest']>>, 'request' | 'status' | 'headers'> {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
  return { request, status: answer.status, headers };
}

/** An SDK failure in our words; `what` names the call and the right it needs. Never the SDK's text, which quotes URLs. */
export function translated(error: unknown, what: Refused): ScanError {
  if (error instanceof ScanError) return error;
  const status = statusOf(error);
  const code = serviceCode(error);
  const shown = `HTTP ${status}${code === '' ? '' : ` ${code}`}`;
  if (status === 401 || status === 403) {
    return new ScanError('denied', `${what.call} was refused (${shown}); ${what.grant}`);
  }
  if (status === 404) {
    return new ScanError('not-found', `${what.call} found nothing (${shown}); check the name`);
  }
  if (status === 429 || status === 503) {
    return new ScanError(
      'throttled',
      `the service kept asking for patience (${shown}); scan again later`,
    );
  }
  if (status >= 500) {
    return new ScanError('unreachable', `the service failed (${shown}); scan again later`);
  }
  const unread = status === 0 || status === 200;
  return new ScanError(
    'malformed',
    unread
      ? `the answer to ${what.call} could not be understood; is the endpoint Azure Blob Storage?`
      : `${what.call} was not taken (${shown})`,
  );
}

export interface Refused {
  readonly call: string;
  /** What to do about a refusal, as a clause. */
  readonly grant: string;
}

function statusOf(error: unknown): number {
  if (error === null || typeof error !== 'object' || !('statusCode' in error)) return 0;
  return Number(error.statusCode) || 0;
}

/** `AuthorizationFailure` and the like: letters only, so that nothing else slips through. */
function serviceCode(error: unknown): string {
  if (error === null || typeof error !== 'object' || !('code' in error)) return '';
  return /^[A-Za-z]{1,60}$/.test(String(error.code)) ? String(error.code) : '';
}
