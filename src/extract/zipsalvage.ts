/** Files of a zip without a directory, found by their local headers. */
import type { ZipMember } from './zip.ts';

const LOCAL = Buffer.from('PK\x03\x04', 'latin1');
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');
const DESCRIPTOR = Buffer.from('PK\x07\x08', 'latin1');

export function localEntries(bytes: Uint8Array, most: number): ZipMember[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const members: ZipMember[] = [];
  let at = buffer.indexOf(LOCAL);
  while (at !== -1 && at + 30 <= buffer.length && members.length <= most) {
    const start = at + 30 + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
    if (start > buffer.length) break;
    const flags = buffer.readUInt16LE(at + 6);
    const sized = (flags & 8) === 0;
    const end = sized ? start + buffer.readUInt32LE(at + 18) : describedEnd(buffer, start);
    members.push({
      rawName: buffer.subarray(at + 30, at + 30 + buffer.readUInt16LE(at + 26)),
      extra: [],
      flags,
      method: buffer.readUInt16LE(at + 8),
      crc: sized ? buffer.readUInt32LE(at + 14) : null,
      unpackedBytes: sized ? buffer.readUInt32LE(at + 22) : Number.POSITIVE_INFINITY,
      data: buffer.subarray(start, end),
      cut: end > buffer.length || (!sized && end === buffer.length),
    });
    at = buffer.indexOf(LOCAL, Math.max(start, Math.min(end, buffer.length)));
  }
  return members;
}

/** Where data of unstated length ends: at the next record of the zip. */
function describedEnd(buffer: Buffer, start: number): number {
  const ends = [DESCRIPTOR, LOCAL, DIRECTORY]
    .map((mark) => buffer.indexOf(mark, start))
    .filter((at) => at !== -1);
  return ends.length > 0 ? Math.min(...ends) : buffer.length;
}
