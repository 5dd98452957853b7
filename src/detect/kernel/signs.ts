/** What the kernel knows of single codes of folded text. */
import { MASKS } from '../shape.ts';

/** ASCII letters and digits: 1. */
export const IS_WORD: Uint8Array = new Uint8Array(256);
/** Mask signs, X and x among them: 1. */
export const IS_MASK: Uint8Array = new Uint8Array(256);

for (let code = 0; code < 128; code++) {
  if (/[0-9A-Za-z]/.test(String.fromCharCode(code))) IS_WORD[code] = 1;
}
for (const sign of `${MASKS}x`) IS_MASK[sign.charCodeAt(0)] = 1;
