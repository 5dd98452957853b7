/** What can go wrong and is not a bug. Bugs are asserted; these three are handled. */

/** Why something could not be looked at. Each is also the `code` of a {@link Gap}. */
export type ScanErrorCode =
  | 'denied' // 401/403 where a credential or permission is missing
  | 'not-found'
  | 'unreachable' // name, connection, TLS
  | 'timeout'
  | 'throttled'
  | 'malformed' // an answer or a file that does not parse
  | 'unsupported' // a format or a feature that ajar does not read
  | 'encrypted'
  | 'truncated'
  | 'too-large' // a limit of src/model/limits.ts was hit; detail names it
  | 'out-of-scope' // refused before a packet left
  | 'changed' // the object changed between listing and reading
  | 'interrupted' // Ctrl-C, or the plug
  | 'no-credentials';

/** An operating error. Thrown where it happens; only src/scan turns it into a Gap. `detail` never holds object content. */
export class ScanError extends Error {
  readonly code: ScanErrorCode;
  readonly detail: string;

  constructor(code: ScanErrorCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.name = 'ScanError';
    this.code = code;
    this.detail = detail;
  }
}

/** Wrong input from a person: one sentence that names the option, the value and what is allowed. Exit code 2. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

/** A result that could not be written: one sentence that names the file, the cause and what to do. */
export class OutputError extends Error {
  /** The file or folder, as the person named it. */
  readonly path: string;
  /** The system's word: `ENOSPC`, `EACCES`. */
  readonly code: string;

  constructor(path: string, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutputError';
    this.path = path;
    this.code = code;
  }
}
