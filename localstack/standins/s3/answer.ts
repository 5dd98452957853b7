/** What a handler is given and what it gives back. */
import type { Bucket, ObjectVersion, StandInAccount, State } from './state.ts';
import { documentXml, xml } from './xml.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream of pieces for large objects. */
  readonly body?: string | Uint8Array | Iterable<Uint8Array>;
}

export interface Asked {
  readonly state: State;
  readonly account: StandInAccount | null;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly region: string;
}

export interface BucketAsked extends Asked {
  readonly bucket: Bucket;
  readonly account: StandInAccount | null;
}

export interface ObjectAsked extends BucketAsked {
  readonly key: string;
  readonly object: ObjectVersion | undefined;
}

/** An error as S3 writes it; thrown by handlers, turned into an answer by the server. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function errorAnswer(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml('Error', xml('Code', code), xml('Message', code), xml('RequestId', 'STANDIN')).text}`;
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

export function documentAnswer(root: string, ...parts: Parameters<typeof xml>[1][]): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: documentXml(root, ...parts),
  };
}

export const DONE: Answer = { status: 200 };
export const GONE: Answer = { status: 204 };
