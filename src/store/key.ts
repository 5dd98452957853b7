/**
 * The key file: 32 random bytes, mode 0600, apart from the store.
 *
 * From it come the key that hashes identifiers (so that the store alone cannot be searched for a
 * known number), the key that seals locators (docs/adr/0003) and the key that signs proofs
 * (docs/prove.md).
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { makeFolder } from './folder.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Keys {
  /** 16 bytes for SipHash. */
  readonly hash: Uint8Array;
  readonly seal: (text: string) => Uint8Array;
  /** Throws UsageError when the text was sealed under another key. */
  readonly unseal: (sealed: Uint8Array) => string;
  /** Ed25519, base64. */
  readonly sign: (text: string) => string;
  /** Of {@link Keys.sign}: SPKI, PEM. */
  readonly publicKey: string;
}

function readOrMake(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const path = resolve(file);
  makeFolder(dirname(path));
  const part = `${path}.${randomBytes(6).toString('hex')}.ajar-part`;
  try {
    writeFileSync(part, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
    // Whole or not at all: another ajar that starts now must not read half a key.
    linkSync(part, path);
  } catch (error) {
    // Another one has made it in between: that one holds.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(part, { force: true });
  }
  return readFileSync(path);
}

/** What precedes an Ed25519 seed in PKCS #8 (RFC 8410, section 7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function ed25519(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([ED25519_PKCS8, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function keysFrom(secret: Uint8Array): Keys {
  const derive = (purpose: string, bytes: number): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `ajar ${purpose}`, bytes));
  const sealing = derive('locator', 32);
  const signing = ed25519(derive('proof', 32));
  return {
    hash: derive('people', 16),
    sign: (text) => sign(null, Buffer.from(text), signing).toString('base64'),
    publicKey: createPublicKey(signing).export({ type: 'spki', format: 'pem' }).toString(),
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    unseal(sealed) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const cipher = createDecipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAuthTag(tag);
      try {
        const body = cipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([body, cipher.final()]).toString('utf8');
      } catch (error) {
        const message =
          'this reference was made under another key file; use the one of that scan (--key)';
        throw new UsageError(message, { cause: error });
      }
    },
  };
}

function readable(file: string): Buffer {
  try {
    return readOrMake(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `--key ${file}: cannot be read or made (${code}); give another file, or the right to this one`;
    throw new UsageError(message, { cause: error });
  }
}

/** Reads the key file, making it on first use. Throws UsageError when it is not one. */
export function loadKeys(file: string): Keys {
  const secret = readable(file);
  if (secret.length !== KEY_BYTES) {
    throw new UsageError(
      `--key ${file}: not an ajar key file (${secret.length} bytes, expected ${KEY_BYTES})`,
    );
  }
  return keysFrom(secret);
}
