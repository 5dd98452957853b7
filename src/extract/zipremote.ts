/** A zip's directory and members, read from wherever they lie in a large object. */
import { LimitError } from './budget.ts';
import type { Source } from './source.ts';
import type { ZipMember } from './zip.ts';
import { directoryEnd } from './zipnames.ts';

/** A member by the directory; its data is not read yet. */
export interface RemoteMember {
  readonly rawName: Uint8Array;
  readonly extra: readonly { readonly id: number; readonly data: Uint8Array }[];
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Of its local header. */
  readonly offset: number;
}

const END_BYTES = 22;
/** The comment behind the end record, at its longest, and the locator of zip64 before it. */
const TAIL_BYTES = 64 * 1024 + END_BYTES + 20;
const MAX_DIRECTORY_BYTES = 32 * 1024 * 1024;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** Extra fields of a local header are longer than the directory's by no more than that in practice. */
const SLACK_BYTES = 1024;
const ZIP64 = 0x0001;
const UNKNOWN = 0xffffffff;

/** Null when the object's end is no directory's. Members above `most` are left out. */
export async function remoteDirectory(
  source: Source,
  most: number,
): Promise<{ readonly members: readonly RemoteMember[]; readonly count: number } | null> {
  const tailStart = Math.max(0, source.sizeBytes - TAIL_BYTES);
  const tail = Buffer.from(await source.read(tailStart, source.sizeBytes));
  const end = directoryEnd(tail);
  if (end === -1) return null;
  let count = tail.readUInt16LE(end + 10);
  let size = tail.readUInt32LE(end + 12);
  let offset = tail.readUInt32LE(end + 16);
  const locator = end - 20;
  if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const at = Number(tail.readBigUInt64LE(locator + 8));
    const record = Buffer.from(await source.read(at, at + 56));
    if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) return null;
    count = Number(record.readBigUInt64LE(32));
    size = Number(record.readBigUInt64LE(40));
    offset = Number(record.readBigUInt64LE(48));
  }
  if (size > MAX_DIRECTORY_BYTES) throw new LimitError('its directory alone is larger than 32 MiB');
  const directory = Buffer.from(await source.read(offset, offset + size));
  return { members: membersOf(directory, most), count };
}

function membersOf(directory: Buffer, most: number): readonly RemoteMember[] {
  const members: RemoteMember[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length && members.length < most; ) {
    if (directory.readUInt32LE(at) !== 0x02014b50) break;
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const extraStart = at + ENTRY_BYTES + nameBytes;
    const extra = extraFields(directory.subarray(extraStart, extraStart + extraBytes));
    const wide = extra.find(({ id }) => id === ZIP64)?.data;
    let wideAt = 0;
    // The fields that do not fit stand in the extra field, in this order.
    const number = (field: number): number => {
      const value = directory.readUInt32LE(at + field);
      if (value !== UNKNOWN || !wide || wideAt + 8 > wide.length) return value;
      wideAt += 8;
      return Number(Buffer.from(wide).readBigUInt64LE(wideAt - 8));
    };
    const unpackedBytes = number(24);
    const packedBytes = number(20);
    members.push({
      rawName: directory.subarray(at + ENTRY_BYTES, extraStart),
      extra,
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes,
      unpackedBytes,
      offset: number(42),
    });
    at = extraStart + extraBytes + directory.readUInt16LE(at + 32);
  }
  return members;
}

function extraFields(bytes: Buffer): { id: number; data: Uint8Array }[] {
  const fields: { id: number; data: Uint8Array }[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const size = bytes.readUInt16LE(at + 2);
    fields.push({ id: bytes.readUInt16LE(at), data: bytes.subarray(at + 4, at + 4 + size) });
    at += 4 + size;
  }
  return fields;
}

/** The member with its data, or the first `most` bytes of them. Null when there is no header where it should be. */
export async function fetchMember(
  source: Source,
  member: RemoteMember,
  most: number,
): Promise<ZipMember | null> {
  const wanted = Math.min(member.packedBytes, most);
  const guess = LOCAL_BYTES + member.rawName.length + SLACK_BYTES + wanted;
  const chunk = Buffer.from(await source.read(member.offset, member.offset + guess));
  const at = dataOffset(chunk);
  if (at === null) return null;
  const start = member.offset + at;
  const whole = chunk.length >= at + wanted;
  const data = whole ? chunk.subarray(at, at + wanted) : await source.read(start, start + wanted);
  const { rawName, extra, flags, method, crc, packedBytes, unpackedBytes } = member;
  return {
    rawName,
    extra,
    flags,
    method,
    crc,
    unpackedBytes,
    data,
    cut: data.length < packedBytes,
  };
}

/** Where the data begin behind a local header. */
function dataOffset(header: Buffer): number | null {
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== 0x04034b50) return null;
  return LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Offset of a member's data in the source; null as above. */
export async function memberStart(source: Source, member: RemoteMember): Promise<number | null> {
  const header = Buffer.from(await source.read(member.offset, member.offset + LOCAL_BYTES));
  const at = dataOffset(header);
  return at === null ? null : member.offset + at;
}
