/** What the store answers to somebody without credentials. Only GET and HEAD; nothing is ever written. */
import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AccessFact, Answer, Slice } from '../../src/model/access.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { NamedKey } from '../../src/model/provider.ts';
import type { HttpClient } from '../../src/net/client.ts';
import { probeFact } from '../outsider.ts';
import { faultOf, scanError } from './errors.ts';

/** Bytes of a listing with one key: the key alone may take 3 KiB, encoded. */
const LIST_HEAD_BYTES = 16 * 1024;

export interface ListProbe {
  readonly fact: AccessFact;
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where no answer came. */
  readonly problem: ScanError | null;
}

/** May anyone list? Believed only where the answer is a list. */
export async function probeList(http: HttpClient, bucketUrl: string): Promise<ListProbe> {
  const url = `${bucketUrl}/?list-type=2&max-keys=1`;
  try {
    const answer = await http.ask({ url, maxBodyBytes: LIST_HEAD_BYTES });
    const params = { url, status: String(answer.status) };
    const made = (said: Answer, code: string, detail?: string): ListProbe => ({
      fact: probeFact('list', said, code, { ...params, ...(detail !== undefined && { detail }) }),
      status: answer.status,
      headers: answer.headers,
      problem: null,
    });
    if (answer.status === 401 || answer.status === 403) return made('no', 'probe.list-refused');
    if (answer.status !== 200) return made('unknown', 'probe.unclear', meaning(answer.status));
    return isListing(answer.body.toString('utf8'))
      ? made('yes', 'probe.listed')
      : made('unknown', 'probe.unclear', 'the answer is no list of objects');
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    const failed = probeFact('list', 'unknown', 'probe.failed', { url, detail: error.detail });
    return { fact: failed, status: 0, headers: {}, problem: error };
  }
}

function isListing(body: string): boolean {
  return /^\uFEFF?\s*(?:<\?[^>]*\?>\s*)?<(?:\w+:)?ListBucketResult[\s>/]/.test(body);
}

/** One unsigned request for one object. */
export interface Outsider {
  readonly client: S3Client;
  readonly bucket: string;
  readonly bucketUrl: string;
  readonly signal: AbortSignal;
}

interface Reply {
  readonly status: number;
  readonly isPage: boolean;
  readonly problem: ScanError | null;
}

async function request(
  outsider: Outsider,
  { key, version }: NamedKey,
  call: 'GET' | 'HEAD',
): Promise<Reply> {
  const { GetObjectCommand, HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const { client, bucket, signal } = outsider;
  const input = {
    Bucket: bucket,
    Key: key,
    ...(version !== undefined && { VersionId: version }),
  };
  const options = { abortSignal: signal };
  try {
    if (call === 'HEAD') {
      const answer = await client.send(new HeadObjectCommand(input), options);
      return { status: 200, isPage: isPage(answer.ContentType), problem: null };
    }
    const answer = await client.send(
      new GetObjectCommand({ ...input, Range: 'bytes=0-0' }),
      options,
    );
    // The body is dropped: the proof is that it came.
    (answer.Body as { destroy?: () => void } | undefined)?.destroy?.();
    const status = answer.$metadata.httpStatusCode ?? 200;
    return { status, isPage: isPage(answer.ContentType), problem: null };
  } catch (error) {
    const { status, name } = faultOf(error);
    // An empty object has no first byte; the answer still comes after the permission check.
    if (status === 416 || name === 'InvalidRange')
      return { status: 416, isPage: false, problem: null };
    const problem = scanError(error, { what: 'an object', permission: 'nothing' }, signal);
    if (problem.code === 'interrupted') throw problem;
    return { status, isPage: false, problem };
  }
}

/** A made-up page for any address is HTML; data that is HTML itself is asked about once more. */
function isPage(contentType: string | undefined): boolean {
  return /^(?:text\/html|application\/xhtml)/i.test(contentType ?? '');
}

/** Does a random sibling get another answer? Otherwise a 200 says nothing about any object. */
async function siblingDiffers(outsider: Outsider, key: string): Promise<boolean> {
  const sibling = key.replace(/[^/]*$/, randomUUID());
  const reply = await request(outsider, { key: sibling }, 'HEAD');
  return reply.status >= 400;
}

/** Does anyone get this object? One byte is asked for, or none (`HEAD`). */
export async function probeObject(
  outsider: Outsider,
  named: NamedKey,
  call: 'GET' | 'HEAD',
): Promise<AccessFact> {
  const { key, version } = named;
  // The key is in the slice; in a text it could show what it names.
  const url = `${outsider.bucketUrl}/…`;
  const slice: Slice = {
    kind: 'object',
    pattern: key,
    except: [],
    ...(version !== undefined && { version }),
  };
  const reply = await request(outsider, named, call);
  const old = version === undefined ? {} : { version };
  const params = { url, status: String(reply.status), ...old };
  const made = (said: Answer, code: string, detail?: string): AccessFact =>
    probeFact('read', said, code, { ...params, ...(detail !== undefined && { detail }) }, slice);
  if ([200, 206, 416].includes(reply.status) && !reply.problem) {
    return !reply.isPage || (await siblingDiffers(outsider, key))
      ? made('yes', version === undefined ? 'probe.read' : 'probe.read-version')
      : made('unknown', 'probe.unclear', 'any address there is answered alike');
  }
  // 400: encrypted with a customer's or a KMS key, so that an outsider gets nothing.
  if ([400, 401, 403].includes(reply.status)) return made('no', 'probe.read-refused');
  if (reply.status === 0) return made('unknown', 'probe.failed', reply.problem?.detail ?? '');
  return made('unknown', 'probe.unclear', meaning(reply.status));
}

function meaning(status: number): string {
  if (status === 404) return 'no such bucket or object';
  if (status === 429 || status >= 500) return 'the store was busy or failed';
  if (status >= 300 && status < 400) return 'a redirect, which is not followed';
  return 'not an answer that S3 gives';
}
