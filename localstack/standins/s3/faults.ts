/** Trouble on request: what a test wants to go wrong, and for which requests. */
import type { ServerResponse } from 'node:http';
import { type Answer, errorAnswer } from './answer.ts';

export interface LoggedRequest {
  readonly method: string;
  /** Percent-encoded, as sent. */
  readonly path: string;
  readonly query: string;
  readonly host: string;
  /** The API's name for it; null where the stand-in knows none. */
  readonly operation: string | null;
  readonly bucket: string | null;
  readonly key: string | null;
  /** The access key id it was signed with; null for an unsigned request. */
  readonly signedBy: string | null;
  readonly range: string | null;
  /** Filled when it was answered. */
  status: number;
}

/** Every field given must match. */
export interface FaultScope {
  readonly method?: string;
  readonly operation?: string | readonly string[];
  readonly bucket?: string;
  readonly key?: string;
  readonly signed?: boolean;
}

export type Trouble =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The body ends after so many bytes, the announced length stays. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Another body in place of the right one. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType?: string }
  /** The connection is closed without an answer. */
  | { readonly kind: 'hang-up' };

export interface Fault {
  readonly scope: FaultScope;
  readonly trouble: Trouble;
  /** Times it strikes; for ever where not given. */
  readonly times?: number;
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

export class Faults {
  readonly #armed: Armed[] = [];

  /** Returns what takes it away again. */
  add(fault: Fault): () => void {
    const armed: Armed = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(armed);
    return () => {
      armed.left = 0;
    };
  }

  clear(): void {
    this.#armed.length = 0;
  }

  strike(request: LoggedRequest): Trouble | null {
    const armed = this.#armed.find((one) => one.left > 0 && covers(one.fault.scope, request));
    if (!armed) return null;
    armed.left--;
    return armed.fault.trouble;
  }
}

function covers(scope: FaultScope, request: LoggedRequest): boolean {
  const operations = scope.operation === undefined ? null : [scope.operation].flat();
  return (
    (scope.method === undefined || scope.method === request.method) &&
    (operations === null || operations.includes(request.operation ?? '')) &&
    (scope.bucket === undefined || scope.bucket === request.bucket) &&
    (scope.key === undefined || scope.key === request.key) &&
    (scope.signed === undefined || scope.signed === (request.signedBy !== null))
  );
}

/** Calls that read the configuration or the list of a bucket: denied together they make it unreadable. */
export const CONFIGURATION_AND_LISTING: readonly string[] = [
  'ListObjects',
  'ListObjectsV2',
  'ListObjectVersions',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketAcl',
  'GetBucketOwnershipControls',
  'GetPublicAccessBlock',
  'GetBucketWebsite',
  'GetBucketRequestPayment',
  'GetBucketEncryption',
  'GetBucketVersioning',
  'GetBucketTagging',
  'GetObjectAcl',
];

/** The answer a trouble makes by itself; null where it only spoils the right one. */
export function troubleAnswer(trouble: Trouble | null): Answer | null {
  if (trouble?.kind === 'status') {
    return errorAnswer(trouble.status, trouble.code ?? codeOf(trouble.status), trouble.headers);
  }
  if (trouble?.kind === 'body') {
    const type = trouble.contentType ?? 'application/xml';
    return { status: 200, headers: { 'content-type': type }, body: trouble.body };
  }
  return null;
}

function codeOf(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    403: 'AccessDenied',
    404: 'NoSuchKey',
    429: 'TooManyRequests',
    500: 'InternalError',
    503: 'SlowDown',
  };
  return codes[status] ?? 'Error';
}

/** Writes an answer, spoiling it where asked. A HEAD answer has headers only. */
export async function send(
  response: ServerResponse,
  answer: Answer,
  head: boolean,
  trouble: Trouble | null,
): Promise<void> {
  const whole = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const headers: Record<string, string> = { ...answer.headers };
  if (whole instanceof Uint8Array) headers['content-length'] = String(whole.length);
  if (whole === undefined && !head) headers['content-length'] ??= '0';
  response.writeHead(answer.status, headers);
  const parts = head || whole === undefined ? [] : whole instanceof Uint8Array ? [whole] : whole;
  let left = trouble?.kind === 'cut' ? trouble.afterBytes : Number.POSITIVE_INFINITY;
  for (const part of parts) {
    const bytes = part.subarray(0, Math.min(part.length, left));
    left -= bytes.length;
    if (response.destroyed) return;
    if (!response.write(bytes)) await drained(response);
    if (left <= 0) break;
  }
  if (trouble?.kind === 'cut') {
    // Give the bytes time to leave before the connection dies.
    await new Promise((resolve) => setTimeout(resolve, 20));
    response.destroy();
    return;
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}
