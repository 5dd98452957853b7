/**
 * AWS Signature Version 4, the server's side: who signed this request, if anyone, and did they.
 *
 * Source: "Authenticating Requests (AWS Signature Version 4)", Amazon S3 API reference.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { StandInAccount } from './state.ts';

export interface SignedRequest {
  readonly method: string;
  /** As sent, before `?`. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Signer {
  readonly account: StandInAccount;
  readonly region: string;
  readonly service: string;
  readonly presigned: boolean;
  /** What chunk signatures are chained on. */
  readonly seed: {
    readonly signature: string;
    readonly key: Buffer;
    readonly date: string;
    readonly scope: string;
  };
}

export class SignatureError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

const SKEW_MS = 15 * 60_000;
const MAX_PRESIGN_SECONDS = 7 * 24 * 3600;

/** Null for an unsigned request; throws for one that is signed and wrong. */
export function verifySignature(
  request: SignedRequest,
  accounts: readonly StandInAccount[],
  now: Date,
): Signer | null {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return verifyHeader(request, authorization, accounts, now);
  if (request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm')) {
    return verifyPresigned(request, accounts, now);
  }
  return null;
}

function verifyHeader(
  request: SignedRequest,
  authorization: string,
  accounts: readonly StandInAccount[],
  now: Date,
): Signer {
  const parts =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
      authorization,
    );
  const [, credential, signedHeaders, signature] = parts ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw new SignatureError(400, 'AuthorizationHeaderMalformed');
  }
  const date = request.headers['x-amz-date'] ?? '';
  if (Math.abs(parseDate(date) - now.getTime()) > SKEW_MS) {
    throw new SignatureError(403, 'RequestTimeTooSkewed');
  }
  const payload = request.headers['x-amz-content-sha256'] ?? sha256('');
  const query = [...request.query];
  return check(request, accounts, { credential, signedHeaders, signature, date, payload, query });
}

function verifyPresigned(
  request: SignedRequest,
  accounts: readonly StandInAccount[],
  now: Date,
): Signer {
  const get = (name: string): string => request.query.get(name) ?? '';
  const date = get('X-Amz-Date');
  const seconds = Number(get('X-Amz-Expires'));
  if (!(seconds > 0 && seconds <= MAX_PRESIGN_SECONDS)) {
    throw new SignatureError(400, 'AuthorizationQueryParametersError');
  }
  if (
    now.getTime() > parseDate(date) + seconds * 1000 ||
    parseDate(date) > now.getTime() + SKEW_MS
  ) {
    throw new SignatureError(403, 'AccessDenied');
  }
  const signer = check(request, accounts, {
    credential: get('X-Amz-Credential'),
    signedHeaders: get('X-Amz-SignedHeaders'),
    signature: get('X-Amz-Signature'),
    date,
    payload: request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
    query: [...request.query].filter(([name]) => name !== 'X-Amz-Signature'),
  });
  return { ...signer, presigned: true };
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly payload: string;
  readonly query: readonly (readonly [string, string])[];
}

function check(request: SignedRequest, accounts: readonly StandInAccount[], claim: Claim): Signer {
  const [accessKeyId, day, region, service, end] = claim.credential.split('/');
  if (!day || !region || !service || end !== 'aws4_request' || !claim.date.startsWith(day)) {
    throw new SignatureError(400, 'AuthorizationHeaderMalformed');
  }
  const account = accounts.find((one) => one.accessKeyId === accessKeyId);
  if (!account) throw new SignatureError(403, 'InvalidAccessKeyId');
  const names = claim.signedHeaders.split(';');
  if (!names.includes('host')) throw new SignatureError(403, 'SignatureDoesNotMatch');
  const canonical = [
    request.method,
    encodePath(request.rawPath),
    canonicalQuery(claim.query),
    ...names.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    claim.signedHeaders,
    claim.payload,
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', claim.date, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (last, part) => hmac(last, part),
    Buffer.from(`AWS4${account.secretAccessKey}`),
  );
  const expected = hmac(key, toSign).toString('hex');
  if (!sameText(expected, claim.signature)) throw new SignatureError(403, 'SignatureDoesNotMatch');
  const seed = { signature: expected, key, date: claim.date, scope };
  return { account, region, service, presigned: false, seed };
}

/** `20261122T101500Z` → milliseconds; NaN never passes a comparison, so a bad date is refused. */
function parseDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) throw new SignatureError(403, 'AccessDenied');
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

/** S3 encodes each segment once, whatever way the client wrote it. */
function encodePath(rawPath: string): string {
  return rawPath
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/');
}

function canonicalQuery(query: readonly (readonly [string, string])[]): string {
  return query
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
