/** What the SDK throws → ScanError: a code and a sentence that says what to do. Never the SDK's own text, which may quote a key. */
import { ScanError } from '../../src/model/errors.ts';

/** What was being done, for the sentence. */
export interface Doing {
  /** `the bucket policy`, `the list of objects`. */
  readonly what: string;
  /** What a role needs for it: `s3:GetBucketPolicy`. */
  readonly permission: string;
}

interface SdkFault {
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

const KEY_ADVICE: Readonly<Record<string, string>> = {
  InvalidAccessKeyId:
    'the store does not know this access key; check that it belongs to this store',
  SignatureDoesNotMatch: 'the secret key does not fit the access key; check both, and the clock',
  ExpiredToken: 'the session has expired; log in again',
  ExpiredTokenException: 'the session has expired; log in again',
  InvalidToken: 'the session token is not valid; log in again',
  RequestTimeTooSkewed: 'the clock of this machine is wrong; set it and try again',
  RequestExpired: 'the clock of this machine is wrong; set it and try again',
};

export function faultOf(error: unknown): SdkFault {
  const parts = error as {
    readonly name?: unknown;
    readonly Code?: unknown;
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: unknown };
  } | null;
  const name = typeof parts?.Code === 'string' ? parts.Code : parts?.name;
  return {
    name: plain(name),
    code: plain(parts?.code),
    status: Number(parts?.$metadata?.httpStatusCode ?? 0),
  };
}

/** Error codes are words; anything else is not one and stays out of our sentences. */
function plain(value: unknown): string {
  return typeof value === 'string' && /^[\w.]{1,64}$/.test(value) ? value : '';
}

export function scanError(error: unknown, doing: Doing, signal: AbortSignal): ScanError {
  if (error instanceof ScanError) return error;
  if (signal.aborted) return new ScanError('interrupted', 'the run was stopped', { cause: error });
  const fault = faultOf(error);
  const answered = `HTTP ${fault.status}${fault.name === '' ? '' : ` ${fault.name}`}`;
  // An answer's own text may quote a key or content: only a connection's error goes along as cause.
  const options = fault.status === 0 ? { cause: error } : {};
  const made = (code: ScanError['code'], detail: string): ScanError =>
    new ScanError(code, detail, options);
  if (/Credentials|TokenProvider/.test(fault.name)) {
    return made(
      'no-credentials',
      'no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, or name variables under credentials',
    );
  }
  const advice = KEY_ADVICE[fault.name];
  if (advice !== undefined) return made('denied', `${advice} (${answered})`);
  if (fault.name === 'InvalidObjectState') {
    return made(
      'unsupported',
      `${doing.what} is archived and has to be restored before it can be read`,
    );
  }
  // Amazon's JSON services say 400 to a refusal.
  const refused = fault.name === 'AccessDeniedException';
  if (refused || fault.status === 401 || fault.status === 403) {
    return made(
      'denied',
      `access to ${doing.what} was refused (${answered}); let the scanning role do ${doing.permission}`,
    );
  }
  if (fault.status === 404 || fault.status === 410) {
    return made('not-found', `${doing.what} is not there (${answered})`);
  }
  if (fault.status === 412 || fault.status === 416) {
    return made('changed', `${doing.what} changed between listing and reading (${answered})`);
  }
  const slower = fault.name === 'TooManyRequestsException';
  if (slower || fault.status === 429 || (fault.status === 503 && fault.name !== '')) {
    return made('throttled', `the store asked to slow down (${answered}); scan it again later`);
  }
  if (fault.status >= 500 && fault.status !== 501) {
    return made(
      'unreachable',
      `the store failed while asked for ${doing.what} (${answered}); try again later`,
    );
  }
  if (fault.status >= 300 && fault.status < 400) {
    return made(
      'unsupported',
      `the store sends ${doing.what} elsewhere (${answered}); check region and endpoint`,
    );
  }
  if (fault.status >= 400) {
    return made('unsupported', `the store does not answer for ${doing.what} (${answered})`);
  }
  if (fault.status > 0) {
    return made('malformed', `the answer for ${doing.what} could not be understood (${answered})`);
  }
  return connectionError(fault, made);
}

function connectionError(
  { name, code }: SdkFault,
  made: (code: ScanError['code'], detail: string) => ScanError,
): ScanError {
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return made('timeout', 'the store did not answer in time; try again later');
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return made(
      'unreachable',
      `the name of the endpoint does not resolve (${code}); check its spelling, the DNS or HTTPS_PROXY`,
    );
  }
  if (/CERT|SIGNATURE|SSL|TLS/.test(code)) {
    return made(
      'unreachable',
      `the endpoint shows a certificate that is not trusted (${code}); name its CA file in NODE_EXTRA_CA_CERTS`,
    );
  }
  const reason = code || name || 'no reason given';
  return made(
    'unreachable',
    `no connection to the endpoint (${reason}); check that it runs and that a firewall or HTTPS_PROXY lets it through`,
  );
}
