/** By what files written into text are known: uuencode, its base64 form, yEnc. */

/** Bytes of a file's head in which the first of them begins. */
const LOOK_BYTES = 64 * 1024;
export const BEGIN: RegExp = /^begin(-base64)? [0-7]{3,4} (\S[^\r\n]{0,250})\r?\n/m;
export const YENC: RegExp = /^=ybegin [^\r\n]{0,200}\bname=([^\r\n]{1,250})\r?\n/m;

/** A line of uuencode states its length, and holds as much. */
export function looksEncoded(opening: string): boolean {
  const found = BEGIN.exec(opening.slice(0, LOOK_BYTES));
  if (!found) return false;
  const line = /^[^\r\n]*/.exec(opening.slice(found.index + found[0].length))?.[0] ?? '';
  return found[1] === undefined ? isUuLine(line) : /^[A-Za-z0-9+/]{4,}={0,3}$/.test(line);
}

/** yEnc is no text by its bytes. */
export function hasYenc(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOK_BYTES));
  return head.includes('=ybegin ') && YENC.test(head.toString('latin1'));
}

function isUuLine(line: string): boolean {
  const count = (line.charCodeAt(0) - 32) & 63;
  const needed = Math.ceil(count / 3) * 4;
  return count > 0 && line.length > needed - 3 && line.length <= needed + 3 && !/[^ -`]/.test(line);
}
