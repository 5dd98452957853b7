/**
 * A stand-in for Amazon S3 on loopback: the published semantics, enforced, over plain HTTP.
 *
 * No npm package enforces access on S3, so the project keeps this one. It is a stand-in and says so in
 * its Server header; the real servers of localstack/servers keep it honest in one differential table.
 * It shares no code with src/exposure: scanner and stand-in read the documentation independently.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Answer, errorAnswer, S3Error } from './answer.ts';
import { dispatch } from './dispatch.ts';
import {
  type Fault,
  Faults,
  type LoggedRequest,
  send,
  type Trouble,
  troubleAnswer,
} from './faults.ts';
import { route } from './operations.ts';
import { decodePayload } from './payload.ts';
import { type Seed, seeding } from './seed.ts';
import { SignatureError, type Signer, verifySignature } from './signature.ts';
import type { Organization, StandInAccount, State } from './state.ts';

export interface S3StandInOptions {
  readonly accounts: readonly StandInAccount[];
  readonly host?: '127.0.0.1';
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly organization?: Organization;
  /** Of buckets that name none. Default `us-east-1`. */
  readonly region?: string;
  /** PEM texts: it then speaks HTTPS as `localhost`. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The address that `aws:SourceIp` sees: loopback callers stand for the internet. */
  readonly callerAddress?: string;
}

export interface S3StandIn {
  readonly url: string;
  readonly seed: Seed;
  /** Every request since the start or the last `clearLog`, in order. */
  readonly log: readonly LoggedRequest[];
  clearLog(): void;
  /** Returns what takes the fault away again. */
  fault(fault: Fault): () => void;
  clearFaults(): void;
  stop(): Promise<void>;
}

const INTERNET_ADDRESS = '203.0.113.10';

export async function startS3StandIn(options: S3StandInOptions): Promise<S3StandIn> {
  const state: State = {
    accounts: options.accounts,
    buckets: new Map(),
    accountBlocks: new Map(),
    multiRegionPoints: [],
    directoryBuckets: [],
    organization: options.organization ?? null,
  };
  const region = options.region ?? 'us-east-1';
  const faults = new Faults();
  const log: LoggedRequest[] = [];
  const address = options.callerAddress ?? INTERNET_ADDRESS;
  const { tls } = options;
  const around: Surroundings = { region, address, faults, log, secure: tls !== undefined };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(state, around, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  };
  const server = tls ? createTlsServer({ ...tls }, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    seed: seeding(state, region),
    log,
    clearLog: () => {
      log.length = 0;
    },
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Surroundings {
  readonly region: string;
  readonly address: string;
  readonly faults: Faults;
  readonly log: LoggedRequest[];
  readonly secure: boolean;
}

type Headers = Readonly<Record<string, string | undefined>>;

async function serve(
  state: State,
  around: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const headers = flatten(request);
  const { rawPath, query } = target(request.url ?? '/');
  const path = pathStyle(rawPath, headers.host ?? '');
  const routed = tryRoute(method, path, query, headers['x-amz-target']);
  const entry: LoggedRequest = {
    method,
    path: rawPath,
    query: query.toString(),
    host: headers.host ?? '',
    operation: routed.operation?.name ?? null,
    bucket: routed.bucket,
    key: routed.key,
    signedBy: claimedKey(headers, query),
    range: headers.range ?? null,
    status: 0,
  };
  around.log.push(entry);
  const raw = await readBody(request);
  const trouble = around.faults.strike(entry);
  if (trouble?.kind === 'hang-up') {
    response.destroy();
    return;
  }
  if (trouble?.kind === 'slow') await pause(trouble.delayMs);
  const answer =
    troubleAnswer(trouble) ??
    answerOf(() => {
      const signed = { method, rawPath, query, headers };
      const signer = verifySignature(signed, state.accounts, new Date());
      return dispatch({
        state,
        account: signer?.account ?? null,
        signedRegion: signer?.region ?? null,
        query,
        headers,
        body: decodePayload(raw, headers, signer),
        region: around.region,
        route: routed,
        context: contextOf(query, headers, signer, around),
      });
    });
  entry.status = answer.status;
  await sendAnswer(response, answer, method, trouble);
}

async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  method: string,
  trouble: Trouble | null,
): Promise<void> {
  response.setHeader('server', 'ajar-s3-stand-in');
  response.setHeader('x-amz-request-id', 'STANDIN');
  const head = method === 'HEAD';
  const body = head && answer.status >= 400 ? { ...answer, body: '' } : answer;
  await send(response, body, head, trouble);
}

function answerOf(make: () => Answer): Answer {
  try {
    return make();
  } catch (error) {
    if (error instanceof S3Error) return errorAnswer(error.status, error.code, error.headers);
    if (error instanceof SignatureError) return errorAnswer(error.status, error.code);
    if (error instanceof URIError) return errorAnswer(400, 'InvalidURI');
    throw error;
  }
}

function tryRoute(
  method: string,
  path: string,
  query: URLSearchParams,
  target: string | undefined,
): ReturnType<typeof route> {
  try {
    return route(method, path, query, target);
  } catch (error) {
    if (error instanceof URIError) return { operation: null, bucket: null, key: null };
    throw error;
  }
}

/** Not `new URL`: it would fold `//` and `..` that are legal in keys. A proxy is sent the whole address. */
function target(sent: string): { readonly rawPath: string; readonly query: URLSearchParams } {
  const url = sent.replace(/^https?:\/\/[^/?]+/, '') || '/';
  const mark = url.indexOf('?');
  if (mark < 0) return { rawPath: url, query: new URLSearchParams() };
  // A plus sign in a query is a plus sign to S3.
  const query = new URLSearchParams(url.slice(mark + 1).replaceAll('+', '%2B'));
  return { rawPath: url.slice(0, mark), query };
}

/** `bucket.localhost:PORT/key`, `bucket.s3.region.amazonaws.com/key` → `/bucket/key`. */
function pathStyle(rawPath: string, host: string): string {
  const bucket = /^(.+)\.(?:localhost|s3[.-][a-z0-9.-]*amazonaws\.com)(?::\d+)?$/.exec(host)?.[1];
  if (bucket === undefined || /^\d{12}$/.test(bucket)) return rawPath;
  return `/${bucket}${rawPath}`;
}

function flatten(request: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
}

function claimedKey(headers: Headers, query: URLSearchParams): string | null {
  const inHeader = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  return inHeader ?? query.get('X-Amz-Credential')?.split('/')[0] ?? null;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The condition keys of this request; a key that is absent has no entry. */
function contextOf(
  query: URLSearchParams,
  headers: Headers,
  signer: Signer | null,
  { address, secure }: Surroundings,
): Readonly<Record<string, readonly string[]>> {
  const now = new Date();
  const account = signer?.account;
  const present: Readonly<Record<string, string | null | undefined>> = {
    'aws:sourceip': address,
    'aws:securetransport': String(secure),
    'aws:currenttime': now.toISOString(),
    'aws:epochtime': String(Math.floor(now.getTime() / 1000)),
    'aws:useragent': headers['user-agent'],
    'aws:referer': headers.referer,
    'aws:principaltype': account ? 'Account' : 'Anonymous',
    'aws:principalaccount': account?.id ?? 'anonymous',
    'aws:userid': account?.id ?? 'anonymous',
    'aws:principalarn': account ? `arn:aws:iam::${account.id}:root` : null,
    's3:prefix': query.get('prefix'),
    's3:delimiter': query.get('delimiter'),
    's3:max-keys': query.get('max-keys'),
    's3:versionid': query.get('versionId'),
    's3:x-amz-acl': headers['x-amz-acl'],
    's3:x-amz-server-side-encryption': headers['x-amz-server-side-encryption'],
    's3:authtype': signer ? (signer.presigned ? 'REST-QUERY-STRING' : 'REST-HEADER') : null,
    's3:signatureversion': signer ? 'AWS4-HMAC-SHA256' : null,
  };
  return Object.fromEntries(
    Object.entries(present).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, [value]]],
    ),
  );
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
