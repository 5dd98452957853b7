/** Texts made to be slow: for each the time must grow with the length, and no faster. */
import { Buffer } from 'node:buffer';

function repeated(unit: string): (sizeBytes: number) => Buffer {
  return (sizeBytes) => Buffer.alloc(sizeBytes, unit);
}

function randomBytes(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  let state = 1;
  for (let i = 0; i < sizeBytes; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export const HOSTILE: readonly (readonly [name: string, make: (sizeBytes: number) => Buffer])[] = [
  ['1-1-1-…', repeated('1-')],
  ['digits and blanks', repeated('1 2 ')],
  ['one run of digits', repeated('1234567890')],
  ['letters and digits', repeated('A1')],
  ['at signs', repeated('a@')],
  ['mask signs', repeated('**1')],
  ['brackets', repeated('(1)')],
  ['random bytes', randomBytes],
];
