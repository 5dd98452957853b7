/**
 * The reading calls of the GCS JSON API, with whatever credentials the target has.
 *
 * Credentials come from the SDK, which knows every form of Application Default Credentials. The
 * calls do not: @google-cloud/storage 8.4 sends through node-fetch 3, which ignores the SDK's
 * `timeout`, cannot be aborted, and takes HTTP_PROXY before HTTPS_PROXY for https hosts. A hung
 * server would hang the scan.
 */
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext, ReadAs } from '../../src/model/provider.ts';
import type { HttpAnswer, HttpClient } from '../../src/net/client.ts';
import { type Call, PERMISSIONS, urlOf } from './calls.ts';
import { defaultCredentials } from './credentials.ts';
import type { GcsTarget } from './target.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface GcsApi {
  readonly target: GcsTarget;
  /** The answer's JSON object. Throws ScanError for every other answer. */
  get(call: Call, query?: Readonly<Record<string, string>>, as?: ReadAs): Promise<Json>;
  /** The same for an address of `urlOf`, where a parameter is there more than once. */
  ask(url: URL): Promise<Json>;
  /** The same, asked once a connection: what holds for a project or for all of its buckets. */
  getOnce(call: Call): Promise<Json>;
  /** The answer whatever it is, without credentials. */
  unsigned(call: Call, query: URLSearchParams): Promise<HttpAnswer>;
  urlOf(call: Call, query?: URLSearchParams): URL;
  /** Authorization for one URL; empty for an emulator and for outsiders. */
  authorize(url: URL, as: ReadAs): Promise<Record<string, string>>;
  /** The project to discover in. Throws ScanError `no-credentials` when nothing names one. */
  project(): Promise<string>;
}

export function gcsApi(target: GcsTarget, context: ProviderContext, http: HttpClient): GcsApi {
  const adc = target.access.kind === 'adc' ? defaultCredentials(target, context) : null;

  async function authorize(url: URL, as: ReadAs): Promise<Record<string, string>> {
    if (as === 'anonymous') return {};
    if (adc) return adc.headers(url);
    if (target.access.kind !== 'token') return {};
    const token = context.env[target.access.variable];
    if (token) return { authorization: `Bearer ${token}` };
    throw new ScanError(
      'no-credentials',
      `the variable ${target.access.variable} that should hold the access token is empty; set it, for example from "gcloud auth print-access-token"`,
    );
  }

  const asked = new Map<string, Promise<Json>>();

  async function get(
    call: Call,
    query: Readonly<Record<string, string>> = {},
    as: ReadAs = 'credentials',
  ): Promise<Json> {
    const url = urlOf(target, call, new URLSearchParams(query));
    const answer = await http.ask({ url, headers: await authorize(url, as) });
    if (answer.status !== 200) throw refusal(answer, call, as);
    return parsed(answer);
  }

  return {
    target,
    get,
    async ask(url) {
      const answer = await http.ask({ url, headers: await authorize(url, 'credentials') });
      if (answer.status !== 200) throw failure(answer.status);
      return parsed(answer);
    },
    getOnce(call) {
      const key = JSON.stringify(call);
      const before = asked.get(key);
      if (before) return before;
      const answer = get(call);
      asked.set(key, answer);
      // A refusal stays; what failed otherwise is asked again for the next bucket.
      answer.catch((error: unknown) => {
        if (!(error instanceof ScanError) || error.code !== 'denied') asked.delete(key);
      });
      return answer;
    },
    urlOf: (call, query) => urlOf(target, call, query),
    authorize,
    unsigned: (call, query) =>
      http.ask({ url: urlOf(target, call, query), maxBodyBytes: 64 * 1024 }),
    async project() {
      const project = target.project ?? (await adc?.project()) ?? null;
      if (project !== null) return project;
      throw new ScanError(
        'no-credentials',
        'gs:// needs a project to list; name it as the account of the target or in GOOGLE_CLOUD_PROJECT',
      );
    },
  };
}

/** A proxy's login page or an emulator's apology is no document, whatever its status. */
export function parsed(answer: HttpAnswer): Json {
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Json;
  } catch {
    // The parser's error quotes the text that it did not understand.
    throw new ScanError('malformed', 'the answer is no JSON; is the endpoint Cloud Storage?');
  }
  throw new ScanError('malformed', 'the answer is no JSON object; is the endpoint Cloud Storage?');
}

function refusal(answer: HttpAnswer, call: Call, as: ReadAs): ScanError {
  // Google's own words: "Bucket is a requester pays bucket but no user project provided."
  if (answer.status === 400 && /requester pays/i.test(answer.body.toString('utf8'))) {
    return new ScanError(
      'denied',
      'requester pays is on, and ajar bills no project for its reading (HTTP 400); turn it off for the scan or scan as the owning project',
    );
  }
  if (answer.status !== 401 && answer.status !== 403) return failure(answer.status);
  const who = as === 'anonymous' ? 'an unsigned request' : 'the credentials';
  const permission = PERMISSIONS[call.call];
  if (answer.status === 401 && as === 'credentials') {
    return new ScanError(
      'denied',
      'the credentials were not accepted (HTTP 401); renew them with "gcloud auth application-default login" or a new access token',
    );
  }
  return new ScanError(
    'denied',
    `${who} lack ${permission} (HTTP ${answer.status})${as === 'anonymous' ? '' : '; grant it to the scanning account'}`,
  );
}

/** Answers that mean the same wherever they come. */
export function failure(status: number): ScanError {
  if (status === 404) {
    return new ScanError(
      'not-found',
      'there is no such bucket or object (HTTP 404); check its name',
    );
  }
  if (status === 429 || status === 503) {
    return new ScanError(
      'throttled',
      `the service kept asking for patience (HTTP ${status}); scan again later`,
    );
  }
  if (status >= 500) {
    return new ScanError('unreachable', `the service failed (HTTP ${status}); scan again later`);
  }
  return new ScanError('malformed', `the service did not take the request (HTTP ${status})`);
}
