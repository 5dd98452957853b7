/** `ajar prove --verify`: is a signed statement as it was written, and whose key signed it? */
import { existsSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import { oneLine } from '../model/plain.ts';
import { fingerprint, isSignedRight, type Signed } from '../prove/statement.ts';
import { loadKeys } from '../store/key.ts';

export interface Verified {
  readonly lines: readonly string[];
  readonly right: boolean;
}

/** Throws UsageError for a file that is no signed statement. `keyFile` need not exist. */
export function verifyFile(file: string, text: string, keyFile: string): Verified {
  const one = parsed(file, text);
  if (!isSignedRight(one)) {
    const line = `${file}: NOT as it was signed; the statement, its signature or its key was changed`;
    return { lines: [line], right: false };
  }
  const by = fingerprint(one.publicKey);
  const own = existsSync(keyFile) && fingerprint(loadKeys(keyFile).publicKey) === by;
  return {
    lines: [
      `${file}: as it was signed`,
      `  key SHA-256 ${by}`,
      own
        ? `  which is the key of ${keyFile}`
        : `  which is not the key of ${keyFile}: compare it with the one its office has published (ajar prove --public-key)`,
      ...about(one.statement),
    ],
    right: true,
  };
}

function parsed(file: string, text: string): Signed<Readonly<Record<string, unknown>>> {
  const refuse = (): never => {
    throw new UsageError(
      `--verify ${file}: this is no signed statement of ajar; give a file of the proofs folder or statement.json of a sweep`,
    );
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse();
  }
  if (value === null || typeof value !== 'object') return refuse();
  const { statement, signature, publicKey } = value as Partial<Signed<unknown>>;
  const whole = typeof signature === 'string' && typeof publicKey === 'string';
  if (!whole || statement === null || typeof statement !== 'object') return refuse();
  return { statement: statement as Readonly<Record<string, unknown>>, signature, publicKey };
}

function about(statement: Readonly<Record<string, unknown>>): readonly string[] {
  const shown = ['schema', 'finding', 'asset', 'result', 'because', 'startedAt', 'finishedAt'];
  return shown.flatMap((name) => {
    const value = statement[name];
    // The file may be anybody's.
    return typeof value === 'string' ? [`  ${name.padEnd(11)} ${oneLine(value)}`] : [];
  });
}
