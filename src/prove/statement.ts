/**
 * The signed statement of a proof: what was asked without credentials, what was answered, when.
 *
 * The signature shows that whoever holds the key file wrote this and that nobody changed it since. It
 * does not show that the machine's clock was right: a time-stamping authority could add that.
 */
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';

/** Signs with the key file's Ed25519 key. */
export interface Signer {
  /** Base64. */
  readonly sign: (text: string) => string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

export interface Signed<T> {
  readonly statement: T;
  /** Ed25519 over the canonical JSON of the statement, base64. */
  readonly signature: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

export function signed<T extends object>(statement: T, signer: Signer): Signed<T> {
  const signature = signer.sign(canonicalJson(statement));
  return { statement, signature, publicKey: signer.publicKey };
}

/** The file's bytes; their SHA-256 goes into the ledger, so that `sha256sum` finds it again. */
export function statementFile(one: Signed<object>): {
  readonly text: string;
  readonly sha256: string;
} {
  const text = `${JSON.stringify(one, null, 2)}\n`;
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

/** SHA-256 of the public key's SPKI bytes, hex. Throws for text that is no key. */
export function fingerprint(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** Does the signature fit the statement and the key that the file names? False for anything malformed. */
export function isSignedRight(one: Signed<unknown>): boolean {
  try {
    const key = createPublicKey(one.publicKey);
    if (key.asymmetricKeyType !== 'ed25519') return false;
    const text = Buffer.from(canonicalJson(one.statement));
    return verifySignature(null, text, key, Buffer.from(one.signature, 'base64'));
  } catch {
    return false;
  }
}
