/**
 * Pictures in the drawings of old Office files: each a record with its kind and length before the
 * picture itself. Source: [MS-ODRAW] 2.2.23.
 */
import type { Embedded } from './embedded.ts';

interface Kind {
  readonly mark: Buffer;
  /** Of its record. */
  readonly types: readonly number[];
}

const KINDS: readonly Kind[] = [
  { mark: Buffer.from('ffd8ff', 'hex'), types: [0xf01d, 0xf02a] },
  { mark: Buffer.from('89504e470d0a1a0a', 'hex'), types: [0xf01e] },
  { mark: Buffer.from('49492a00', 'hex'), types: [0xf029] },
];
/** Between the record's head and the picture: one or two digests, and a byte. */
const BETWEEN: readonly number[] = [17, 33];
const HEAD_BYTES = 8;
const MAX_PICTURES = 2_000;

export function blips(bytes: Uint8Array): readonly Embedded[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Embedded[] = [];
  for (const { mark, types } of KINDS) {
    for (let at = buffer.indexOf(mark); at !== -1 && found.length < MAX_PICTURES; ) {
      const size = pictureBytes(buffer, at, types);
      if (size > 0) {
        found.push({ name: `picture ${found.length + 1}`, bytes: buffer.subarray(at, at + size) });
      }
      at = buffer.indexOf(mark, at + Math.max(mark.length, size));
    }
  }
  return found;
}

/** By the record before it; 0 where none says so. */
function pictureBytes(buffer: Buffer, at: number, types: readonly number[]): number {
  for (const between of BETWEEN) {
    const head = at - between - HEAD_BYTES;
    if (head < 0 || !types.includes(buffer.readUInt16LE(head + 2))) continue;
    const size = buffer.readUInt32LE(head + 4) - between;
    if (size > 0 && size <= buffer.length - at) return size;
  }
  return 0;
}
