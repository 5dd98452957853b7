/**
 * The record of requests that carried no credentials: what was asked, when, what came back, and the
 * SHA-256 of the bytes that were read. The bytes themselves are never kept.
 */
import { createHash } from 'node:crypto';
import { ScanError } from '../model/errors.ts';
import type { ProviderContext } from '../model/provider.ts';

type Observe = NonNullable<ProviderContext['observe']>;

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One request on its way. Whatever happens first ends it; what comes after is not recorded. */
export interface Recording {
  answered(status: number): void;
  saw(chunk: Uint8Array): void;
  failed(error: unknown): void;
  end(): void;
}

const SECRET_HEADERS = ['authorization', 'cookie', 'x-amz-security-token', 'x-goog-api-key'];
const SECRET_PARAMETERS = /^(?:sig|signature|token|access_token|x-(?:amz|goog)-signature)$/i;

/** Does the request prove who sends it? Then its answer says nothing about strangers. */
export function hasCredentials({ url, headers }: Pick<Sent, 'url' | 'headers'>): boolean {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  if (SECRET_HEADERS.some((name) => names.includes(name))) return true;
  return [...new URL(url).searchParams.keys()].some((name) => SECRET_PARAMETERS.test(name));
}

/** Null where nobody listens, or where the request carries credentials. */
export function record(observe: Observe | undefined, sent: Sent): Recording | null {
  if (observe === undefined || hasCredentials(sent)) return null;
  const at = new Date().toISOString();
  const hash = createHash('sha256');
  let [status, bytes, over]: [number | null, number, boolean] = [null, 0, false];
  const finish = (error: string | null): void => {
    if (over) return;
    over = true;
    const bodySha256 = status === null ? null : hash.digest('hex');
    observe({ method: sent.method, url: sent.url, at, status, bodySha256, bytes, error });
  };
  return {
    answered(code) {
      status = code;
    },
    saw(chunk) {
      if (over) return;
      hash.update(chunk);
      bytes += chunk.byteLength;
    },
    failed(error) {
      // Refused before a packet left: there was no request.
      if (error instanceof ScanError && error.code === 'out-of-scope') over = true;
      // A library's own text may quote what it asked for.
      finish(error instanceof ScanError ? error.message : 'the request failed');
    },
    end: () => finish(null),
  };
}
