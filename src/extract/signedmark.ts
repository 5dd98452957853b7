/** By what cryptographic messages (RFC 5652) are known. */
import { TAG } from './der.ts';

/** Object identifiers, in hexadecimal as they are written. */
export const SIGNED: string = '2a864886f70d010702';
export const COMPRESSED: string = '2a864886f70d0109100109';
export const ENCRYPTED: ReadonlySet<string> = new Set([
  '2a864886f70d010703',
  '2a864886f70d010704',
  '2a864886f70d010706',
  '2a864886f70d0109100117',
]);

/** By the head of a file. */
export function looksSigned(bytes: Uint8Array): boolean {
  if (bytes[0] !== TAG.sequence) return false;
  const head = Buffer.from(bytes.subarray(0, 32)).toString('hex');
  return [SIGNED, COMPRESSED, ...ENCRYPTED].some((id) => {
    const at = head.indexOf(`06${(id.length / 2).toString(16).padStart(2, '0')}${id}`);
    return at !== -1 && at <= 16;
  });
}
